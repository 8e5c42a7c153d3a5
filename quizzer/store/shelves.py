"""Roots, notes and the cards that stand in them: brought in and put away, each note whole or not at all."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from quizzer.card import Card
from quizzer.events import Event
from quizzer.store.engine import upsert
from quizzer.store.log import Hand
from quizzer.store.progressing import record, restand
from quizzer.store.rows import card_to_row
from quizzer.store.tables import CARD, NOTE, PLACE, ROOT

_ROOTS: Final = UUID("5c0f8f0a-60c5-5d9c-8d0b-0e2f6d1c2a44")

Saved = tuple[UUID, Card, str]
"""A card of a note, under its id and with its meaning. Equal meanings are siblings; an empty one has none."""


def add_root(con: sa.Connection, path: str, kind: str, at_ms: int) -> UUID:
    """The same path again is the same root, switched on or off as it was."""
    root_id = uuid5(_ROOTS, path)
    row = {"root_id": root_id, "path": path, "kind": kind, "added_ms": at_ms, "switched_off": False}
    con.execute(_SAVE_ROOT, row)
    return root_id


def save_note(
    con: sa.Connection,
    hand: Hand,
    note: dict[str, Any],
    cards: Sequence[Saved],
    events: Sequence[Event],
) -> UUID:
    """The note's cards are `cards` from now on; `events` tell what that means for those of before."""
    note_id = uuid5(note["root_id"], note["path"])
    con.execute(_SAVE_NOTE, note | {"note_id": note_id, "switched_off": False})
    before = _emptied(con, note_id)
    distinct = list({id_: (id_, card, meaning) for id_, card, meaning in reversed(cards)}.values())[::-1]
    _save_cards(con, distinct)
    places = [
        {"note_id": note_id, "card_id": id_, "line": card.source.line, "headings": list(card.source.headings)}
        for id_, card, _ in distinct
    ]
    if places:
        con.execute(sa.insert(PLACE), places)
    record(con, hand, [*before, *(id_ for id_, _, _ in distinct)], events)
    return note_id


def drop_note(con: sa.Connection, hand: Hand, note_id: UUID, events: Sequence[Event]) -> None:
    """The note is forgotten, its cards stay."""
    before = _emptied(con, note_id)
    con.execute(sa.delete(NOTE).where(NOTE.c.note_id == note_id))
    record(con, hand, before, events)


def switch(
    con: sa.Connection, learner: UUID, table: sa.Table, which: sa.ColumnElement[bool], *, off: bool
) -> None:
    """A root, or the notes of a deck."""
    con.execute(sa.update(table).where(which).values(switched_off=off))
    cards = sa.select(PLACE.c.card_id).distinct().select_from(PLACE.join(NOTE).join(ROOT)).where(which)
    restand(con, learner, con.execute(cards).scalars().all())


def _emptied(con: sa.Connection, note_id: UUID) -> Sequence[UUID]:
    """Returns the cards that it held."""
    before = con.execute(sa.select(PLACE.c.card_id).where(PLACE.c.note_id == note_id)).scalars().all()
    if before:
        con.execute(sa.delete(PLACE).where(PLACE.c.note_id == note_id))
    return before


def _save_cards(con: sa.Connection, cards: Sequence[Saved]) -> None:
    """A card that is kept already keeps its position."""
    last = con.execute(_LAST_POSITION).scalar() or 0
    rows = [
        card_to_row(id_, card, meaning, position)
        for position, (id_, card, meaning) in enumerate(cards, start=last + 1)
    ]
    if rows:
        con.execute(_SAVE_CARD, rows)


_SAVE_ROOT: Final = upsert(ROOT, keep=frozenset({"added_ms", "switched_off"}))
_SAVE_NOTE: Final = upsert(NOTE, keep=frozenset({"switched_off"}))
_SAVE_CARD: Final = upsert(CARD, keep=frozenset({"position"}))
_LAST_POSITION: Final = sa.select(sa.func.max(CARD.c.position))
