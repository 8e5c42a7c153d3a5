"""Commands in lines: a description above the code, before it, or behind it."""

from quizzer.card import Card, Certainty, Trouble
from quizzer.notes.codes import Kind, is_usage
from quizzer.notes.constructs.making import Claim, View, command_card, described, likely, problem
from quizzer.notes.prompts import ends_in_example, is_alternative, is_remark, is_unfinished, task
from quizzer.notes.reading import Fence, Line
from quizzer.notes.spans import headed, labelled, prose

_LONG_PROMPT = 200


def code_of_line(line: Line | None) -> tuple[str, ...]:
    """The codes of a line that holds nothing else: `` `last` or `lastlog` ``."""
    found = headed(line.text) if line else None
    return found.codes if found and not found.separator and not found.rest.strip(".:, ") else ()


def code_below(view: View, at: int) -> Claim | None:
    """description NEWLINE `command` (NEWLINE "OR:" NEWLINE `command`)*, touching or one blank line apart."""
    line = view.line(at)
    codes = code_of_line(line)
    if not line or not codes or line.is_quoted or view.kind_of(codes[0]) is Kind.FLAG:
        return None
    above = _description(view, at, line)
    if not above:
        return _without_description(view, line, codes[0])
    text, lines, is_touching = above
    if is_unfinished(text):
        unfinished = problem(view, line.number, Trouble.UNFINISHED, f"`{codes[0]}` has no description yet")
        return Claim(frozenset({*lines, line.number}), problems=(unfinished,))
    answers, used = _answers(view, at, codes)
    prompt = described(view, line.headings, task(text), only_command=True)
    card = command_card(view, line.headings, line.number, prompt, answers)
    return Claim(frozenset({*lines, *used}), (_rated(view, card, text, is_touching=is_touching),))


def _description(view: View, at: int, line: Line) -> tuple[str, list[int], bool] | None:
    """The text above: as many lines as belong to one sentence, their numbers, and whether it touches the code."""
    above = view.line(at - 1)
    if above is None or above.headings != line.headings or line.number - above.number > 2 or above.is_quoted:
        return None
    if code_of_line(above) or is_alternative(above.text) or (headed(above.text) and not _is_prose(above)):
        return None
    is_touching = line.number - above.number == 1
    if not is_touching and (above.number in view.claimed or line.depth < above.depth):
        return None
    text, lines = above.text, [above.number]
    back = at - 2
    while (before := view.line(back)) and before.block == above.block and _goes_on(before.text, text):
        text, back = f"{before.text} {text}", back - 1
        lines.append(before.number)
    return text, lines, is_touching


def _is_prose(line: Line) -> bool:
    """A description may begin with code, as in "`docker` needs a running daemon"; a construct of its own may not."""
    found = headed(line.text)
    return found is None or (not found.separator and len(found.rest.split()) > 1)


def _goes_on(before: str, text: str) -> bool:
    """Whether a sentence was only wrapped between the two."""
    return not before.rstrip().endswith((".", ":", "!", "?", "`")) and text[:1].islower()


def _without_description(view: View, line: Line, code: str) -> Claim | None:
    if view.kind_of(code) is not Kind.COMMAND or line.number in view.claimed:
        return None
    if is_usage(code):
        return Claim(frozenset({line.number}))  # it names the command of the flags below
    message = f"`{code}` has no description; write one on the line above it"
    return Claim(
        frozenset({line.number}), problems=(problem(view, line.number, Trouble.PASSED_OVER, message),)
    )


def _answers(view: View, at: int, codes: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """This code, what follows an `OR:`, and the lines that hold them."""
    answers, used = list(codes), [view.page.items[at].number]
    while (
        (joint := view.line(at + 1))
        and is_alternative(joint.text)
        and (other := code_of_line(view.line(at + 2)))
    ):
        answers += other
        used += [joint.number, view.page.items[at + 2].number]
        at += 2
    return answers, used


def _rated(view: View, card: Card, text: str, *, is_touching: bool) -> Card:
    """How sure it is that the text is the command's description."""
    kind = view.kind_of(card.expected.text)  # type: ignore[union-attr]  # a command or keys
    is_task = not is_remark(task(text)) or text.rstrip().endswith(":") or _is_alone(view, card)
    clear = is_touching or prose(text).endswith(":")
    is_sure = (
        kind is not Kind.VALUE
        and is_task
        and clear
        and not ends_in_example(text)
        and len(text) <= _LONG_PROMPT
    )
    return card if is_sure else likely(card)


def _is_alone(view: View, card: Card) -> bool:
    """Whether the section holds this command only, so that its heading says what it does."""
    headings = card.source.headings
    here = [item for item in view.page.items if item.headings == headings]
    codes = [
        item for item in here if isinstance(item, Fence) or (isinstance(item, Line) and code_of_line(item))
    ]
    return len(codes) == 1


def code_first(view: View, at: int) -> Claim | None:
    """`command` separator description"""
    line = view.line(at)
    found = headed(line.text) if line and not line.is_quoted else None
    if not line or not found or not found.separator:
        return None
    if any(view.kind_of(code) not in (Kind.COMMAND, Kind.KEYS) for code in found.codes):
        return None
    lines = frozenset({line.number})
    if is_unfinished(found.rest):
        unfinished = problem(
            view, line.number, Trouble.UNFINISHED, f"`{found.codes[0]}` has no description yet"
        )
        return Claim(lines, problems=(unfinished,))
    if is_usage(found.codes[0]):
        return Claim(lines)
    prompt = described(view, line.headings, task(found.rest), only_command=False)
    card = command_card(view, line.headings, line.number, prompt, found.codes)
    is_sure = len(found.rest.split()) > 1 and len(found.rest) <= _LONG_PROMPT
    return Claim(lines, (card if is_sure else likely(card),))


def code_last(view: View, at: int) -> Claim | None:
    """description ":" `command`"""
    line = view.line(at)
    found = labelled(line.text) if line and not line.is_quoted else None
    if not line or not found or headed(line.text):
        return None
    if any(view.kind_of(code) is not Kind.COMMAND for code in found.codes) or is_usage(found.codes[0]):
        return None
    text = task(found.label)
    if ends_in_example(found.label) or is_unfinished(text):
        return None
    prompt = described(view, line.headings, text, only_command=False)
    certainty = Certainty.SURE if prompt.is_alone else Certainty.LIKELY
    return Claim(
        frozenset({line.number}),
        (command_card(view, line.headings, line.number, prompt, found.codes, certainty),),
    )
