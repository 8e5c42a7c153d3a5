"""`quizzer drill` and `quizzer flags`: a sitting, and what comes before the first one."""

import sys
from collections.abc import Sequence

import click

from quizzer.cli.main import Examples
from quizzer.cli.program import SCHEDULING, Program, clock
from quizzer.errors import QuizzerError
from quizzer.repl.desk import Choice, Desk
from quizzer.repl.prompt import PromptScreen
from quizzer.repl.screen import PlainScreen, Screen, is_plain
from quizzer.repl.session import Sitting
from quizzer.store import cold
from quizzer.turns import Rules

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
def drill(program: Program, decks: tuple[str, ...], limit: int | None, new: int | None) -> None:
    """Answer what is due, with new cards mixed in. What you type is compared by what it means."""
    _sit(program, Choice(decks, limit=limit), Rules(new_a_day=10 if new is None else new))


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
def flags(program: Program, decks: tuple[str, ...], limit: int | None, new: int | None) -> None:
    """Answer flags, both ways: which flag does this, and what does this flag do."""
    rules = Rules(new_a_day=10 if new is None else new, begins_meanings=True)
    _sit(program, Choice(decks, only_flags=True, limit=limit), rules)


def _sit(program: Program, choice: Choice, rules: Rules) -> None:
    plain = is_plain()
    if not cold.exists(program.home.database) and not _welcome(program, plain=plain):
        return
    desk = Desk(program.home, clock, SCHEDULING, rules, choice)
    _refuse_unknown(desk.decks() if choice.decks else [], choice)
    screen: Screen = PlainScreen() if plain else PromptScreen(desk.load)
    try:
        sitting = Sitting(desk, screen)
        if sitting.drill.front is None:
            _nothing_waits(choice)
            return
        sitting.run()
    finally:
        desk.close()


def _refuse_unknown(known: Sequence[str], choice: Choice) -> None:
    for name in choice.decks:
        if not any(deck == name or deck.startswith(f"{name}/") for deck in known):
            import difflib

            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known[:12]) or 'none yet'}"
            raise QuizzerError(f"there is no deck {name}", hint)


def _nothing_waits(choice: Choice) -> None:
    where = f" in {', '.join(choice.decks)}" if choice.decks else ""
    click.echo(f"nothing waits{where} today; more new cards: quizzer drill --new 20")


def _welcome(program: Program, *, plain: bool) -> bool:
    """The first start: own notes, or the decks that come with the program. False where neither was taken."""
    if plain:
        click.echo("quizzer keeps no notes yet. Make cards of yours:  quizzer import FOLDER")
        click.echo("or take the decks that come with it:             quizzer import --starter")
        return False
    from quizzer.cli.welcome import welcome

    sys.stdout.flush()
    return welcome(program)
