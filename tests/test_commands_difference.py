"""A typed line against the note's: givens, remarks, places, and what a note's own command lacks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.card import Given
from quizzer.commands.difference import Comparison, Outcome, Reason, ReasonCode, compare, incomplete, sentence
from quizzer.commands.givens import filled, find
from tests.test_commands_specs import SPECS


def judged(noted: str, typed: str, *shown: str) -> Comparison:
    return compare(noted, typed, SPECS, find(noted, noted, SPECS), shown)


@pytest.mark.parametrize(
    ("noted", "shown", "typed", "outcome"),
    [
        ("docker stop <container ID>", ("81bd02",), "docker stop 81bd02", Outcome.SAME_TEXT),
        ("docker stop <container ID>", ("81bd02",), "docker container stop 81bd02", Outcome.SAME),
        ("docker stop <container ID>", ("81bd02",), "docker stop web-1", Outcome.SAME),
        ("docker stop <container ID>", ("81bd02",), "docker stop <container ID>", Outcome.SAME_TEXT),
        ("docker stop <container ID>", ("81bd02",), "docker stop '<container ID>'", Outcome.SAME),
        ("docker stop <container ID>", ("81bd02",), "docker stop -- 81bd02", Outcome.SAME),
        ("docker stop <container ID>", ("81bd02",), "docker stop $ID", Outcome.UNKNOWN),
        ("docker rm <container IDs>", ("a1 b2",), "docker rm a1 b2", Outcome.SAME_TEXT),
        ("docker rm <container IDs>", ("a1 b2",), "docker rm b2 a1", Outcome.SAME),
        ("docker rm <container IDs>", ("a1 b2",), "docker rm a1", Outcome.SAME),
        ("docker rm -f <container IDs>", ("a1 b2",), "docker rm a1 b2", Outcome.DIFFERENT),
        (
            "docker tag <old image> <new image>",
            ("web:1", "shop:2"),
            "docker tag web:1 shop:2",
            Outcome.SAME_TEXT,
        ),
        (
            "docker tag <old image> <new image>",
            ("web:1", "shop:2"),
            "docker image tag web:1 shop:2",
            Outcome.SAME,
        ),
        (
            "docker tag <image> <user>/<repo>:<tag>",
            ("a", "b", "c", "d"),
            "docker tag a b/c:d",
            Outcome.SAME_TEXT,
        ),
        (
            "docker tag <image> <user>/<repo>:<tag>",
            ("a", "b", "c", "d"),
            "docker tag x:1 me/y:2",
            Outcome.SAME,
        ),
        (
            "docker tag <image> <user>/<repo>:<tag>",
            ("a", "b", "c", "d"),
            "docker tag a b/c",
            Outcome.DIFFERENT,
        ),
        ("docker run -p <port>:80 x", ("8080",), "docker run --publish=8080:80 x", Outcome.SAME),
        ("docker run -p <port>:80 x", ("8080",), "docker run -p 80:8080 x", Outcome.DIFFERENT),
        ("docker login $REGISTRY", ("r.example.org",), 'docker login "$REGISTRY"', Outcome.SAME),
        ("docker login $REGISTRY", ("r.example.org",), "docker login ${REGISTRY}", Outcome.SAME),
        ("cp <file> <file>.bak", ("notes",), "cp notes notes.bak", Outcome.SAME_TEXT),
        ("cp <file> <file>.bak", ("notes",), "cp a a.bak", Outcome.SAME),
        ("cp <file> <file>.bak", ("notes",), "cp a b.bak", Outcome.DIFFERENT),
        ("git commit -m <message>", ("first draft",), 'git commit -m "first draft"', Outcome.SAME),
        ("docker ps > <file>", ("out.txt",), "docker ps > out.txt", Outcome.SAME_TEXT),
    ],
)
def test_a_given_takes_its_own_value_any_fitting_one_and_the_notes_text(
    noted: str, shown: tuple[str, ...], typed: str, outcome: Outcome
) -> None:
    assert judged(noted, typed, *shown).outcome is outcome


def test_the_values_of_two_givens_in_each_others_place_are_a_mix_up() -> None:
    found = judged("docker tag <old image> <new image>", "docker tag shop:2 web:1", "web:1", "shop:2")

    assert found.outcome is Outcome.DIFFERENT
    assert found.reasons[0].code is ReasonCode.ARGUMENT_ORDER
    assert sentence(found.reasons[0]) == "the order is web:1 shop:2, you typed shop:2 web:1"


def test_a_literal_of_the_note_is_a_given_where_the_card_says_so() -> None:
    givens = [Given("mira", "user", "user")]

    assert compare("su - mira", "su -l tomas", SPECS, givens, ["tomas"]).outcome is Outcome.SAME
    assert compare("su - mira", "su -l ines", SPECS, givens, ["tomas"]).outcome is Outcome.SAME
    assert compare("su - mira", "su -l ines", SPECS).outcome is Outcome.DIFFERENT


def test_a_given_of_a_kind_that_is_not_known_takes_any_word() -> None:
    givens = [Given("mira", "user", "a kind of tomorrow")]

    assert compare("su - mira", "su -l ines", SPECS, givens, ["tomas"]).outcome is Outcome.SAME


def test_what_is_expected_is_told_with_the_values_that_were_shown() -> None:
    found = judged("docker rmi <image name>:<tag>", "docker rmi", "web", "2.1")

    assert sentence(found.reasons[0]) == "web:2.1 is missing after docker rmi"


def test_the_specs_that_a_verdict_rests_on_are_named() -> None:
    assert judged("docker ps | wc -l", "docker ps").specs == ("docker 28.2.2", "wc 9.1")


@pytest.mark.parametrize(
    ("typed", "caret"),
    [("docker stop 'web", 12), ("docker run –rm x", 11), ("$ docker ps )", 12)],
)
def test_a_line_that_cannot_be_read_is_pointed_at(typed: str, caret: int) -> None:
    found = judged("docker ps", typed)

    assert (found.outcome, found.caret) == (Outcome.UNREADABLE, caret)


def test_a_note_that_cannot_be_read_is_never_the_learners_fault() -> None:
    assert judged("docker stop 'web", "docker stop web").outcome is Outcome.UNKNOWN
    assert judged("docker stop 'web", "docker  stop 'web").outcome is Outcome.SAME_TEXT
    assert judged("docker ps --wrong", "docker ps").outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("docker exec <container ID>", "docker exec needs a command to run after the container"),
        ("docker tag <image>", "docker tag needs its new name after the image"),
        ("docker rmi", "docker rmi needs an image"),
        ("docker container", "docker container needs a subcommand"),
        ("docker", "docker needs a subcommand"),
        ("grep", "grep needs a pattern"),
        ("docker ps | xargs docker rmi", ""),
        ("docker exec <container ID> ls", ""),
        ("docker --version", ""),
        ("systemctl", ""),
        ("unheard-of", ""),
        ("docker stop 'web", ""),
        ("docker burn", ""),
    ],
)
def test_what_a_notes_command_lacks_is_said(line: str, lacks: str) -> None:
    assert incomplete(line, SPECS) == lacks


@pytest.mark.parametrize(
    ("noted", "typed", "outcome", "remark"),
    [
        (
            "docker exec <container ID>",
            "docker exec web ls -l",
            Outcome.SAME,
            "your note leaves out a command to run",
        ),
        (
            "docker exec <container ID>",
            "docker exec web",
            Outcome.SAME,
            "your note leaves out a command to run",
        ),
        ("docker exec <container ID>", "docker exec -it web sh", Outcome.UNKNOWN, ""),
        ("docker exec <container ID>", "docker exec -x web sh", Outcome.DIFFERENT, ""),
        ("docker container", "docker container ls", Outcome.SAME, "leaves out the subcommand"),
        ("docker container", "docker image ls", Outcome.DIFFERENT, ""),
    ],
)
def test_a_valid_completion_of_an_incomplete_note_is_right(
    noted: str, typed: str, outcome: Outcome, remark: str
) -> None:
    found = judged(noted, typed)

    assert found.outcome is outcome
    assert remark in "".join(found.remarks)


def test_every_code_has_a_sentence() -> None:
    for code in ReasonCode:
        said = sentence(Reason(code, "typed", "expected", ("-x", "--long"), "docker run"))

        assert said
        assert "typed" in said or "expected" in said


def test_a_different_case_is_a_different_thing() -> None:
    for typed in ("docker PS -a", "docker ps -A", "Docker ps -a", "docker ps --All"):
        assert judged("docker ps -a", typed).outcome is Outcome.DIFFERENT


def test_a_slip_never_counts_as_right() -> None:
    line = "docker run --rm -it --name web nginx"

    for at in range(len(line)):
        shorter = line[:at] + line[at + 1 :]
        found = judged(line, shorter)
        assert found.outcome not in (Outcome.SAME, Outcome.SAME_TEXT) or line[at] == " ", shorter


PIECES = st.sampled_from(
    "docker run ps rm git commit tar ls grep - -- -a -it --rm --name=x <id> web".split()
    + "$X $(docker ps) ' \" ; | && > f { } #".split()
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=8).map(" ".join))
def test_any_two_lines_are_compared_without_a_crash_and_each_is_itself(one: str, other: str) -> None:
    assert isinstance(compare(one, other, SPECS).outcome, Outcome)
    assert compare(one, one, SPECS).outcome is Outcome.SAME_TEXT


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    assert isinstance(compare("docker ps -a", text, SPECS).outcome, Outcome)
    assert isinstance(find(text, "", SPECS), tuple)
    assert isinstance(incomplete(text, SPECS), str)
    assert filled(text, (), ()) == text


@pytest.mark.parametrize(
    ("noted", "typed"),
    [
        ("docker rm <a> <b> <c> <d> <e> <f> <g> <h>", "docker rm " + " ".join("abcdefgh")[::-1]),
        ("docker tag <a>-<b>-<c>-<d> x", "docker tag " + "a-" * 500 + "a x"),
        ("rm " + " ".join(f"a{n}" for n in range(60)), "rm " + " ".join(f"b{n}" for n in range(60))),
        ("rm " + "a " * 2000, "rm " + "a " * 1999),
        ("rm a", "rm " + "a " * 3000),
        ("a" + " && a" * 1000, "a"),
    ],
    ids=["many givens", "many in one word", "many arguments", "thousands", "too many", "a long list"],
)
def test_nothing_that_can_be_typed_takes_long(noted: str, typed: str) -> None:
    began = time.perf_counter()

    compare(noted, typed, SPECS)

    assert time.perf_counter() - began < 10
