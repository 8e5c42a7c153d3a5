"""A note's text to its cards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from quizzer.card import Card, CommandLine, Keys, Problem, Trouble
from quizzer.notes.codes import Kind, kind_of
from quizzer.notes.constructs.making import View, view_of
from quizzer.notes.constructs.table import CONSTRUCTS
from quizzer.notes.mending import mend
from quizzer.notes.prompts import is_unfinished
from quizzer.notes.reading import Fence, Line, read_page
from quizzer.notes.spans import headed, is_reference, pieces

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
    view = view_of(read_page(mended.lines, note))
    problems = [*mended.problems, *_work_through(view)]
    passed_over = tuple(_passed_over(view))
    return Reading(_apart(view.made), tuple(sorted(problems, key=lambda each: each.line)), passed_over)


def _work_through(view: View) -> Iterator[Problem]:
    """Each line goes to the first construct that knows its shape; cards and claims gather in the view."""
    for at, item in enumerate(view.page.items):
        if not isinstance(item, Line | Fence) or item.number in view.claimed:
            continue
        for construct in CONSTRUCTS.values():
            if claim := construct(view, at):
                view.made.extend(claim.cards)
                view.claimed.update(claim.lines)
                yield from claim.problems
                break


def _apart(cards: list[Card]) -> tuple[Card, ...]:
    """Commands that are asked for alike and differ get their heading first, where that tells them apart."""
    alike: dict[str, list[Card]] = {}
    for card in cards:
        if isinstance(card.expected, CommandLine | Keys):
            alike.setdefault(_prompt(card), []).append(card)
    clashing = {
        prompt
        for prompt, same in alike.items()
        if len({card.expected for card in same}) > 1 and len({card.source.headings[-1:] for card in same}) > 1
    }
    return tuple(_with_heading(card) if _prompt(card) in clashing else card for card in cards)


def _prompt(card: Card) -> str:
    return " ".join(card.prompt.casefold().split())


def _with_heading(card: Card) -> Card:
    if not card.source.headings or not isinstance(card.expected, CommandLine | Keys):
        return card
    return replace(card, prompt=f"{card.source.headings[-1]}: {card.prompt}")


def _passed_over(view: View) -> Iterator[Problem]:
    note = view.page.note
    for item in view.page.items:
        match item:
            case Line() if item.number not in view.claimed:
                yield Problem(note, item.number, Trouble.PASSED_OVER, _why(item))
            case Fence() if item.opened not in view.claimed:
                yield Problem(note, item.opened, Trouble.PASSED_OVER, _why_block(item))
            case _:
                pass


def _why(line: Line) -> str:
    text = line.text
    if line.is_quoted:
        return "a quotation"
    if is_reference(text):
        return "tags" if text.startswith("#") else "a link"
    if is_unfinished(text):
        return "unfinished"
    if (found := headed(text)) and found.separator and kind_of(found.codes[0]) is Kind.VALUE:
        return f"`{found.codes[0]}` is neither a flag nor a command"
    return "text that mentions code" if any(piece.is_code for piece in pieces(text)) else "text"


def _why_block(fence: Fence) -> str:
    if fence.is_quoted:
        return "a quotation"
    if fence.is_indented:
        return "an indented block"
    return f"a block of {fence.info}" if fence.info else "a block without commands"
