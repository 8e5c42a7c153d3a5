"""Notes into the store: each is read, matched with what it held before, and written in one transaction."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from quizzer import __version__
from quizzer.card import (
    Card,
    CommandLine,
    Flag,
    Keys,
    Problem,
    Term,
    Trouble,
    card_id,
    fingerprint,
    siblings,
)
from quizzer.commands import shell
from quizzer.commands.difference import incomplete
from quizzer.commands.givens import filled, find
from quizzer.commands.invocation import key, spellings
from quizzer.commands.keystrokes import strokes
from quizzer.commands.spec import Specs
from quizzer.errors import DataError
from quizzer.events import Aliased, Changed, Event, Restored, Retired, stamp
from quizzer.files import NoteFile, SpecShelf, decoded, find_notes, read_note
from quizzer.notes.cards import READER, Reading, read
from quizzer.notes.matching import Known, Matching, match
from quizzer.schedule import Kept, Now, Scheduler
from quizzer.store.rows import milliseconds
from quizzer.text import folded

if TYPE_CHECKING:
    from quizzer.store.finding import Noted
    from quizzer.store.store import Store

STARTER: Final = "starter"
"""The kind of root whose notes come with the program."""

_MOST_GONE: Final = 0.2
"""The share of a root's notes that may vanish at once and be believed to be gone."""
_UNKNOWN: Final = "<>"
"""What stands for a given where only the meaning of a line counts."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A note that was read and not yet written."""

    note: NoteFile
    digest: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class NoteReport:
    """What became of one note."""

    note: str
    deck: str
    kept: int = 0
    added: int = 0
    changed: int = 0
    gone: int = 0


@dataclass(slots=True)
class Report:
    """What an import did."""

    notes: list[NoteReport] = field(default_factory=list)
    unchanged: int = 0
    """Notes that are as they were at the last import."""
    problems: list[Problem] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    """One a place, of the notes that were read."""
    vanished: tuple[str, ...] = ()
    """Notes that are missing, too many at once to believe it: nothing of theirs was retired."""

    def add(self, other: "Report") -> None:
        """What was done for another root."""
        self.notes += other.notes
        self.unchanged += other.unchanged
        self.problems += other.problems
        self.cards += other.cards
        self.vanished += other.vanished


def look(note: NoteFile, raw: bytes, shelf: SpecShelf) -> Looked:
    """Read a note and work out its cards' givens. Raises DataError for a file that cannot be read as text."""
    reading = read(decoded(raw), note.name)
    cards = tuple(_with_givens(card, shelf) for card in reading.cards)
    problems = (*reading.problems, *_incomplete(cards, shelf))
    return Looked(
        note, digest(raw), replace(reading, cards=cards, problems=tuple(sorted(problems, key=_line)))
    )


def _line(problem: Problem) -> int:
    return problem.line


def digest(raw: bytes) -> str:
    """Of the note and of what reads it: a better reader reads an unchanged note again."""
    return hashlib.sha256(f"{READER}:{__version__}:".encode() + raw).hexdigest()


def _with_givens(card: Card, shelf: SpecShelf) -> Card:
    if not isinstance(card.expected, CommandLine):
        return card
    known = " ".join((*card.source.headings, card.prompt))
    givens = find(card.expected.text, known, _specs(card.expected, shelf))
    return replace(card, expected=replace(card.expected, givens=givens))


def _specs(line: CommandLine, shelf: SpecShelf) -> Specs:
    return shelf.of(frozenset().union(*(shell.programs(text) for text in (line.text, *line.also))))


def _incomplete(cards: Iterable[Card], shelf: SpecShelf) -> Iterator[Problem]:
    for card in cards:
        if isinstance(card.expected, CommandLine) and (
            lack := incomplete(card.expected.text, _specs(card.expected, shelf))
        ):
            yield Problem(card.source.note, card.source.line, Trouble.INCOMPLETE, lack)


def meaning(card: Card, shelf: SpecShelf) -> str:
    """Equal for cards whose answers mean the same, in whatever words and values their notes ask for them."""
    match card.expected:
        case Term(name=name):
            return f"term {' '.join(word.removesuffix('s') for word in folded(name).split())}"
        case Flag() as flag:
            return _meaning_of_flag(card, flag, shelf)
        case CommandLine() as line:
            specs = _specs(line, shelf)
            bare = filled(line.text, line.givens, [_UNKNOWN] * len(line.givens)) if line.givens else line.text
            return f"command {key(bare, specs)}"
        case Keys():
            return f"keys {card.source.note} {' '.join(strokes(card.expected.text))}"


def _meaning_of_flag(card: Card, flag: Flag, shelf: SpecShelf) -> str:
    own = flag.spellings or (flag.text,)
    if not flag.command:
        return f"flag {card.source.note} {' '.join(card.source.headings)} {own[0]}"
    specs = shelf.of(flag.command.split()[:1])
    names = spellings(flag.command, own[0], specs)
    return f"flag {flag.command} {max(names, key=lambda name: (len(name), name))}"


class Importer:
    """Brings the notes of one root into a store."""

    def __init__(
        self, store: "Store", shelf: SpecShelf, clock: Callable[[], Now], scheduler: Scheduler
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock
        self._scheduler = scheduler

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
        if only:
            notes = [note for note in notes if note.name in only]
        report = Report(problems=list(problems))
        root_id = self._store.add_root(
            STARTER if kind == STARTER else str(root.resolve()), kind, milliseconds(self._clock().at)
        )
        before = self._store.notes(root_id)
        if not only:
            found = {note.name for note in notes}
            self._drop(before, [name for name in before if name not in found], report)
        for at, note in enumerate(notes, start=1):
            try:
                raw = read_note(note)
                if note.name in before and before[note.name].digest == digest(raw):
                    report.unchanged += 1
                else:
                    self._save(root_id, look(note, raw, self._shelf), report)
            except DataError as error:
                report.problems.append(Problem(note.name, 0, Trouble.UNREADABLE, str(error)))
            seen(at, len(notes))
        return report

    def _save(self, root_id: UUID, looked: Looked, report: Report) -> None:
        cards = [each for card in looked.reading.cards for each in siblings(card)]
        noted = self._store.notes(root_id).get(looked.note.name)
        here = self._store.cards_in(noted.id) if noted else ()
        mine = {kept.id for kept in here}
        prints = {fingerprint(card) for card in cards}
        others = [kept for kept in self._store.cards_with(prints) if kept.id not in mine]
        matching = match(_known(here), _known(others), cards)
        saved = [(pair.id, pair.card, meaning(pair.card, self._shelf)) for pair in matching.pairs]
        saved += [(id_, card, meaning(card, self._shelf)) for id_, card in matching.new]
        saved.sort(key=lambda row: row[1].source.line)
        events = [*self._changes(matching), *self._retired(noted.id if noted else None, matching.gone)]
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
        report.notes.append(_noted(looked, matching))
        report.problems += looked.reading.problems
        report.cards += looked.reading.cards

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

    def _drop(self, before: "Mapping[str, Noted]", names: Sequence[str], report: Report) -> None:
        """Forget notes that are gone, unless so many are that the folder itself is in doubt."""
        if len(names) > max(len(before) * _MOST_GONE, 1):
            report.vanished = tuple(names)
            return
        for name in names:
            self.forget(before[name].id)
            report.notes.append(NoteReport(name, before[name].deck, gone=1))

    def forget(self, note_id: UUID) -> None:
        """Retire a note's cards; their history stays, and comes back with their text."""
        gone = _known(self._store.cards_in(note_id))
        self._store.drop_note(note_id, self._retired(note_id, gone), __version__, self._scheduler)


def _known(kept: Iterable[Kept]) -> list[Known]:
    return [Known(each.id, each.card, each.progress.retired) for each in kept]


def _noted(looked: Looked, matching: Matching) -> NoteReport:
    """Counted by places, as people do: the two ways of asking a flag are one card to them."""
    changed = {pair.card.source.line for pair in matching.pairs if pair.is_changed}
    added = {card.source.line for _, card in matching.new} - changed
    kept = {pair.card.source.line for pair in matching.pairs} - changed - added
    gone = {known.card.source.line for known in matching.gone}
    return NoteReport(looked.note.name, looked.note.deck, len(kept), len(added), len(changed), len(gone))


@dataclass(frozen=True, slots=True)
class Covered:
    """A starter deck, and how many of its cards the learner's own notes ask too."""

    deck: str
    note_id: UUID
    cards: int
    covered: int


def covered(store: "Store") -> list[Covered]:
    """The starter decks of which the learner's own notes hold more than half."""
    own = store.meanings([root.id for root in store.roots() if root.kind != STARTER])
    found = []
    for root in store.roots():
        for noted in store.notes(root.id).values() if root.kind == STARTER else ():
            meanings = {kept.meaning for kept in store.cards_in(noted.id)}
            found.append(Covered(noted.deck, noted.id, len(meanings), len(meanings & own)))
    return [each for each in found if each.covered * 2 > each.cards]
