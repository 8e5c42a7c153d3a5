"""`quizzer spec`: learning options from a help text, and showing what is known."""

import json
import time
from pathlib import Path

import pytest

from tests.conftest import Run

CRATE = """\
Usage: crate [OPTION]... [BOX]...

  -x, --extract=NAME   take NAME out
  -v, --verbose        say more
      --help           display this help and exit
"""
PACK = """\
Usage:  crate pack [flags] BOX

Flags:
  -f, --fill string   With what
  -q, --quiet         Say less
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    return tmp_path / "home" / "specs"


def test_a_program_that_was_learnt_is_judged_by_meaning(quizzer: Run) -> None:
    assert quizzer("judge", "crate -x one", "crate --extract one").code == 3

    quizzer("spec", "add", "crate", "-", given=CRATE)

    assert quizzer("judge", "crate -x one", "crate --extract one").code == 0
    assert quizzer("judge", "crate -x one", "crate --ext=one").code == 0
    assert quizzer("judge", "crate -x one", "crate -x two").code == 1
    assert quizzer("judge", "crate -x one", "crate -x two -x one").code == 1


def test_adding_says_what_was_learnt_and_where_it_is_kept(quizzer: Run, specs: Path) -> None:
    ran = quizzer("spec", "add", "crate", "-", given=CRATE)

    assert ran.code == 0
    assert ran.out.startswith("crate: 3 options\n")
    assert "take a value: -x --extract\n" in ran.out
    assert "take none:    -v --verbose, --help\n" in ran.out
    assert str(specs / "crate.toml") in ran.out
    assert [path.name for path in specs.iterdir()] == ["crate.toml"]


def test_subcommands_are_learnt_one_after_the_other(quizzer: Run) -> None:
    quizzer("spec", "add", "crate", "pack", "-", given=PACK)
    quizzer("spec", "add", "crate", "ship", "-", given=PACK.replace("pack", "ship"))

    assert quizzer("judge", "crate pack -qf x b", "crate pack b --fill=x --quiet").code == 0
    assert quizzer("judge", "crate ship -q b", "crate ship --quiet b").code == 0
    assert quizzer("judge", "crate open -q b", "crate open --quiet b").code == 3


def test_a_shipped_program_keeps_all_that_was_known(quizzer: Run, specs: Path) -> None:
    text = "Usage:  docker ps [OPTIONS]\n\nOptions:\n  -a, --all      All\n      --crates   In crates\n"

    ran = quizzer("spec", "add", "docker", "ps", "-", given=text)

    assert "2 options, 1 of them new" in ran.out
    assert quizzer("judge", "docker ps -a --crates", "docker container ls --crates --all").code == 0
    assert quizzer("judge", "docker run -it --rm x", "docker container run --tty -i --rm x").code == 0
    assert quizzer("judge", "docker run --rm -it x", "docker run -it x --rm").code == 1


@pytest.mark.parametrize("words", [("crate",), ("crate", "pack")])
def test_without_a_text_it_is_said_what_to_type(quizzer: Run, words: tuple[str, ...]) -> None:
    ran = quizzer("spec", "add", *words)
    command = " ".join(words)

    assert ran.code == 1
    assert "starts no program" in ran.err
    assert f"{command} --help | quizzer spec add {command} -" in ran.err


@pytest.mark.parametrize("name", ["../crate", "a/b", ".crate", "cra te", "x" * 300, "crate\n", "-"])
def test_a_name_that_could_be_a_path_is_refused(quizzer: Run, name: str, tmp_path: Path) -> None:
    assert quizzer("spec", "add", name, "-", given=CRATE).code == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("text", ["", "crate: command not found\n", "-x\n" * 400_000])
def test_a_text_that_is_no_help_writes_nothing(quizzer: Run, text: str, tmp_path: Path) -> None:
    ran = quizzer("spec", "add", "crate", "-", given=text)

    assert ran.code == 65
    assert "hint:" in ran.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "line",
    [
        "--a=/" * 200,
        "  -" + "a/-" * 300,
        "  --x" + "[" * 900,
        "Commands:\n " + " a" * 400,
        "<" * 990,
        "  -x, " * 190,
    ],
)
def test_a_text_made_to_be_slow_is_not(quizzer: Run, line: str) -> None:
    began = time.monotonic()

    quizzer(
        "spec", "add", "crate", "-", given=f"Usage: crate {line}\nOptions:\n  -x  one\n" + f"{line}\n" * 300
    )

    assert time.monotonic() - began < 5


def test_a_subcommand_is_a_few_words_at_most(quizzer: Run) -> None:
    ran = quizzer("spec", "add", "crate", "a", "b", "c", "d", "-", given=CRATE)

    assert ran.code == 2
    assert "up to three words" in ran.err


def test_controls_in_a_text_are_never_kept(quizzer: Run, specs: Path) -> None:
    quizzer(
        "spec",
        "add",
        "crate",
        "-",
        given="Options:\n  -x, --\x1b[31mextract \x07<\x9bNA\u202eME>  \x00 take\n",
    )

    assert (specs / "crate.toml").read_text().replace("\n", "").isprintable()


def test_a_spec_written_by_hand_is_kept_beside_the_new_one(quizzer: Run, specs: Path) -> None:
    specs.mkdir(parents=True)
    mine = '# mine\nformat = 1\ntool = "crate"\nstyle = "gnu"\ndigits = "-n"\nopts = ["-n=NUM"]\n'
    (specs / "crate.toml").write_text(mine)

    ran = quizzer("spec", "add", "crate", "-", given=CRATE + "  -n NUM   lines\n")

    assert ran.code == 0
    assert (specs / "crate.toml.before").read_text() == mine
    assert quizzer("judge", "crate -n 5", "crate -5").code == 0


def test_another_file_that_would_hide_what_is_learnt_is_told(quizzer: Run, specs: Path) -> None:
    specs.mkdir(parents=True)
    (specs / "crate.json").write_text('{"format": 1, "tool": "crate", "style": "gnu"}')

    ran = quizzer("spec", "add", "crate", "-", given=CRATE)

    assert ran.code == 65
    assert "crate.json is in the way" in ran.err


def test_the_list_says_what_is_known_and_whose_it_is(quizzer: Run) -> None:
    quizzer("spec", "add", "crate", "-", given=CRATE)

    lines = quizzer("spec", "list").out.splitlines()
    found = json.loads(quizzer("spec", "list", "--json").out)

    assert next(line for line in lines if line.startswith("crate ")).split()[1] == "own"
    assert next(line for line in lines if line.startswith("docker ")).split()[1] == "28.2.2"
    assert found["schema"] == 1
    assert {"tool", "own", "version", "source"} <= found["specs"][0].keys()
    assert [each["tool"] for each in found["specs"] if each["own"]] == ["crate"]


def test_a_spec_that_cannot_be_read_is_a_line_of_the_list(quizzer: Run, specs: Path) -> None:
    specs.mkdir(parents=True)
    (specs / "crate.toml").write_text("no toml [")
    (specs / "box.json").write_text("[]")

    ran = quizzer("spec", "list")

    assert ran.code == 1
    assert "crate.toml" in ran.out
    assert "box.json" in ran.out
    assert "docker" in ran.out
    assert quizzer("spec", "add", "crate", "-", given=CRATE).code == 65


def test_show_gives_spellings_arguments_and_other_names(quizzer: Run) -> None:
    lines = quizzer("spec", "show", "docker", "run").out.splitlines()

    assert lines[0] == "docker run   (docker 28.2.2; comes with quizzer)"
    assert "  also: container run" in lines
    assert "  arguments: IMAGE [COMMAND] [ARG...]; options end at the first" in lines
    assert "  -d --detach" in lines
    assert "  -e --env list   counts each time" in lines


def test_show_for_scripts_is_one_object(quizzer: Run) -> None:
    found = json.loads(quizzer("spec", "show", "docker", "run", "--json").out)

    assert found["schema"] == 1
    assert (found["command"], found["own"], found["stops"]) == ("docker run", False, True)
    assert found["aliases"] == ["container run"]
    assert found["arguments"][0] == {"name": "IMAGE", "required": True, "several": False}
    assert {"names": ["-d", "--detach"], "value": "switch", "type": "", "repeats": False} in found["options"]


def test_show_of_a_program_or_a_group_lists_what_is_below(quizzer: Run) -> None:
    program, group = (quizzer("spec", "show", *words).out for words in (("docker",), ("docker", "container")))

    assert "subcommands: attach, build" in program
    assert "-D --debug" in program
    assert "container ls" in group


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("crate",), "crate --help | quizzer spec add crate -"),
        (("docker", "rnu"), "did you mean run"),
        (("docker", "compose", "up"), "docker compose up --help | quizzer spec add docker compose up -"),
    ],
)
def test_what_is_not_known_is_told_with_what_to_type(quizzer: Run, words: tuple[str, ...], said: str) -> None:
    ran = quizzer("spec", "show", *words)

    assert ran.code == 1
    assert said in ran.err
