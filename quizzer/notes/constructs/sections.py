"""Which command a place in a note is about. Each line is looked at once, however many flags ask."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from quizzer.notes.codes import PROGRAMS, Kind, command_in, kind_of, program_of
from quizzer.notes.reading import Fence, Heading, Item, Line, Page
from quizzer.notes.spans import headed, pieces

_FLAG_WORDS: Final = re.compile(
    r"\b(flags?|options?|switch(es)?|arguments?|args|parameters?)\b", re.IGNORECASE
)
_PLAIN_COMMAND: Final = re.compile(r"^([a-z][\w-]*(?: [a-z][\w-]*){0,2}):(?:\s|$)")
_Path = tuple[str, ...]


def code_of_line(line: Line | None) -> tuple[str, ...]:
    """The codes of a line that holds nothing else: `` `last` or `lastlog` ``."""
    found = headed(line.text) if line else None
    return found.codes if found and not found.separator and not found.rest.strip(".:, ") else ()


class Sections:
    """The commands of a page by the headings they stand under."""

    def __init__(self, page: Page, programs: frozenset[str]) -> None:
        self._page = page
        self._bullets: dict[int, str] = {}
        self._places: dict[_Path, list[int]] = {}
        self._commands: dict[_Path, list[str]] = {}
        self._codes: dict[_Path, int] = {}
        for at, item in enumerate(page.items):
            self._look(at, item, programs)

    def _look(self, at: int, item: Item, programs: frozenset[str]) -> None:
        command = _command_of(item, programs)
        if isinstance(item, Line) and item.is_item:
            self._bullets[item.number] = command or self._bullets.get(item.parent, "")
        if command or isinstance(item, Heading):  # a heading ends what went before under the same name
            self._places.setdefault(item.headings, []).append(at)
            self._commands.setdefault(item.headings, []).append(command)
        if isinstance(item, Fence) or (isinstance(item, Line) and code_of_line(item)):
            self._codes[item.headings] = self._codes.get(item.headings, 0) + 1

    def codes(self, path: _Path) -> int:
        """How many blocks and lines of code stand directly under the heading."""
        return self._codes.get(path, 0)

    def command_in_force(self, at: int) -> str:
        """The command that the flags of a line belong to, by the nearest sign of it.

        In this order: the bullet that the line hangs under; a command above in the same section; code in the
        section's own heading; then the same two in each section around it; then the note's own name.
        """
        item = self._page.items[at]
        if isinstance(item, Line) and (command := self._bullets.get(item.parent)):
            return command
        for depth in range(len(item.headings), -1, -1):
            path = item.headings[:depth]
            if command := self._above(at, path) or (_in_heading(path[-1]) if path else ""):
                return command
        return _in_heading(self._page.title)

    def _above(self, at: int, path: _Path) -> str:
        place = bisect_left(self._places.get(path, []), at)
        return self._commands[path][place - 1] if place else ""


def _command_of(item: Item, programs: frozenset[str]) -> str:
    match item:
        case Fence():
            first = next(
                (text for text in item.lines if text.strip() and not text.lstrip().startswith("#")), ""
            )
            return command_in(first) if kind_of(first.strip(), programs) is Kind.COMMAND else ""
        case Line():
            return _command_of_line(item.text, programs)
        case Heading():
            return ""


def _command_of_line(text: str, programs: frozenset[str]) -> str:
    """Code that the line begins or ends with, or a plain `git stash:`. A flag's meaning names no command."""
    parts = pieces(text)
    if parts and parts[0].is_code and kind_of(parts[0].text) is Kind.FLAG:
        return ""
    for piece in (*parts[:1], *parts[-1:]):
        if piece.is_code and kind_of(piece.text, programs) is Kind.COMMAND:
            return command_in(piece.text)
    plain = _PLAIN_COMMAND.match(text)
    return plain[1] if plain and plain[1].split()[0] in PROGRAMS else ""


@lru_cache(256)
def _in_heading(text: str) -> str:
    """A command in code or in plain words: "Flags of `docker run`", "tar options", "docker run"."""
    for piece in pieces(text):
        if piece.is_code and program_of(piece.text) in PROGRAMS:
            return command_in(piece.text)
    words = text.replace(":", " ").split()
    for at, word in enumerate(words):
        if word in PROGRAMS and (at in (0, len(words) - 1) or not _is_english(word)):
            return command_in(_FLAG_WORDS.sub("", " ".join(words[at:])))
    return ""


def _is_english(word: str) -> bool:
    """Whether the name of a program is also an ordinary word, and so counts only at a heading's ends."""
    return word in _ENGLISH


_ENGLISH: Final = frozenset(
    """
    at cat code column cut date echo exit export file find head history host init install join kill last less
    locate login make more mount paste patch read reset screen service set sleep snap sort source split sync
    tail tee test time top touch tree true type watch which who yes
    """.split()
)
