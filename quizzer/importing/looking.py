"""A note read, with what the specs say of its commands; nothing is written."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizzer import __version__
from quizzer.card import Card, CommandLine, Flag, Keys, Problem, Term, Trouble
from quizzer.commands import shell
from quizzer.commands.difference import incomplete
from quizzer.commands.givens import filled, find
from quizzer.commands.invocation import key, spellings
from quizzer.commands.keystrokes import strokes
from quizzer.commands.spec import Specs
from quizzer.files import NoteFile, SpecShelf, decoded
from quizzer.notes.cards import READER, Reading, read
from quizzer.text import folded

_UNKNOWN: Final = "<>"
"""What stands for a given where only the meaning of a line counts."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A note that was read and not yet written."""

    note: NoteFile
    digest: str
    reading: Reading


def look(note: NoteFile, raw: bytes, shelf: SpecShelf) -> Looked:
    """Read a note and work out its cards' givens. Raises DataError for a file that cannot be read as text."""
    reading = read(decoded(raw), note.name)
    cards = tuple(_with_givens(card, shelf) for card in reading.cards)
    problems = (*reading.problems, *_incomplete(cards, shelf))
    return Looked(
        note, digest(raw), replace(reading, cards=cards, problems=tuple(sorted(problems, key=_line)))
    )


def _line(problem: Problem) -> int:
    return problem.line


def digest(raw: bytes) -> str:
    """Of the note and of what reads it: a better reader reads an unchanged note again."""
    return hashlib.sha256(f"{READER}:{__version__}:".encode() + raw).hexdigest()


def _with_givens(card: Card, shelf: SpecShelf) -> Card:
    if not isinstance(card.expected, CommandLine):
        return card
    programs = sorted(shell.programs(card.expected.text))  # `--username AWS` is no secret behind `aws`
    known = " ".join((*card.source.headings, card.prompt, *programs))
    givens = find(card.expected.text, known, _specs(card.expected, shelf))
    return replace(card, expected=replace(card.expected, givens=givens))


def _specs(line: CommandLine, shelf: SpecShelf) -> Specs:
    return shelf.of(frozenset().union(*(shell.programs(text) for text in (line.text, *line.also))))


def _incomplete(cards: Iterable[Card], shelf: SpecShelf) -> Iterator[Problem]:
    for card in cards:
        if isinstance(card.expected, CommandLine) and (
            lack := incomplete(card.expected.text, _specs(card.expected, shelf))
        ):
            yield Problem(card.source.note, card.source.line, Trouble.INCOMPLETE, lack)


def meaning(card: Card, shelf: SpecShelf) -> str:
    """Equal for cards whose answers mean the same, in whatever words and values their notes ask for them."""
    match card.expected:
        case Term(name=name):
            return f"term {' '.join(word.removesuffix('s') for word in folded(name).split())}"
        case Flag() as flag:
            return _meaning_of_flag(card, flag, shelf)
        case CommandLine() as line:
            specs = _specs(line, shelf)
            bare = filled(line.text, line.givens, [_UNKNOWN] * len(line.givens)) if line.givens else line.text
            return f"command {key(bare, specs)}"
        case Keys():
            return f"keys {card.source.note} {' '.join(strokes(card.expected.text))}"


def _meaning_of_flag(card: Card, flag: Flag, shelf: SpecShelf) -> str:
    own = flag.spellings
    if not flag.command:
        return f"flag {card.source.note} {' '.join(card.source.headings)} {own[0]}"
    specs = shelf.of(flag.command.split()[:1])
    names = spellings(flag.command, own[0], specs)
    return f"flag {flag.command} {max(names, key=lambda name: (len(name), name))}"
