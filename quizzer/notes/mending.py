"""Broken Markdown to well-formed, line for line, with a Problem for each repair.

Every damage here would spoil a Markdown tree over many lines, but spoils a line reader over one. So notes are
mended first: the mended text has the same lines as the note, and line numbers hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from quizzer.card import Problem, Trouble

_FENCE: Final = re.compile(r"^((?:\s|>|[-*+]\s|\d{1,9}[.)]\s)*)(`{3,}|~{3,})[ \t]*([^`]*)$")
_LIST_MARK: Final = re.compile(r"^\s*(?:>\s?)*(?:[-*+]\s+|\d{1,9}[.)]\s+)?")
_GLUED: Final = re.compile(r"^(\s*(?:[-*+]|\d{1,9}[.)])\s+)\*{1,2}\s*(?=`)")
_OPENER: Final = re.compile(r"(?<![\w_\\])_(?=[^\s_])")
_CLOSER: Final = re.compile(r"(?<=[^\s_\\])_(?![\w_])")
_CODE: Final = re.compile(r"(`+)(?:.+?)(?<!`)\1(?!`)")
_COMMENT: Final = re.compile(r"<!--.*?-->|%%.*?%%")


@dataclass(frozen=True, slots=True)
class Mended:
    """A note that can be read: as many lines as it had."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Work:
    """The lines while they are mended."""

    note: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)

    def repair(self, at: int, line: str, message: str) -> None:
        self.lines[at] = line
        self.problems.append(Problem(self.note, at + 1, Trouble.MENDED, message))


def mend(text: str, note: str) -> Mended:
    """Line ends, byte order mark and no-break spaces are made plain without a word; the rest is reported."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    work = _Work(note, plain.split("\n"))
    _front_matter(work)
    fenced = _fences(work)
    for block in _paragraphs(work, fenced):
        for at in block:
            _hidden(work, at)
            _backticks(work, at, block)
        _emphasis(work, block)
    return Mended(tuple(work.lines), tuple(sorted(work.problems, key=lambda problem: problem.line)))


def _front_matter(work: _Work) -> None:
    """`---` on the first line, up to the next `---`, is about the note and not of it."""
    if work.lines[0].rstrip() != "---":
        return
    for end in range(1, len(work.lines)):
        if work.lines[end].rstrip() in ("---", "..."):
            work.lines[: end + 1] = [""] * (end + 1)
            return


def _fences(work: _Work) -> set[int]:
    """Close what was left open; return the lines that stand in a fence, its marks included."""
    inside: set[int] = set()
    at = 0
    while at < len(work.lines):
        if opener := _FENCE.match(work.lines[at]):
            end = _end_of_fence(work, at, opener[1], opener[2])
            inside.update(range(at, end + 1))
            at = end
        at += 1
    return inside


def _end_of_fence(work: _Work, start: int, indent: str, mark: str) -> int:
    """The line that closes the fence, made to close it where the note forgot."""
    closer = re.compile(rf"^[\s>]*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
    backtick = 0
    for at in range(start + 1, len(work.lines)):
        line = work.lines[at]
        if closer.match(line):
            return at
        if line.strip() == "`" and not backtick:
            backtick = at
        other = _FENCE.match(line)
        if other and other[3].strip() and len(other[2]) == len(mark):
            return _close(work, start, backtick or at - 1, indent + mark)
    return _close(work, start, backtick or _likely_end(work, start), indent + mark)


def _likely_end(work: _Work, start: int) -> int:
    """Of a fence that nothing closes: the blank line before a heading or before a list item with code."""
    for at in range(start + 1, len(work.lines) - 1):
        if not work.lines[at].strip() and re.match(r"\s*(#{1,6}\s|[-*+]\s+`)", work.lines[at + 1]):
            return at
    return len(work.lines) - 1


def _close(work: _Work, start: int, end: int, mark: str) -> int:
    if end <= start or work.lines[end].strip() not in ("", "`"):
        return max(end, start)  # no line is free to hold the mark; CommonMark closes it with the note
    message = f"the code block of line {start + 1} is not closed by its own mark; read as ending here"
    work.repair(end, mark, message)
    return end


def _paragraphs(work: _Work, fenced: set[int]) -> Iterator[range]:
    """Runs of lines between blank lines and fences."""
    start = 0
    for at in range(len(work.lines) + 1):
        if at == len(work.lines) or at in fenced or not work.lines[at].strip():
            if start < at:
                yield range(start, at)
            start = at + 1


def _hidden(work: _Work, at: int) -> None:
    """Comments of HTML and Obsidian on one line are not part of the text."""
    if "<!--" in work.lines[at] or "%%" in work.lines[at]:
        work.lines[at] = _COMMENT.sub("", work.lines[at])


def _backticks(work: _Work, at: int, block: range) -> None:
    """A backtick alone is dropped; junk before code is dropped; code that is never closed ends with its line."""
    line = work.lines[at]
    if line.strip() in ("`", "``"):
        work.repair(at, "", "a backtick stands alone; left out")
        return
    if glued := _GLUED.match(line):
        work.repair(at, glued[1] + line[glued.end() :], "a stray * before the code; left out")
        line = work.lines[at]
    if not _is_odd(line):
        return
    body = line[_LIST_MARK.match(line).end() :]  # type: ignore[union-attr]  # it matches the empty string
    wraps = (
        at + 1 in block and _is_odd(work.lines[at + 1]) and not work.lines[at + 1].lstrip().startswith("`")
    )
    if body.startswith("`") and not wraps:
        work.repair(at, line.rstrip() + "`", "the code is never closed; read to the end of the line")


def _is_odd(line: str) -> bool:
    return "`" in line and _CODE.sub("", line).count("`") % 2 == 1


def _emphasis(work: _Work, block: range) -> None:
    """Emphasis that opens and never closes within its paragraph loses its mark."""
    bare = {at: _CODE.sub(lambda code: "x" * len(code[0]), work.lines[at]) for at in block}
    for opener, closer, mark in ((_OPENER, _CLOSER, "_"), (re.compile(r"\*\*"), None, "**")):
        opened = [(at, match.start()) for at in block for match in opener.finditer(bare[at])]
        closed = sum(len(closer.findall(bare[at])) for at in block) if closer else len(opened) // 2
        unclosed = len(opened) - closed if closer else len(opened) % 2
        if unclosed > 0 and opened and (closer is None or closed == 0):
            for at, column in reversed(opened[-unclosed:]):
                line = work.lines[at]
                work.repair(
                    at,
                    line[:column] + line[column + len(mark) :],
                    f"{mark} is opened and never closed; left out",
                )
