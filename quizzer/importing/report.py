"""What an import did, as values."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quizzer.card import Card, Problem
from quizzer.events import Event, Retired
from quizzer.importing.looking import Looked
from quizzer.notes.matching import Known, Matching


@dataclass(frozen=True, slots=True)
class NoteReport:
    """What became of the cards of a note that was read; counted by places, as people do."""

    note: str
    deck: str
    kept: int
    added: int
    changed: int
    gone: int


@dataclass(slots=True)
class Report:
    """What an import did."""

    notes: list[NoteReport] = field(default_factory=list)
    """The notes that were read."""
    unchanged: int = 0
    """Notes that are as they were at the last import."""
    problems: list[Problem] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    """One a place, of the notes that were read."""
    forgotten: int = 0
    """Places of cards that were retired with a note that is gone."""
    vanished: list[str] = field(default_factory=list)
    """Notes that are missing, too many at once to believe it: nothing of theirs was retired."""

    @property
    def gone(self) -> int:
        return self.forgotten + sum(note.gone for note in self.notes)

    def add(self, other: "Report") -> None:
        """What was done for another root."""
        self.notes += other.notes
        self.unchanged += other.unchanged
        self.problems += other.problems
        self.cards += other.cards
        self.forgotten += other.forgotten
        self.vanished += other.vanished


def of_note(looked: Looked, matching: Matching, events: Iterable[Event]) -> NoteReport:
    """The two ways of asking a flag are one card to people; one that stands elsewhere too is not gone."""
    changed = {pair.card.source.line for pair in matching.pairs if pair.is_changed}
    added = {card.source.line for _, card in matching.new} - changed
    kept = {pair.card.source.line for pair in matching.pairs} - changed - added
    gone = places(matching.gone, events)
    return NoteReport(looked.note.name, looked.note.deck, len(kept), len(added), len(changed), gone)


def places(known: Iterable[Known], events: Iterable[Event]) -> int:
    """In how many places the cards stood that these events retire."""
    retired = {event.card for event in events if isinstance(event, Retired)}
    return len({each.card.source.line for each in known if each.id in retired})
