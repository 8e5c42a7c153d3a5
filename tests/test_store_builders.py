"""Stores for tests: real files in a temporary folder, filled with a few cards."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from quizzer.card import Card, card_id, fingerprint
from quizzer.events import Event
from quizzer.schedule import Progress
from quizzer.sm2 import sm2
from quizzer.store.store import Store
from tests.builders import command

PROGRAM = "0.1.0"


def opened(folder: Path, patience: int = 5_000) -> Store:
    return Store.open(folder / "quizzer.db", folder / "backups", "stamp", patience)


def commands(number: int, start: int = 0) -> list[tuple[UUID, Card, str]]:
    """So many different cards as `save_note` takes them."""
    return [saved(command(f"git run {n}", f"Do {n}")) for n in range(start, start + number)]


def saved(card: Card, meaning: str = "") -> tuple[UUID, Card, str]:
    return card_id(fingerprint(card)), card, meaning


def save(
    store: Store,
    cards: Sequence[tuple[UUID, Card, str]],
    *events: Event,
    path: str = "docker.md",
    root: UUID | None = None,
) -> UUID:
    """A note with these cards."""
    root = root or store.add_root("/notes", "folder")
    return store.save_note(root, path, path.removesuffix(".md"), "digest", cards, events, PROGRAM, sm2)


def write(store: Store, event: Event, seen: int = 0) -> Progress:
    return store.write(event, seen, sm2, PROGRAM)
