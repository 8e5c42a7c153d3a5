"""`quizzer import`: notes into cards, or only a look at what they would give."""

import json
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from quizzer.card import Problem, Trouble
from quizzer.cli.counting import Counting
from quizzer.cli.main import Examples
from quizzer.cli.program import Program, clock
from quizzer.cli.reporting import as_json, dry_run, imported
from quizzer.cli.scheduling import SCHEDULING
from quizzer.cli.telling import tell
from quizzer.errors import DataError
from quizzer.files import expanded, find_notes, read_note, shipped
from quizzer.importing.covering import Covered, covered
from quizzer.importing.importer import STARTER, Importer
from quizzer.importing.looking import Looked, look
from quizzer.importing.report import Report
from quizzer.text import safe

Root = tuple[Path, str, tuple[str, ...]]
"""Where notes are, what kind of root that is, and which of its notes are wanted (none named means all)."""


@click.command(
    "import",
    cls=Examples,
    examples="""
    quizzer import ~/notes             every Markdown note below a folder
    quizzer import --dry-run git.md    what it would give, and why not more
    quizzer import --starter docker    the deck docker that comes with quizzer
    """,
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Only show the cards, and what was passed over and why.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object, for scripts.")
@click.option("--starter", is_flag=True, help="Take decks that come with quizzer: those named, or all.")
@click.option("--missing-are-gone", is_flag=True, help="Retire the cards of missing notes, however many.")
@click.option(
    "--retire-covered", is_flag=True, help="Retire starter decks that your notes cover, without asking."
)
@click.pass_obj
def import_(
    program: Program,
    paths: tuple[str, ...],
    dry_run: bool,
    is_json: bool,
    starter: bool,
    missing_are_gone: bool,
    retire_covered: bool,
) -> int:
    """Make cards of Markdown notes. The notes are only ever read, never written.

    Import again whenever notes have changed: what you have learnt follows the cards.
    """
    if not paths and not starter:
        raise click.UsageError("name a note or a folder of notes, or take --starter")
    if dry_run:
        return _look(program, _roots(paths, starter=starter), is_json=is_json)
    roots = _roots(paths, starter=starter)
    return bring(program, roots, is_json=is_json, retire_covered=retire_covered, believe=missing_are_gone)


def _roots(paths: Sequence[str], *, starter: bool) -> list[Root]:
    if not starter:
        return [(root := expanded(Path(path)), "folder" if root.is_dir() else "file", ()) for path in paths]
    decks = shipped("decks")
    known = sorted(path.stem for path in decks.glob("*.md"))
    if unknown := [name for name in paths if name not in known]:
        raise DataError(f"no starter deck is called {unknown[0]}", f"there are: {', '.join(known)}")
    return [(decks, STARTER, tuple(f"{name}.md" for name in paths or known))]


def _look(program: Program, roots: Iterable[Root], *, is_json: bool) -> int:
    shelf = program.shelf()
    looked: list[Looked] = []
    unreadable: list[Problem] = []
    for root, _, only in roots:
        notes, problems = find_notes(root)
        unreadable += problems
        for note in notes:
            if only and note.name not in only:
                continue
            try:
                looked.append(look(note, read_note(note), shelf))
            except DataError as error:
                unreadable.append(Problem(note.name, 0, Trouble.UNREADABLE, str(error)))
    cards = [card for each in looked for card in each.reading.cards]
    problems = [*unreadable, *(problem for each in looked for problem in each.reading.problems)]
    if is_json:
        click.echo(json.dumps(as_json(cards, problems)))
    else:
        for line in dry_run(looked, unreadable):
            tell(line)
    return 1 if unreadable else 0


def bring(
    program: Program,
    roots: Sequence[Root],
    *,
    is_json: bool = False,
    retire_covered: bool = False,
    believe: bool = False,
) -> int:
    """Import, and report. 1 where something could not be read. Raises DataError where no root holds notes."""
    usable = _usable(roots)
    store = program.open_store()
    try:
        importer = Importer(store, program.shelf(), clock, SCHEDULING.scheduler, believe=believe)
        report = Report()
        for root, kind, only in usable:
            with Counting(wanted=not is_json) as counting:
                report.add(importer.bring(root, kind, only, counting))
        if is_json:
            click.echo(json.dumps(as_json(report.cards, report.problems)))
        else:
            for line in imported(report, _said(usable)):
                tell(line)
        if (report.notes or retire_covered) and not is_json:
            _offer_to_retire(importer, covered(store), unasked=retire_covered)
    finally:
        store.close()
    unreadable = any(problem.trouble is Trouble.UNREADABLE for problem in report.problems)
    return 1 if unreadable or len(usable) < len(roots) else 0


def _said(roots: Sequence[Root]) -> str:
    """The roots as they can be typed."""
    starters = [name.removesuffix(".md") for _, kind, only in roots if kind == STARTER for name in only]
    return shlex.join(["--starter", *starters] if starters else [str(root) for root, _, _ in roots])


def _usable(roots: Sequence[Root]) -> list[Root]:
    """The roots that hold notes; the others are told, and stop nothing but themselves."""
    found: list[Root] = []
    errors: list[DataError] = []
    for root in roots:
        try:
            find_notes(root[0])
        except DataError as error:
            errors.append(error)
        else:
            found.append(root)
    if not found:
        raise errors[0]
    for each in errors:
        click.echo(f"quizzer: {safe(str(each))}", err=True)
    return found


def _offer_to_retire(importer: Importer, decks: Sequence[Covered], *, unasked: bool) -> None:
    """A starter deck that the learner's own notes cover would ask the same things once more."""
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    for deck in decks:
        name = safe(deck.deck)
        tell(f"your notes ask {deck.covered} of the {deck.cards} things in the starter deck {name}")
        if unasked or (
            on_terminal and click.confirm("Retire the starter deck? Its history is kept", default=True)
        ):
            importer.forget(deck.note_id)
            tell(f"the starter deck {name} is retired; quizzer import --starter {name} brings it back")
        elif not on_terminal:
            tell("to retire it, import with --retire-covered")
