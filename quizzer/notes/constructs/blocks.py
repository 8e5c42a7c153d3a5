"""The lines of a code block to commands, each with the comment that names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from quizzer.notes.codes import program_of
from quizzer.notes.reading import Fence

_PROMPT: Final = re.compile(r"^\s*(?:[\w.-]{1,64}@[^$#%❯]*)?[$❯]\s+(?=\S)")
_SECOND_PROMPT: Final = re.compile(r"\n> ?")
_COMMENT: Final = re.compile(r"^\s*#+(?!!)\s*(.*)$")
_ROOT_PROMPT: Final = re.compile(r"^\s*#\s+")
_TRAILING: Final = re.compile(r"^(?P<command>.*?\S)\s+(?:#|//)\s+(?P<text>\S.*)$")
_HEREDOC: Final = re.compile(r"(?<!<)<<-?\s*(['\"]?)(\w+)\1")
_ROOT_PROGRAMS: Final = frozenset(
    """
    apt apt-get chmod chown dnf docker git groupadd ip mount passwd systemctl umount useradd usermod yum
    """.split()
)
_Numbered = tuple[int, str]
"""A line, or a command of several, with the number of its first line."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two comments or blank lines."""

    comment: str
    commands: tuple[str, ...]
    """Continuation lines and here-documents in one piece."""
    number: int
    """Of the first command's first line."""

    @property
    def answer(self) -> str:
        return "\n".join(self.commands)


def is_script(fence: Fence) -> bool:
    """A file to be saved, and nothing to be typed."""
    return fence.lines[0].startswith("#!")


def groups(fence: Fence) -> tuple[Group, ...]:
    """Split at comments and blank lines. Where a line shows a prompt sign, those without one are output."""
    reading = _Reading()
    for number, text in _without_output(fence):
        mark = _COMMENT.match(text)
        if mark:
            reading.comment(mark[1])
        elif not text.strip():
            reading.blank()
        elif not reading.comments and (trailing := _trailing(text)):
            reading.close()
            reading.found.append(Group(trailing["text"], (trailing["command"],), number))
        else:
            reading.command(number, text)
    reading.close()
    return tuple(reading.found)


@dataclass(slots=True)
class _Reading:
    """The group that is open, and those that are closed."""

    found: list[Group] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    commands: list[_Numbered] = field(default_factory=list)
    is_apart: bool = False
    """Whether a blank line follows the comment, which then may be a title of what follows."""

    def comment(self, text: str) -> None:
        self.close()
        if self.is_apart:
            self.comments = []
        self.comments.append(text)
        self.is_apart = False

    def blank(self) -> None:
        self.close()
        self.is_apart = True

    def command(self, number: int, text: str) -> None:
        self.commands.append((number, text))
        self.is_apart = False

    def close(self) -> None:
        if self.commands:
            number = self.commands[0][0]
            commands = tuple(text for _, text in self.commands)
            self.found.append(Group(" ".join(self.comments).strip(), commands, number))
            self.comments, self.commands = [], []


def _trailing(text: str) -> re.Match[str] | None:
    """command "#" comment, the sign not in quotes"""
    found = _TRAILING.match(text)
    if found is None or any(found["command"].count(quote) % 2 for quote in "'\""):
        return None
    return found


def _without_output(fence: Fence) -> list[_Numbered]:
    """Whole commands with the number of their first line, prompt signs taken off."""
    joined = [(fence.number + at, text) for at, text in _joined(fence.lines)]
    if any(_PROMPT.match(text) for _, text in joined):
        return [
            (number, _SECOND_PROMPT.sub("\n", _PROMPT.sub("", text)))
            for number, text in joined
            if _PROMPT.match(text) or _COMMENT.match(text) or not text.strip()
        ]
    if _is_root_session([text for _, text in joined]):
        return [(number, _ROOT_PROMPT.sub("", text)) for number, text in joined]
    return joined


def _is_root_session(texts: list[str]) -> bool:
    """`# apt update`: every line has the prompt sign of root, and a program behind it."""
    written = [text for text in texts if text.strip()]
    return bool(written) and all(
        (mark := _COMMENT.match(text)) and mark[1][:1].islower() and program_of(mark[1]) in _ROOT_PROGRAMS
        for text in written
    )


def _joined(lines: tuple[str, ...]) -> Iterator[_Numbered]:
    r"""Lines that end in `\` or open a here-document are one command."""
    last = {line.strip(): at for at, line in enumerate(lines)}
    at = 0
    while at < len(lines):
        start, end = at, _end_of_command(lines, at)
        document = _HEREDOC.search("\n".join(lines[start : end + 1]))
        if document and last.get(document[2], -1) > end:
            while lines[end := end + 1].strip() != document[2]:
                pass
        text = "\n".join(lines[start : end + 1])
        yield start, text if end > start else text.strip()
        at = end + 1


def _end_of_command(lines: tuple[str, ...], at: int) -> int:
    if not _COMMENT.match(lines[at]):
        while lines[at].rstrip().endswith("\\") and at + 1 < len(lines):
            at += 1
    return at
