"""A mended note as a page: headings, lines, code blocks, each with where it stands.

Block structure comes from markdown-it-py; inline structure is read line by line (`spans`) where it is wanted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizzer.notes.spans import prose


@dataclass(frozen=True, slots=True)
class Heading:
    number: int
    level: int
    text: str
    """Without marks, code kept as code."""
    headings: tuple[str, ...]
    """The path to here, this one included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph or a list item."""

    number: int
    text: str
    """With its marks, without the bullet and its checkbox."""
    headings: tuple[str, ...]
    block: int
    """The number of the first line of its paragraph."""
    depth: int = 0
    """How many lists it stands in."""
    is_item: bool = False
    """Whether a bullet or number stands before it."""
    is_quoted: bool = False
    parent: int = 0
    """The number of the first line of the bullet that it hangs under; 0 where there is none."""
    is_lazy: bool = False
    """Whether nothing but the lack of a blank line ties it to the bullet above: it is not indented."""


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code, fenced or indented."""

    number: int
    """Of its first line of code."""
    lines: tuple[str, ...]
    info: str
    """What the opening mark says, lower case: `sh`, `python`, or nothing."""
    opened: int
    """The line of the opening mark."""
    headings: tuple[str, ...]
    depth: int = 0
    is_indented: bool = False
    is_quoted: bool = False


_CHECKBOX: Final = re.compile(r"^\[[ xX]\]\s+")

Item = Heading | Line | Fence


@dataclass(frozen=True, slots=True)
class Page:
    """A note taken apart, in the order of its lines."""

    note: str
    """The note's path below its root."""
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        return self.note.rsplit("/", 1)[-1].rsplit(".", 1)[0]


@cache
def _parser() -> MarkdownIt:
    """The usual preset drops list items nested deeper than nine, without a word: hence maxNesting."""
    return MarkdownIt("commonmark", {"maxNesting": 200}).enable("table").disable("inline")


def read_page(lines: Sequence[str], note: str) -> Page:
    """Split text that is well-formed. Whatever cannot make a card (tables, rules, HTML) is left out."""
    return Page(note, tuple(_Walk(lines).items(_parser().parse("\n".join(lines)))))


class _Walk:
    """Where in the tree of blocks we are."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.path: list[tuple[int, str]] = []
        self.lists = 0
        self.quotes = 0
        self.bullets: list[int] = []
        """The first lines of the bullets around us, outermost first; 0 until one is met."""

    def items(self, tokens: Sequence[Token]) -> Iterator[Item]:
        for at, token in enumerate(tokens):
            match token.type:
                case "heading_open" if not self.quotes:  # a quoted heading is not the note's own
                    yield self._heading(token, tokens[at + 1].content)
                case "paragraph_open":
                    yield from self._paragraph(token, tokens[at + 1].content)
                case "fence" | "code_block":
                    yield self._fence(token)
                case _:
                    self._moved(token)

    def _moved(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                self.lists += token.nesting
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "list_item_open":
                self.bullets.append(0)
            case "list_item_close":
                self.bullets.pop()
            case _:
                pass

    @property
    def _headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.path)

    def _heading(self, token: Token, content: str) -> Heading:
        level = int(token.tag[1:])
        text = prose(" ".join(content.split("\n")))
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        self.path.append((level, text))
        return Heading(_start(token), level, text, self._headings)

    def _paragraph(self, token: Token, content: str) -> Iterator[Line]:
        start = _start(token)
        for number, text in enumerate(content.split("\n"), start):
            is_item = self._begins_bullet(number)
            parents = self.bullets[:-1] if is_item else self.bullets
            parent = parents[-1] if parents else 0
            is_lazy = not is_item and not self.lines[number - 1][:1].isspace()
            yield Line(
                number,
                _CHECKBOX.sub("", text.strip()) if is_item else text.strip(),
                self._headings,
                start,
                self.lists,
                is_item,
                self.quotes > 0,
                parent,
                is_lazy,
            )

    def _begins_bullet(self, number: int) -> bool:
        is_first = bool(self.bullets) and not self.bullets[-1]
        if is_first:
            self.bullets[-1] = number
        return is_first

    def _fence(self, token: Token) -> Fence:
        opened = _start(token)
        self._begins_bullet(opened)
        lines = tuple(token.content.rstrip("\n").split("\n"))
        info = token.info.strip().lower().split(" ")[0].strip("{}.")
        is_indented = token.type == "code_block"
        first = opened if is_indented else opened + 1
        return Fence(first, lines, info, opened, self._headings, self.lists, is_indented, self.quotes > 0)


def _start(token: Token) -> int:
    """markdown-it counts lines from 0, people from 1."""
    return (token.map or [0])[0] + 1
