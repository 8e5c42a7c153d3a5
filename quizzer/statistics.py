"""Events to numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizzer.events import Event, Reviewed, ReviewKind, in_force
from quizzer.schedule import Progress, Quality


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the log says up to a study day."""

    answers: int
    reviews: int
    """First answers of a day, which are the ones that schedule."""
    passed: int
    """Of the reviews, those that were right at once."""
    days: int
    """Study days with at least one answer."""
    streak: int
    """Study days in a row with at least one answer, up to today or yesterday."""
    today: int
    forecast: Mapping[date, int]
    """Cards due on each of the next seven days, what is late counted for today."""


def statistics(events: Iterable[Event], progress: Sequence[Progress], day: date) -> Statistics:
    answers = [event for event in in_force(events) if isinstance(event, Reviewed)]
    reviews = [event for event in answers if event.kind is ReviewKind.REVIEW]
    days = {event.day for event in answers}
    return Statistics(
        answers=len(answers),
        reviews=len(reviews),
        passed=sum(event.quality >= Quality.HARD for event in reviews),
        days=len(days),
        streak=_streak(days, day),
        today=sum(event.day == day for event in answers),
        forecast=_forecast(progress, day),
    )


def _streak(days: set[date], day: date) -> int:
    end = day if day in days else day - timedelta(days=1)
    length = 0
    while end - timedelta(days=length) in days:
        length += 1
    return length


def _forecast(progress: Iterable[Progress], day: date) -> Mapping[date, int]:
    awake = (each for each in progress if each.schedule and not each.suspended and not each.retired)
    counts = Counter(max(each.schedule.due, day) for each in awake if each.schedule)
    week = [day + timedelta(days=ahead) for ahead in range(7)]
    return {each: counts[each] for each in week}
