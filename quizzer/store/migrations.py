"""How a file comes to today's schema: one step a version, each a few statements written by hand.

A step is never edited once it is released. To change a table, write the next step, and save a dump of the
version before it in `tests/schemas/`.
"""

from types import MappingProxyType
from typing import Final

APPLICATION_ID: Final = 0x51495A31
"""`PRAGMA application_id` of our files: "QIZ1"."""

_FIRST: Final = (
    """
    CREATE TABLE meta (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE root (
        root_id CHAR(32) NOT NULL,
        path TEXT NOT NULL,
        kind TEXT NOT NULL,
        added_ms BIGINT NOT NULL,
        switched_off BOOLEAN DEFAULT 0 NOT NULL,
        PRIMARY KEY (root_id)
    )
    """,
    """
    CREATE TABLE note (
        note_id CHAR(32) NOT NULL,
        root_id CHAR(32) NOT NULL,
        path TEXT NOT NULL,
        deck TEXT NOT NULL,
        digest TEXT NOT NULL,
        read_ms BIGINT NOT NULL,
        switched_off BOOLEAN DEFAULT 0 NOT NULL,
        PRIMARY KEY (note_id),
        UNIQUE (root_id, path),
        FOREIGN KEY (root_id) REFERENCES root (root_id)
    )
    """,
    "CREATE INDEX note_deck ON note (deck)",
    """
    CREATE TABLE card (
        card_id CHAR(32) NOT NULL,
        kind TEXT NOT NULL,
        typed TEXT NOT NULL,
        command TEXT NOT NULL,
        prompt TEXT NOT NULL,
        expected JSON NOT NULL,
        contrast TEXT NOT NULL,
        certainty TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        meaning TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (card_id)
    )
    """,
    "CREATE INDEX card_fingerprint ON card (fingerprint)",
    "CREATE INDEX card_meaning ON card (meaning)",
    "CREATE INDEX card_position ON card (position)",
    """
    CREATE TABLE place (
        note_id CHAR(32) NOT NULL,
        card_id CHAR(32) NOT NULL,
        line INTEGER NOT NULL,
        headings JSON NOT NULL,
        PRIMARY KEY (note_id, card_id),
        FOREIGN KEY (note_id) REFERENCES note (note_id),
        FOREIGN KEY (card_id) REFERENCES card (card_id)
    )
    """,
    "CREATE INDEX place_card ON place (card_id)",
    """
    CREATE TABLE event (
        learner_id CHAR(32) NOT NULL,
        event_id CHAR(32) NOT NULL,
        device_id CHAR(32) NOT NULL,
        device_seq BIGINT NOT NULL,
        card_id CHAR(32) NOT NULL,
        at_ms BIGINT NOT NULL,
        offset_min INTEGER NOT NULL,
        study_day DATE NOT NULL,
        kind TEXT NOT NULL,
        review_kind TEXT,
        verdict TEXT,
        reasons JSON,
        proposed INTEGER,
        quality INTEGER,
        answer TEXT,
        attempts INTEGER,
        hints INTEGER,
        took_ms BIGINT,
        scheduler TEXT,
        specs JSON,
        program TEXT NOT NULL,
        detail JSON,
        PRIMARY KEY (learner_id, event_id)
    )
    """,
    "CREATE INDEX event_card ON event (learner_id, card_id, at_ms, device_id, device_seq)",
    "CREATE INDEX event_day ON event (learner_id, study_day)",
    "CREATE UNIQUE INDEX event_device ON event (learner_id, device_id, device_seq)",
    """
    CREATE TABLE progress (
        learner_id CHAR(32) NOT NULL,
        card_id CHAR(32) NOT NULL,
        standing TEXT NOT NULL,
        due_day DATE,
        interval INTEGER,
        ease INTEGER,
        repetitions INTEGER,
        lapses INTEGER,
        answered_day DATE,
        open_day DATE,
        buried_day DATE,
        suspended BOOLEAN DEFAULT 0 NOT NULL,
        retired BOOLEAN DEFAULT 0 NOT NULL,
        accepted BOOLEAN,
        forms JSON NOT NULL,
        version INTEGER NOT NULL,
        position INTEGER NOT NULL,
        meaning TEXT NOT NULL,
        PRIMARY KEY (learner_id, card_id)
    )
    """,
    "CREATE INDEX progress_due ON progress (learner_id, standing, due_day, meaning)",
    "CREATE INDEX progress_new ON progress (learner_id, standing, position)",
    "CREATE INDEX progress_open ON progress (learner_id, open_day) WHERE open_day IS NOT NULL",
)

STEPS: Final = MappingProxyType({1: _FIRST})
"""From each version's predecessor to it."""

LATEST: Final = max(STEPS)
