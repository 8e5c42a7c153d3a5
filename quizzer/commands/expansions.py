"""Pieces of a word without quotes of their own: escapes, `*`, `{a,b}`, `~`."""

import re
from collections.abc import Iterator
from typing import Final

from quizzer.commands.cleaning import unshielded
from quizzer.commands.words import Expansion, Mark, Part, Text

PIECES: Final = frozenset(
    (
        "word",
        "number",
        "concatenation",
        "string",
        "raw_string",
        "ansi_c_string",
        "simple_expansion",
        "expansion",
        "command_substitution",
        "process_substitution",
        "arithmetic_expansion",
        "brace_expression",
        "extglob_pattern",
        "regex",
    )
)
"""What the grammar calls a word or a piece of one."""


def bare(raw: str, *, first: bool) -> Iterator[Part]:
    """Unquoted characters as the shell takes them; `first` where they begin the word."""
    if first and _HOME.match(raw):
        yield Expansion("$HOME")
        raw = raw[1:]
    for found in _BARE.finditer(raw):
        match found.lastgroup:
            case "mark":
                yield Mark(int(found["mark"][1:-1]))
            case "escape":
                yield Text(found["escape"][1:].strip("\n"))
            case "glob" | "brace":
                yield Expansion(found[0])
            case _:
                yield Text(unshielded(found[0]))


def double_quoted(raw: str) -> str:
    """The text inside double quotes with its escapes taken off."""
    return unshielded(re.sub(r'\\([$`"\\\n])', lambda found: found[1].strip("\n"), raw))


def ansi(raw: str) -> Part:
    """`$'...'`; an escape that is not one of the usual few leaves it as it stands."""
    inner = raw[2:-1]
    if re.search(r"\\[^nt'\\\"]", inner):
        return Expansion(raw)
    return Text(re.sub(r"\\(.)", lambda found: _ANSI.get(found[1], found[1]), inner))


_ANSI: Final = {"n": "\n", "t": "\t"}
_HOME: Final = re.compile(r"~(?=/|$)")
_BARE: Final = re.compile(
    r"(?P<mark>\ue000\d+\ue001)"
    r"|(?P<escape>\\(?:.|\n))"
    r"|(?P<brace>\{[^{}\s]*(?:,|\.\.)[^{}\s]*\})"
    r"|(?P<glob>\*|\?|\[[^\]\s]+\])"
    r"|(?P<text>[^\\*?\[{\ue000]+|.)",
    re.DOTALL,
)
