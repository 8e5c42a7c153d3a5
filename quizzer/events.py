"""The log: what happened, one event a line, and the fold of a card's events to its progress.

Nothing in the log is ever changed or taken out. Progress is only a cache of the fold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from quizzer.schedule import Now, Progress, Quality, Scheduler


class ReviewKind(StrEnum):
    """What an answer was given for. The fold decides by itself what schedules; this is for statistics."""

    REVIEW = "review"
    REDRILL = "redrill"
    CRAM = "cram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What every event says: which card, and when by which clock."""

    id: UUID
    card: UUID
    at: datetime
    """Aware, UTC."""
    offset: int
    """Minutes that the learner's clock was ahead of UTC."""
    day: date
    """The study day, so that history never moves when a zone or a rule does."""


class Stamp(TypedDict):
    """The fields of `Happened`."""

    id: UUID
    card: UUID
    at: datetime
    offset: int
    day: date


def stamp(card: UUID, now: Now) -> Stamp:
    return {"id": now.id, "card": card, "at": now.at, "offset": now.offset, "day": now.day}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Happened):
    """An answer was given and graded."""

    kind: ReviewKind
    verdict: str
    """The code of the verdict."""
    reasons: tuple[str, ...] = ()
    """Their codes, the first cause first."""
    proposed: Quality
    """What the grader said."""
    quality: Quality
    """What was taken."""
    answer: str
    attempts: int = 1
    """How many times this turn was answered, this one included."""
    hints: int = 0
    milliseconds: int
    scheduler: str
    specs: tuple[str, ...] = ()
    """The specs that judged it, as `docker 28.2.2`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Happened):
    """An earlier event of the same card is to count no more."""

    undone: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Happened):
    """Not asked again until the learner says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsuspended(Happened):
    """Asked again from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buried(Happened):
    """Not asked again on this study day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAccepted(Happened):
    """The learner counts this answer as right from now on."""

    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Happened):
    """The learner took in, or refused, a card that the reader was not sure of."""

    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliased(Happened):
    """The card's text changed: a machine that only ever saw the new text knows it by this id."""

    alias: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Happened):
    """The command that the card expects means something else now: its history stays and it is due at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired(Happened):
    """No note holds the card any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Happened):
    """A note holds the card again."""


Event = (
    Reviewed
    | Undone
    | Suspended
    | Unsuspended
    | Buried
    | FormAccepted
    | Decided
    | Aliased
    | Changed
    | Retired
    | Restored
)


def in_force(log: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count: what was undone is left out, and so is the undoing."""
    events = tuple(log)
    undone = {event.undone for event in events if isinstance(event, Undone)}
    return tuple(event for event in events if event.id not in undone and not isinstance(event, Undone))


def fold(events: Iterable[Event], scheduler: Scheduler) -> Progress:
    """The progress of one card, from its events in the order of the log."""
    progress = Progress()
    for event in in_force(events):
        progress = after(progress, event, scheduler)
    return progress


def after(progress: Progress, event: Event, scheduler: Scheduler) -> Progress:  # noqa: C901  (one flat match)
    """One event further. An Undone says nothing here: only a fold of the whole log can take a thing back."""
    match event:
        case Undone():
            return progress
        case Reviewed():
            moved = _reviewed(progress, event, scheduler)
        case Suspended():
            moved = replace(progress, suspended=True)
        case Unsuspended():
            moved = replace(progress, suspended=False)
        case Buried():
            moved = replace(progress, buried=event.day)
        case FormAccepted():
            moved = replace(progress, forms=(*progress.forms, event.form))
        case Decided():
            moved = replace(progress, accepted=event.accepted)
        case Aliased():
            moved = progress
        case Changed():
            moved = _changed(progress, event.day)
        case Retired():
            moved = replace(progress, retired=True)
        case Restored():
            moved = replace(progress, retired=False)
    return replace(moved, version=progress.version + 1)


def _reviewed(progress: Progress, event: Reviewed, scheduler: Scheduler) -> Progress:
    """An answer schedules on or after the due day, and so does a miss before it on a later day than the
    last answer. All else (a redrill, a cram, the same card on a second machine) moves nothing.
    """
    day = max(event.day, progress.answered or event.day)
    schedule = progress.schedule
    early_miss = event.quality < Quality.HARD and progress.answered != day
    if schedule is None or schedule.due <= day or early_miss:
        schedule = scheduler(schedule, event.quality, day)
    again = day if event.quality < Quality.HESITANT else None
    return replace(progress, schedule=schedule, answered=day, open=again)


def _changed(progress: Progress, day: date) -> Progress:
    if progress.schedule is None or progress.schedule.due <= day:
        return progress
    return replace(progress, schedule=replace(progress.schedule, due=day))
