"""Terms: a bold name, a separator, and what it is."""

import re
from typing import Final

from quizzer.card import Card, Certainty, Source, Term, Trouble
from quizzer.notes.codes import Kind
from quizzer.notes.constructs.making import Claim, View, describes, problem
from quizzer.notes.constructs.sections import code_of_line
from quizzer.notes.prompts import LABELS, is_unfinished, words
from quizzer.notes.reading import Fence, Line
from quizzer.notes.spans import headed, pieces, prose, without_links

_BOLD: Final = re.compile(
    r"^(?P<mark>\*\*|__)(?P<name>(?:(?!\*\*|__).)+?)(?P<inner>[:\uff1a]?)(?P=mark)\s*"
    r"(?P<sep>:|\uff1a|=|->|→|[-–—](?=\s|$)|(?<=[:\uff1a]\*\*)|(?<=[:\uff1a]__))\s*(?P<rest>.*)$"
)
_VERSUS: Final = re.compile(r"\b(vs|versus)\b", re.IGNORECASE)
_MOST_WORDS: Final = 6
_FEWEST_WORDS: Final = 3


def bold_term(view: View, at: int) -> Claim | None:
    """("**" name "**" separator | "**" name ":**") definition, which may go on in the lines below"""
    line = view.line(at)
    found = _BOLD.match(line.text) if line and not line.is_quoted else None
    if not line or not found:
        return None
    name = prose(found["name"])
    if _names_nothing(name) or _is_typed(view, name):
        return None
    if not found["rest"].strip() and _leads_to_something(view, at, line):
        return None
    later = _lines_below(view, at, line.block)
    text = " ".join((found["rest"], *(each.text for each in later)))
    lines = frozenset({line.number, *(each.number for each in later)})
    if is_unfinished(text):
        unfinished = problem(view, line.number, Trouble.UNFINISHED, f"{name} has no definition yet")
        return Claim(lines, problems=(unfinished,))
    if not _defines(text):
        return None
    certainty = Certainty.LIKELY if _VERSUS.search(name) else Certainty.SURE
    source = Source(view.page.note, line.number, line.headings)
    return Claim(lines, (Card(name, Term(name, prose(text)), source, certainty),))


def _leads_to_something(view: View, at: int, line: Line) -> bool:
    """Whether code or a list of its own follows: the bold text is a task then, or a title."""
    below = view.item(at + 1)
    if isinstance(below, Line):
        return bool(code_of_line(below)) or below.depth > line.depth
    return isinstance(below, Fence)


def _lines_below(view: View, at: int, block: int) -> list[Line]:
    """The lines of the same paragraph, up to another term, to code, or to what describes code."""
    found: list[Line] = []
    while (later := view.line(at := at + 1)) and later.block == block:
        if _BOLD.match(later.text) or _is_code(later.text) or describes(view, at):
            break
        found.append(later)
    return found


def _names_nothing(name: str) -> bool:
    folded = re.sub(r"[^\w ]|\d", "", name.casefold()).strip()
    return folded in LABELS or not folded or len(name.split()) > _MOST_WORDS


def _is_typed(view: View, name: str) -> bool:
    """Whether the bold text is a flag or a command in code, and so another construct's."""
    found = headed(name)
    return found is not None and view.kind_of(found.codes[0]) is not Kind.VALUE


def _is_code(text: str) -> bool:
    return all(piece.is_code for piece in pieces(text))


def _defines(text: str) -> bool:
    """A definition is at least a few words of prose: not a link alone, nor code alone."""
    spoken = " ".join(piece.text for piece in pieces(without_links(text)) if not piece.is_code)
    return words(" ".join(word for word in spoken.split() if re.search(r"\w", word))) >= _FEWEST_WORDS
