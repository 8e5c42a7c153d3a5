"""Values for tests: each names only what the test is about."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from quizzer.card import Card, CommandLine, Expected, Flag, Source, Term, Typed
from quizzer.drill import Scheduling
from quizzer.events import Event, Reviewed, ReviewKind
from quizzer.schedule import Kept, Now, Progress, Quality, Schedule
from quizzer.sm2 import sm2

MONDAY = date(2026, 11, 23)
SM2 = Scheduling("sm2", sm2)

_ids = count(1)


def an_id() -> UUID:
    return UUID(int=next(_ids))


def day(ahead: int) -> date:
    """Monday and so many days."""
    return MONDAY + timedelta(days=ahead)


def now(ahead: int = 0, at: str = "12:00") -> Now:
    """A moment on Monday or so many days after, in UTC."""
    moment = datetime.combine(day(ahead), time.fromisoformat(at), UTC)
    return Now(moment, 0, day(ahead), an_id())


def command(text: str = "docker ps", prompt: str = "List containers", **kwargs: Any) -> Card:
    return card(CommandLine(text, **kwargs), prompt)


def flag(
    text: str = "-q", meaning: str = "only show ids", command: str = "docker ps", typed: Typed = Typed.NAME
) -> Card:
    prompt = meaning if typed is Typed.NAME else text
    return card(Flag(text, meaning, command, typed), prompt)


def term(
    name: str = "Image", definition: str = "What containers are made from", typed: Typed = Typed.NAME
) -> Card:
    return card(Term(name, definition, typed), definition if typed is Typed.NAME else name)


def card(expected: Expected, prompt: str, line: int = 1, headings: Sequence[str] = ("Docker",)) -> Card:
    return Card(prompt, expected, Source("docker.md", line, tuple(headings)))


def kept(
    of: Card | None = None,
    *,
    deck: str = "docker",
    meaning: str = "",
    progress: Progress | None = None,
    id_: UUID | None = None,
) -> Kept:
    id_ = id_ or an_id()
    return Kept(id_, of or command(), deck, meaning or str(id_), progress or Progress())


def learnt(due: date, interval: int = 6, ease: int = 250, **kwargs: Any) -> Progress:
    return Progress(Schedule(due, interval, ease, 2, 0), version=2, **kwargs)


def reviewed(card_: UUID, quality: int, ahead: int = 0, **kwargs: Any) -> Reviewed:
    moment = now(ahead)
    fields: dict[str, Any] = {
        "id": moment.id,
        "card": card_,
        "at": moment.at,
        "offset": 0,
        "day": moment.day,
        "kind": ReviewKind.REVIEW,
        "verdict": "right",
        "proposed": Quality(quality),
        "quality": Quality(quality),
        "answer": "docker ps",
        "milliseconds": 1000,
        "scheduler": "sm2",
    }
    return Reviewed(**fields | kwargs)


def on(event_type: type[Any], card_: UUID, ahead: int = 0, **kwargs: Any) -> Event:
    """Any other event."""
    moment = now(ahead)
    made: Event = event_type(id=moment.id, card=card_, at=moment.at, offset=0, day=moment.day, **kwargs)
    return made


def clock(ahead: int = 0) -> Iterator[Now]:
    """Moments of one day, a minute apart."""
    start = datetime.combine(day(ahead), time(9), UTC)
    for minute in count():
        yield Now(start + timedelta(minutes=minute), 0, day(ahead), an_id())
