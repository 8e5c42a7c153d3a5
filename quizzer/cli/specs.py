"""`quizzer spec`: what is known of the options of programs, and learning it from their help."""

import difflib
import io
import json
import sys
from typing import Any, Final

import click

from quizzer.cli.main import Examples, write_examples
from quizzer.cli.program import Program, clock
from quizzer.cli.telling import tell
from quizzer.commands.grammar import Arity, CommandSpec, Operand, OptionSpec, Repeats, Verb
from quizzer.commands.helptext import LARGEST, NAME
from quizzer.commands.learning import Learnt, learn
from quizzer.commands.specwriting import written
from quizzer.errors import DataError, QuizzerError
from quizzer.files import write_spec
from quizzer.text import counted, safe

_json = click.option("--json", "is_json", is_flag=True, help="One JSON object, for scripts.")


class _Group(click.Group):
    """Its help begins with examples, as that of every command."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        examples = """
            quizzer spec list                                      the programs that are known
            quizzer spec show docker run                           its options and arguments
            docker run --help | quizzer spec add docker run -      learn them from its own help
        """
        write_examples(formatter, examples)
        super().format_help(ctx, formatter)


@click.group(cls=_Group)
def spec() -> None:
    """What is known of the options of programs. Without it, only equal lines are right."""


@spec.command(
    cls=Examples,
    examples="""
    crate --help | quizzer spec add crate -
    docker run --help | quizzer spec add docker run -
    """,
)
@click.argument("words", nargs=-1, metavar="TOOL [SUB]... -")
@click.pass_obj
def add(program: Program, words: tuple[str, ...]) -> None:
    """Learn options from a program's help text.

    It is read from standard input; no program is started. What is learnt goes to a file of your own, which
    comes before what comes with quizzer.
    """
    path = _checked(words[:-1] if words[-1:] == ("-",) else words)
    command = " ".join(path)
    if words[-1] != "-" or sys.stdin.isatty():
        raise QuizzerError(
            "quizzer starts no program; give it the help text",
            f"{command} --help | quizzer spec add {command} -",
        )
    shelf = program.shelf()
    shelf.of([path[0]])  # so that a file which cannot be read is told
    own, came = shelf.raw(path[0])
    learnt = learn(_read(), path, own, came, f"help texts, the last one read {clock().day}")
    file = write_spec(program.home.specs, path[0], written(learnt.raw))
    _tell(command, learnt, is_known=came is not None)
    tell(f"kept in {safe(str(file))}")


def _checked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names alone: one of them names a file."""
    if not words:
        raise click.UsageError("name a program, as in: docker run --help | quizzer spec add docker run -")
    if len(words) > _DEEPEST:
        raise click.UsageError("a program and up to three words of a subcommand, and - at the end")
    for word in words:
        if not NAME.fullmatch(word):
            raise click.UsageError(f"{safe(word)!r} is no name of a program or subcommand")
    return words


def _read() -> str:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    text = sys.stdin.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise DataError(
            f"the text is longer than {LARGEST:,} characters", "no help text is; was it the help?"
        )
    return text


def _tell(command: str, learnt: Learnt, *, is_known: bool) -> None:
    valued = [each for each in learnt.options if each.arity is not Arity.SWITCH]
    switches = [each for each in learnt.options if each.arity is Arity.SWITCH]
    new = f", {learnt.added} of them new" if is_known else ""
    tell(f"{command}: {counted(len(learnt.options), 'option')}{new}")
    for label, options in (("take a value", valued), ("take none", switches)):
        if options:
            tell(f"  {label + ':':14}{', '.join(' '.join(each.names) for each in options)}")
    if learnt.unclear:
        tell(f"  {'left out:':14}{', '.join(learnt.unclear)} (what they take is not clear)")
    for remark in learnt.remarks:
        tell(f"  note: {remark}")


@spec.command("list", cls=Examples, examples="quizzer spec list\nquizzer spec list --json")
@_json
@click.pass_obj
def list_(program: Program, is_json: bool) -> int:
    """The programs that are known, and from where."""
    shelf = program.shelf()
    rows: list[dict[str, Any]] = []
    for name, is_own in shelf.names().items():
        try:
            found = shelf.of([name]).get(name)
        except QuizzerError as error:
            rows.append({"tool": name, "own": is_own, "problem": str(error)})
            continue
        if found is not None:
            rows.append({"tool": name, "own": is_own, "version": found.version, "source": found.source})
    if is_json:
        tell_json({"specs": rows})
    else:
        for row in rows:
            owner = "own" if row["own"] else ""
            about = row.get("problem") or row["source"]
            tell(safe(f"{row['tool']:12} {row.get('version', ''):10} {owner:4} {about}"))
    return 1 if any("problem" in row for row in rows) else 0


def tell_json(found: dict[str, Any]) -> None:
    click.echo(json.dumps({"schema": 1, **found}))


@spec.command(cls=Examples, examples="quizzer spec show docker\nquizzer spec show docker run --json")
@click.argument("words", nargs=-1, required=True, metavar="TOOL [SUB]...")
@_json
@click.pass_obj
def show(program: Program, words: tuple[str, ...], is_json: bool) -> None:
    """Options, arguments and other names of a command."""
    shelf = program.shelf()
    found = shelf.of([words[0]]).get(words[0])
    if found is None:
        raise QuizzerError(
            f"nothing is known of {safe(words[0])}", f"{words[0]} --help | quizzer spec add {words[0]} -"
        )
    path = words[1:]
    verb = found.verbs.get(path)
    if verb is None and path and path not in found.groups:
        raise QuizzerError(f"{' '.join(words)} is not known", _near(path, found))
    is_own = shelf.names()[words[0]]
    as_json = _as_json(found, path, verb) | {"own": is_own}
    if is_json:
        tell_json(as_json)
        return
    version = f" {found.version}" if found.version else ""
    whose = "your own spec" if is_own else "comes with quizzer"
    tell(safe(f"{' '.join(words)}   ({found.tool}{version}; {whose})"))
    _tell_verb(verb, as_json)
    options = verb.options if verb else {} if path else found.options
    for option in dict.fromkeys(options.values()):
        tell(safe(f"  {_option(option)}"))


def _near(path: tuple[str, ...], found: CommandSpec) -> str:
    names = sorted({" ".join(each) for each in found.verbs})
    near = difflib.get_close_matches(" ".join(path), names, n=3)
    command = f"{found.tool} {' '.join(path)}"
    return (
        f"did you mean {' or '.join(near)}?" if near else f"{command} --help | quizzer spec add {command} -"
    )


def _tell_verb(verb: Verb | None, as_json: dict[str, Any]) -> None:
    if as_json["subcommands"]:
        tell(safe(f"  subcommands: {', '.join(as_json['subcommands'])}"))
    if as_json["aliases"]:
        tell(safe(f"  also: {', '.join(as_json['aliases'])}"))
    if verb is not None and verb.operands:
        stops = "; options end at the first" if verb.stops else ""
        tell(safe(f"  arguments: {' '.join(map(_operand, verb.operands))}{stops}"))


def _operand(each: Operand) -> str:
    name = f"{each.name}{'...' * each.several}"
    return name if each.required else f"[{name}]"


def _option(each: OptionSpec) -> str:
    value = {Arity.SWITCH: "", Arity.VALUE: f" {each.type}", Arity.OPTIONAL: f"[={each.type}]"}[each.arity]
    again = "   counts each time" if each.repeats is not Repeats.LAST else ""
    return f"{' '.join(each.names)}{value}{again}"


def _as_json(found: CommandSpec, path: tuple[str, ...], verb: Verb | None) -> dict[str, Any]:
    below = {verb.path for verb in found.verbs.values()} if not path else found.verbs.keys()
    options = verb.options if verb else {} if path else found.options
    names = [" ".join(each) for each, of in found.verbs.items() if of is verb and each != path]
    return {
        "command": " ".join((found.tool, *path)),
        "version": found.version,
        "source": found.source,
        "style": found.style,
        "aliases": names,
        "subcommands": sorted(
            " ".join(each) for each in below if len(each) > len(path) and each[: len(path)] == path
        ),
        "arguments": [
            {"name": each.name, "required": each.required, "several": each.several}
            for each in (verb.operands if verb else ())
        ],
        "stops": bool(verb and verb.stops),
        "options": [
            {
                "names": each.names,
                "value": each.arity,
                "type": each.type,
                "repeats": each.repeats is not Repeats.LAST,
            }
            for each in dict.fromkeys(options.values())
        ],
    }


_DEEPEST: Final = 4
