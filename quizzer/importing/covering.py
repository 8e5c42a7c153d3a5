"""Starter decks that the learner's own notes have made superfluous."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from quizzer.importing.importer import STARTER

if TYPE_CHECKING:
    from quizzer.store.store import Store


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
