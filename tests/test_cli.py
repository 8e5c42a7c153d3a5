"""The command line, from its arguments to its exit code."""

import json
import subprocess
from pathlib import Path

import freezegun
import pytest

from quizzer.cli.main import COMMANDS
from tests.conftest import Run
from tests.terminal import ROOT, command, environment

NOTE = """\
# Crates

**Crate** - A thing that holds other things.

List the crates that are open
`docker ps`
- `-a` : Closed ones too

Remove a crate
`docker rm <crate>`

Ship it
`htop`

An open span
`docker images
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "crates.md"
    path.write_text(NOTE)
    return path


def test_without_a_terminal_quizzer_alone_shows_its_help(quizzer: Run) -> None:
    ran = quizzer()

    assert ran.code == 0
    assert ran.out.startswith("  quizzer ")
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_opens_with_an_example(quizzer: Run, name: str) -> None:
    ran = quizzer(name, "-h")

    assert ran.code == 0
    assert ran.out.startswith(f"  quizzer {name}")


def test_the_version_is_told(quizzer: Run) -> None:
    assert quizzer("--version").out.startswith("quizzer 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dril",), "did you mean 'drill'?"),
        (("nonsense",), "no command"),
        (("import",), "name a note"),
        (("judge", "x"), "two command lines"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(quizzer: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = quizzer(*arguments)

    assert ran.code == 2
    assert words in ran.err


def test_a_path_where_a_command_belongs_is_told_how_to_import(quizzer: Run, note: Path) -> None:
    assert f"quizzer import {note}" in quizzer(str(note)).err


def test_import_says_what_it_made(quizzer: Run, note: Path) -> None:
    ran = quizzer("import", str(note))

    assert ran.code == 0
    assert "1 note read: 6 cards (4 commands, 1 flag, 1 term)" in ran.out
    assert "1 place mended or unclear" in ran.out


def test_import_again_says_that_nothing_changed_and_then_what_did(quizzer: Run, note: Path) -> None:
    quizzer("import", str(note))
    assert "1 note unchanged" in quizzer("import", str(note)).out

    note.write_text(NOTE.replace("`docker ps`", "`docker ps -q`").replace("Ship it\n`htop`\n", ""))

    assert "1 changed (history kept), 1 gone (retired, not deleted)" in quizzer("import", str(note)).out


def test_a_dry_run_writes_nothing_and_lists_cards_by_kind_with_lines(
    quizzer: Run, note: Path, tmp_path: Path
) -> None:
    ran = quizzer("import", "--dry-run", str(note))

    lines = ran.out.splitlines()
    assert lines[:2] == ["crates.md", "  terms"]
    assert "     7  docker ps -a — Closed ones too" in lines
    assert "     6  List the crates that are open" in lines
    assert "        docker rm <crate>" in lines
    assert any(line.startswith("    16  the code is never closed") for line in lines)
    assert not (tmp_path / "home").exists()


def test_a_dry_run_for_scripts_is_one_object_of_a_fixed_shape(quizzer: Run, note: Path) -> None:
    found = json.loads(quizzer("import", "--dry-run", "--json", str(note)).out)

    assert found["schema"] == 1
    term, flag, *_ = (card for card in found["cards"] if card["kind"] in ("term", "flag"))
    assert {"kind", "prompt", "answer", "also", "command", "line", "headings", "certainty"} <= term.keys()
    assert (term["prompt"], term["answer"]) == ("Crate", "A thing that holds other things.")
    assert (flag["prompt"], flag["answer"], flag["command"], flag["line"]) == (
        "-a",
        "Closed ones too",
        "docker ps",
        7,
    )
    assert flag["headings"] == ["Crates"]
    assert found["problems"][0]["line"] == 16


def test_a_note_that_cannot_be_read_is_told_and_the_others_go_in(quizzer: Run, note: Path) -> None:
    (note.parent / "bad.md").write_bytes(b"\xff\xfe")

    ran = quizzer("import", str(note.parent))

    assert ran.code == 1
    assert "bad.md: skipped: not UTF-8 (byte 1)" in ran.out
    assert "6 cards" in ran.out


def test_a_root_that_is_not_there_is_one_line_and_a_hint(quizzer: Run, tmp_path: Path) -> None:
    ran = quizzer("import", str(tmp_path / "nowhere"))

    assert ran.code == 65
    assert ran.err.splitlines()[0].endswith("nowhere does not exist")
    assert ran.err.splitlines()[1].startswith("hint:")


def test_starter_decks_come_by_name(quizzer: Run) -> None:
    assert "1 note read" in quizzer("import", "--starter", "tar").out
    ran = quizzer("import", "--starter", "nonsense")

    assert ran.code == 65
    assert "docker" in ran.err


def test_due_counts_what_a_day_holds(quizzer: Run, note: Path) -> None:
    assert json.loads(quizzer("due", "--json").out) == {"schema": 1, "due": 0, "new": 0}
    assert "quizzer import" in quizzer("due").out

    quizzer("import", str(note))

    assert quizzer("due").out == "0 due, 6 new\n"


def test_an_answer_is_due_again_on_its_day(quizzer: Run, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("List crates\n`docker ps`\n")
    with freezegun.freeze_time("2026-11-23 12:00"):
        quizzer("import", str(tmp_path / "one.md"))
        ran = quizzer("drill", given="docker container ls\n")

        assert "right   another form of  docker ps  · back tomorrow" in ran.out
        assert quizzer("due").out == "0 due, 0 new\n"
    with freezegun.freeze_time("2026-11-24 03:59"):
        assert quizzer("due").out == "0 due, 0 new\n"
    with freezegun.freeze_time("2026-11-24 04:00"):
        assert quizzer("due").out == "1 due, 0 new\n"
        assert "back in 6 days" in quizzer("drill", given="docker ps\n").out


def test_a_sitting_through_a_pipe_is_plain_lines(quizzer: Run, note: Path) -> None:
    quizzer("import", str(note))

    ran = quizzer("drill", given="crate\ndocker images -a\n\n:hint\nnonsense\n")

    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "right   back tomorrow" in ran.out
    assert "all saved" in ran.out.splitlines()[-1]


def test_an_end_of_input_leaves_and_says_what_was_saved(quizzer: Run, note: Path) -> None:
    quizzer("import", str(note))

    assert "nothing answered, 6 cards still waiting" in quizzer("drill", given="").out


def test_the_flag_quiz_asks_both_ways(quizzer: Run, note: Path) -> None:
    quizzer("import", str(note))

    ran = quizzer("flags", given="-a\n")

    assert "Closed ones too  ‹which flag of docker ps?›" in ran.out
    assert "right" in ran.out
    assert "does  -a  do?" not in ran.out  # its sibling waits for another day


def test_a_deck_that_does_not_exist_is_told_with_the_nearest(quizzer: Run, note: Path) -> None:
    quizzer("import", str(note))

    ran = quizzer("drill", "crate")

    assert ran.code == 1
    assert "did you mean crates?" in ran.err


def test_nothing_to_do_says_so(quizzer: Run, note: Path) -> None:
    note.write_text("# Nothing here\n")
    quizzer("import", str(note))

    assert "nothing waits today" in quizzer("drill").out


def test_without_notes_a_drill_says_where_to_begin(quizzer: Run) -> None:
    assert "quizzer import --starter" in quizzer("drill").out


def test_cards_are_listed_with_where_they_stand(quizzer: Run, note: Path) -> None:
    assert "no cards yet" in quizzer("cards").out
    quizzer("import", str(note))

    listed = quizzer("cards").out
    found = json.loads(quizzer("cards", "--json", "--holding", "Remove").out)["cards"]

    assert "crates.md:6: List the crates that are open  →  docker ps  [new]" in listed
    assert [(card["prompt"], card["answer"], card["due"]) for card in found] == [
        ("Remove a crate", "docker rm <crate>", None)
    ]
    assert quizzer("cards", "--likely").out == "no such cards\n"


def test_stats_say_what_was_done(quizzer: Run, note: Path) -> None:
    assert json.loads(quizzer("stats", "--json").out)["answers"] == 0
    quizzer("import", str(note))
    quizzer("drill", given="crate\n")

    assert "1 answer on 1 day, 1 of them today" in quizzer("stats").out
    assert json.loads(quizzer("stats", "--json").out)["passed"] == 1


def test_paths_say_where_things_are(quizzer: Run, tmp_path: Path) -> None:
    assert str(tmp_path / "home" / "quizzer.db") in quizzer("paths").out
    assert json.loads(quizzer("--db", str(tmp_path / "x.db"), "paths", "--json").out)["store"] == str(
        tmp_path / "x.db"
    )


@pytest.mark.parametrize(
    ("reference", "typed", "code", "verdict"),
    [
        ("docker run -it x", "docker container run --tty -i x", 0, "right in another form"),
        ("docker rmi <image ID>", "docker image rm 3f2a9c", 0, "right"),
        ("docker run -it x", "docker run -i x", 1, "close"),
        ("docker run -it x", "git status", 1, "wrong"),
        ("crate -x", "crate --extract", 3, "cannot judge"),
        ("docker ps", "docker ps '", 3, "unreadable"),
    ],
)
def test_judge_answers_with_its_exit_code(
    quizzer: Run, reference: str, typed: str, code: int, verdict: str
) -> None:
    ran = quizzer("judge", reference, typed)
    found = json.loads(quizzer("judge", "--json", reference, typed).out)

    assert ran.code == code
    assert ran.out.startswith(verdict)
    assert found["right"] is {0: True, 1: False, 3: None}[code]
    assert found["verdict"].startswith(verdict)


def test_judge_takes_pairs_by_the_line(quizzer: Run) -> None:
    ran = quizzer(
        "judge", "--stdin", "--json", given="docker ps\tdocker container ls\ndocker ps\tdocker images\n"
    )

    assert [json.loads(line)["right"] for line in ran.out.splitlines()] == [True, False]


def test_a_store_that_is_no_store_is_refused_untouched(quizzer: Run, tmp_path: Path, note: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_text("this is not a database, but it is somebody's")

    for arguments in (("due",), ("drill",), ("import", str(note)), ("stats",)):
        ran = quizzer("--db", str(bad), *arguments)

        assert ran.code == 65, arguments
        assert "it was not touched" in ran.err
    assert bad.read_text() == "this is not a database, but it is somebody's"


def test_a_closed_pipe_is_silent(tmp_path: Path, note: Path) -> None:
    environ = environment(tmp_path)
    subprocess.run(command("import", str(note)), env=environ, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(command("cards"), env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    err = process.stderr.read()
    process.stderr.close()

    assert process.wait() == 141
    assert err == b""


def test_a_full_disk_behind_the_output_is_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            command("-h"), env=environment(tmp_path), stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert ran.returncode == 74
    assert ran.stderr.decode().count("\n") == 1


def test_a_fault_of_our_own_is_one_line_and_kept_in_full(quizzer: Run, tmp_path: Path, note: Path) -> None:
    """A folder where the store's file belongs to be made cannot be foreseen by every command."""
    (tmp_path / "home").write_text("a file where a folder belongs")

    ran = quizzer("import", str(note))

    assert ran.code in (65, 70, 74)
    assert "Traceback" not in ran.err


def test_a_starter_deck_that_the_notes_cover_is_offered_to_be_retired(quizzer: Run, tmp_path: Path) -> None:
    quizzer("import", "--starter", "tar")
    text = (ROOT / "decks" / "tar.md").read_text()
    (tmp_path / "mine.md").write_text(text)

    offered = quizzer("import", str(tmp_path / "mine.md"))
    (tmp_path / "mine.md").write_text(f"{text}\nmore\n")
    retired = quizzer("import", "--retire-covered", str(tmp_path / "mine.md"))

    assert "your notes ask 19 of the 19 things in the starter deck tar" in offered.out
    assert "--retire-covered" in offered.out
    assert "the starter deck tar is retired" in retired.out
    assert quizzer("due").out == "0 due, 10 new\n"


def test_one_root_that_is_not_there_does_not_stop_the_others(
    quizzer: Run, note: Path, tmp_path: Path
) -> None:
    ran = quizzer("import", str(tmp_path / "nowhere"), str(note))

    assert ran.code == 1
    assert "nowhere does not exist" in ran.err
    assert "6 cards" in ran.out


def test_a_failed_first_import_makes_no_store(quizzer: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert quizzer("import", str(tmp_path / "empty")).code == 65
    assert quizzer("import", "~nobody-of-that-name/notes").code == 65
    assert not (tmp_path / "home").exists()


def test_a_word_longer_than_any_file_name_stops_nothing(quizzer: Run, note: Path) -> None:
    note.write_text(f"Do it\n`{'x' * 300} y`\n")

    assert quizzer("import", str(note)).code == 0
    assert quizzer("drill", given=f"{'y' * 300} z\n").code == 0


def test_a_spec_that_cannot_be_read_leaves_the_learner_to_decide(
    quizzer: Run, note: Path, tmp_path: Path
) -> None:
    note.write_text("List\n`docker ps`\n")
    quizzer("import", str(note))
    (tmp_path / "home" / "specs").mkdir()
    (tmp_path / "home" / "specs" / "docker.toml").write_text("no toml [")

    ran = quizzer("drill", given="docker container ls\ny\n")

    assert "docker.toml" in ran.out
    assert "right   back tomorrow" in ran.out


def test_a_card_in_two_decks_is_asked_in_either(quizzer: Run, tmp_path: Path) -> None:
    for name in ("alpha", "zeta"):
        (tmp_path / f"{name}.md").write_text("List crates\n`docker ps`\n")
    quizzer("import", str(tmp_path / "alpha.md"), str(tmp_path / "zeta.md"))

    assert quizzer("due", "zeta").out == "0 due, 1 new\n"
    assert "zeta" in quizzer("drill", "zeta", given="").out


def test_the_flag_quiz_finds_flags_behind_many_other_cards(quizzer: Run, tmp_path: Path) -> None:
    terms = "".join(f"**Term {at}** - The definition of number {at}.\n\n" for at in range(100))
    (tmp_path / "many.md").write_text(f"{terms}List\n`docker ps`\n- `-q` : Only show ids\n")
    quizzer("import", str(tmp_path / "many.md"))

    assert "Only show ids  ‹which flag of docker ps?›" in quizzer("flags", given="").out


@pytest.mark.parametrize("name", ["due", "cards", "drill"])
def test_a_deck_that_there_is_not_is_refused_everywhere(quizzer: Run, note: Path, name: str) -> None:
    quizzer("import", str(note))

    assert "did you mean crates?" in quizzer(name, "crate").err


def test_a_line_that_is_not_finished_goes_on_through_a_pipe_too(quizzer: Run, note: Path) -> None:
    note.write_text("List\n`docker ps -a`\n")
    quizzer("import", str(note))

    assert "right" in quizzer("drill", given="docker ps \\\n-a\n").out


def test_at_a_doubt_an_action_can_be_taken_instead(quizzer: Run, note: Path) -> None:
    note.write_text("Open it\n`crate -x one`\n")
    quizzer("import", str(note))

    ran = quizzer("drill", given="crate --extract one\n:quit\n")

    assert "nothing answered" in ran.out
    assert quizzer("due").out == "0 due, 1 new\n"
