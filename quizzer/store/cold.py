"""The reads that stand between a cold start and the first prompt, with the standard library's sqlite3 alone.

SQLAlchemy's import is two thirds of a cold start, so nothing here may load it. Rows come as SQLite has them:
`rows.from_sqlite` makes them what the rest expects.
"""

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from quizzer.store import statements
from quizzer.store.connection import Connection, Raw, connect_ours

connect: Final = connect_ours
"""Read nothing before `is_current`: an older file is first migrated by `Store.open`."""


class Counts(NamedTuple):
    """What a study day still holds."""

    due: int
    new: int


def exists(path: Path) -> bool:
    """Whether something is there; what is there may still be refused when it is opened."""
    return path.is_symlink() or (path.exists() and not (path.is_file() and path.stat().st_size == 0))


def learner(con: Connection) -> UUID:
    return UUID(con.read(statements.LEARNER)[0]["value"])


def due_count(con: Connection, learner: UUID, day: date, new: int, reviews: int, deck: str = "") -> Counts:
    """How many cards a drill would hold: siblings once, open ones always, the rest up to the day's limits."""
    asked = {"learner": learner.hex, "day": day.isoformat(), "deck": deck, "fresh": "new", "kind": ""}
    found = con.read(statements.COUNT, **asked, new_limit=new, due_limit=reviews)[0]
    due = min(found["due"], max(0, reviews - found["known"]))
    return Counts(found["open"] + due, min(found["fresh"], max(0, new - found["begun"])))


def candidates(
    con: Connection,
    learner: UUID,
    day: date,
    deck: str = "",
    fresh: str = "new",
    kind: str = "",
    many: int = 300,
    few: int = 60,
) -> list[Raw]:
    """The `many` longest due, the open, the `few` first new (or extra) ones, and what was touched today."""
    asked = {"learner": learner.hex, "day": day.isoformat(), "deck": deck, "fresh": fresh, "kind": kind}
    return con.read(statements.CANDIDATES, **asked, many=many, few=few)


def events_on(con: Connection, learner: UUID, day: date) -> list[Raw]:
    return con.read(statements.EVENTS_ON, learner=learner.hex, day=day.isoformat())


def logs_on(con: Connection, learner: UUID, day: date) -> list[Raw]:
    """The whole log of each card that the learner did something with on the day."""
    return con.read(statements.LOGS_ON, learner=learner.hex, day=day.isoformat())


def where(con: Connection, card: UUID) -> Raw | None:
    """The card's first place: its root, its note and the line."""
    return next(iter(con.read(statements.WHERE, card=card.hex)), None)


def roots(con: Connection) -> list[Raw]:
    return con.read(statements.ROOTS)


def decks(con: Connection) -> list[str]:
    return [row["deck"] for row in con.read(statements.DECKS)]
