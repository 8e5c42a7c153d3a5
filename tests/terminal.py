"""The real program in a real terminal: `Term` reads its screen through an emulator, `Tmux` through tmux.

A test says what it waits for, never how long; a program that hangs or ends fails it, with the screen in the
message.
"""

import itertools
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte
import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20.0  # seconds until a program counts as hung; no test waits this long when all is well


def needs(program: str, package: str = "") -> None:
    """Skip the test where a program is missing; but fail it in CI, where `.ci/run` installs the program."""
    if shutil.which(program):
        return
    reason = f"{program} is not installed (Debian: apt install {package or program})"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; .ci/run has to do it")
    pytest.skip(reason)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "quizzer", *arguments]


def environment(home: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Only what the program is told here: no NO_COLOR, EDITOR or XDG folder of whoever runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "QUIZZER_HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        **(changes or {}),
    }


class Term:
    """The program on a pseudo-terminal of our own; what scrolls off the screen is only in `raw`."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        changes: Mapping[str, str] | None = None,
    ) -> None:
        self.raw = b""
        self._screen = _Screen(columns, rows, lambda answer: self._child.send(answer))
        self._stream = pyte.ByteStream(self._screen)
        program, *rest = command(*arguments)
        self._child = pexpect.spawn(
            program, rest, dimensions=(rows, columns), cwd=str(home), env=environment(home, changes)
        )
        self._child.delaybeforesend = None

    def wait(self, text: str) -> Self:
        """Until the screen shows this text."""
        return self.wait_until(lambda screen: text in screen, repr(text))

    def wait_until(self, seen: Callable[[str], bool], what: str) -> Self:
        _await(seen, what, self.text, lambda: self._read(0.05))
        return self

    def key(self, keys: str) -> Self:
        """Press keys, as what a terminal sends: "\\r" for Enter, "\\x03" for Ctrl-C, "\\x1b[A" for Up."""
        self._child.send(keys)
        return self

    def resize(self, rows: int, columns: int) -> Self:
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)
        return self

    def text(self) -> str:
        return _trimmed(self._screen.display)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> Self:
        self._child.kill(number)
        return self

    def exit_code(self) -> int:
        """Once the program has ended; as in `subprocess`, minus the signal's number if one ended it."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.05) or self._child.isalive():
            if time.monotonic() > deadline:
                pytest.fail(f"still running:\n{self.text()}")
        self._child.close()
        return int(-self._child.signalstatus if self._child.signalstatus else self._child.exitstatus)

    def close(self) -> None:
        self._child.close(force=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, seconds: float) -> bool:
        """Take in what the program writes; whether it can write more."""
        if not select.select([self._child.child_fd], [], [], seconds)[0]:
            return True
        try:
            written = os.read(self._child.child_fd, 65536)
        except OSError:  # EIO, which is how Linux says that the other end is closed
            return False
        self.raw += written
        self._stream.feed(written)
        return bool(written)


class Tmux:
    """The program in tmux: a server of its own, no configuration, and nobody else's sessions."""

    _numbers = itertools.count()

    def __init__(
        self,
        home: Path,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        changes: Mapping[str, str] | None = None,
    ) -> None:
        needs("tmux")
        self._socket = f"quizzer-{os.getpid()}-{next(self._numbers)}"
        self._environment = environment(home, changes)
        size = ["-x", str(columns), "-y", str(rows)]
        # What an ended program left on the screen must still be there to be read.
        keep = ["start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";"]
        self._tmux(*keep, "new-session", "-d", *size, "-c", str(home), *command(*arguments))
        self._path = Path(self._pane("socket_path"))

    def wait(self, text: str) -> Self:
        """Until the screen shows this text."""
        return self.wait_until(lambda screen: text in screen, repr(text))

    def wait_until(self, seen: Callable[[str], bool], what: str) -> Self:
        _await(seen, what, self.capture, self._is_running)
        return self

    def send(self, literal: str) -> Self:
        """Type this text, as it is."""
        self._tmux("send-keys", "-l", "--", literal)
        return self

    def key(self, name: str) -> Self:
        """Press a key by tmux's name for it: "C-c", "Up", "Escape"."""
        self._tmux("send-keys", name)
        return self

    def enter(self) -> Self:
        return self.key("Enter")

    def resize(self, rows: int, columns: int) -> Self:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))
        return self

    def capture(self) -> str:
        return _trimmed(self._tmux("capture-pane", "-p").splitlines())

    def kill_program(self) -> None:
        """As a crash or a full memory would: no time for the program to tidy up."""
        os.kill(int(self._pane("pane_pid")), signal.SIGKILL)
        self.wait_end()

    def wait_end(self) -> Self:
        """Until the program has ended. How it ended, only `Term` tells: tmux 3.3 can miss an exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._is_running():
            if time.monotonic() > deadline:
                pytest.fail(f"still running:\n{self.capture()}")
        return self

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, timeout=PATIENCE)
        self._path.unlink(missing_ok=True)  # which tmux leaves behind

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_running(self) -> bool:
        time.sleep(0.02)  # a breath between two looks
        return self._pane("pane_dead") != "1"

    def _pane(self, name: str) -> str:
        return self._tmux("display-message", "-p", f"#{{{name}}}").strip()

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        if done.returncode:
            pytest.fail(f"tmux {arguments[0]}: {done.stderr.strip()}")
        return done.stdout


class _Screen(pyte.Screen):
    """Answers the program: prompt-toolkit asks where the cursor is, and shows no toolbar before it knows."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        super().__init__(columns, rows)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data)


def _await(
    seen: Callable[[str], bool], what: str, screen: Callable[[], str], is_running: Callable[[], bool]
) -> None:
    deadline = time.monotonic() + PATIENCE
    while not seen(screen()):
        if not is_running() and not seen(screen()):
            pytest.fail(f"ended without showing {what}:\n{screen()}")
        if time.monotonic() > deadline:
            pytest.fail(f"never showed {what}:\n{screen()}")


def _trimmed(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).rstrip()
