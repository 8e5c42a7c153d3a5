"""What all constructs share: the claim they lay on lines, and the card they make of a description."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from quizzer.card import Card, Certainty, CommandLine, Keys, Problem, Source, Trouble
from quizzer.notes.codes import PROGRAMS, Kind, kind_of, program_of
from quizzer.notes.prompts import is_remark, is_weak
from quizzer.notes.reading import Fence, Heading, Item, Line, Page
from quizzer.notes.spans import pieces


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
    made: Sequence[Card]
    """The cards of the lines above."""
    claimed: frozenset[int] | set[int] = frozenset()
    """The lines that are accounted for."""
    programs: frozenset[str] = field(default=PROGRAMS)
    """The names that count as programs in this note."""

    def item(self, at: int) -> Item | None:
        return self.page.items[at] if 0 <= at < len(self.page.items) else None

    def line(self, at: int) -> Line | None:
        item = self.item(at)
        return item if isinstance(item, Line) else None

    def kind_of(self, code: str) -> Kind:
        return kind_of(code, self.programs)


Construct = Callable[[View, int], Claim | None]
"""Looks at the item in that place; None where the shape is not its own."""


def programs_of(page: Page) -> frozenset[str]:
    """The common programs, and those that begin a command with arguments somewhere in the note."""
    codes: list[str] = []
    for item in page.items:
        match item:
            case Line():
                codes += [piece.text for piece in pieces(item.text) if piece.is_code and " " in piece.text]
            case Fence():
                codes += [line for line in item.lines if " " in line.strip()]
            case Heading():
                pass
    found = (program_of(code) for code in codes if kind_of(code) is Kind.COMMAND)
    return PROGRAMS | {name for name in found if len(name) > 1 and name.isidentifier() and name.islower()}


def problem(view: View, line: int, trouble: Trouble, message: str) -> Problem:
    return Problem(view.page.note, line, trouble, message)


@dataclass(frozen=True, slots=True)
class Described:
    """A prompt as a card can bear it."""

    prompt: str
    contrast: str = ""
    is_alone: bool = True
    """False where it had to be joined with its heading or its neighbour."""


def described(view: View, headings: tuple[str, ...], prompt: str, *, only_command: bool = True) -> Described:
    """A prompt that cannot be understood alone is joined to its neighbour's, or to its heading."""
    last = view.made[-1] if view.made and view.made[-1].source.headings == headings else None
    if is_weak(prompt):
        if last and isinstance(last.expected, CommandLine | Keys):
            return Described(f"{last.prompt} — {prompt}", last.expected.text, is_alone=False)
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
