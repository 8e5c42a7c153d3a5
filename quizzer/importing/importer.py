"""Brings the notes of a root into a store, and lets go of what is not there any more."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from quizzer import __version__
from quizzer.card import Problem, Trouble, card_id, fingerprint, siblings
from quizzer.errors import DataError
from quizzer.events import Aliased, Changed, Event, Restored, Retired, stamp
from quizzer.files import NoteFile, SpecShelf, find_notes, read_note
from quizzer.importing.looking import Looked, digest, look, meaning
from quizzer.importing.report import Report, of_note, places
from quizzer.notes.matching import Known, Matching, match
from quizzer.schedule import Kept, Now, Scheduler
from quizzer.store.rows import milliseconds

if TYPE_CHECKING:
    from quizzer.store.finding import Noted
    from quizzer.store.store import Store

STARTER: Final = "starter"
"""The kind of root whose notes come with the program."""
_MOST_GONE: Final = 0.2
"""The share of a root's notes that may vanish at once and be believed to be gone."""


class Importer:
    """`believe` is whether missing notes are gone however many they are."""

    def __init__(
        self,
        store: "Store",
        shelf: SpecShelf,
        clock: Callable[[], Now],
        scheduler: Scheduler,
        *,
        believe: bool = False,
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock
        self._scheduler = scheduler
        self._believe = believe

    def bring(
        self,
        root: Path,
        kind: str,
        only: Collection[str] = (),
        seen: Callable[[int, int], None] = lambda *_: None,
    ) -> Report:
        """Read what is new or changed below the root; of all its notes, or of those in `only`.

        `seen` hears how far it is. Raises DataError where the root is nothing that holds notes.
        """
        notes, problems = find_notes(root)
        if kind != STARTER and (around := self._root_around(root)):
            return self.bring(around, "folder", (root.resolve().relative_to(around).as_posix(),), seen)
        notes = [note for note in notes if not only or note.name in only]
        report = Report(problems=list(problems))
        path = STARTER if kind == STARTER else str(root.resolve())
        root_id = self._store.add_root(path, kind, milliseconds(self._clock().at))
        before = self._store.notes(root_id)
        for at, note in enumerate(notes, start=1):
            self._read(root_id, note, before.get(note.name), report)
            seen(at, len(notes))
        if not only:
            found = {note.name for note in notes}
            self._let_go(
                {name: noted for name, noted in before.items() if name not in found}, len(before), report
            )
        if kind == "folder":
            self._settle(root.resolve(), root_id)
        return report

    def _root_around(self, root: Path) -> Path | None:
        """The folder that was imported already and holds this note: the note belongs to it."""
        if root.is_dir():
            return None
        folders = [Path(each.path) for each in self._store.roots() if each.kind == "folder"]
        return next((folder for folder in folders if root.resolve().is_relative_to(folder)), None)

    def _read(self, root_id: UUID, note: NoteFile, noted: "Noted | None", report: Report) -> None:
        try:
            raw = read_note(note)
            if noted and noted.digest == digest(raw):
                report.unchanged += 1
            else:
                self._save(root_id, look(note, raw, self._shelf), noted, report)
        except DataError as error:
            report.problems.append(Problem(note.name, 0, Trouble.UNREADABLE, str(error)))

    def _save(self, root_id: UUID, looked: Looked, noted: "Noted | None", report: Report) -> None:
        matching = self._matched(looked, noted)
        saved = [(pair.id, pair.card, meaning(pair.card, self._shelf)) for pair in matching.pairs]
        saved += [(id_, card, meaning(card, self._shelf)) for id_, card in matching.new]
        saved.sort(key=lambda row: row[1].source.line)
        events = [*self._changes(matching), *self._retired(noted and noted.id, matching.gone)]
        self._store.save_note(
            root_id,
            looked.note.name,
            looked.note.deck,
            looked.digest,
            saved,
            events,
            __version__,
            self._scheduler,
            milliseconds(self._clock().at),
        )
        report.notes.append(of_note(looked, matching, events))
        report.problems += looked.reading.problems
        report.cards += looked.reading.cards

    def _matched(self, looked: Looked, noted: "Noted | None") -> Matching:
        """Today's cards and those of before; what another note holds too is not rewritten."""
        cards = [each for card in looked.reading.cards for each in siblings(card)]
        here = self._store.cards_in(noted.id) if noted else ()
        mine = {kept.id for kept in here}
        prints = {fingerprint(card) for card in cards}
        others = [kept for kept in self._store.cards_with(prints) if kept.id not in mine]
        taken = self._taken(prints)
        matching = match(_known(here), _known(others), cards, taken)
        changed = {pair.id for pair in matching.pairs if pair.is_changed}
        shared = self._store.elsewhere(noted.id, changed) if noted and changed else set()
        return matching.split(shared, taken) if shared else matching

    def _taken(self, prints: Collection[str]) -> set[UUID]:
        """The ids that fingerprints lead to and some card has already, if only by its text of before."""
        taken: set[UUID] = set()
        left, copy = set(prints), 0
        while left:
            ids = {card_id(each, copy): each for each in left}
            found = self._store.taken(ids)
            taken |= found
            left, copy = {ids[id_] for id_ in found}, copy + 1
        return taken

    def _changes(self, matching: Matching) -> Iterator[Event]:
        """What the matching means for cards that have a history."""
        for pair in matching.pairs:
            if pair.before.is_retired:
                yield Restored(**stamp(pair.id, self._clock()))
            if not pair.is_changed:
                continue
            if fingerprint(pair.card) != fingerprint(pair.before.card):
                yield Aliased(**stamp(pair.id, self._clock()), alias=card_id(fingerprint(pair.card)))
            if meaning(pair.card, self._shelf) != meaning(pair.before.card, self._shelf):
                yield Changed(**stamp(pair.id, self._clock()))

    def _retired(self, note_id: UUID | None, gone: Iterable[Known]) -> list[Event]:
        """Cards that stand in no other note are retired, never deleted."""
        live = {known.id for known in gone if not known.is_retired}
        if note_id is None or not live:
            return []
        elsewhere = self._store.elsewhere(note_id, live)
        return [Retired(**stamp(id_, self._clock())) for id_ in sorted(live - elsewhere)]

    def _let_go(self, missing: "Mapping[str, Noted]", of: int, report: Report) -> None:
        """Forget notes that are gone. So many at once that the folder itself is in doubt are kept; but a note
        whose cards all stand elsewhere by now was only renamed.
        """
        doubtful = len(missing) > max(of * _MOST_GONE, 1) and not self._believe
        for name, noted in missing.items():
            if doubtful and not self._stands_elsewhere(noted.id):
                report.vanished.append(name)
            else:
                report.forgotten += self.forget(noted.id)

    def _stands_elsewhere(self, note_id: UUID) -> bool:
        live = {kept.id for kept in self._store.cards_in(note_id) if not kept.progress.retired}
        return live <= self._store.elsewhere(note_id, live)

    def forget(self, note_id: UUID) -> int:
        """Retire a note's cards, and say in how many places. Their history comes back with their text."""
        gone = _known(self._store.cards_in(note_id))
        events = self._retired(note_id, gone)
        self._store.drop_note(note_id, events, __version__, self._scheduler)
        return places(gone, events)

    def _settle(self, folder: Path, root_id: UUID) -> None:
        """Let go of what another root held and this folder holds: the same files, or a folder that moved."""
        for root in self._store.roots():
            if root.id == root_id or root.kind == STARTER:
                continue
            inside = Path(root.path).is_relative_to(folder)
            if inside or not Path(root.path).exists():
                for noted in self._store.notes(root.id).values():
                    if self._stands_elsewhere(noted.id):
                        self.forget(noted.id)


def _known(kept: Iterable[Kept]) -> list[Known]:
    return [Known(each.id, each.card, each.progress.retired) for each in kept]
