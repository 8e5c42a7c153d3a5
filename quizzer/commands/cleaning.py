"""A line as it was typed or noted, made ready for the shell's grammar.

Every change keeps the length of the text, so that an offset found later points at what was typed.
Placeholders come first: bash reads `rmi <image ID>` as "input from the file image, output to the file
ID", so their marks and blanks are put away in private characters until the line has been parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8192
"""Bytes of a line that are looked at; parsing takes well under a millisecond up to here."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a line cannot be read, and the offset of the place."""

    message: str
    offset: int | None = None


def unprompted(line: str) -> str:
    """The line with the prompt signs before its commands blanked out, and odd blanks as spaces."""
    plain = line.replace("\u00a0", " ").replace("\r", " ")
    # a here-document may hold such signs itself
    return _PROMPT.sub(lambda found: " " * len(found[0]), plain, count=1 if "<<" in plain else 0)


def shielded(line: str) -> str:
    """The line with each placeholder made into characters that the grammar takes for letters."""
    return _PLACEHOLDER.sub(lambda found: found[0].translate(_SHIELD), line)


def unshielded(text: str) -> str:
    """The reverse of `shielded`, for any piece of it."""
    return text.translate(_UNSHIELD)


def unforged(line: str) -> str:
    """The line without the private characters that mean something to us."""
    return _PRIVATE.sub("\ufffd", line)


def spaced(line: str) -> str:
    """The line with every run of blanks outside quotes as one space, without comments and a last `;`."""
    kept: list[str] = []
    closing = 0
    for char, state in _states(_CONTINUED.sub(" ", line)):
        blank = state == "comment" or (not state and char.isspace())
        if not blank:
            kept.append(char)
            closing = len(kept) if char == ";" and not state else closing
        elif kept and kept[-1] not in (" ", "\n"):
            kept.append("\n" if char == "\n" else " ")
    while kept and kept[-1].isspace():
        kept.pop()
    if closing and closing == len(kept):
        kept.pop()
    return "".join(kept).strip()


def flaw(line: str) -> Flaw | None:
    """What a person can mend at once: too long a line, smart dashes and quotes, an open quote."""
    if len(line.encode("utf-8", "replace")) > LONGEST:
        return Flaw(f"this is longer than {LONGEST // 1024} KB")
    plain, opened = list(line), None
    for at, (_, state) in enumerate(_states(line)):
        plain[at] = " " if state else line[at]
        if state in ("open", "close"):
            opened = at if state == "open" else None
    outside = "".join(plain)
    if found := _DASH.search(outside):
        return Flaw(_undashed(outside, found.start(1)), found.start(1))
    if found := _CURLY.search(outside):
        return Flaw("this is a curly quote; type a straight one", found.start())
    if opened is not None and "<<" not in line:
        return Flaw("this quote is never closed", opened)
    return None


def _undashed(line: str, at: int) -> str:
    """What to type for a smart dash: one hyphen before a single letter, two before a long option."""
    name = re.match(r"[\u2010-\u2015\u2212-]*([\w-]*)", line[at:])
    if name and len(name[1]) == 1:
        return "this is a dash; type a hyphen: -"
    return "this is a dash; type two hyphens: --"


def _states(line: str) -> Iterator[tuple[str, str]]:
    """Each character with how it stands: empty where it is bare, else open, in, close, escape or comment."""
    quote, state, before = "", "", " "
    for at, char in enumerate(line):
        if state == "escape" and before == "\\":
            before = ""  # an escaped backslash escapes nothing
            yield char, "in" if quote else "escape"
            state = ""
            continue
        if state == "comment" and char != "\n":
            yield char, state
            continue
        state = _state(line, at, quote, before)
        if state in ("open", "close"):
            quote = char if state == "open" else ""
        yield char, "in" if quote and state == "escape" else state
        before = char


def _state(line: str, at: int, quote: str, before: str) -> str:
    char = line[at]
    if char == "\\" and (quote != "'" or line[: at + 1].count("$'")):
        return "escape"
    if quote:
        return "close" if char == quote else "in"
    if char in "'\"":
        return "open"
    return "comment" if char == "#" and (not before or before.isspace()) else ""


_PROMPT: Final = re.compile(
    r"^[ \t]*(?:[\w.-]+@[\w.-]+(?::[^\s$#]*)?\s?[$#%]|\[[\w.-]+@[^\]\n]*\][$#]|[$❯➜»%])[ \t]+",
    re.MULTILINE,
)
_GO: Final = (
    "json|range|end|if|else|with|println|printf|print|join|upper|lower|title|split|index|len|table|pad"
)
PLACEHOLDERS: Final = (
    r"(?<!<)<(?=[A-Za-z])[\w .,'/|:+-]*?(?<! )>(?!\()"
    rf"|\{{\{{(?!\s*(?:{_GO})\b)[A-Za-z][\w /.-]*\}}\}}"
)
"""`<image ID>`, `{{container}}`; neither `<(cmd)`, `<<`, `< file` nor the template `{{json .}}`."""
_PLACEHOLDER: Final = re.compile(PLACEHOLDERS)
_SHIELD: Final = {ord(char): 0xE010 + at for at, char in enumerate("<> '|{}")}
_UNSHIELD: Final = {to: of for of, to in _SHIELD.items()}
_PRIVATE: Final = re.compile("[\ue000-\ue0ff]")
_CONTINUED: Final = re.compile(r"\\\r?\n[ \t]*")
_DASH: Final = re.compile(r"(?:^|\s)([\u2010-\u2015\u2212])(?=[\w\u2010-\u2015\u2212-])")
_CURLY: Final = re.compile("[\u2018\u2019\u201c\u201d\u00ab\u00bb]")
