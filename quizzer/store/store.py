"""The store: everything that is remembered, behind one face."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Final, Self
from uuid import UUID

import sqlalchemy as sa

from quizzer.events import Event
from quizzer.schedule import Kept, Progress, Scheduler
from quizzer.store import finding, log, progressing, shelves
from quizzer.store.connection import PATIENCE
from quizzer.store.engine import engine_on, part_of, reading
from quizzer.store.finding import Deck, Noted, Root, Where
from quizzer.store.log import Hand
from quizzer.store.opening import open_file
from quizzer.store.progressing import Differing
from quizzer.store.shelves import Saved
from quizzer.store.standing import Standing
from quizzer.store.tables import META, NOTE, ROOT


class Store:
    """One file. Each method is one transaction, and what it has written when it returns stays written.

    What goes wrong outside is told by `quizzer.errors`: BusyError where somebody else writes for longer than
    we wait, StorageError where the disk will not have it. Then nothing of that call was written.
    """

    def __init__(self, engine: sa.Engine, inside: sa.Connection | None = None) -> None:
        self._engine = engine
        self._inside = inside
        with self._reading() as con:
            names = dict(con.execute(sa.select(META.c.key, META.c.value)).all())
        self.learner: Final = UUID(names["learner_id"])
        self.device: Final = UUID(names["device_id"])

    @classmethod
    def open(cls, path: Path, backups: Path, stamp: str, patience: int = PATIENCE) -> Self:
        """Made where there is none; migrated where it is old, after a backup with `stamp` in its name."""
        open_file(path, backups, stamp, patience)
        return cls(engine_on(path, patience))

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def together(self) -> Iterator[Self]:
        """The same store with all its methods in one transaction, for the many notes of an import.

        It is written when the block ends and forgotten when the block raises. Others wait for it meanwhile.
        Each method is still whole or not at all, should the block go on after an error.
        """
        with self._engine.begin() as con:
            yield type(self)(self._engine, con)

    def write(self, event: Event, seen: int, scheduler: Scheduler, program: str) -> Progress:
        """Raises AnsweredElsewhere where the card is not at version `seen` any more, KeyError for no card."""
        with self._writing() as con:
            return progressing.write(con, self._hand(program, scheduler), event, seen)

    def events(self, card_id: UUID) -> tuple[Event, ...]:
        with self._reading() as con:
            return log.events_of(con, self.learner, [card_id])

    def events_on(self, day: date) -> tuple[Event, ...]:
        with self._reading() as con:
            return log.events_on(con, self.learner, day)

    def logs_on(self, day: date) -> tuple[Event, ...]:
        """The whole log of each card that the learner did something with on that day."""
        with self._reading() as con:
            return log.logs_on(con, self.learner, day)

    def all_events(self) -> Iterator[Event]:
        """Study day by study day, each in the order of the log; no lock is held between two days."""
        day = date.min
        while True:
            with self._reading() as con:
                found = log.next_day(con, self.learner, day)
                events = log.events_on(con, self.learner, found) if found else ()
            if found is None:
                return
            yield from events
            day = found

    def candidates(
        self, day: date, deck: str = "", fresh: str = Standing.NEW, many: int = 300, few: int = 60
    ) -> tuple[Kept, ...]:
        """The `many` longest due, the open, the `few` first new (or extra) ones, and what was touched."""
        asked = {"day": day, "deck": deck, "fresh": str(fresh), "kind": "", "many": many, "few": few}
        with self._reading() as con:
            return finding.candidates(con, asked | {"learner": self.learner})

    def roots(self) -> tuple[Root, ...]:
        with self._reading() as con:
            return finding.roots(con)

    def add_root(self, path: str, kind: str, at_ms: int = 0) -> UUID:
        with self._writing() as con:
            return shelves.add_root(con, path, kind, at_ms)

    def notes(self, root_id: UUID) -> Mapping[str, Noted]:
        """By the path below the root."""
        with self._reading() as con:
            return finding.notes(con, root_id)

    def where(self, card_id: UUID) -> Where | None:
        """Where the card stands; None where no note holds it."""
        with self._reading() as con:
            return finding.where(con, card_id)

    def cards_in(self, note_id: UUID) -> tuple[Kept, ...]:
        with self._reading() as con:
            return finding.cards_in(con, self.learner, note_id)

    def cards_with(self, fingerprints: Collection[str]) -> tuple[Kept, ...]:
        """Live or retired."""
        with self._reading() as con:
            return finding.cards_with(con, self.learner, fingerprints)

    def elsewhere(self, note_id: UUID, card_ids: Collection[UUID]) -> set[UUID]:
        """Those of the cards that stand in another note too."""
        with self._reading() as con:
            return finding.elsewhere(con, note_id, card_ids)

    def taken(self, card_ids: Collection[UUID]) -> set[UUID]:
        """Those of the ids that some card has, whatever its text is by now."""
        with reading(self._engine) as con:
            return finding.taken(con, card_ids)

    def meanings(self, root_ids: Collection[UUID]) -> set[str]:
        """What the cards of these roots mean."""
        with self._reading() as con:
            return finding.meanings(con, root_ids)

    def cards(
        self, *, deck: str = "", holding: str = "", standings: Collection[Standing] = ()
    ) -> tuple[Kept, ...]:
        """All cards, or those of a deck, with a text in the prompt, of some standings."""
        with self._reading() as con:
            return finding.cards(con, self.learner, deck, holding, standings)

    def decks(self, day: date) -> tuple[Deck, ...]:
        with self._reading() as con:
            return finding.decks(con, self.learner, day)

    def save_note(
        self,
        root_id: UUID,
        path: str,
        deck: str,
        digest: str,
        cards: Sequence[Saved],
        events: Sequence[Event],
        program: str,
        scheduler: Scheduler,
        at_ms: int = 0,
    ) -> UUID:
        note = {"root_id": root_id, "path": path, "deck": deck, "digest": digest, "read_ms": at_ms}
        with self._writing() as con:
            return shelves.save_note(con, self._hand(program, scheduler), note, cards, events)

    def drop_note(self, note_id: UUID, events: Sequence[Event], program: str, scheduler: Scheduler) -> None:
        with self._writing() as con:
            shelves.drop_note(con, self._hand(program, scheduler), note_id, events)

    def switch(self, root_id: UUID, off: bool) -> None:
        with self._writing() as con:
            shelves.switch(con, self.learner, ROOT, ROOT.c.root_id == root_id, off=off)

    def switch_deck(self, deck: str, off: bool) -> None:
        with self._writing() as con:
            shelves.switch(con, self.learner, NOTE, NOTE.c.deck == deck, off=off)

    def refold(self, scheduler: Scheduler) -> Iterator[Differing]:
        """The cards whose stored progress (or standing) is not what the fold of their log says."""
        last: UUID | None = None
        while True:
            with self._reading() as con:
                ids = progressing.next_cards(con, self.learner, last)
                found = tuple(progressing.differing(con, self.learner, ids, scheduler)) if ids else ()
            if not ids:
                return
            yield from found
            last = ids[-1]

    def _hand(self, program: str, scheduler: Scheduler) -> Hand:
        return Hand(self.learner, self.device, program, scheduler)

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine) if self._inside is None else nullcontext(self._inside)

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return self._engine.begin() if self._inside is None else part_of(self._inside)
