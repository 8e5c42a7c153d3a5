"""The door: one handler for everything that stops a command."""

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING

from quizzer.errors import QuizzerError

if TYPE_CHECKING:
    from click import Group


def main() -> None:
    """Run the command line and leave with its exit code. What goes wrong is one line, never a traceback."""
    _open_streams()
    try:
        from quizzer.cli.main import cli  # inside: an interrupt during the imports is still told as one

        code = _run(cli)
        sys.stdout.flush()
    except QuizzerError as error:
        code = _told(str(error), error.hint, error.exit_code)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter complains once more at its end
        code = 141
    except OSError as error:
        code = _told(_of_system(error), "", 74)
        _drop_output(error)
    except Exception as error:
        code = _told(f"a fault of quizzer's own: {type(error).__name__}: {error}", _crash_note(), 70)
    sys.exit(code)


def _open_streams() -> None:
    """A stream that whoever started us has closed is not there at all; what is written to it goes nowhere."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _run(cli: "Group") -> int:
    import click

    try:
        with cli.make_context(
            "quizzer", sys.argv[1:]
        ) as context:  # its own `main` would swallow a closed pipe
            result = cli.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0


def _told(message: str, hint: str, code: int) -> int:
    from quizzer.text import safe

    try:
        print(f"quizzer: {safe(message)}", file=sys.stderr)
        if hint:
            print(f"hint:    {safe(hint)}", file=sys.stderr)
    except OSError:
        return code  # nobody is left to be told
    return code


def _of_system(error: OSError) -> str:
    name = f"{error.filename}: " if error.filename else ""
    return f"{name}{error.strerror or error}"


def _drop_output(error: OSError) -> None:
    if error.errno in (errno.ENOSPC, errno.EIO):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _crash_note() -> str:
    """Keep the traceback where a bug report can find it."""
    from quizzer.files import home

    folder = home().state
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{os.getpid()}.log"
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return "nothing that was answered is lost"
    return f"nothing that was answered is lost; please report it with {path}"


if __name__ == "__main__":
    main()
