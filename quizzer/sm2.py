"""SM-2 to the letter, after Wozniak 1990 (Optimization of learning, 3.2), in whole hundredths."""

from datetime import date
from typing import Final

from quizzer.schedule import (
    FIRST_EASE,
    LONGEST_INTERVAL,
    LOWEST_EASE,
    Quality,
    Schedule,
    days_after,
)

_EASE_STEP: Final = {Quality.PERFECT: 10, Quality.HESITANT: 0, Quality.HARD: -14}


def sm2(schedule: Schedule | None, quality: Quality, day: date) -> Schedule:
    """A pass moves the ease first (EF + 0.1 - (5-q)(0.08 + (5-q) 0.02)), then the interval: 1, 6, then
    interval x ease, rounded up. Under 3 the card starts again at one day and its ease stays.
    """
    before = schedule or Schedule(day, 0, FIRST_EASE, 0, 0)
    if quality < Quality.HARD:
        return Schedule(days_after(day, 1), 1, before.ease, 1, before.lapses + (schedule is not None))
    ease = max(LOWEST_EASE, before.ease + _EASE_STEP[quality])
    interval = min(_interval(before, ease), LONGEST_INTERVAL)
    return Schedule(days_after(day, interval), interval, ease, before.repetitions + 1, before.lapses)


def _interval(before: Schedule, ease: int) -> int:
    if before.repetitions == 0:
        return 1
    if before.repetitions == 1:
        return 6
    return -(-before.interval * ease // 100)
