"""The first start: notes of one's own, or the decks that come with the program."""

from pathlib import Path

import click

from quizzer.cli.bringing import bring
from quizzer.cli.program import Program
from quizzer.errors import DataError
from quizzer.files import decoded, expanded, find_notes, read_note, shipped
from quizzer.importing.importer import STARTER
from quizzer.notes.cards import read
from quizzer.repl.asking import ask_path
from quizzer.text import safe


def welcome(program: Program) -> bool:
    """True where there is something to drill afterwards."""
    decks = shipped("decks")
    click.echo("quizzer keeps no notes yet. Start with")
    click.echo("  1  your own Markdown notes     type their folder")
    click.echo(f"  2  the starter decks           {_sizes(decks)}")
    while True:
        try:
            said = ask_path("> ").strip()
        except (EOFError, KeyboardInterrupt):
            click.echo("nothing was changed; quizzer starts here again")
            return False
        if said == "2":
            bring(
                program,
                [(decks, STARTER, tuple(f"{path.stem}.md" for path in sorted(decks.glob("*.md"))))],
            )
            return True
        if said in ("", "1"):
            click.echo("type the folder of your notes (Tab completes), or 2 for the starter decks")
            continue
        root = expanded(Path(said))
        try:
            bring(program, [(root, "folder" if root.is_dir() else "file", ())])
        except DataError as error:
            click.echo(f"{safe(str(error))}; {safe(error.hint)}")
        else:
            click.echo("New cards a day: 10. Your notes are only ever read, never written.")
            return True


def _sizes(decks: Path) -> str:
    """`docker 41 cards · git 38`"""
    counts = [
        (note.deck, len(read(decoded(read_note(note)), note.name).cards)) for note in find_notes(decks)[0]
    ]
    (first, count), *rest = counts
    return " · ".join([f"{first} {count} cards", *(f"{deck} {count}" for deck, count in rest)])
