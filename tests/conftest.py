"""The program's own door, for every test that goes through it."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from quizzer.__main__ import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def quizzer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program's own door in this process."""
    monkeypatch.setenv("QUIZZER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str, given: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["quizzer", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capsys.readouterr()
        return Ran(int(leaving.value.code or 0), out, err)

    return run
