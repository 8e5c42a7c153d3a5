"""`quizzer due`, `cards`, `stats`, `paths`: what there is, without a sitting."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date

import click

from quizzer.card import CommandLine, Flag, Keys, Term, Typed, kind
from quizzer.cli.main import Examples
from quizzer.cli.program import Program, clock, refuse_unknown
from quizzer.cli.telling import tell
from quizzer.schedule import Kept, Rules
from quizzer.store import cold
from quizzer.text import counted, safe

_json = click.option("--json", "is_json", is_flag=True, help="One JSON object, for scripts.")


@click.command(
    cls=Examples, examples="quizzer due\nquizzer due --json      for a shell prompt or a status line"
)
@click.argument("deck", required=False, default="")
@_json
@click.pass_obj
def due(program: Program, deck: str, is_json: bool) -> None:
    """How many cards wait today, of all decks or of one."""
    counts = _counts(program, deck)
    if is_json:
        click.echo(json.dumps({"schema": 1, "due": counts.due, "new": counts.new}))
    elif not cold.exists(program.home.database):
        tell("nothing yet; make cards of your notes: quizzer import FOLDER")
    else:
        tell(f"{counts.due:,} due, {counts.new:,} new")


def _counts(program: Program, deck: str) -> cold.Counts:
    if not cold.exists(program.home.database):
        return cold.Counts(0, 0)
    rules = Rules()
    with closing(cold.connect(program.home.database)) as con:
        if not con.is_current:
            program.open_store().close()
        refuse_unknown([deck] if deck else [], cold.decks(con))
        day = clock().day
        return cold.due_count(con, cold.learner(con), day, rules.new_a_day, rules.reviews_a_day, deck)


@click.command(
    cls=Examples,
    examples="""
    quizzer cards                    all of them
    quizzer cards docker             one deck
    quizzer cards --likely           those that await your word
    quizzer cards --holding prune    those with a text in the prompt
    """,
)
@click.argument("deck", required=False, default="")
@click.option("--likely", is_flag=True, help="Only cards that the reader was not sure of.")
@click.option("--holding", default="", metavar="TEXT", help="Only cards with this in the prompt.")
@_json
@click.pass_obj
def cards(program: Program, deck: str, likely: bool, holding: str, is_json: bool) -> None:
    """List the cards: where each stands, what it asks, and when it comes back."""
    found = _cards(program, deck, holding, likely=likely)
    if is_json:
        click.echo(json.dumps({"schema": 1, "cards": [_as_json(each) for each in found]}))
        return
    day = clock().day
    for each in found:
        tell(_row(each, day))
    if not found:
        tell("no such cards" if deck or holding or likely else "no cards yet: quizzer import FOLDER")


def _cards(program: Program, deck: str, holding: str, *, likely: bool) -> Sequence[Kept]:
    if not cold.exists(program.home.database):
        return ()
    with closing(program.open_store()) as store:
        refuse_unknown([deck] if deck else [], [each.name for each in store.decks(clock().day)])
        found = store.cards(deck=deck, holding=holding)
    wanted = [each for each in found if not each.progress.retired]
    if likely:
        wanted = [
            each for each in wanted if each.card.certainty == "likely" and each.progress.accepted is None
        ]
    return [each for each in wanted if not _is_reverse(each)]


def _is_reverse(kept: Kept) -> bool:
    """People count a flag or a term once; it is listed by the side that the daily drill asks."""
    return isinstance(kept.card.expected, Term | Flag) and kept.card.expected.typed is Typed.MEANING


def _row(kept: Kept, day: date) -> str:
    source = kept.card.source
    prompt, answer = _sides(kept)
    return (
        f"{safe(source.note)}:{source.line}: {safe(prompt)}  →  {safe(_flat(answer))}  [{_when(kept, day)}]"
    )


def _sides(kept: Kept) -> tuple[str, str]:
    match kept.card.expected:
        case Term() as term:
            return term.name, term.definition
        case Flag() as flag:
            return f"{flag.command} {flag.text}".strip(), flag.meaning
        case CommandLine() | Keys() as line:
            return kept.card.prompt, line.text


def _flat(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").split())


def _when(kept: Kept, day: date) -> str:
    progress = kept.progress
    if progress.suspended:
        return "suspended"
    if kept.card.certainty == "likely" and not progress.accepted:
        return "likely, kept aside"
    if progress.schedule is None:
        return "new"
    if progress.is_due(day):
        return "due"
    return f"in {counted((progress.schedule.due - day).days, 'day')}"


def _as_json(kept: Kept) -> dict[str, object]:
    prompt, answer = _sides(kept)
    schedule = kept.progress.schedule
    return {
        "id": str(kept.id),
        "deck": kept.deck,
        "kind": kind(kept.card.expected),
        "prompt": prompt,
        "answer": answer,
        "note": kept.card.source.note,
        "line": kept.card.source.line,
        "headings": list(kept.card.source.headings),
        "certainty": kept.card.certainty,
        "due": str(schedule.due) if schedule else None,
        "interval": schedule.interval if schedule else None,
        "ease": schedule.ease if schedule else None,
    }


@click.command(cls=Examples, examples="quizzer stats\nquizzer stats --json")
@_json
@click.pass_obj
def stats(program: Program, is_json: bool) -> None:
    """What the log says about your learning, and what is coming."""
    from quizzer.statistics import statistics

    if not cold.exists(program.home.database):
        if is_json:
            click.echo(json.dumps({"schema": 1, "answers": 0}))
        else:
            tell("nothing yet: quizzer import FOLDER")
        return
    day = clock().day
    with closing(program.open_store()) as store:
        found = statistics(store.all_events(), store.cards(), day)
    if is_json:
        rows = {str(each): count for each, count in found.forecast.items()}
        numbers = {
            "answers": found.answers,
            "reviews": found.reviews,
            "passed": found.passed,
            "days": found.days,
        }
        click.echo(
            json.dumps(
                {"schema": 1, **numbers, "streak": found.streak, "today": found.today, "forecast": rows}
            )
        )
        return
    tell(f"{counted(found.answers, 'answer')} on {counted(found.days, 'day')}, {found.today} of them today")
    if found.reviews:
        tell(f"{found.passed * 100 // found.reviews} % of {counted(found.reviews, 'review')} right at once")
    tell(f"{counted(found.streak, 'day')} in a row")
    for each, count in found.forecast.items():
        tell(f"  {'today' if each == day else f'{each:%a}':6}{count:5}")


@click.command(cls=Examples, examples="quizzer paths")
@_json
@click.pass_obj
def paths(program: Program, is_json: bool) -> None:
    """Where quizzer keeps things. QUIZZER_HOME puts all of it in one folder; --db names another store."""
    from quizzer.files import shipped

    home = program.home
    found = {
        "store": home.database,
        "backups": home.backups,
        "specs": home.specs,
        "state": home.state,
        "starter decks": shipped("decks"),
        "shipped data": shipped("data"),
    }
    if is_json:
        click.echo(json.dumps({"schema": 1, **{name: str(path) for name, path in found.items()}}))
        return
    for name, path in found.items():
        tell(f"{name:15}{safe(str(path))}")
