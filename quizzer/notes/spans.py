"""One line of Markdown taken apart: code and prose, marks stripped, separators found."""

import re
from dataclasses import dataclass
from typing import Final

_CODE: Final = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK: Final = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)")
_WIKILINK: Final = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_STRONG: Final = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|==")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*\\])\*(?![\w*])|(?<![\w_\\])_(?=[^\s_])|(?<=[^\s_\\])_(?![\w_])"
)
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SEPARATOR: Final = re.compile(r"^\s*(?::|=|->|→|[-–—](?=\s|$))\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line."""

    text: str
    """Of code: what stands between the backticks."""
    is_code: bool


def pieces(text: str) -> tuple[Piece, ...]:
    """Code spans and what lies between them, empty stretches left out."""
    found: list[Piece] = []
    at = 0
    for span in _CODE.finditer(text):
        found += [Piece(text[at : span.start()], is_code=False), Piece(_code(span[2]), is_code=True)]
        at = span.end()
    found.append(Piece(text[at:], is_code=False))
    return tuple(piece for piece in found if piece.text.strip() or (piece.is_code and piece.text))


def _code(inner: str) -> str:
    """CommonMark takes one space off both ends, so that code may begin with a backtick."""
    padded = len(inner) > 1 and inner[0] == inner[-1] == " " and inner.strip()
    return inner[1:-1].strip() if padded else inner.strip()


def prose(text: str) -> str:
    """Marks of emphasis and links taken off, escapes resolved, code kept as code."""
    out = []
    at = 0
    for span in _CODE.finditer(text):
        out += [_bare(text[at : span.start()]), span[0]]
        at = span.end()
    out.append(_bare(text[at:]))
    return " ".join("".join(out).split())


def _bare(text: str) -> str:
    for pattern in (_LINK, _WIKILINK):
        text = pattern.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _STRONG.sub("", text)))


@dataclass(frozen=True, slots=True)
class Headed:
    """A line that begins with code: `` `a`, `b` : text ``."""

    codes: tuple[str, ...]
    separator: str
    """Without its spaces; empty where there is none."""
    rest: str
    """What follows the separator, with its marks."""


_BETWEEN: Final = re.compile(r"^\s*(?:,|/|\||or|and)\s*$", re.IGNORECASE)


def headed(text: str) -> Headed | None:
    """code (("," | "/" | "or") code)* separator? rest"""
    text = text.strip()
    text = re.sub(r"^\*\*(`[^`]+`)\*\*", r"\1", text)
    codes: list[str] = []
    at = 0
    for span in _CODE.finditer(text):
        between = text[at : span.start()]
        if (between and not codes) or (codes and not _BETWEEN.match(between)):
            break
        codes.append(_code(span[2]))
        at = span.end()
    if not codes:
        return None
    rest = text[at:]
    mark = _SEPARATOR.match(rest)
    return Headed(
        tuple(codes), mark[0].strip() if mark else "", (rest[mark.end() :] if mark else rest).strip()
    )


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
    for span in reversed(tuple(_CODE.finditer(text))):
        between = text[span.end() : end]
        if between and not (codes and _BETWEEN.match(between)):
            break
        codes.insert(0, _code(span[2]))
        end = span.start()
    label = text[:end].rstrip()
    return Labelled(label, tuple(codes)) if codes and label.rstrip("*_ ").endswith(":") else None
