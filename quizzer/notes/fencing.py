"""Where blocks of code begin and end, and the end of those that their author forgot to close."""

import re
from collections.abc import Callable, Sequence
from typing import Final

_FENCE: Final = re.compile(r"^((?:\s|>|[-*+]\s|\d{1,9}[.)]\s)*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)$")
_END: Final = re.compile(r"^\s*(?:#{2,6}\s|[-*+]\s+`)")
_TITLE: Final = re.compile(r"^#\s")

Repair = Callable[[int, str, str], None]
"""Puts a line in the place of another, and says why."""


def close_fences(lines: Sequence[str], repair: Repair) -> set[int]:
    """Close what was left open; return the lines that stand in a block, its marks included."""
    inside: set[int] = set()
    at = 0
    while at < len(lines):
        if opener := _FENCE.match(lines[at]):
            end = _end_of_fence(lines, at, opener, repair)
            inside.update(range(at, end + 1))
            at = end
        at += 1
    return inside


def _end_of_fence(lines: Sequence[str], start: int, opener: re.Match[str], repair: Repair) -> int:
    """The line that closes the block, made to close it where the note forgot."""
    mark = opener[2]
    closer = re.compile(rf"^[\s>]*{re.escape(mark[0])}{{{len(mark)},}}\s*$")
    closing = re.sub(r"[^\s>]", " ", opener[1]) + mark
    backtick = 0
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if closer.match(line):
            return at
        if line.strip() == "`" and not backtick:
            backtick = at
        other = _FENCE.match(line)
        if other and other[3].strip() and other[2] == mark:
            if not backtick and lines[at - 1].strip():  # no line is free for the mark
                repair(
                    at, "", f"the code block of line {start + 1} was not closed before this one; read as one"
                )
                continue
            return _close(lines, start, backtick or at - 1, closing, repair)
    return _close(lines, start, backtick or _likely_end(lines, start), closing, repair)


def _likely_end(lines: Sequence[str], start: int) -> int:
    """Of a block that nothing closes: the blank line before a heading or before a bullet with code.

    `# text` is a heading only with a blank line after it, for in a block it is a comment on what follows.
    """
    for at in range(start + 1, len(lines) - 1):
        if not lines[at].strip():
            after = lines[at + 2] if at + 2 < len(lines) else ""
            if _END.match(lines[at + 1]) or (_TITLE.match(lines[at + 1]) and not after.strip()):
                return at
    return len(lines) - 1


def _close(lines: Sequence[str], start: int, end: int, closing: str, repair: Repair) -> int:
    """Where no line is free to hold the mark, CommonMark closes the block with the note."""
    message = f"the code block of line {start + 1} is not closed by its own mark; read as ending here"
    is_free = end > start and lines[end].strip() in ("", "`")
    repair(max(end, start), closing if is_free else lines[max(end, start)], message)
    return max(end, start)
