"""Broken Markdown to well-formed, line for line, with a Problem for each repair.

Every damage here would spoil a Markdown tree over many lines, but spoils a line reader over one. So notes are
mended first: the mended text has the same lines as the note, and line numbers hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from quizzer.card import Problem, Trouble
from quizzer.notes.fencing import close_fences
from quizzer.notes.spans import masked

_LIST_MARK: Final = re.compile(r"^\s*(?:>\s?)*(?:[-*+]\s+|\d{1,9}[.)]\s+)?")
_GLUED: Final = re.compile(r"^(\s*(?:[-*+]|\d{1,9}[.)])\s+)\*{1,2}\s*(?=`)")
_BREAKS: Final = re.compile(r"^\s*(?:<br\s?/?>\s*)+$", re.IGNORECASE)
_RULE: Final = re.compile(r"^ {0,3}(?:-+|=+)\s*$")
_NO_TITLE: Final = re.compile(r"^\s*(?:[-*+>#`|]|\d{1,9}[.)]\s)")
_OPENER: Final = re.compile(r"(?<![\w_\\])_(?=[^\s_])")
_CLOSER: Final = re.compile(r"(?<=[^\s_\\])_(?![\w_])")
_STRONG: Final = re.compile(r"(?<![*/\\])(?:(?<!\s)\*\*|\*\*(?!\s))(?![*/])")


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
    """Line ends, byte order mark, no-break spaces, comments and rules are made plain without a word."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    work = _Work(note, plain.split("\n"))
    _front_matter(work)
    fenced = close_fences(work.lines, work.repair)
    for at in sorted(fenced):
        _backtick_in_code(work, at)
    for block in _paragraphs(work, fenced):
        for at in block:
            _hidden(work, at)
            _backticks(work, at, block)
        _rules(work, block)
        _underscores(work, block)
        _stars(work, block)
    return Mended(tuple(work.lines), tuple(sorted(work.problems, key=lambda problem: problem.line)))


def _front_matter(work: _Work) -> None:
    """`---` on the first line, up to the next `---`, is about the note and not of it."""
    if work.lines[0].rstrip() != "---":
        return
    for end in range(1, len(work.lines)):
        if work.lines[end].rstrip() in ("---", "..."):
            work.lines[: end + 1] = [""] * (end + 1)
            return


def _paragraphs(work: _Work, fenced: set[int]) -> Iterator[range]:
    """Runs of lines between blank lines and fences."""
    start = 0
    for at in range(len(work.lines) + 1):
        if at == len(work.lines) or at in fenced or not work.lines[at].strip():
            if start < at:
                yield range(start, at)
            start = at + 1


def _hidden(work: _Work, at: int) -> None:
    """Comments of HTML and Obsidian on one line, and lines of `<br>`, are not part of the text."""
    if _BREAKS.match(work.lines[at]):
        work.lines[at] = ""
    for opener, closer in (("<!--", "-->"), ("%%", "%%")):
        if opener in work.lines[at]:
            work.lines[at] = _without(work.lines[at], opener, closer)


def _without(line: str, opener: str, closer: str) -> str:
    """What stands from one to the other is left out, unless they are code."""
    bare = masked(line)
    out = []
    at = 0
    while (start := bare.find(opener, at)) >= 0:
        end = bare.find(closer, start + len(opener))
        if end < 0:
            break
        out.append(line[at:start])
        at = end + len(closer)
    return "".join((*out, line[at:]))


def _backticks(work: _Work, at: int, block: range) -> None:
    """A backtick alone and junk before code are dropped; code that is never closed ends with its line."""
    line = work.lines[at]
    if line.strip() in ("`", "``"):
        work.repair(at, "", "a backtick stands alone; left out")
        return
    glued = _GLUED.match(line)
    if glued and "*" not in masked(line)[glued.end() :]:
        work.repair(at, glued[1] + line[glued.end() :], "a stray * before the code; left out")
        line = work.lines[at]
    mark = _LIST_MARK.match(line)
    if not _is_odd(line) or not mark or line[mark.end() : mark.end() + 1] != "`":
        return
    wraps = (
        at + 1 in block and _is_odd(work.lines[at + 1]) and not work.lines[at + 1].lstrip().startswith("`")
    )
    if wraps:
        return
    colon = line.find(" : ", mark.end()) if masked(line).count("`") == 1 else -1
    if colon > 0:
        work.repair(at, f"{line[:colon]}`{line[colon:]}", "the code is never closed; read to the colon")
    else:
        work.repair(at, line.rstrip() + "`", "the code is never closed; read to the end of the line")


def _backtick_in_code(work: _Work, at: int) -> None:
    """The habit of closing code with a backtick, in a block where none is open."""
    line = work.lines[at].rstrip()
    if line.count("`") == 1 and line.endswith("`") and line.strip(" `"):
        work.repair(at, line[:-1], "a stray backtick behind the code; left out")


def _is_odd(line: str) -> bool:
    return "`" in line and masked(line).replace("\\`", "").count("`") % 2 == 1


def _rules(work: _Work, block: range) -> None:
    """`---` right below text is a rule, and makes a heading only of a single line of plain text above it."""
    for at in block[1:]:
        above = work.lines[at - 1]
        is_heading = (at - 1 == block.start or work.lines[at - 2].startswith("#")) and not _NO_TITLE.match(
            above
        )
        if _RULE.match(work.lines[at]) and not is_heading:
            work.lines[at] = ""


def _underscores(work: _Work, block: range) -> None:
    """An emphasis that opens in a paragraph where none closes loses its mark."""
    bare = {at: masked(work.lines[at]) for at in block}
    if any(_CLOSER.search(line) for line in bare.values()):
        return
    for at in block:
        _leave_out(work, at, [mark.start() for mark in _OPENER.finditer(bare[at])], "_")


def _stars(work: _Work, block: range) -> None:
    """Of an odd number of `**` in a paragraph the last loses its mark; a `**` of a path is none."""
    found = [(at, mark.start()) for at in block for mark in _STRONG.finditer(masked(work.lines[at]))]
    if len(found) % 2:
        at, column = found[-1]
        _leave_out(work, at, [column], "**")


def _leave_out(work: _Work, at: int, columns: list[int], mark: str) -> None:
    if columns:
        line = work.lines[at]
        starts = (0, *(column + len(mark) for column in columns))
        kept = "".join(line[start:end] for start, end in zip(starts, (*columns, len(line)), strict=True))
        work.repair(at, kept, f"{mark} is opened and never closed; left out")
