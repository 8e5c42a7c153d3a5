"""Commands in lines: a description above the code, before it, or behind it."""

from quizzer.card import Card, Certainty, CommandLine, Keys, Trouble
from quizzer.notes.codes import Kind, is_keyed, is_name, is_usage
from quizzer.notes.constructs.making import (
    Claim,
    View,
    command_card,
    described,
    goes_on,
    likely,
    problem,
    wrapped,
)
from quizzer.notes.constructs.sections import code_of_line
from quizzer.notes.prompts import (
    LONG,
    ends_in_example,
    is_alternative,
    is_remark,
    is_unfinished,
    leads,
    repeats,
    task,
    words,
)
from quizzer.notes.reading import Line
from quizzer.notes.spans import headed, is_reference, labelled, pieces


def code_below(view: View, at: int) -> Claim | None:
    """description NEWLINE `command` (NEWLINE "OR:" NEWLINE `command`)*, touching or one blank line apart."""
    line = view.line(at)
    codes = code_of_line(line)
    if not line or not codes or line.is_quoted or view.kind_of(codes[0]) is Kind.FLAG:
        return None
    if view.kind_of(codes[0]) is Kind.VALUE and not is_name(codes[0]):
        return None
    above = _description(view, at, line)
    if not above or repeats(above[0], codes[0]):
        return _without_description(view, line, codes[0])
    text, lines, is_touching = above
    if is_unfinished(text):
        unfinished = problem(view, line.number, Trouble.UNFINISHED, f"`{codes[0]}` has no description yet")
        return Claim(frozenset({*lines, line.number}), problems=(unfinished,))
    answers, used = _answers(view, at, codes)
    prompt = described(view.last, line.headings, task(text))
    card = command_card(view, line.headings, line.number, prompt, answers)
    return Claim(frozenset({*lines, *used}), (_rated(view, card, text, is_touching=is_touching),))


def _description(view: View, at: int, line: Line) -> tuple[str, list[int], bool] | None:
    """The text above, its lines in one sentence; their numbers; and whether it touches the code."""
    above = view.line(at - 1)
    if above is None or above.headings != line.headings or line.number - above.number > 2:
        return None
    if not _can_describe(view, above):
        return None
    is_touching = line.number - above.number == 1
    if not is_touching and line.depth < above.depth and not leads(above.text):
        return None
    text, lines = above.text, [above.number]
    back = at - 2
    while (before := view.line(back)) and before.block == above.block and goes_on(before.text, text):
        text, back = f"{before.text} {text}", back - 1
        lines.append(before.number)
    return text, lines, is_touching


def _can_describe(view: View, above: Line) -> bool:
    """Text that no card was made of, and no code, joint, link or tag."""
    if above.is_quoted or above.number in view.claimed:
        return False
    if code_of_line(above) or is_alternative(above.text) or is_reference(above.text):
        return False
    return _is_prose(above)


def _is_prose(line: Line) -> bool:
    """A description may begin with code ("`docker` needs a daemon"); a construct of its own may not."""
    found = headed(line.text)
    return found is None or (not found.separator and len(found.rest.split()) > 1)


def _without_description(view: View, line: Line, code: str) -> Claim | None:
    if view.kind_of(code) is not Kind.COMMAND:
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
    if isinstance(card.expected, CommandLine) and view.kind_of(card.expected.text) is Kind.VALUE:
        return likely(card)
    if ends_in_example(text) or len(text) > LONG or not (is_touching or leads(text)):
        return likely(card)
    is_task = leads(text) or not is_remark(task(text)) or view.sections.codes(card.source.headings) == 1
    return card if is_task else likely(card)


def code_first(view: View, at: int) -> Claim | None:
    """`command` separator description, which may go on below"""
    line = view.line(at)
    found = headed(line.text) if line and not line.is_quoted else None
    if not line or not found or not found.separator:
        return None
    if any(view.kind_of(code) not in (Kind.COMMAND, Kind.KEYS) for code in found.codes):
        return None
    rest, lines = wrapped(view, at, found.rest)
    if is_unfinished(rest):
        message = f"`{found.codes[0]}` has no description yet"
        return Claim(lines, problems=(problem(view, line.number, Trouble.UNFINISHED, message),))
    if is_usage(found.codes[0]):
        return Claim(lines)
    prompt = described(view.last, line.headings, task(rest), only_command=False)
    card = command_card(view, line.headings, line.number, prompt, found.codes)
    is_sure = words(rest) > 1 and len(rest) <= LONG and _are_keys_expected(view, card)
    return Claim(lines, (card if is_sure else likely(card),))


def _are_keys_expected(view: View, card: Card) -> bool:
    """Keys look like much else, so a heading or the note's name has to announce them."""
    announced = (*card.source.headings, view.page.title)
    return not isinstance(card.expected, Keys) or any(is_keyed(text) for text in announced)


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
    prompt = described(view.last, line.headings, text, only_command=False)
    is_plain = prompt.is_alone and not any(piece.is_code and " " in piece.text for piece in pieces(text))
    certainty = Certainty.SURE if is_plain else Certainty.LIKELY
    card = command_card(view, line.headings, line.number, prompt, found.codes, certainty)
    return Claim(frozenset({line.number}), (card,))
