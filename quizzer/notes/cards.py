"""A note's text to its cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizzer.card import Card, Problem, Trouble, kind
from quizzer.notes.codes import Kind, kind_of
from quizzer.notes.constructs.making import View, programs_of
from quizzer.notes.constructs.table import CONSTRUCTS
from quizzer.notes.mending import mend
from quizzer.notes.prompts import is_unfinished
from quizzer.notes.reading import Fence, Heading, Line, Page, read_page
from quizzer.notes.spans import headed, pieces, prose

READER: Final = "1"
"""Goes up when the same note would give other cards, so that notes are read again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a note holds."""

    cards: tuple[Card, ...]
    """One a place in the note, in the order of lines; `card.siblings` gives the others."""
    problems: tuple[Problem, ...]
    passed_over: tuple[Problem, ...]
    """Lines that make no card, and why. Nothing is wrong with them."""


def read(text: str, note: str) -> Reading:
    """All cards of a note, with what was mended, what is unfinished, and what was passed over."""
    mended = mend(text, note)
    page = read_page(mended.lines, note)
    programs = programs_of(page)
    cards: list[Card] = []
    problems = list(mended.problems)
    claimed: set[int] = set()
    for at, item in enumerate(page.items):
        view = View(page, cards, claimed, programs)
        for construct in () if isinstance(item, Heading) else CONSTRUCTS.values():
            if claim := construct(view, at):
                cards += claim.cards
                problems += claim.problems
                claimed |= claim.lines
                break
    passed_over = tuple(_passed_over(page, claimed))
    cards = _apart(cards)
    return Reading(tuple(cards), tuple(sorted(problems, key=lambda each: each.line)), passed_over)


def _apart(cards: list[Card]) -> list[Card]:
    """Cards that ask alike and expect different things get their heading before the prompt."""
    asked: dict[tuple[str, str], set[str]] = {}
    for card in cards:
        asked.setdefault((kind(card.expected), _prompt(card)), set()).add(repr(card.expected))
    return [
        replace(card, prompt=f"{card.source.headings[-1]}: {card.prompt}")
        if kind(card.expected) == "command"
        and len(asked[kind(card.expected), _prompt(card)]) > 1
        and _can_tell(card, cards)
        else card
        for card in cards
    ]


def _prompt(card: Card) -> str:
    return " ".join(card.prompt.casefold().split())


def _can_tell(card: Card, cards: list[Card]) -> bool:
    """Whether the heading tells the card from those that ask the same."""
    same = [other for other in cards if _prompt(other) == _prompt(card)]
    return bool(card.source.headings) and len({other.source.headings[-1:] for other in same}) > 1


def _passed_over(page: Page, claimed: set[int]) -> Iterator[Problem]:
    for item in page.items:
        match item:
            case Line() if item.number not in claimed:
                yield Problem(page.note, item.number, Trouble.PASSED_OVER, _why(item))
            case Fence() if item.opened not in claimed:
                yield Problem(page.note, item.opened, Trouble.PASSED_OVER, _why_block(item))
            case _:
                pass


def _why(line: Line) -> str:
    text = line.text
    if line.is_quoted:
        return "a quotation"
    if re.fullmatch(r"(#[\w/-]+\s*)+", text):
        return "tags"
    if not prose(re.sub(r"!?\[[^\]]*\]\([^)]*\)|\[\[[^\]]*\]\]|<?https?://\S+>?", "", text)).strip(" .:-*"):
        return "a link"
    if is_unfinished(text):
        return "unfinished"
    if (found := headed(text)) and found.separator and kind_of(found.codes[0]) is Kind.VALUE:
        return f"`{found.codes[0]}` is neither a flag nor a command"
    if any(piece.is_code for piece in pieces(text)):
        return "text that mentions code"
    return "text"


def _why_block(fence: Fence) -> str:
    return f"a block of {fence.info}" if fence.info else "a block without commands"
