"""`quizzer judge`: do two command lines mean the same? For people, and for scripts."""

import json
import sys
from typing import Any

import click

from quizzer.answer import Code, Verdict
from quizzer.card import CommandLine
from quizzer.cli.main import Examples
from quizzer.cli.program import Program
from quizzer.commands import shell
from quizzer.commands.difference import sentence
from quizzer.commands.givens import find
from quizzer.files import SpecShelf
from quizzer.judging import judge as judged
from quizzer.text import safe

CANNOT_JUDGE = 3


@click.command(
    cls=Examples,
    examples="""
    quizzer judge 'docker run -it x' 'docker container run --tty -i x'
    quizzer judge 'docker rmi <image ID>' 'docker image rm 3f2a9c'
    """,
)
@click.argument("reference", required=False)
@click.argument("typed", required=False)
@click.option("--json", "is_json", is_flag=True, help="One JSON object, for scripts.")
@click.option(
    "--stdin",
    "from_stdin",
    is_flag=True,
    help="Read `reference TAB typed` lines, answer one JSON object a line.",
)
@click.pass_obj
def judge(program: Program, reference: str | None, typed: str | None, is_json: bool, from_stdin: bool) -> int:
    """Say whether TYPED means what REFERENCE means, and what is different. Nothing is ever run.

    Exit code 0: it does. 1: it does not. 3: cannot judge.
    """
    shelf = program.shelf()
    if from_stdin:
        for line in sys.stdin:
            one, _, other = line.rstrip("\n").partition("\t")
            click.echo(json.dumps(_as_json(_verdict(_lines(one), _lines(other), shelf))))
        return 0
    if reference is None or typed is None:
        raise click.UsageError("two command lines are needed, each in quotes: REFERENCE and TYPED")
    verdict = _verdict(reference, typed, shelf)
    if is_json:
        click.echo(json.dumps(_as_json(verdict)))
    else:
        click.echo(f"{verdict.code}" + (f": {safe(words)}" if (words := _words(verdict)) else ""))
    return {True: 0, False: 1, None: CANNOT_JUDGE}[verdict.is_right]


def _lines(text: str) -> str:
    """U+2424 and U+2409 stand for newline and tab, so that a pair fits on a line."""
    return text.replace("\u2424", "\n").replace("\u2409", "\t")


def _verdict(reference: str, typed: str, shelf: SpecShelf) -> Verdict:
    """Only placeholders stand for other values here: every other word of the reference is known."""
    specs = shelf.of(shell.programs(reference) | shell.programs(typed))
    return judged(CommandLine(reference, givens=find(reference, reference, specs)), typed, specs)


def _words(verdict: Verdict) -> str:
    if verdict.code is Code.BLANK:
        return "nothing was typed"
    reasons = " ".join(sentence(reason) for reason in verdict.reasons)
    return " ".join(filter(None, (reasons, verdict.message, *verdict.remarks)))


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "schema": 1,
        "verdict": verdict.code,
        "right": verdict.is_right,
        "reasons": [
            {"code": each.code, "typed": each.typed, "expected": each.expected, "sentence": sentence(each)}
            for each in verdict.reasons
        ],
        "sentence": _words(verdict),
    }
