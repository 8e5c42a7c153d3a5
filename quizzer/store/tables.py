"""The tables of schema version 1, as SQLAlchemy knows them.

The file itself is made by the steps of `migrations`; a test compares the two. Only portable types stand
here. The learner leads the key of everything that is somebody's; roots, notes and cards are shared, so no
foreign key leads from a learner's table to them.
"""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

_JSON: Final = sa.JSON(none_as_null=True)


def _key(name: str, *rest: sa.ForeignKey) -> sa.Column[UUID]:
    return sa.Column(name, sa.Uuid, *rest, primary_key=True, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _yes_or_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.text("0"))


META: Final = sa.Table(
    "meta", METADATA, sa.Column("key", sa.Text, primary_key=True, nullable=False), _text("value")
)

ROOT: Final = sa.Table(
    "root",
    METADATA,
    _key("root_id"),
    _text("path"),
    _text("kind"),
    sa.Column("added_ms", sa.BigInteger, nullable=False),
    _yes_or_no("switched_off"),
)

NOTE: Final = sa.Table(
    "note",
    METADATA,
    _key("note_id"),
    sa.Column("root_id", sa.Uuid, sa.ForeignKey("root.root_id"), nullable=False),
    _text("path"),
    _text("deck"),
    _text("digest"),
    sa.Column("read_ms", sa.BigInteger, nullable=False),
    _yes_or_no("switched_off"),
    sa.UniqueConstraint("root_id", "path"),
    sa.Index("note_deck", "deck"),
)

CARD: Final = sa.Table(
    "card",
    METADATA,
    _key("card_id"),
    _text("kind"),
    _text("typed"),
    _text("command"),
    _text("prompt"),
    sa.Column("expected", _JSON, nullable=False),
    _text("contrast"),
    _text("certainty"),
    _text("fingerprint"),
    _text("meaning"),
    _number("position"),
    sa.Index("card_fingerprint", "fingerprint"),
    sa.Index("card_meaning", "meaning"),
    sa.Index("card_position", "position"),
)

PLACE: Final = sa.Table(
    "place",
    METADATA,
    _key("note_id", sa.ForeignKey("note.note_id")),
    _key("card_id", sa.ForeignKey("card.card_id")),
    _number("line"),
    sa.Column("headings", _JSON, nullable=False),
    sa.Index("place_card", "card_id"),
)

EVENT: Final = sa.Table(
    "event",
    METADATA,
    _key("learner_id"),
    _key("event_id"),
    sa.Column("device_id", sa.Uuid, nullable=False),
    sa.Column("device_seq", sa.BigInteger, nullable=False),
    sa.Column("card_id", sa.Uuid, nullable=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False),
    _number("offset_min"),
    sa.Column("study_day", sa.Date, nullable=False),
    _text("kind"),
    sa.Column("review_kind", sa.Text),
    sa.Column("verdict", sa.Text),
    sa.Column("reasons", _JSON),
    sa.Column("proposed", sa.Integer),
    sa.Column("quality", sa.Integer),
    sa.Column("answer", sa.Text),
    sa.Column("attempts", sa.Integer),
    sa.Column("hints", sa.Integer),
    sa.Column("took_ms", sa.BigInteger),
    sa.Column("scheduler", sa.Text),
    sa.Column("specs", _JSON),
    _text("program"),
    sa.Column("detail", _JSON),
    sa.Index("event_card", "learner_id", "card_id", "at_ms", "device_id", "device_seq"),
    sa.Index("event_day", "learner_id", "study_day"),
    sa.Index("event_device", "learner_id", "device_id", "device_seq", unique=True),
)

PROGRESS: Final = sa.Table(
    "progress",
    METADATA,
    _key("learner_id"),
    _key("card_id"),
    _text("standing"),
    sa.Column("due_day", sa.Date),
    sa.Column("interval", sa.Integer),
    sa.Column("ease", sa.Integer),
    sa.Column("repetitions", sa.Integer),
    sa.Column("lapses", sa.Integer),
    sa.Column("answered_day", sa.Date),
    sa.Column("open_day", sa.Date),
    sa.Column("buried_day", sa.Date),
    _yes_or_no("suspended"),
    _yes_or_no("retired"),
    sa.Column("accepted", sa.Boolean),
    sa.Column("forms", _JSON, nullable=False),
    _number("version"),
    _number("position"),
    _text("meaning"),
    sa.Index("progress_due", "learner_id", "standing", "due_day", "meaning"),
    sa.Index("progress_new", "learner_id", "standing", "position"),
    sa.Index("progress_open", "learner_id", "open_day", sqlite_where=sa.text("open_day IS NOT NULL")),
)
