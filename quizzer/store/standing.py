"""In which of four lots a card lies for one learner, so that one index serves the queue."""

from enum import StrEnum

from quizzer.card import Card, Certainty, Flag, Term, Typed
from quizzer.schedule import Progress


class Standing(StrEnum):
    """Stored with the progress; always what `standing` says of it."""

    NEW = "new"
    EXTRA = "extra"
    """Never asked, and asks for a meaning: the daily drill never begins it, only the flag quiz does."""
    REVIEW = "review"
    ASLEEP = "asleep"
    """Suspended, retired, likely and not accepted, or in no note that is switched on."""


def standing(progress: Progress, typed: str, certainty: str, *, shown: bool) -> Standing:
    """`shown` is whether any note that holds the card is switched on."""
    undecided = certainty == Certainty.LIKELY and not progress.accepted
    if progress.suspended or progress.retired or undecided or not shown:
        return Standing.ASLEEP
    if progress.schedule is not None:
        return Standing.REVIEW
    return Standing.EXTRA if typed == Typed.MEANING else Standing.NEW


def typed_of(card: Card) -> str:
    """`name`, `meaning`, or nothing for a card with one side."""
    match card.expected:
        case Term(typed=typed) | Flag(typed=typed):
            return typed.value
        case _:
            return ""
