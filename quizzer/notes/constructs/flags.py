"""Flags: a line that begins with an option in code, and what it means."""

import re
from typing import Final

from quizzer.card import Card, Flag, Problem, Source, Trouble
from quizzer.notes.codes import PROGRAMS, Kind, command_in, program_of
from quizzer.notes.constructs.making import Claim, View, problem
from quizzer.notes.prompts import is_unfinished
from quizzer.notes.reading import Fence, Heading, Item, Line
from quizzer.notes.spans import headed, pieces, prose

_FLAG_WORDS: Final = re.compile(
    r"\b(flags?|options?|switch(es)?|arguments?|args|parameters?)\b", re.IGNORECASE
)
_PLAIN_COMMAND: Final = re.compile(r"^([a-z][\w-]*(?: [a-z][\w-]*){0,2}):(?:\s|$)")


def flag_line(view: View, at: int) -> Claim | None:
    """`-x` (("," | "/" | "or") `--long`)* separator meaning"""
    line = view.line(at)
    found = headed(line.text) if line and not line.is_quoted else None
    if (
        not line
        or not found
        or not found.separator
        or any(view.kind_of(code) is not Kind.FLAG for code in found.codes)
    ):
        return None
    text, meaning = ", ".join(found.codes), prose(found.rest)
    lines = frozenset({line.number})
    if is_unfinished(meaning):
        unfinished = problem(
            view,
            line.number,
            Trouble.UNFINISHED,
            f"`{text}` has no meaning yet; write one after the `{found.separator}`",
        )
        return Claim(lines, problems=(unfinished,))
    command = command_in_force(view, at)
    problems: tuple[Problem, ...] = ()
    if not command:
        message = (
            f"`{text}` belongs to no command that the note names above it; the card says only where it stands"
        )
        problems = (problem(view, line.number, Trouble.INCOMPLETE, message),)
    source = Source(view.page.note, line.number, line.headings)
    return Claim(lines, (Card(text, Flag(text, meaning, command), source),), problems)


def command_in_force(view: View, at: int) -> str:
    """The command that the flags of a line belong to, by the nearest sign of it.

    In this order: the bullet that the line hangs under; a command above in the same section; code in the section's
    own heading; then the same two in each section around it; then the note's own name.
    """
    item = view.page.items[at]
    if isinstance(item, Line) and (parent := _parent(view, at, item)):
        return parent
    path = item.headings
    while True:
        if command := _in_section(view, at, path) or (_in_heading(path[-1]) if path else ""):
            return command
        if not path:
            break
        path = path[:-1]
    return _in_heading(view.page.title)


def _parent(view: View, at: int, line: Line) -> str:
    """The command that the bullet around this one begins with."""
    for above in reversed(view.page.items[:at]):
        if not isinstance(above, Line) or above.headings != line.headings:
            return ""
        if above.depth < line.depth and above.is_item:
            return _command_of(view, above)
    return ""


def _in_section(view: View, at: int, path: tuple[str, ...]) -> str:
    for above in reversed(view.page.items[:at]):
        if isinstance(above, Heading):
            if above.headings == path:
                return ""  # the section begins here; what is above belongs to others
        elif above.headings == path and (command := _command_of(view, above)):
            return command
    return ""


def _command_of(view: View, item: Item) -> str:
    match item:
        case Fence():
            first = next(
                (line for line in item.lines if line.strip() and not line.lstrip().startswith("#")), ""
            )
            return command_in(first) if view.kind_of(first.strip()) is Kind.COMMAND else ""
        case Line():
            parts = pieces(item.text)
            plain = _PLAIN_COMMAND.match(item.text)
            if parts and parts[0].is_code and view.kind_of(parts[0].text) is Kind.COMMAND:
                return command_in(parts[0].text)
            if parts and parts[-1].is_code and view.kind_of(parts[-1].text) is Kind.COMMAND:
                return command_in(parts[-1].text)
            return plain[1] if plain and plain[1].split()[0] in PROGRAMS else ""
        case Heading():
            return ""


def _in_heading(text: str) -> str:
    """A command in code or in plain words: "Flags of `docker run`", "tar options", "docker run"."""
    for piece in pieces(text):
        if piece.is_code and program_of(piece.text) in PROGRAMS:
            return command_in(piece.text)
    words = _FLAG_WORDS.sub("", text).split()
    for at, word in enumerate(words):
        if word.rstrip(":") in PROGRAMS and (at == 0 or word.islower()):
            return command_in(" ".join(words[at:]).rstrip(":"))
    return ""
