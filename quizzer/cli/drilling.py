"""`quizzer drill` and `quizzer flags`: a sitting, and what comes before the first one."""

import sys

import click

from quizzer.cli.main import Examples
from quizzer.cli.program import Program, clock, refuse_unknown
from quizzer.cli.scheduling import SCHEDULING
from quizzer.cli.telling import tell
from quizzer.errors import StorageError
from quizzer.repl.desk import Choice, Desk
from quizzer.repl.prompt import PromptScreen
from quizzer.repl.screen import PlainScreen, Screen, is_plain
from quizzer.repl.session import Sitting
from quizzer.schedule import Rules
from quizzer.text import safe

_limit = click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N cards.")
_new = click.option("--new", type=click.IntRange(min=0), metavar="N", help="New cards today, instead of 10.")
_decks = click.argument("decks", nargs=-1, metavar="[DECK]...")


@click.command(
    cls=Examples,
    examples="""
    quizzer drill                  what is due today, in all decks
    quizzer drill docker linux     two decks, or folders of decks
    quizzer drill --limit 5        five cards
    """,
)
@_decks
@_limit
@_new
@click.pass_obj
def drill(program: Program, decks: tuple[str, ...], limit: int | None, new: int | None) -> int:
    """Answer what is due, with new cards mixed in. What you type is compared by what it means."""
    return _sit(program, Choice(decks, limit=limit), Rules(new_a_day=10 if new is None else new), "drill")


@click.command(
    cls=Examples,
    examples="""
    quizzer flags                  the flags of all decks
    quizzer flags docker           those of one deck
    """,
)
@_decks
@_limit
@_new
@click.pass_obj
def flags(program: Program, decks: tuple[str, ...], limit: int | None, new: int | None) -> int:
    """Answer flags, both ways: which flag does this, and what does this flag do."""
    rules = Rules(new_a_day=10 if new is None else new, begins_meanings=True)
    return _sit(program, Choice(decks, only_flags=True, limit=limit), rules, "flags")


def _sit(program: Program, choice: Choice, rules: Rules, command: str) -> int:
    plain = is_plain()
    desk = Desk(program.home, clock, SCHEDULING, rules, choice)
    known = desk.decks()
    if not known:
        if not _welcome(program, plain=plain):
            return 0
        known = desk.decks()
    refuse_unknown(choice.decks, known)
    screen: Screen = PlainScreen() if plain else PromptScreen(desk.load)
    try:
        sitting = Sitting(desk, screen)
        if sitting.drill.front is None:
            again = " ".join(("quizzer", command, *choice.decks, "--new", str(2 * rules.new_a_day or 10)))
            tell(f"nothing waits today; for more new cards: {safe(again)}")
            return 0
        sitting.run()
    finally:
        desk.close()
    return StorageError.exit_code if sitting.unsaved else 0


def _welcome(program: Program, *, plain: bool) -> bool:
    """The first start: own notes, or the decks that come with the program. False where neither was taken."""
    if plain:
        tell("quizzer keeps no notes yet. Make cards of yours:  quizzer import FOLDER")
        tell("or take the decks that come with it:             quizzer import --starter")
        return False
    from quizzer.cli.welcome import welcome

    sys.stdout.flush()
    return welcome(program)
