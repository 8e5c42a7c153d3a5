"""One line of Markdown taken apart: code and prose, marks stripped, separators found."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

COLONS: Final = (":", "\uff1a")
"""Chinese and Japanese have one of their own."""

_BLOT: Final = "\ufffc"
"""Stands for a piece of code while the marks around it are read: Unicode's sign for an object in a text."""
_TICKS: Final = re.compile(r"`+")
_LINK: Final = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_WIKILINK: Final = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
_STRONG: Final = re.compile(
    r"(?<![*/\\])(?:(?<!\s)\*\*|\*\*(?!\s))(?![*/])|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|==(?=\S)|(?<=\S)=="
)
_EMPHASIS: Final = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*\\])\*(?![\w*])|(?<![\w_\\])_(?=[^\s_])|(?<=[^\s_\\])_(?![\w_])"
)
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SEPARATOR: Final = re.compile(r"^\s*(?::|\uff1a|=|->|→|[-–—](?=\s|$))\s*")
_BETWEEN: Final = re.compile(r"^\s*(?:,|、|/|\||or|and)\s*$", re.IGNORECASE)
_MARKS: Final = re.compile(r"^(?:\*{1,2}|_{1,2})")
_CLOSING_MARKS: Final = re.compile(r"^(?:\*{1,2}|_{1,2})(?=\s|$|[:\uff1a])")
_ADDRESS: Final = re.compile(r"<?https?://\S+")
_TAG: Final = re.compile(r"(?<!\S)#[\w/-]+")


@dataclass(frozen=True, slots=True)
class Span:
    """Code, and where it stands, its backticks included."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line."""

    text: str
    """Of code: what stands between the backticks."""
    is_code: bool


@lru_cache(256)  # each construct asks for the same line again
def code_spans(text: str) -> tuple[Span, ...]:
    """What stands between two equal runs of backticks; each run is looked at once, however many there are."""
    runs = [(run.start(), run.end()) for run in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for at in reversed(range(len(runs))):
        by_length.setdefault(runs[at][1] - runs[at][0], []).append(at)
    found: list[Span] = []
    at = 0
    while at < len(runs):
        start, end = runs[at]
        later = by_length[end - start]
        while later and later[-1] <= at:
            later.pop()
        if later and text[start - 1 : start] != "\\":
            at = later[-1]
            found.append(Span(start, runs[at][1], _code(text[end : runs[at][0]])))
        at += 1
    return tuple(found)


def _code(inner: str) -> str:
    """CommonMark takes one space off both ends, so that code may begin with a backtick."""
    padded = len(inner) > 1 and inner[0] == inner[-1] == " " and inner.strip()
    return inner[1:-1].strip() if padded else inner.strip()


def pieces(text: str) -> tuple[Piece, ...]:
    """Code spans and what lies between them, empty stretches left out."""
    found: list[Piece] = []
    at = 0
    for span in code_spans(text):
        found += [Piece(text[at : span.start], is_code=False), Piece(span.text, is_code=True)]
        at = span.end
    found.append(Piece(text[at:], is_code=False))
    return tuple(piece for piece in found if piece.text.strip())


def masked(text: str) -> str:
    """The text with its code blotted out, each character still in its place."""
    return _without_code(text, lambda span: "x" * (span.end - span.start))


def _without_code(text: str, instead: Callable[[Span], str]) -> str:
    out = []
    at = 0
    for span in code_spans(text):
        out += [text[at : span.start], instead(span)]
        at = span.end
    return "".join((*out, text[at:]))


def prose(text: str) -> str:
    """Marks of emphasis and links taken off, escapes resolved, code kept as code."""
    text = text.replace(_BLOT, " ")
    codes = iter([text[span.start : span.end] for span in code_spans(text)])
    bare = _without_code(text, lambda _: _BLOT)
    for pattern in (_LINK, _WIKILINK):
        bare = pattern.sub(r"\1", bare)
    bare = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _STRONG.sub("", bare)))
    return " ".join(re.sub(_BLOT, lambda _: next(codes), bare).split())


def without_links(text: str) -> str:
    """The text with its links and images left out, their labels too."""
    return _WIKILINK.sub("", _LINK.sub("", text))


def is_reference(text: str) -> bool:
    """Links, addresses and tags, and nothing else."""
    bare = _TAG.sub("", _ADDRESS.sub("", without_links(text)))
    return "`" not in text and not re.search(r"\w", bare) and bool(re.search(r"\w", text))


@dataclass(frozen=True, slots=True)
class Headed:
    """A line that begins with code: `` `a`, `b` : text ``."""

    codes: tuple[str, ...]
    separator: str
    """Without its spaces; empty where there is none."""
    rest: str
    """What follows the separator, with its marks."""


def headed(text: str) -> Headed | None:
    """code (("," | "/" | "or") code)* separator? rest, the codes in bold or not"""
    text = text.strip()
    marks = _MARKS.match(text)
    start = at = marks.end() if marks else 0
    codes: list[str] = []
    for span in code_spans(text):
        between = text[at : span.start]
        if (between and at == start) or (codes and not _BETWEEN.match(between)):
            break
        codes.append(span.text)
        at = span.end
    if not codes:
        return None
    rest = _CLOSING_MARKS.sub("", text[at:]) if marks else text[at:]
    separator = _SEPARATOR.match(rest)
    if separator:
        rest = rest[separator.end() :]
        rest = _CLOSING_MARKS.sub("", rest) if marks else rest
    return Headed(tuple(codes), separator[0].strip() if separator else "", rest.strip())


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that ends with code: ``text: `code` ``."""

    label: str
    codes: tuple[str, ...]


def labelled(text: str) -> Labelled | None:
    """prose ":" code (("," | "/" | "or") code)* "."?"""
    text = text.strip().rstrip(".")
    codes: list[str] = []
    end = len(text)
    for span in reversed(code_spans(text)):
        between = text[span.end : end]
        if between and not (codes and _BETWEEN.match(between)):
            break
        codes.append(span.text)
        end = span.start
    label = text[:end].rstrip()
    if not codes or not label.rstrip("*_ ").endswith(COLONS):
        return None
    return Labelled(label, tuple(reversed(codes)))
