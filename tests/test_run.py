"""run.py in a copy of the checkout that needs no packages, so that setting it up needs no network."""

import ast
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import run

STAND_IN = """
import json, os, sys, time
print(json.dumps([sys.argv[1:], os.getcwd(), os.getpid()]), flush=True)
if sys.argv[1:] == ["sleep"]: time.sleep(60)
if sys.argv[1:2] == ["exit"]: sys.exit(int(sys.argv[2]))
"""


@dataclass(frozen=True)
class Checkout:
    root: Path
    venv: Path

    @property
    def unfinished(self) -> Path:
        return self.venv.with_name(f"{self.venv.name}.setup") / "new"

    def start(self, *arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.Popen[str]:
        no_packages = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
        return subprocess.Popen(
            [sys.executable, str(self.root / "run.py"), *arguments],
            cwd=cwd or self.root.parent,
            env={**os.environ, **no_packages, "QUIZZER_VENV": str(self.venv), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, cwd: Path | None = None, **variables: str) -> tuple[int, str, str]:
        with self.start(*arguments, cwd=cwd, **variables) as process:
            out, err = process.communicate(timeout=60)
        return process.returncode, out, err


@dataclass(frozen=True)
class FirstStarts:
    """A set-up that was killed, then `test`, and during its set-up the program: what each wrote to stderr."""

    checkout: Checkout
    tests: str
    program: str


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> FirstStarts:
    checkout = _checkout(tmp_path_factory.mktemp("first"))
    with checkout.start() as killed:
        _until(checkout.unfinished.exists)
        os.killpg(killed.pid, signal.SIGKILL)
    leftover = checkout.unfinished / "leftover"
    leftover.touch()
    with checkout.start("test") as tests:
        _until(lambda: not leftover.exists())
        _, _, program = checkout.run()
        _, said = tests.communicate(timeout=60)
    return FirstStarts(checkout, said, program)


@pytest.fixture
def ready(first: FirstStarts) -> Checkout:
    return first.checkout


@pytest.fixture
def bare(tmp_path: Path) -> Checkout:
    return _checkout(tmp_path)


def test_the_first_start_says_that_it_sets_up_and_how_long_it_took(first: FirstStarts) -> None:
    assert re.search(
        r"^setting up .*venv from requirements-dev.txt \.\.\. done in \d+ s\n\Z", first.tests, re.MULTILINE
    )


def test_a_killed_set_up_leaves_nothing_in_the_environment(ready: Checkout) -> None:
    assert (ready.venv / "bin/python").exists()
    assert not (ready.venv / "leftover").exists()
    assert not ready.unfinished.exists()


def test_of_two_starts_at_once_one_waits_and_the_set_up_for_tests_serves_the_program(
    first: FirstStarts,
) -> None:
    assert first.program == "run.py: waiting for another set-up to end\n"


def test_a_later_start_says_nothing_and_passes_arguments_and_exit_code(ready: Checkout) -> None:
    code, out, err = ready.run("exit", "7", "--x", "")

    assert (code, err) == (7, "")
    assert json.loads(out)[0] == ["exit", "7", "--x", ""]


def test_the_program_takes_the_place_of_run_py_so_signals_reach_it(ready: Checkout) -> None:
    with ready.start("sleep") as process:
        assert process.stdout
        assert json.loads(process.stdout.readline())[2] == process.pid
        process.terminate()
        process.wait(timeout=20)

    assert process.returncode == -signal.SIGTERM


def test_the_program_works_in_the_folder_one_is_in_and_takes_no_module_from_it(
    ready: Checkout, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken from the wrong folder')")

    code, out, _ = ready.run(cwd=tmp_path)

    assert code == 0
    assert json.loads(out)[1] == str(tmp_path)


def test_the_tests_run_in_the_checkout_wherever_one_is(ready: Checkout, tmp_path: Path) -> None:
    _, out, err = ready.run("test", "-k", "sm2", cwd=tmp_path)

    assert json.loads(out)[:2] == [["-k", "sm2"], str(ready.root)]
    assert err == ""


def test_scripts_of_the_environment_name_the_place_it_was_moved_to(ready: Checkout) -> None:
    said = subprocess.run(
        [ready.venv / "bin/pip", "--version"], capture_output=True, text=True, check=True
    ).stdout

    assert str(ready.venv) in said


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_change_of_what_it_was_made_from_makes_the_environment_anew(
    ready: Checkout, tmp_path: Path, changed: str
) -> None:
    copy = replace(ready, root=shutil.copytree(ready.root, tmp_path / "copy"))
    assert _is_ready(copy)

    (copy.root / changed).write_text("# changed")

    assert not _is_ready(copy)


def test_a_set_up_that_fails_says_why_and_leaves_what_was_there(ready: Checkout, tmp_path: Path) -> None:
    copy = replace(ready, root=shutil.copytree(ready.root, tmp_path / "copy"))
    (copy.root / "requirements-dev.txt").write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}")

    code, _, err = copy.run("test")

    assert code == 1
    assert "run.py: the packages could not be fetched:\nERROR: " in err
    assert "PIP_FIND_LINKS=FOLDER" in err
    assert _is_ready(ready)


def test_ctrl_c_during_the_set_up_ends_it_with_one_line(bare: Checkout) -> None:
    with bare.start() as process:
        _until(bare.unfinished.exists)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert err.splitlines()[1:] == ["run.py: set-up stopped; the next start begins it again"]
    assert not bare.venv.exists()


def test_a_folder_of_somebody_else_is_left_alone(bare: Checkout) -> None:
    bare.venv.mkdir()
    (bare.venv / "theirs").touch()

    code, _, err = bare.run()

    assert code == 1
    assert "was not made by run.py" in err
    assert [file.name for file in bare.venv.iterdir()] == ["theirs"]


def test_a_python_without_venv_is_told_of_its_package(bare: Checkout, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")

    code, _, err = bare.run(PYTHONPATH=str(tmp_path))

    assert code == 1
    assert "sudo apt install python3-venv" in err


@pytest.mark.parametrize(
    ("version", "system", "says"),
    [
        ((3, 10), "posix", "Python 3.11 or later is needed, this is 3.10"),
        ((3, 6), "posix", "Python 3.11 or later is needed, this is 3.6"),
        ((3, 12), "nt", "quizzer runs on Linux, macOS and in WSL, not on Windows itself"),
    ],
)
def test_an_old_python_and_windows_are_told_so(version: tuple[int, int], system: str, says: str) -> None:
    assert run.objection(version, system).startswith(says)


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_new_python_is_welcome(version: tuple[int, int]) -> None:
    assert run.objection(version, "posix") == ""


def test_an_old_python_can_read_the_file_that_tells_it() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def _checkout(folder: Path) -> Checkout:
    root = folder / "check out"
    (root / "quizzer").mkdir(parents=True)
    shutil.copy(run.__file__, root)
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "quizzer/__init__.py"):
        (root / name).touch()
    (root / "quizzer/__main__.py").write_text(STAND_IN)
    (root / "pytest.py").write_text(STAND_IN)
    return Checkout(root, folder / "venv")


def _is_ready(checkout: Checkout) -> bool:
    """What the run.py of that checkout says."""
    spec = importlib.util.spec_from_file_location("run_of_checkout", checkout.root / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return bool(module.is_ready(checkout.venv, "requirements.txt"))


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)
