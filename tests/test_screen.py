"""Lines fitted to a screen, and the plain screen that is left where there is no terminal."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.repl import screen
from quizzer.repl.screen import PlainScreen, painted, wants_colour, wrapped
from quizzer.repl.telling import Words


def text(words: Words, width: int) -> str:
    return "\n".join(painted(row, in_colour=False) for row in wrapped(words, width))


def test_a_line_breaks_between_words_and_goes_on_under_its_label() -> None:
    words: Words = (
        ("right", "right   "),
        ("", "another form of  docker images"),
        ("dim", "  · back in 6 days"),
    )

    assert text(words, 40) == "right   another form of  docker images\n        · back in 6 days"


def test_a_line_without_a_label_goes_on_at_the_margin() -> None:
    assert (
        text((("", "Remove a tag from an image"), ("dim", "  ‹tag = 2.1›")), 30)
        == "Remove a tag from an image\n‹tag = 2.1›"
    )


def test_a_word_longer_than_the_screen_stands_alone() -> None:
    assert text((("", f"see {'x' * 50} there"),), 20) == f"see\n{'x' * 50}\nthere"


def test_lines_of_an_answer_stay_lines() -> None:
    assert (
        text((("note", "answer  "), ("", "git add .\n        git commit")), 60)
        == "answer  git add .\n        git commit"
    )


def test_wide_letters_count_double() -> None:
    assert text((("", "日本語 日本語"),), 10) == "日本語\n日本語"


@given(st.text(alphabet="ab c\n", max_size=80), st.integers(1, 60))
def test_no_word_is_lost_by_breaking(given_: str, width: int) -> None:
    assert text((("", given_),), width).split() == given_.split()


def test_the_plain_screen_asks_and_tells_in_lines_without_escapes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("docker ps\nmaybe\ny\n"))
    plain = PlainScreen()

    plain.say((("right", "right"),))
    answer = plain.ask("status")
    choice = plain.choose((("", "right?"),), "yn")

    out = capsys.readouterr().out
    assert (answer.text, choice) == ("docker ps", "y")
    assert "type y or n" in out
    assert "\x1b" not in out
    with pytest.raises(EOFError):
        plain.ask("")


def test_the_plain_screen_has_no_answer_where_there_is_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(EOFError):
        PlainScreen().ask("")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_colour_is_for_terminals_and_for_those_who_want_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert wants_colour() is expected


@pytest.mark.parametrize("environment", [{"QUIZZER_PLAIN": "1"}, {"TERM": "dumb"}, {}])
def test_only_lines_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert screen.is_plain()
