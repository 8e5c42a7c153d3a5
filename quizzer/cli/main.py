"""The command `quizzer` and the list of what it can do."""

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import click

from quizzer import __version__


class Entry(NamedTuple):
    """Where a command is, and what `quizzer -h` says of it, which imports none of them."""

    module: str
    name: str
    summary: str


COMMANDS: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "drill": Entry("drilling", "drill", "Answer what is due, with new cards mixed in."),
        "flags": Entry(
            "drilling", "flags", "Answer flags, both ways: which one does this, what does this one do."
        ),
        "import": Entry("bringing", "import_", "Make cards of a Markdown note or a folder of them."),
        "due": Entry("looking", "due", "How many cards wait today."),
        "cards": Entry("looking", "cards", "List the cards."),
        "stats": Entry("looking", "stats", "What the log says about your learning."),
        "judge": Entry("judging", "judge", "Say whether two command lines mean the same."),
        "spec": Entry("specs", "spec", "What is known of the options of programs, and learning more."),
        "paths": Entry("looking", "paths", "Where quizzer keeps things."),
    }
)

_EXIT_CODES: Final = """\b
Exit codes
  0    done
  1    done, with problems (a note that could not be read), or wrong for `judge`
  2    usage
  3    `judge` cannot judge
  65   a file that is not what it should be
  74   the disk is full, read-only or failing
  75   somebody else holds the store; try again
  130  interrupted
  141  nobody reads the output any more"""


class Examples(click.Command):
    """A command whose help begins with examples."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)


def write_examples(formatter: click.HelpFormatter, examples: str) -> None:
    for line in examples.strip().splitlines():
        formatter.write(f"  {line.strip()}\n")
    formatter.write("\n")


class Lazy(click.Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(importlib.import_module(f"quizzer.cli.{entry.module}"), entry.name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_no_such_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        examples = """
            quizzer                      today's cards
            quizzer import ~/notes       cards out of your own notes
            quizzer drill docker         one deck only
            quizzer flags docker         which flag does this? what does this flag do?
        """
        write_examples(formatter, examples)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def _no_such_command(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    if near:
        return f"there is no command {name!r}; did you mean {near[0]!r}?"
    if Path(name).exists():
        return f"there is no command {name!r}; to make cards of it: quizzer import {name}"
    return f"there is no command {name!r}"


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import platform

        from quizzer.store.connection import SQLITE
        from quizzer.store.migrations import LATEST

        versions = f"Python {platform.python_version()}, SQLite {SQLITE}, schema {LATEST}"
        click.echo(f"quizzer {__version__} ({versions})")
        ctx.exit()


@click.group(
    cls=Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXIT_CODES,
)
@click.option(
    "--db", type=click.Path(path_type=Path), help="The file of the store, instead of the usual one."
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Say which version this is.",
)
@click.pass_context
def cli(ctx: click.Context, db: Path | None) -> None:
    """Flashcards out of your own notes on command-line tools, answered by typing.

    Without a command: today's cards.
    """
    from quizzer.cli.program import Program

    ctx.obj = Program.at(db)
    if ctx.invoked_subcommand is None:
        if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
            ctx.invoke(Lazy.get_command(cli, ctx, "drill"))  # type: ignore[arg-type]
        else:
            click.echo(ctx.get_help())
