"""What a sitting needs of a terminal, and the plain one that is left where nothing else can be had."""

import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Final, Protocol

from quizzer.repl.telling import Words

MARK: Final = "❯ "
_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {"dim": "2", "right": "1;34", "wrong": "1;33", "close": "1;33", "note": "1", "bold": "1"}
)
"""Blue and orange rather than green and red: they stay apart for eyes that mix those up."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line from the keyboard, and how long it took."""

    text: str
    milliseconds: int


class Screen(Protocol):
    """A place to ask and to tell."""

    @property
    def width(self) -> int: ...

    def say(self, *lines: Words) -> None: ...

    def ask(self, status: str, default: str = "") -> Typed:
        """One answer. Raises EOFError when the learner leaves."""

    def choose(self, question: Words, keys: str) -> str:
        """One of the letters in `keys`, or an action with its colon. Raises EOFError like `ask`."""


def painted(words: Words, *, in_colour: bool) -> str:
    if not in_colour:
        return "".join(text for _, text in words).rstrip()
    return "".join(
        f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if style in _COLOURS else text for style, text in words
    )


def wrapped(words: Words, width: int) -> list[Words]:
    """Broken between words to fit the width; what follows a label of eight columns goes on under itself."""
    indent = len(words[0][1]) if words and len(words[0][1]) == 8 and words[0][1].endswith(" ") else 0
    rows: list[list[tuple[str, str]]] = [[]]
    at = 0
    for style, bit in ((style, bit) for style, text in words for bit in re.findall(r"\n|[^\S\n]+|\S+", text)):
        if bit == "\n" or (at + _columns(bit) >= width and at > indent and not bit.isspace()):
            rows.append([("", " " * indent)] if indent and bit != "\n" else [])
            at = indent if bit != "\n" else 0
        if bit != "\n" and not (bit.isspace() and not rows[-1] and len(rows) > 1 and not indent):
            rows[-1].append((style, bit))
            at += _columns(bit)
    return [_joined(row) for row in rows]


def _joined(row: Sequence[tuple[str, str]]) -> Words:
    """Neighbours of one style in one piece."""
    return tuple((style, "".join(text for _, text in run)) for style, run in groupby(row, key=itemgetter(0)))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wants_colour() -> bool:
    """NO_COLOR wins, then FORCE_COLOR, then whether there is a terminal that can show it."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def is_plain() -> bool:
    """Whether only lines will do: no terminal, a dumb one, or asked for."""
    tty = bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())
    return not tty or os.environ.get("TERM") in (None, "dumb") or bool(os.environ.get("QUIZZER_PLAIN"))


class PlainScreen:
    """Lines out, lines in: for pipes, screen readers and scripts. No redraw, no escapes."""

    width = 76

    def say(self, *lines: Words) -> None:
        for words in lines:
            sys.stdout.write(painted(words, in_colour=False) + "\n")
        sys.stdout.flush()

    def ask(self, status: str, default: str = "") -> Typed:
        started = time.monotonic()
        text = _line("> ")
        while goes_on(text):
            text = f"{text}\n{_line('. ')}"
        return Typed(text, _since(started))

    def choose(self, question: Words, keys: str) -> str:
        self.say(question)
        while not is_choice(said := _line("> ").strip().lower(), keys):
            self.say((("dim", f"type {letters(keys)}"),))
        return said


def _line(mark: str) -> str:
    sys.stdout.write(mark)
    sys.stdout.flush()
    text = sys.stdin.readline() if sys.stdin else ""
    if not text:
        sys.stdout.write("\n")
        raise EOFError
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return text.rstrip("\r\n")


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def goes_on(text: str) -> bool:
    r"""Whether a shell would wait for more: a line that ends in `\`, `|` or `&&`."""
    return text.rstrip(" ").endswith(("\\", "|", "&&")) and not text.startswith(":")


def is_choice(said: str, keys: str) -> bool:
    return said in tuple(keys) or (said.startswith(":") and len(said) > 1)


def letters(keys: str) -> str:
    """`y, a or n`"""
    return f"{', '.join(keys[:-1])} or {keys[-1]}"


def columns() -> int:
    return shutil.get_terminal_size((80, 24)).columns
