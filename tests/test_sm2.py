"""SM-2 as its author wrote it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.schedule import LONGEST_INTERVAL, Quality, Schedule
from quizzer.sm2 import sm2
from tests.builders import MONDAY

VECTORS = {
    "A": ("55555555", "1 6 17 50 150 465 1488 4911", "260 270 280 290 300 310 320 330"),
    "B": ("44444444", "1 6 15 38 95 238 595 1488", "250 " * 8),
    "C": ("3333333333", "1 6 13 26 47 79 121 167 218 284", "236 222 208 194 180 166 152 138 130 130"),
    "D": ("5551444", "1 6 17 1 6 17 48", "260 270 280 280 280 280 280"),
    "E": ("4345345", "1 6 15 37 86 200 484", "250 236 236 246 232 232 242"),
    "F": ("04444", "1 6 15 38 95", "250 " * 5),
    "G": (
        "3333333330444",
        "1 6 13 26 47 79 121 167 218 1 6 8 11",
        "236 222 208 194 180 166 152 138 130 130 130 130 130",
    ),
    "H": ("44422444", "1 6 15 1 1 6 15 38", "250 " * 8),
    "I": ("255445", "1 6 17 46 125 350", "250 260 270 270 270 280"),
}
"""Worked out by exact fractions. With floats, the last interval of I is 351."""


def after(grades: str) -> list[Schedule]:
    """Every review on its due day."""
    schedule, day, seen = None, MONDAY, []
    for grade in grades:
        schedule = sm2(schedule, Quality(int(grade)), day)
        seen.append(schedule)
        day = schedule.due
    return seen


@pytest.mark.parametrize("name", VECTORS)
def test_the_nine_vectors(name: str) -> None:
    grades, intervals, eases = VECTORS[name]

    seen = after(grades)

    assert [schedule.interval for schedule in seen] == [int(each) for each in intervals.split()]
    assert [schedule.ease for schedule in seen] == [int(each) for each in eases.split()]


grades = st.lists(st.sampled_from(Quality), min_size=1, max_size=40)


@given(grades)
def test_a_card_is_never_due_on_the_day_of_its_answer_nor_later_than_the_cap(given_: list[Quality]) -> None:
    schedule, day = None, MONDAY
    for grade in given_:
        schedule = sm2(schedule, grade, day)

        assert timedelta(days=1) <= schedule.due - day <= timedelta(days=LONGEST_INTERVAL)
        assert schedule.due - day == timedelta(days=schedule.interval)
        assert schedule.ease >= 130
        day = schedule.due if schedule.due.year < 9000 else MONDAY


@given(grades)
def test_a_miss_leaves_the_ease_alone_and_begins_again_at_one_day(given_: list[Quality]) -> None:
    before = after("".join(str(int(grade)) for grade in given_))[-1]

    missed = sm2(before, Quality.WRONG, MONDAY)

    assert (missed.ease, missed.interval, missed.lapses) == (before.ease, 1, before.lapses + 1)


def test_passes_come_ever_further_apart_even_with_the_lowest_ease() -> None:
    intervals = [schedule.interval for schedule in after("3" * 20)]

    assert all(later > earlier for earlier, later in pairwise(intervals[1:]))


def test_missing_a_new_card_is_no_lapse() -> None:
    assert sm2(None, Quality.BLANK, MONDAY).lapses == 0


def test_a_hundred_perfect_answers_do_not_run_out_of_calendar() -> None:
    schedule = None
    for _ in range(100):
        schedule = sm2(schedule, Quality.PERFECT, MONDAY)

    assert schedule is not None
    assert schedule.interval == LONGEST_INTERVAL


def test_a_late_pass_takes_the_scheduled_interval_and_counts_from_today() -> None:
    """Another implementation counts from the old due day and leaves the card overdue."""
    late = sm2(Schedule(MONDAY - timedelta(days=31), 6, 250, 2, 0), Quality.HESITANT, MONDAY)

    assert (late.interval, late.due) == (15, MONDAY + timedelta(days=15))
