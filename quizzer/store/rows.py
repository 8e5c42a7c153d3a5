"""Between rows and values. A row is a mapping by column name, with the values SQLAlchemy's types give it.

Nothing here knows a database: both the cold reads and the store use it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from quizzer.card import (
    Card,
    Certainty,
    Source,
    command_of,
    fingerprint,
    kind,
)
from quizzer.events import (
    Aliased,
    Buried,
    Changed,
    Decided,
    Event,
    FormAccepted,
    Restored,
    Retired,
    Reviewed,
    ReviewKind,
    Suspended,
    Undone,
    Unsuspended,
)
from quizzer.schedule import Kept, Progress, Quality, Schedule
from quizzer.store.expected import expected_from_json, expected_to_json
from quizzer.store.standing import typed_of

Row = Mapping[Any, Any]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """Since 1970. A moment without a zone is refused (by the subtraction): it could be any of 38."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_sqlite(row: Row) -> dict[str, Any]:
    """A row as the standard library's sqlite3 gives it: ids, days and JSON are still text."""
    return {
        name: _STORED[name](value) if name in _STORED and value is not None else value
        for name, value in row.items()
    }


def card_to_row(id_: UUID, card: Card, meaning: str, position: int) -> dict[str, Any]:
    """Without its places: those are rows of their own. A card without a meaning is nobody's sibling."""
    return {
        "card_id": id_,
        "kind": kind(card.expected),
        "typed": typed_of(card),
        "command": command_of(card.expected),
        "prompt": card.prompt,
        "expected": expected_to_json(card.expected),
        "contrast": card.contrast,
        "certainty": card.certainty.value,
        "fingerprint": fingerprint(card),
        "meaning": meaning or id_.hex,
        "position": position,
    }


def card_from_row(row: Row) -> Card:
    """From a card joined with one of its places; one without a place has line 0 of no note."""
    source = Source(row["path"] or "", row["line"] or 0, tuple(row["headings"] or ()))
    return Card(
        prompt=row["prompt"],
        expected=expected_from_json(row["expected"]),
        source=source,
        certainty=Certainty(row["certainty"]),
        contrast=row["contrast"],
    )


def progress_to_row(progress: Progress) -> dict[str, Any]:
    schedule = progress.schedule
    return {
        "due_day": schedule and schedule.due,
        "interval": schedule and schedule.interval,
        "ease": schedule and schedule.ease,
        "repetitions": schedule and schedule.repetitions,
        "lapses": schedule and schedule.lapses,
        "answered_day": progress.answered,
        "open_day": progress.open,
        "buried_day": progress.buried,
        "suspended": progress.suspended,
        "retired": progress.retired,
        "accepted": progress.accepted,
        "forms": list(progress.forms),
        "version": progress.version,
    }


def progress_from_row(row: Row) -> Progress:
    """A row without a version is that of a card which the learner never had: the fold of no events."""
    if row["version"] is None:
        return Progress()
    schedule = None
    if row["due_day"] is not None:
        schedule = Schedule(row["due_day"], row["interval"], row["ease"], row["repetitions"], row["lapses"])
    return Progress(
        schedule=schedule,
        answered=row["answered_day"],
        open=row["open_day"],
        buried=row["buried_day"],
        suspended=bool(row["suspended"]),
        retired=bool(row["retired"]),
        accepted=None if row["accepted"] is None else bool(row["accepted"]),
        forms=tuple(row["forms"]),
        version=row["version"],
    )


def kept_from_rows(rows: Iterable[Row]) -> tuple[Kept, ...]:
    """One for each card, from its first row: a card in several notes has as many."""
    first: dict[UUID, Row] = {}
    for row in rows:
        first.setdefault(row["card_id"], row)
    return tuple(
        Kept(
            id=id_,
            card=card_from_row(row),
            deck=row["deck"] or "",
            meaning=row["meaning"],
            progress=progress_from_row(row),
        )
        for id_, row in first.items()
    )


def event_to_row(event: Event) -> dict[str, Any]:
    """What the event itself says; learner, device, number there and program are the store's to add."""
    row: dict[str, Any] = dict.fromkeys(_OF_REVIEWS) | {
        "event_id": event.id,
        "card_id": event.card,
        "at_ms": milliseconds(event.at),
        "offset_min": event.offset,
        "study_day": event.day,
        "kind": _KINDS[type(event)],
        "detail": _detail(event),
    }
    if isinstance(event, Reviewed):
        row |= {
            "review_kind": event.kind.value,
            "verdict": event.verdict,
            "reasons": list(event.reasons),
            "proposed": int(event.proposed),
            "quality": int(event.quality),
            "answer": _storable(event.answer),
            "attempts": event.attempts,
            "hints": event.hints,
            "took_ms": event.milliseconds,
            "scheduler": event.scheduler,
            "specs": list(event.specs),
        }
    return row


def event_from_row(row: Row) -> Event:
    happened: dict[str, Any] = {
        "id": row["event_id"],
        "card": row["card_id"],
        "at": _EPOCH + timedelta(milliseconds=row["at_ms"]),
        "offset": row["offset_min"],
        "day": row["study_day"],
    }
    match row["kind"]:
        case "reviewed":
            return Reviewed(**happened, **_review(row))
        case "undone":
            return Undone(**happened, undone=UUID(row["detail"]["undone"]))
        case "aliased":
            return Aliased(**happened, alias=UUID(row["detail"]["alias"]))
        case "form accepted":
            return FormAccepted(**happened, form=row["detail"]["form"])
        case "decided":
            return Decided(**happened, accepted=row["detail"]["accepted"])
        case plain:
            return _PLAIN[plain](**happened)


def _review(row: Row) -> dict[str, Any]:
    return {
        "kind": ReviewKind(row["review_kind"]),
        "verdict": row["verdict"],
        "reasons": tuple(row["reasons"]),
        "proposed": Quality(row["proposed"]),
        "quality": Quality(row["quality"]),
        "answer": row["answer"],
        "attempts": row["attempts"],
        "hints": row["hints"],
        "milliseconds": row["took_ms"],
        "scheduler": row["scheduler"],
        "specs": tuple(row["specs"]),
    }


def _detail(event: Event) -> dict[str, Any] | None:
    match event:
        case Undone():
            return {"undone": event.undone.hex}
        case Aliased():
            return {"alias": event.alias.hex}
        case FormAccepted():
            return {"form": event.form}
        case Decided():
            return {"accepted": event.accepted}
        case Reviewed() | Suspended() | Unsuspended() | Buried() | Changed() | Retired() | Restored():
            return None


def _storable(text: str) -> str:
    """Half a character, as a terminal of another encoding sends it, is stored as its escape."""
    return text.encode("utf-8", "backslashreplace").decode()


_PLAIN: Final[Mapping[str, Callable[..., Event]]] = MappingProxyType(
    {
        "suspended": Suspended,
        "unsuspended": Unsuspended,
        "buried": Buried,
        "changed": Changed,
        "retired": Retired,
        "restored": Restored,
    }
)

_KINDS: Final[Mapping[type[Event], str]] = MappingProxyType(
    {
        Reviewed: "reviewed",
        Undone: "undone",
        Aliased: "aliased",
        FormAccepted: "form accepted",
        Decided: "decided",
        Suspended: "suspended",
        Unsuspended: "unsuspended",
        Buried: "buried",
        Changed: "changed",
        Retired: "retired",
        Restored: "restored",
    }
)

_OF_REVIEWS: Final = (
    "review_kind",
    "verdict",
    "reasons",
    "proposed",
    "quality",
    "answer",
    "attempts",
    "hints",
    "took_ms",
    "scheduler",
    "specs",
)

_STORED: Final[Mapping[str, Callable[[str], Any]]] = MappingProxyType(
    dict.fromkeys(("card_id", "event_id", "note_id", "root_id", "device_id", "learner_id"), UUID)
    | dict.fromkeys(("due_day", "answered_day", "open_day", "buried_day", "study_day"), date.fromisoformat)
    | dict.fromkeys(("expected", "headings", "forms", "reasons", "specs", "detail"), json.loads)
)
