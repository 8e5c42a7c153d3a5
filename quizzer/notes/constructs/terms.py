"""Terms: a bold name, a separator, and what it is."""

import re
from typing import Final

from quizzer.card import Card, Certainty, Source, Term, Trouble
from quizzer.notes.constructs.making import Claim, View, problem
from quizzer.notes.prompts import LABELS, is_unfinished
from quizzer.notes.reading import Line
from quizzer.notes.spans import pieces, prose

_BOLD: Final = re.compile(
    r"^(?P<mark>\*\*|__)(?P<name>(?:(?!\*\*|__).)+?)(?P<inner>:?)(?P=mark)\s*(?P<sep>:|=|->|→|[-–—](?=\s)|(?<=:\*\*)|(?<=:__))\s*(?P<rest>.*)$"
)
_MOST_WORDS: Final = 6
_FEWEST_WORDS: Final = 3


def bold_term(view: View, at: int) -> Claim | None:
    """("**" name "**" separator | "**" name ":**") definition, in a line or bullet; lines that follow go on with it."""
    line = view.line(at)
    found = _BOLD.match(line.text) if line and not line.is_quoted else None
    if not line or not found:
        return None
    name, text = prose(found["name"]), found["rest"]
    lines = [line.number]
    for later in view.page.items[at + 1 :]:
        if (
            not isinstance(later, Line)
            or later.block != line.block
            or _BOLD.match(later.text)
            or _is_code(later.text)
        ):
            break
        text = f"{text} {later.text}"
        lines.append(later.number)
    if _names_nothing(name):
        return None
    if is_unfinished(text):
        return Claim(
            frozenset(lines),
            problems=(problem(view, line.number, Trouble.UNFINISHED, f"{name} has no definition yet"),),
        )
    if not _defines(text):
        return None
    certainty = Certainty.LIKELY if " vs" in name.casefold() else Certainty.SURE
    source = Source(view.page.note, line.number, line.headings)
    return Claim(frozenset(lines), (Card(name, Term(name, prose(text)), source, certainty),))


def _names_nothing(name: str) -> bool:
    folded = re.sub(r"[^\w ]", "", name.casefold()).strip()
    return folded in LABELS or not folded or len(name.split()) > _MOST_WORDS


def _is_code(text: str) -> bool:
    return all(piece.is_code for piece in pieces(text))


def _defines(text: str) -> bool:
    """A definition is at least a few words of prose: not a link alone, nor code alone."""
    without_links = re.sub(r"!?\[[^\]]*\]\([^)]*\)|\[\[[^\]]*\]\]", "", text)
    words = " ".join(piece.text for piece in pieces(without_links) if not piece.is_code).split()
    return len([word for word in words if re.search(r"\w", word)]) >= _FEWEST_WORDS
