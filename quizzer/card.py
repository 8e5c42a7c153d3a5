"""The card, what it expects, and where in a note it comes from."""

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

_FLAG_NAME: Final = r"(?<![\w<-])--?[A-Za-z0-9?#@][\w.-]*"
_CARDS: Final = UUID("2f0f6f0e-5f4e-5c1b-9a53-6d1f1f6a7b11")


class Certainty(StrEnum):
    """How sure the reader is that a person meant this as a card."""

    SURE = "sure"
    LIKELY = "likely"


class Typed(StrEnum):
    """The side of a two-sided card that the learner has to give."""

    NAME = "name"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Given:
    """A value in a command that nobody can know, so it is told with the prompt."""

    text: str
    """As the note writes it, and as it stands in the command: `<image ID>`, `jgatter`."""
    name: str
    """What the learner is told that it is: `image ID`, `user`."""
    kind: str
    """Which values fit: a name in `commands.givens.KINDS`."""
    several: bool = False
    """Whether one or more words may stand here: `<container IDs>`."""


@dataclass(frozen=True, slots=True)
class Term:
    """The name of a thing, with its definition."""

    name: str
    definition: str
    typed: Typed = Typed.MEANING


@dataclass(frozen=True, slots=True)
class Flag:
    """An option of a command, with its meaning."""

    text: str
    """As the note writes it, argument and all: `-p <host>:<container>`, `-a, --all`."""
    meaning: str
    command: str
    """The command that it belongs to (`docker run`); empty where the note does not say."""
    typed: Typed = Typed.MEANING

    @property
    def argument(self) -> str:
        """What stands behind its names: `<host>:<container>`."""
        return re.sub(rf",?\s*{_FLAG_NAME}", "", self.text).strip("[]= ")

    @property
    def spellings(self) -> tuple[str, ...]:
        """Its names without arguments, as written: `-a`, `--all`. At least one, if only the whole text."""
        return tuple(dict.fromkeys(re.findall(_FLAG_NAME, self.text))) or (self.text,)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command to be typed; several lines are to be typed in this order."""

    text: str
    also: tuple[str, ...] = ()
    """Other right answers that the note itself gives."""
    givens: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Keys:
    """Key strokes of tmux, vim or less, compared as key notation and never as a command."""

    text: str
    also: tuple[str, ...] = ()


Expected = Term | Flag | CommandLine | Keys


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card stands."""

    note: str
    """The note's path below its root, with forward slashes."""
    line: int
    """Of the answer's first line, from 1."""
    headings: tuple[str, ...] = ()
    """From the outermost heading to the nearest."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to ask. It has no identity of its own: the store gives it one at first sight."""

    prompt: str
    """In the note's own words."""
    expected: Expected
    source: Source
    certainty: Certainty = Certainty.SURE
    contrast: str = ""
    """The neighbour's command, where the prompt only makes sense against it ("or more granularly")."""


class Trouble(StrEnum):
    """Why a place in a note needs its author's eye."""

    MENDED = "mended"
    UNFINISHED = "unfinished"
    INCOMPLETE = "incomplete"
    PASSED_OVER = "passed over"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a note that was mended or could not be read."""

    note: str
    line: int
    """From 1; 0 when it is about the whole note."""
    trouble: Trouble
    message: str
    """What is there and what was assumed or can be done, in one sentence."""

    def __str__(self) -> str:
        return f"{self.note}:{self.line}: {self.message}" if self.line else f"{self.note}: {self.message}"


def kind(expected: Expected) -> str:
    """`term`, `flag`, `command` or `keys`."""
    match expected:
        case Term():
            return "term"
        case Flag():
            return "flag"
        case CommandLine():
            return "command"
        case Keys():
            return "keys"


def command_of(expected: Expected) -> str:
    """The command that a card is about: a flag's own, or the program of a command line."""
    match expected:
        case Flag():
            return expected.command
        case CommandLine():
            words = expected.text.split()
            return next((word for word in words if word != "sudo" and "=" not in word), "")
        case Term() | Keys():
            return ""


def siblings(card: Card) -> tuple[Card, ...]:
    """All cards of the card's place in the note, itself first: terms and flags are asked both ways."""
    match card.expected:
        case Term(definition=other) | Flag(meaning=other):
            return card, replace(card, prompt=other, expected=replace(card.expected, typed=Typed.NAME))
        case CommandLine() | Keys():
            return (card,)


def fingerprint(card: Card) -> str:
    """Hash of kind, direction, command and prompt, each with its length, so that no two run together.

    It holds neither note nor line: a card that moves is the same card. Case counts.
    """
    side = card.expected.typed if isinstance(card.expected, Term | Flag) else ""
    digest = hashlib.sha256()
    for part in (kind(card.expected), side, command_of(card.expected), " ".join(card.prompt.split())):
        raw = part.encode()
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.hexdigest()


def card_id(print_: str, copy: int = 0) -> UUID:
    """A card's id at first sight; `copy` tells apart those that ask alike and expect different things."""
    return uuid5(_CARDS, f"{print_}:{copy}" if copy else print_)
