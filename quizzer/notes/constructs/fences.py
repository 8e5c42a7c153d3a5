"""Commands in blocks of code: named by comments, or by the text above the block."""

from quizzer.card import Card, Problem, Trouble
from quizzer.notes.codes import SHELLS, Kind
from quizzer.notes.constructs.blocks import Group, groups, is_script
from quizzer.notes.constructs.making import Claim, Described, View, command_card, described, likely, problem
from quizzer.notes.constructs.sections import code_of_line
from quizzer.notes.prompts import LONG, ends_in_example, is_unfinished, leads, repeats, task, without_colon
from quizzer.notes.reading import Fence, Line
from quizzer.notes.spans import headed, is_reference, prose


def commands_in_fence(view: View, at: int) -> Claim | None:
    """(comment* command+)*, under a description or not."""
    fence = view.item(at)
    if not isinstance(fence, Fence) or fence.is_indented or fence.is_quoted or fence.info not in SHELLS:
        return None
    found = () if is_script(fence) else groups(fence)
    if not any(_is_command(view, group) for group in found):
        return None
    above = _description(view, at, fence)
    cards: list[Card] = []
    problems: list[Problem] = []
    for group in found:
        last = cards[-1] if cards else view.last
        made = _card(view, fence, group, above if group is found[0] or group.comment else None, last)
        if isinstance(made, Card):
            cards.append(made)
        else:
            problems.append(made)
    lines = {*range(fence.opened, fence.number + len(fence.lines) + 1), *([above.number] if above else [])}
    return Claim(frozenset(lines), tuple(cards), tuple(problems))


def _is_command(view: View, group: Group) -> bool:
    return view.kind_of(group.commands[0].strip()) is Kind.COMMAND


def _description(view: View, at: int, fence: Fence) -> Line | None:
    """The text line above, touching or one blank line apart, that no command has claimed."""
    above = view.line(at - 1)
    if above is None or above.headings != fence.headings or fence.opened - above.number > 2:
        return None
    if above.is_quoted or above.number in view.claimed or is_reference(above.text):
        return None
    found = headed(above.text)
    return None if code_of_line(above) or (found and found.separator) else above


def _card(view: View, fence: Fence, group: Group, above: Line | None, last: Card | None) -> Card | Problem:
    if group.comment:
        return _commented(view, fence, group, above, last)
    if above is None:
        message = f"`{group.commands[0]}` has no description; write a `# comment` on the line above it"
        return problem(view, group.number, Trouble.PASSED_OVER, message)
    if is_unfinished(above.text):
        return _unfinished(view, group)
    prompt = described(last, fence.headings, task(above.text))
    card = command_card(view, fence.headings, group.number, prompt, [group.answer])
    return card if _is_sure(view, fence, group, above) else likely(card)


def _commented(
    view: View, fence: Fence, group: Group, above: Line | None, last: Card | None
) -> Card | Problem:
    comment = without_colon(prose(group.comment))
    if is_unfinished(group.comment):
        return _unfinished(view, group)
    if repeats(comment, group.answer):
        message = f"the comment only repeats `{group.commands[0]}`; write what it does"
        return problem(view, group.number, Trouble.PASSED_OVER, message)
    prompt = described(last, fence.headings, comment, only_command=False)
    if not prompt.is_alone and not prompt.contrast and above:
        prompt = Described(f"{task(above.text)} — {comment}", is_alone=False)
    card = command_card(view, fence.headings, group.number, prompt, [group.answer])
    return card if view.kind_of(group.commands[0].strip()) is not Kind.VALUE else likely(card)


def _unfinished(view: View, group: Group) -> Problem:
    message = f"`{group.commands[0]}` has no description yet"
    return problem(view, group.number, Trouble.UNFINISHED, message)


def _is_sure(view: View, fence: Fence, group: Group, above: Line) -> bool:
    touches = fence.opened - above.number == 1 and len(above.text) <= LONG
    if not (leads(above.text) or touches) or ends_in_example(above.text):
        return False
    return len(group.commands) == 1 and _is_command(view, group)
