"""Verdicts to qualities."""

import pytest

from quizzer.answer import Answer, Code, Verdict, grade
from quizzer.schedule import Quality


@pytest.mark.parametrize(
    ("verdict", "attempts", "hints", "quality"),
    [
        (Code.RIGHT, 1, 0, 5),
        (Code.FORM, 1, 0, 5),
        (Code.RIGHT, 1, 1, 3),
        (Code.RIGHT, 1, 2, 2),
        (Code.RIGHT, 2, 0, 2),
        (Code.CLOSE, 1, 0, 2),
        (Code.WRONG, 1, 0, 1),
        (Code.BLANK, 1, 0, 0),
    ],
)
def test_qualities(verdict: Code, attempts: int, hints: int, quality: int) -> None:
    assert grade(Verdict(verdict, "x"), Answer("x", 1, attempts, hints)) == quality


@pytest.mark.parametrize("verdict", [Code.UNREADABLE, Code.CANNOT_JUDGE])
def test_a_doubt_has_no_quality(verdict: Code) -> None:
    with pytest.raises(ValueError, match=verdict):
        grade(Verdict(verdict, "x"), Answer("x", 1))


def test_time_alone_never_fails_a_card() -> None:
    assert grade(Verdict(Code.RIGHT, "x"), Answer("x", 3_600_000)) >= Quality.HARD
