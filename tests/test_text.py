"""Text from notes on its way to a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.text import counted, folded, safe

HOSTILE = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\x08\x08",
    "\r",
    "\x00",
    "\x7f",
    "\u202e",
    "\u200b",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_controls_become_marks_that_can_be_seen(text: str) -> None:
    shown = safe(f"docker {text} ps")

    assert shown.isprintable()
    assert shown.startswith("docker ")
    assert shown.endswith(" ps")


@given(st.text())
def test_whatever_is_shown_can_be_written_and_moves_no_cursor(text: str) -> None:
    shown = safe(text)

    shown.encode()
    assert not {"\x1b", "\x9b", "\x07", "\x08", "\r", "\x7f"} & set(shown)


def test_plain_text_tabs_and_lines_stay_as_they_are() -> None:
    assert safe("docker\tps\n— naïve 日本") == "docker\tps\n— naïve 日本"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Café!", "cafe"),
        ("keep STDIN open", "Keep `stdin` open."),
        ("\uff21", "A"),
        ("an image", "image"),
    ],
)
def test_prose_is_compared_without_case_accents_marks_and_articles(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_words_stay_other_words() -> None:
    assert folded("not deleted") != folded("deleted")


def test_numbers_have_their_noun() -> None:
    assert [counted(1, "card"), counted(2, "card"), counted(1234, "match", "matches")] == [
        "1 card",
        "2 cards",
        "1,234 matches",
    ]
