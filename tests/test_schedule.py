"""The study day turns at four in the morning by the learner's own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.schedule import Progress, days_after, study_day
from tests.builders import MONDAY, day, learnt

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = sorted(available_timezones())
moments = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2037-01-01"), timezones=st.just(UTC)
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2026-11-24T03:59", 23), ("2026-11-24T04:00", 24), ("2026-11-24T00:30", 23), ("2026-11-24T23:59", 24)],
)
def test_four_in_the_morning_begins_a_day(at: str, expected: int) -> None:
    assert study_day(datetime.fromisoformat(at).replace(tzinfo=BERLIN)) == date(2026, 11, expected)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_a_night_with_a_clock_change_still_ends_at_four(night: str) -> None:
    before = datetime.fromisoformat(f"{night}T03:59").replace(tzinfo=BERLIN)
    after = datetime.fromisoformat(f"{night}T04:00").replace(tzinfo=BERLIN)

    assert study_day(after) - study_day(before) == timedelta(days=1)


@given(moments, st.timedeltas(timedelta(0), timedelta(hours=3)), st.sampled_from(ZONES), st.integers(0, 23))
def test_the_study_day_never_goes_back_while_time_goes_on(
    at: datetime, ahead: timedelta, zone: str, turns_at: int
) -> None:
    there = ZoneInfo(zone)

    assert study_day((at + ahead).astimezone(there), turns_at) >= study_day(at.astimezone(there), turns_at)


def test_days_stop_at_the_end_of_the_calendar() -> None:
    assert days_after(date.max - timedelta(days=3), 10) == date.max


def test_a_card_is_due_from_its_due_day_on() -> None:
    progress = learnt(due=day(1))

    assert [progress.is_due(day(ahead)) for ahead in (0, 1, 9)] == [False, True, True]


def test_a_card_that_was_missed_today_is_due_today_and_tomorrow_it_is_not_by_that() -> None:
    progress = learnt(due=day(6), open=MONDAY)

    assert [progress.is_due(day(ahead)) for ahead in (0, 1, 6)] == [True, False, True]


def test_a_buried_card_is_back_the_day_after_without_anything_being_done() -> None:
    progress = learnt(due=MONDAY, buried=MONDAY)

    assert [progress.is_due(day(ahead)) for ahead in (0, 1)] == [False, True]


@pytest.mark.parametrize("asleep", ["suspended", "retired"])
def test_what_sleeps_is_never_due(asleep: str) -> None:
    assert not learnt(MONDAY, **{asleep: True}).is_due(day(100))


def test_a_new_card_is_not_due() -> None:
    assert not Progress().is_due(MONDAY)
