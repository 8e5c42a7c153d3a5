"""What is shipped says the same thing everywhere: versions, pins, licence."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import quizzer

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
NEEDED = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": PROJECT["dependencies"] + PYPROJECT["dependency-groups"]["dev"],
}


def pins(lock: str) -> dict[str, str]:
    """Every package with its version."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_to_a_version_that_it_allows(lock: str) -> None:
    pinned = pins(lock)

    for requirement in map(Requirement, NEEDED[lock]):
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_the_tests_run_with_the_versions_that_the_program_gets() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())

    assert len(blocks) == len(pins(lock))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_no_lock_names_a_host_or_a_folder() -> None:
    locks = [name for name in _files() if re.fullmatch(r"requirements.*\.txt|.*\.lock", Path(name).name)]
    elsewhere = re.compile(r"://|file:|@ |^-", re.MULTILINE)

    assert set(LOCKS) <= set(locks)
    assert [name for name in locks if elsewhere.search((ROOT / name).read_text(encoding="utf-8"))] == []


def test_the_version_is_written_once() -> None:
    source = (ROOT / PYPROJECT["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")

    assert PROJECT["dynamic"] == ["version"]
    assert source.count(f'__version__ = "{quizzer.__version__}"') == 1


def test_the_licence_is_the_one_that_is_declared() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert PROJECT["license"] == "MIT"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert text.startswith("MIT License\n\nCopyright (c) 2026 the quizzer authors\n")


def test_the_wheel_has_the_decks_and_the_data_of_the_checkout() -> None:
    shipped = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert shipped == {"decks": "quizzer/shipped/decks", "data": "quizzer/shipped/data"}
    assert [
        folder for folder in shipped if not any(file.is_file() for file in (ROOT / folder).rglob("*"))
    ] == []


def _files() -> list[str]:
    """What is, or is about to be, in the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[
        :-1
    ]
