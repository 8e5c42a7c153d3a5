"""What all constructs share: the claim they lay on lines, and the card they make of a description."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from quizzer.card import Card, Certainty, CommandLine, Keys, Problem, Source, Trouble
from quizzer.notes.codes import PROGRAMS, SHELLS, Kind, kind_of, program_of
from quizzer.notes.constructs.sections import Sections, code_of_line
from quizzer.notes.prompts import is_alternative, is_remark, is_short, is_weak
from quizzer.notes.reading import Fence, Item, Line, Page
from quizzer.notes.spans import headed, pieces


@dataclass(frozen=True, slots=True)
class Claim:
    """What a construct made of an item, and which lines are accounted for by it."""

    lines: frozenset[int]
    cards: tuple[Card, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """A page while cards are made of it, in the order of its lines."""

    page: Page
    sections: Sections
    programs: frozenset[str] = PROGRAMS
    """The names that count as programs in this note."""
    made: list[Card] = field(default_factory=list)
    """The cards of the lines above."""
    claimed: set[int] = field(default_factory=set)
    """The lines that are accounted for."""

    @property
    def last(self) -> Card | None:
        """The card above."""
        return self.made[-1] if self.made else None

    def item(self, at: int) -> Item | None:
        return self.page.items[at] if 0 <= at < len(self.page.items) else None

    def line(self, at: int) -> Line | None:
        item = self.item(at)
        return item if isinstance(item, Line) else None

    def kind_of(self, code: str) -> Kind:
        return kind_of(code, self.programs)


Construct = Callable[[View, int], Claim | None]
"""Looks at the item in that place; None where the shape is not its own."""


def view_of(page: Page) -> View:
    """A page of which no card is made yet."""
    programs = programs_of(page)
    return View(page, Sections(page, programs), programs)


def programs_of(page: Page) -> frozenset[str]:
    """The common programs, and those that begin a command with arguments somewhere in the note."""
    codes: list[str] = []
    for item in page.items:
        match item:
            case Line():
                codes += [piece.text for piece in pieces(item.text) if piece.is_code and " " in piece.text]
            case Fence() if item.info in SHELLS:
                codes += [line for line in item.lines if " " in line.strip()]
            case _:
                pass
    found = (program_of(code) for code in codes if kind_of(code) is Kind.COMMAND)
    return PROGRAMS | {name for name in found if len(name) > 1 and name.isidentifier() and name.islower()}


def problem(view: View, line: int, trouble: Trouble, message: str) -> Problem:
    return Problem(view.page.note, line, trouble, message)


def wrapped(view: View, at: int, text: str) -> tuple[str, frozenset[int]]:
    """The text of a line with what was wrapped onto the lines below, and the numbers of all of them.

    What is indented below a bullet belongs to it; elsewhere a small letter shows that the sentence goes on.
    """
    line = view.line(at)
    parts, numbers = [text], []
    while line:
        numbers.append(line.number)
        at += 1
        below = view.line(at)
        if not below or below.block != line.block or not _goes_on(view, at, below, parts[-1]):
            break
        parts.append(below.text)
        line = below
    return " ".join(parts), frozenset(numbers)


def _goes_on(view: View, at: int, below: Line, before: str) -> bool:
    if headed(below.text) or below.text.startswith(("**", "__")) or is_alternative(below.text):
        return False
    if describes(view, at):
        return False
    return (below.depth > 0 and not below.is_lazy) or goes_on(before, below.text)


def goes_on(before: str, text: str) -> bool:
    """Whether a sentence was only wrapped between the two."""
    return not before.rstrip().endswith((".", ":", "!", "?", "`")) and text[:1].islower()


def describes(view: View, at: int) -> bool:
    """Whether the line stands directly above a line of code, and so belongs to that."""
    line, below = view.line(at), view.line(at + 1)
    return bool(line and below and below.block == line.block and code_of_line(below))


@dataclass(frozen=True, slots=True)
class Described:
    """A prompt as a card can bear it."""

    prompt: str
    contrast: str = ""
    is_alone: bool = True
    """False where it had to be joined with its heading or its neighbour."""


def described(
    above: Card | None, headings: tuple[str, ...], prompt: str, *, only_command: bool = True
) -> Described:
    """A prompt that cannot be understood alone is joined to that of the card above, or to its heading."""
    last = above.expected if above and above.source.headings == headings else None
    if above and is_weak(prompt) and isinstance(last, CommandLine | Keys):
        task = above.prompt.split(" — ")[0] if above.contrast else above.prompt
        return Described(f"{task} — {prompt}", last.text, is_alone=False)
    if is_weak(prompt) or is_short(prompt):
        return Described(" — ".join((*headings[-1:], prompt)), is_alone=False)
    if is_remark(prompt) and only_command and headings:
        return Described(f"{headings[-1]} — {prompt}", is_alone=False)
    return Described(prompt)


def command_card(
    view: View,
    headings: tuple[str, ...],
    line: int,
    prompt: Described,
    answers: Sequence[str],
    certainty: Certainty = Certainty.SURE,
) -> Card:
    """The first answer is the note's own, the others are as right."""
    first, *also = answers
    made = Keys if view.kind_of(first) is Kind.KEYS else CommandLine
    expected = made(first, tuple(also))
    source = Source(view.page.note, line, headings)
    return Card(prompt.prompt, expected, source, certainty, prompt.contrast)


def likely(card: Card) -> Card:
    return replace(card, certainty=Certainty.LIKELY)
