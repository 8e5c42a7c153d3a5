"""The log of events: appended to, read, never changed. All of it runs inside the caller's transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

import sqlalchemy as sa

from quizzer.events import Event
from quizzer.schedule import Scheduler
from quizzer.store.rows import event_from_row, event_to_row
from quizzer.store.statements import LOGS_ON
from quizzer.store.tables import EVENT

BATCH: Final = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes: every event says whose it is, and on which device and by which program it was made."""

    learner: UUID
    device: UUID
    program: str
    scheduler: Scheduler


def append(con: sa.Connection, hand: Hand, events: Sequence[Event]) -> tuple[int, ...]:
    """Each gets the device's next number. Returns their times as written: never before the device's last one,
    so that a clock set back does not shuffle what happened.
    """
    last = con.execute(_LAST, {"learner": hand.learner, "device": hand.device}).one_or_none()
    number, at_ms = last or (0, 0)
    rows = []
    for event in events:
        row = event_to_row(event)
        number, at_ms = number + 1, max(at_ms, row["at_ms"])
        rows.append(
            row
            | {
                "learner_id": hand.learner,
                "device_id": hand.device,
                "device_seq": number,
                "at_ms": at_ms,
                "program": hand.program,
            }
        )
    con.execute(sa.insert(EVENT), rows)
    return tuple(row["at_ms"] for row in rows)


def holds(con: sa.Connection, learner: UUID, event: UUID) -> bool:
    return con.execute(_ONE, {"learner": learner, "event": event}).one_or_none() is not None


def events_of(con: sa.Connection, learner: UUID, cards: Sequence[UUID]) -> tuple[Event, ...]:
    """Card by card, each in the order of the log."""
    return _events(con.execute(_OF_CARDS, {"learner": learner, "cards": cards}))


def events_on(con: sa.Connection, learner: UUID, day: date) -> tuple[Event, ...]:
    return _events(con.execute(_ON_DAY, {"learner": learner, "day": day}))


def logs_on(con: sa.Connection, learner: UUID, day: date) -> tuple[Event, ...]:
    return _events(con.execute(_LOGS_ON, {"learner": learner, "day": day}))


def next_day(con: sa.Connection, learner: UUID, day: date) -> date | None:
    """The first study day after `day` with an event."""
    found: date | None = con.execute(_NEXT_DAY, {"learner": learner, "day": day}).scalar()
    return found


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as go well into one statement; SQLite takes 32,766 parameters at most."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def _events(result: sa.CursorResult[tuple[object, ...]]) -> tuple[Event, ...]:
    return tuple(event_from_row(row) for row in result.mappings())


_MINE: Final = EVENT.c.learner_id == sa.bindparam("learner")
_IN_ORDER: Final = (EVENT.c.at_ms, EVENT.c.device_id, EVENT.c.device_seq)
_LAST: Final = (
    sa.select(EVENT.c.device_seq, EVENT.c.at_ms)
    .where(_MINE, EVENT.c.device_id == sa.bindparam("device"))
    .order_by(EVENT.c.device_seq.desc())
    .limit(1)
)
_ONE: Final = sa.select(EVENT.c.event_id).where(_MINE, EVENT.c.event_id == sa.bindparam("event"))
_OF_CARDS: Final = (
    sa.select(EVENT)
    .where(_MINE, EVENT.c.card_id.in_(sa.bindparam("cards", expanding=True)))
    .order_by(EVENT.c.card_id, *_IN_ORDER)
)
_ON_DAY: Final = sa.select(EVENT).where(_MINE, EVENT.c.study_day == sa.bindparam("day")).order_by(*_IN_ORDER)
_LOGS_ON: Final = (
    sa.text(LOGS_ON)
    .bindparams(sa.bindparam("learner", type_=sa.Uuid), sa.bindparam("day", type_=sa.Date))
    .columns(**{column.name: column.type for column in EVENT.columns})
)
_NEXT_DAY: Final = sa.select(sa.func.min(EVENT.c.study_day)).where(
    _MINE, EVENT.c.study_day > sa.bindparam("day")
)
