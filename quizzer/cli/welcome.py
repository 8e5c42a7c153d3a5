"""The first start: notes of one's own, or the decks that come with the program."""

import shlex
from pathlib import Path

from quizzer.cli.bringing import bring
from quizzer.cli.program import Program
from quizzer.cli.telling import tell
from quizzer.errors import DataError
from quizzer.files import decoded, expanded, find_notes, read_note, shipped
from quizzer.importing.importer import STARTER
from quizzer.notes.cards import read
from quizzer.repl.asking import ask_path


def welcome(program: Program) -> bool:
    """True where there is something to drill afterwards."""
    decks = shipped("decks")
    tell("quizzer keeps no notes yet. Start with")
    tell("  1  your own Markdown notes     type their folder")
    tell(f"  2  the starter decks           {_sizes(decks)}")
    while True:
        try:
            said = ask_path("> ").strip()
        except (EOFError, KeyboardInterrupt):
            said = ":quit"
        if said.lstrip(":") in ("q", "quit", "exit"):
            tell("nothing was changed; the next start asks again")
            return False
        if said == "2":
            names = tuple(f"{path.stem}.md" for path in sorted(decks.glob("*.md")))
            bring(program, [(decks, STARTER, names)])
            return True
        if said in ("", "1") or said.lstrip(":") in ("help", "h", "?"):
            tell("type the folder of your notes (Tab completes), or 2 for the starter decks; Ctrl-D leaves")
        elif _brought(program, _path(said)):
            return True


def _path(said: str) -> Path:
    """As a shell reads it: `~`, quotes, and spaces after a backslash."""
    try:
        words = shlex.split(said)
    except ValueError:
        words = [said]
    path = expanded(Path(words[0] if len(words) == 1 else said))
    return path if path.exists() else expanded(Path(said))


def _brought(program: Program, root: Path) -> bool:
    try:
        bring(program, [(root, "folder" if root.is_dir() else "file", ())])
    except DataError as error:
        tell(f"{error}; {error.hint}")
        return False
    tell("New cards a day: 10. Your notes are only ever read, never written.")
    return True


def _sizes(decks: Path) -> str:
    """`docker 41 cards · git 38`"""
    counts = [
        (note.deck, len(read(decoded(read_note(note)), note.name).cards)) for note in find_notes(decks)[0]
    ]
    (first, count), *rest = counts
    return " · ".join([f"{first} {count} cards", *(f"{deck} {count}" for deck, count in rest)])
