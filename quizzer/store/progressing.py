"""What events make of a card's progress, kept beside the log in the same transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from quizzer.errors import AnsweredElsewhere
from quizzer.events import Event, Undone, after, fold
from quizzer.schedule import Progress, Scheduler
from quizzer.store.log import BATCH, Hand, append, batches, events_of, holds
from quizzer.store.rows import progress_from_row, progress_to_row
from quizzer.store.standing import Standing, standing
from quizzer.store.tables import CARD, EVENT, NOTE, PLACE, PROGRESS, ROOT


class Differing(NamedTuple):
    """A card whose stored progress is not what its log says."""

    id: UUID
    stored: Progress
    folded: Progress


@dataclass(frozen=True, slots=True)
class _Held:
    """A card with its progress row, and whatever else decides how that row must read."""

    id: UUID
    progress: Progress
    stored: tuple[str, str] | None
    """Standing and meaning as they stand in the row; None where there is no row yet."""
    typed: str
    certainty: str
    meaning: str
    position: int
    shown: bool
    last_ms: int
    """When its latest event happened."""

    def standing(self, progress: Progress) -> Standing:
        return standing(progress, self.typed, self.certainty, shown=self.shown)

    def is_stored(self, progress: Progress) -> bool:
        return progress == self.progress and self.stored == (self.standing(progress), self.meaning)


def write(con: sa.Connection, hand: Hand, event: Event, seen: int) -> Progress:
    """Raises AnsweredElsewhere where the card has moved on since `seen`, KeyError where there is none."""
    held = _held(con, hand.learner, [event.card])[event.card]
    if held.progress.version == seen:
        return _recorded(con, hand, {event.card: held}, [event])[event.card]
    if holds(con, hand.learner, event.id):
        return held.progress  # it is tried again after a commit that went through and was reported as failed
    raise AnsweredElsewhere(
        "this card got an answer in another window since it was asked",
        "nothing is counted twice; go on with the next card",
    )


def record(con: sa.Connection, hand: Hand, cards: Iterable[UUID], events: Sequence[Event]) -> None:
    """Append events; set right the progress of their cards, and of `cards`, whose notes may have changed."""
    ids = list(dict.fromkeys([*cards, *(event.card for event in events)]))
    _recorded(con, hand, _held(con, hand.learner, ids), events)


def restand(con: sa.Connection, learner: UUID, cards: Sequence[UUID]) -> None:
    """Set right the standing of cards whose notes were switched on or off."""
    for ids in batches(cards):
        held = _held(con, learner, ids)
        _save(con, learner, held, {id_: each.progress for id_, each in held.items()})


def differing(
    con: sa.Connection, learner: UUID, ids: Sequence[UUID], scheduler: Scheduler
) -> Iterator[Differing]:
    logs = _by_card(events_of(con, learner, ids))
    for id_, held in _held(con, learner, ids).items():
        folded = fold(logs.get(id_, ()), scheduler)
        if not held.is_stored(folded):
            yield Differing(id_, held.progress, folded)


def next_cards(con: sa.Connection, learner: UUID, after_: UUID | None) -> Sequence[UUID]:
    """The next lot of the learner's cards, in the order of their ids."""
    found = sa.select(PROGRESS.c.card_id).where(PROGRESS.c.learner_id == learner)
    if after_ is not None:
        found = found.where(PROGRESS.c.card_id > after_)
    return con.execute(found.order_by(PROGRESS.c.card_id).limit(BATCH)).scalars().all()


def _recorded(
    con: sa.Connection, hand: Hand, held: Mapping[UUID, _Held], events: Sequence[Event]
) -> Mapping[UUID, Progress]:
    progress = {id_: each.progress for id_, each in held.items()}
    times = append(con, hand, events) if events else ()
    first_ms: dict[UUID, int] = {}
    for event, at_ms in zip(events, times, strict=True):
        progress[event.card] = after(progress[event.card], event, hand.scheduler)
        first_ms.setdefault(event.card, at_ms)
    again = {event.card for event in events if isinstance(event, Undone)}
    again |= {id_ for id_, at_ms in first_ms.items() if at_ms <= held[id_].last_ms}
    # Only the fold of the whole log can take an event back, or put one before what another device wrote.
    for id_ in again:
        progress[id_] = fold(events_of(con, hand.learner, [id_]), hand.scheduler)
    _save(con, hand.learner, held, progress)
    return progress


def _save(
    con: sa.Connection, learner: UUID, held: Mapping[UUID, _Held], progress: Mapping[UUID, Progress]
) -> None:
    changed: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for id_, each in held.items():
        row = progress_to_row(progress[id_]) | {
            "standing": each.standing(progress[id_]),
            "meaning": each.meaning,
        }
        if each.stored is None:
            added.append(row | {"learner_id": learner, "card_id": id_, "position": each.position})
        elif not each.is_stored(progress[id_]):
            changed.append(row | {"of_learner": learner, "of_card": id_})
    if added:
        con.execute(sa.insert(PROGRESS), added)
    if changed:
        con.execute(_UPDATE, changed)


def _held(con: sa.Connection, learner: UUID, ids: Sequence[UUID]) -> dict[UUID, _Held]:
    found: dict[UUID, _Held] = {}
    for batch in batches(ids):
        for row in con.execute(_HELD, {"learner": learner, "cards": batch}).mappings():
            found[row["card_id"]] = _Held(
                id=row["card_id"],
                progress=progress_from_row(row),
                stored=None if row["standing"] is None else (row["standing"], row["meaning_then"]),
                typed=row["typed"],
                certainty=row["certainty"],
                meaning=row["meaning"],
                position=row["position"],
                shown=bool(row["shown"]),
                last_ms=row["last_ms"] or -1,
            )
    return found


def _by_card(events: Iterable[Event]) -> Mapping[UUID, Sequence[Event]]:
    found: dict[UUID, list[Event]] = {}
    for event in events:
        found.setdefault(event.card, []).append(event)
    return found


_LEARNER: Final = sa.bindparam("learner", type_=sa.Uuid)

_SHOWN: Final = (
    sa.exists()
    .where(
        PLACE.c.card_id == CARD.c.card_id,
        PLACE.c.note_id == NOTE.c.note_id,
        NOTE.c.root_id == ROOT.c.root_id,
        ~NOTE.c.switched_off,
        ~ROOT.c.switched_off,
    )
    .correlate(CARD)
)

_LAST_MS: Final = (
    sa.select(sa.func.max(EVENT.c.at_ms))
    .where(EVENT.c.learner_id == _LEARNER, EVENT.c.card_id == CARD.c.card_id)
    .correlate(CARD)
    .scalar_subquery()
)

_HELD: Final = (
    sa.select(
        CARD.c.card_id,
        CARD.c.typed,
        CARD.c.certainty,
        CARD.c.meaning,
        CARD.c.position,
        _SHOWN.label("shown"),
        _LAST_MS.label("last_ms"),
        PROGRESS.c.meaning.label("meaning_then"),
        *(
            column
            for column in PROGRESS.columns
            if column.name not in ("learner_id", "card_id", "meaning", "position")
        ),
    )
    .select_from(
        CARD.outerjoin(
            PROGRESS, sa.and_(PROGRESS.c.card_id == CARD.c.card_id, PROGRESS.c.learner_id == _LEARNER)
        )
    )
    .where(CARD.c.card_id.in_(sa.bindparam("cards", expanding=True)))
)

_UPDATE: Final = sa.update(PROGRESS).where(
    PROGRESS.c.learner_id == sa.bindparam("of_learner"), PROGRESS.c.card_id == sa.bindparam("of_card")
)
