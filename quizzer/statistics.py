"""Events to numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizzer.events import Event, Reviewed, ReviewKind, in_force
from quizzer.schedule import Kept, Quality


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


def statistics(events: Iterable[Event], kept: Sequence[Kept], day: date) -> Statistics:
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
        forecast=_forecast(kept, day),
    )


def _streak(days: set[date], day: date) -> int:
    end = day if day in days else day - timedelta(days=1)
    length = 0
    while end - timedelta(days=length) in days:
        length += 1
    return length


def _forecast(kept: Iterable[Kept], day: date) -> Mapping[date, int]:
    """Siblings are counted once, for the first of them that is due: only one is asked in a day."""
    first: dict[str, date] = {}
    for each in kept:
        progress = each.progress
        if progress.schedule is None or progress.suspended or progress.retired:
            continue
        due = day if progress.is_due(day) else max(progress.schedule.due, day)
        first[each.meaning] = min(due, first.get(each.meaning, due))
    counts = Counter(first.values())
    return {ahead: counts[ahead] for ahead in (day + timedelta(days=days) for days in range(7))}
