"""The README shows only what is so."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from quizzer.cli.main import COMMANDS
from quizzer.repl.actions import ACTIONS
from tests.terminal import ROOT, Term, command, environment

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
NOTE = next(text for info, text in BLOCKS if info == "markdown")
SITTING = next(text for info, text in BLOCKS if "❯ " in text)
DRY_RUN = next(text for info, text in BLOCKS if text.startswith("docker.md\n"))
SHELL = next(text for info, text in BLOCKS if text.startswith("$ "))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "docker.md").write_text(NOTE)
    return tmp_path


def run(home: Path, *arguments: str) -> str:
    ran = subprocess.run(command(*arguments), env=environment(home), cwd=home, capture_output=True, text=True)
    assert ran.stderr == ""
    return ran.stdout


def test_the_dry_run_shown_is_that_of_the_note_shown(home: Path) -> None:
    assert run(home, "import", "--dry-run", "docker.md") == DRY_RUN


@pytest.mark.terminal
def test_the_sitting_shown_is_one_of_the_note_shown(home: Path) -> None:
    run(home, "import", "docker.md")
    with Term(home, rows=60, columns=80) as screen:
        screen.wait("❯").key("image\r")
        for number, line in enumerate(re.findall(r"^❯ (.*)$", SITTING, re.MULTILINE), start=2):
            _at_prompt(screen, number).key(f"{line}\r")
        _at_prompt(screen, 7)

        assert SITTING.strip() in screen.text()


def _at_prompt(screen: Term, number: int) -> Term:
    def seen(text: str) -> bool:
        return text.count("❯") == number

    return screen.wait_until(seen, f"prompt {number}")


@pytest.mark.parametrize(
    "shown", re.findall(r"^\$ quizzer (.*)\n(.*)$", SHELL, re.MULTILINE), ids=lambda shown: shown[0]
)
def test_what_the_shell_shows(home: Path, shown: tuple[str, str]) -> None:
    line, answer = shown

    assert run(home, *shlex.split(line)) == f"{answer}\n"


def test_every_command_and_every_action_is_in_the_readme() -> None:
    assert all(f"`quizzer {name}" in README for name in COMMANDS)
    assert all(f"`:{name}`" in README for name in ACTIONS)
