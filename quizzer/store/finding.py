"""Cards, notes and decks as they stand in the store, for reading only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from quizzer.schedule import Kept
from quizzer.store.log import batches
from quizzer.store.rows import kept_from_rows
from quizzer.store.standing import Standing
from quizzer.store.statements import CANDIDATES, ROOTS, WHERE
from quizzer.store.tables import CARD, NOTE, PLACE, PROGRESS, ROOT


class Root(NamedTuple):
    """A folder or a file that was imported."""

    id: UUID
    path: str
    kind: str
    switched_off: bool


class Noted(NamedTuple):
    """A note as it was when it was last read."""

    id: UUID
    digest: str
    deck: str


class Deck(NamedTuple):
    """Its cards without the retired ones; those of notes that are switched off are neither due nor new."""

    name: str
    cards: int
    due: int
    new: int


class Where(NamedTuple):
    """The first place of a card: its root, its note below that, and the line."""

    root_id: UUID
    root: str
    kind: str
    path: str
    digest: str
    line: int


def roots(con: sa.Connection) -> tuple[Root, ...]:
    return tuple(Root(*row) for row in con.execute(_ROOTS))


def notes(con: sa.Connection, root_id: UUID) -> Mapping[str, Noted]:
    rows = con.execute(_NOTES.where(NOTE.c.root_id == root_id))
    return {path: Noted(id_, digest, deck) for path, id_, digest, deck in rows}


def where(con: sa.Connection, card_id: UUID) -> Where | None:
    row = con.execute(_WHERE, {"card": card_id}).one_or_none()
    return Where(*row) if row else None


def candidates(con: sa.Connection, asked: Mapping[str, Any]) -> tuple[Kept, ...]:
    return kept_from_rows(con.execute(_CANDIDATES, asked).mappings())


def cards_in(con: sa.Connection, learner: UUID, note_id: UUID) -> tuple[Kept, ...]:
    """In the order of the note."""
    found = _kept(learner).where(PLACE.c.note_id == note_id).order_by(PLACE.c.line, CARD.c.position)
    return kept_from_rows(con.execute(found).mappings())


def cards_with(con: sa.Connection, learner: UUID, fingerprints: Collection[str]) -> tuple[Kept, ...]:
    """Retired ones too: a text that comes back has its history back."""
    found: list[Kept] = []
    for batch in batches(sorted(fingerprints)):
        rows = con.execute(_kept(learner).where(CARD.c.fingerprint.in_(batch)).order_by(*_FIRST_PLACE))
        found += kept_from_rows(rows.mappings())
    return tuple(found)


def elsewhere(con: sa.Connection, note_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of the cards that stand in another note too."""
    found: set[UUID] = set()
    for batch in batches(sorted(ids)):
        rows = sa.select(PLACE.c.card_id).where(PLACE.c.card_id.in_(batch), PLACE.c.note_id != note_id)
        found.update(con.execute(rows).scalars())
    return found


def taken(con: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that some card has, whatever its text is by now."""
    found: set[UUID] = set()
    for batch in batches(sorted(ids)):
        found.update(con.execute(sa.select(CARD.c.card_id).where(CARD.c.card_id.in_(batch))).scalars())
    return found


def meanings(con: sa.Connection, root_ids: Collection[UUID]) -> set[str]:
    """What the cards of these roots mean."""
    places = CARD.join(PLACE).join(NOTE)
    rows = sa.select(CARD.c.meaning).select_from(places).where(NOTE.c.root_id.in_(root_ids))
    return set(con.execute(rows).scalars())


def cards(
    con: sa.Connection, learner: UUID, deck: str, holding: str, standings: Collection[Standing]
) -> tuple[Kept, ...]:
    found = _kept(learner).order_by(*_FIRST_PLACE)
    if deck:
        found = found.where(_of_deck(deck))
    if holding:
        found = found.where(CARD.c.prompt.icontains(holding, autoescape=True))
    if standings:
        found = found.where(PROGRESS.c.standing.in_(sorted(standings)))
    return kept_from_rows(con.execute(found).mappings())


def decks(con: sa.Connection, learner: UUID, day: date) -> tuple[Deck, ...]:
    return tuple(Deck(*row) for row in con.execute(_DECKS, {"learner": learner, "day": day}))


def _kept(learner: UUID) -> sa.Select[Any]:
    """One row for each place of a card."""
    progress = sa.and_(PROGRESS.c.card_id == CARD.c.card_id, PROGRESS.c.learner_id == learner)
    return sa.select(*_KEPT).select_from(
        CARD.outerjoin(PROGRESS, progress).outerjoin(PLACE).outerjoin(NOTE).outerjoin(ROOT)
    )


def _of_deck(deck: str) -> sa.ColumnElement[bool]:
    """The deck itself, or a folder of decks."""
    return sa.or_(NOTE.c.deck == deck, NOTE.c.deck.startswith(f"{deck}/", autoescape=True))


_KEPT: Final[Sequence[sa.Column[Any]]] = (
    CARD.c.card_id,
    CARD.c.prompt,
    CARD.c.expected,
    CARD.c.contrast,
    CARD.c.certainty,
    CARD.c.meaning,
    PROGRESS.c.due_day,
    PROGRESS.c.interval,
    PROGRESS.c.ease,
    PROGRESS.c.repetitions,
    PROGRESS.c.lapses,
    PROGRESS.c.answered_day,
    PROGRESS.c.open_day,
    PROGRESS.c.buried_day,
    PROGRESS.c.suspended,
    PROGRESS.c.retired,
    PROGRESS.c.accepted,
    PROGRESS.c.forms,
    PROGRESS.c.version,
    PROGRESS.c.position,
    PLACE.c.line,
    PLACE.c.headings,
    NOTE.c.path,
    NOTE.c.deck,
)
"""What `CANDIDATES` selects, in its order."""

_FIRST_PLACE: Final = (CARD.c.position, CARD.c.card_id, ROOT.c.switched_off, NOTE.c.switched_off, NOTE.c.path)

_CANDIDATES: Final = (
    sa.text(CANDIDATES)
    .bindparams(sa.bindparam("learner", type_=sa.Uuid), sa.bindparam("day", type_=sa.Date))
    .columns(*_KEPT)
)
_ROOTS: Final = sa.text(ROOTS).columns(ROOT.c.root_id, ROOT.c.path, ROOT.c.kind, ROOT.c.switched_off)
_NOTES: Final = sa.select(NOTE.c.path, NOTE.c.note_id, NOTE.c.digest, NOTE.c.deck).order_by(NOTE.c.path)
_WHERE: Final = (
    sa.text(WHERE)
    .bindparams(sa.bindparam("card", type_=sa.Uuid))
    .columns(
        ROOT.c.root_id, sa.column("root", sa.Text), ROOT.c.kind, NOTE.c.path, NOTE.c.digest, PLACE.c.line
    )
)

_DAY: Final = sa.bindparam("day", type_=sa.Date)
_DUE: Final = sa.and_(
    PROGRESS.c.standing != Standing.ASLEEP,
    sa.or_(
        PROGRESS.c.open_day == _DAY,
        sa.and_(PROGRESS.c.standing == Standing.REVIEW, PROGRESS.c.due_day <= _DAY),
    ),
    sa.or_(PROGRESS.c.buried_day.is_(None), PROGRESS.c.buried_day != _DAY),
)
_STANDING_IN: Final = (
    sa.select(NOTE.c.deck, PLACE.c.card_id).distinct().select_from(NOTE.join(PLACE)).subquery("standing_in")
)
_DECKS: Final = (
    sa.select(
        _STANDING_IN.c.deck,
        sa.func.count(),
        sa.func.sum(sa.case((_DUE, 1), else_=0)),
        sa.func.sum(sa.case((PROGRESS.c.standing == Standing.NEW, 1), else_=0)),
    )
    .select_from(_STANDING_IN.join(PROGRESS, PROGRESS.c.card_id == _STANDING_IN.c.card_id))
    .where(PROGRESS.c.learner_id == sa.bindparam("learner", type_=sa.Uuid), ~PROGRESS.c.retired)
    .group_by(_STANDING_IN.c.deck)
    .order_by(_STANDING_IN.c.deck)
)
