"""A line to a syntax value, by the grammar of bash: what the shell would take it for.

    script = step {(";" | newline | "&&" | "||" | "&") step}

What a step is stands in `tree`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from quizzer.commands.cleaning import flaw, shielded, spaced, unforged, unprompted
from quizzer.commands.tree import steps
from quizzer.commands.words import Script, Simple, opaques, simples, through_sudo

if TYPE_CHECKING:
    from tree_sitter import Tree


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read."""

    message: str
    offset: int | None = None
    """Of the character in the line that the message is about."""
    broken: bool = True
    """Whether the shell could not read it either; if not, it is only us who cannot judge it."""


def warm() -> None:
    """Load the grammar, so that the first answer does not wait for it."""
    _parser()


def programs(line: str) -> frozenset[str]:
    """The programs that a line names, whose specs are needed to judge it."""
    script = read(line)
    if isinstance(script, Unread):
        return frozenset(_named(line))
    found = set[str]()
    for command in simples(script):
        found.update(_programs(command))
    for text in opaques(script):
        found.update(_named(text))
    return frozenset(found)


def read(line: str) -> Script | Unread:
    """The line as a value, or why it is none."""
    return _read(unforged(line))


def read_marked(line: str) -> Script | Unread:
    """A note's command whose givens are already marked (`givens.marked`)."""
    return _read(line)


@lru_cache(maxsize=256)
def _read(line: str) -> Script | Unread:
    text = shielded(unprompted(line))
    if found := flaw(text):
        return Unread(found.message, found.offset)
    source = _plain(text)
    tree = _parser()(source)
    if tree.root_node.has_error:
        return Unread("the shell cannot read this from here on", _first_error(tree))
    if _too_deep_or_gapped(tree, source):
        return Unread("this is nested or written in a way that cannot be judged", broken=False)
    script = Script(tuple(steps(tree.root_node, text)))
    return script if script.steps else Unread("there is no command in this line")


@cache
def _parser() -> "Callable[[bytes], Tree]":
    # the one import that is not at the top: it takes 20 ms, and no card needs it before its first answer
    import tree_sitter_bash
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_bash.language())).parse


def _plain(text: str) -> bytes:
    """The text with one byte for each character, the same length.

    The grammar's scanner asks C's `isalnum` about any code point; beyond ASCII that reads past a table and
    can end the process (tree-sitter-bash issue 337). No other character means anything to the shell, so `%`,
    which means nothing to it either, stands in for all of them.
    """
    return _STRANGE.sub("%", text).encode("ascii")


def _first_error(tree: "Tree") -> int:
    """The character at which the first error stands."""
    waiting = [tree.root_node]
    while waiting:
        node = waiting.pop()
        if node.is_missing or node.type == "ERROR":
            return node.start_byte
        waiting.extend(reversed([child for child in node.children if child.has_error or child.is_missing]))
    return 0


def _too_deep_or_gapped(tree: "Tree", source: bytes) -> bool:
    """Whether the grammar left a byte out of its tree (it drops a lone `-` before `<<`) or nests too deep."""
    uncovered = bytearray(source)
    waiting = [(tree.root_node, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST:
            return True
        if node.type in _ATOMS or not node.children:
            uncovered[node.start_byte : node.end_byte] = b" " * (node.end_byte - node.start_byte)
        else:
            waiting.extend((child, depth + 1) for child in node.children)
        if node.type in _ATOMS:  # covered as they stand, but what is nested in them counts for the depth
            waiting.extend((child, depth + 1) for child in node.children)
    return bool(uncovered.replace(b"\\\n", b"").replace(b"\\\r\n", b"").split())


def _programs(command: Simple) -> Iterator[str]:
    words = through_sudo(command.words)[1]
    if words and words[0].text == "xargs":
        words = tuple(word for word in words[1:] if not word.lead.startswith("-"))
    yield from (word.text for word in words[:1] if word.text and _PROGRAM.fullmatch(word.text))


def _named(line: str) -> Iterator[str]:
    """The programs of a line that cannot be read, as well as can be."""
    for piece in re.split(r"[|;&\n`(]+", spaced(unprompted(line))):
        words = [each for each in piece.split() if each not in _PASSED and "=" not in each]
        yield from (name for name in words[:1] if _PROGRAM.fullmatch(name))


_STRANGE: Final = re.compile(r"[^\t\n\r\x20-\x7e]")
_DEEPEST: Final = 60
_ATOMS: Final = frozenset(("string", "raw_string", "heredoc_body", "ansi_c_string", "word", "concatenation"))
_PASSED: Final = frozenset("sudo do done then else elif fi if while until ! { }".split())
_PROGRAM: Final = re.compile(r"[A-Za-z0-9_][\w.+-]*")
