"""When a card is asked again: days, qualities, schedules, and what is remembered of a card."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final
from uuid import UUID

from quizzer.card import Card

FIRST_EASE: Final = 250
LOWEST_EASE: Final = 130
LONGEST_INTERVAL: Final = 36_500
DAY_TURNS_AT: Final = 4


class Quality(IntEnum):
    """SM-2's grades."""

    BLANK = 0
    WRONG = 1
    NEAR = 2
    HARD = 3
    HESITANT = 4
    PERFECT = 5


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of a step, as the shell tells it. At most one event is made of it."""

    at: datetime
    """Aware, UTC."""
    offset: int
    """Minutes that the learner's clock is ahead of UTC."""
    day: date
    """The study day."""
    id: UUID
    """For the event of this step."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where a learnt card stands. A new card has none."""

    due: date
    interval: int
    """Days."""
    ease: int
    """In whole hundredths, never under 130: SM-2 moves it only in hundredths, and floats lose some."""
    repetitions: int
    """Passes in a row, the relearning one included."""
    lapses: int


Scheduler = Callable[[Schedule | None, Quality, date], Schedule]
"""From where a card stands, how well it was answered and on which study day, to where it stands then."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All that is remembered about one card for one learner: the fold of its events."""

    schedule: Schedule | None = None
    answered: date | None = None
    """The study day of the last answer that was not undone."""
    open: date | None = None
    """The study day on which it is to be asked again until its quality is at least 4."""
    buried: date | None = None
    """The study day on which it is not asked any more. Over by itself the day after."""
    suspended: bool = False
    retired: bool = False
    accepted: bool | None = None
    """What the learner decided about a likely card."""
    forms: tuple[str, ...] = ()
    """Answers that the learner accepted from now on, with the note's text for each given."""
    version: int = 0
    """How many events are in force."""

    def is_due(self, day: date) -> bool:
        """Whether it waits on that study day; a new card does not."""
        if self.suspended or self.retired or self.buried == day:
            return False
        return self.open == day or (self.schedule is not None and self.schedule.due <= day)


def study_day(moment: datetime, turns_at: int = DAY_TURNS_AT) -> date:
    """The calendar day that the learner is in, for a moment with the learner's own zone."""
    day = moment.date()
    return day if moment.time() >= time(turns_at) else day - timedelta(days=1)


def days_after(day: date, days: int) -> date:
    """A day `days` later, or the last day there is."""
    return day + timedelta(days=min(days, (date.max - day).days))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a day may hold."""

    new_a_day: int = 10
    reviews_a_day: int = 200
    begins_meanings: bool = False
    """Whether cards that ask for a meaning are begun. Those begun come back in every drill."""

    @property
    def few(self) -> int:
        """How many new cards the day's are picked from: of siblings only one is asked."""
        return 2 * self.new_a_day + 50

    @property
    def many(self) -> int:
        """How many due cards, the oldest first, the day's are picked from."""
        return 2 * self.reviews_a_day + 50


@dataclass(frozen=True, slots=True)
class Kept:
    """A card as the store keeps it for one learner."""

    id: UUID
    card: Card
    deck: str
    meaning: str
    """Cards with the same meaning are siblings: one of them a day is enough."""
    progress: Progress
