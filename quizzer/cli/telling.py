"""Lines of the commands: broken between words where a person reads them, whole where a script does."""

import shutil
import sys
import textwrap

import click


def tell(line: str) -> None:
    """What follows a label goes on under it."""
    if not sys.stdout.isatty():
        click.echo(line)
        return
    width = shutil.get_terminal_size((80, 24)).columns - 1
    indent = " " * min(len(line) - len(line.lstrip()) + 2, 12)
    rows = textwrap.wrap(
        line,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    click.echo("\n".join(rows) if rows else "")
