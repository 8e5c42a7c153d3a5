"""Events to numbers."""

from quizzer.events import ReviewKind, Undone
from quizzer.schedule import Progress
from quizzer.statistics import statistics
from tests.builders import MONDAY, an_id, day, kept, learnt, on, reviewed

CARD = an_id()


def test_an_empty_log_has_nothing_to_say() -> None:
    found = statistics((), (), MONDAY)

    assert (found.answers, found.reviews, found.days, found.streak, found.today) == (0, 0, 0, 0, 0)


def test_only_first_answers_count_as_reviews() -> None:
    log = (reviewed(CARD, 1), reviewed(CARD, 5, kind=ReviewKind.REDRILL), reviewed(an_id(), 4))

    found = statistics(log, (), MONDAY)

    assert (found.answers, found.reviews, found.passed, found.today) == (3, 2, 1, 3)


def test_what_was_undone_does_not_count() -> None:
    answer = reviewed(CARD, 5)

    assert statistics((answer, on(Undone, CARD, undone=answer.id)), (), MONDAY).answers == 0


def test_a_streak_lasts_until_a_day_is_over_without_an_answer() -> None:
    log = tuple(reviewed(CARD, 5, ahead=ahead) for ahead in (-4, -2, -1, 0))

    assert statistics(log, (), MONDAY).streak == 3
    assert statistics(log, (), day(1)).streak == 3
    assert statistics(log, (), day(2)).streak == 0


def test_the_forecast_counts_what_is_late_for_today_and_leaves_out_what_sleeps() -> None:
    cards = [
        kept(progress=each)
        for each in (
            learnt(day(-9)),
            learnt(MONDAY),
            learnt(day(6), open=MONDAY),
            learnt(day(2)),
            learnt(day(90)),
            learnt(MONDAY, retired=True),
            Progress(),
        )
    ]

    forecast = statistics((), cards, MONDAY).forecast

    assert list(forecast.values()) == [3, 0, 1, 0, 0, 0, 0]
    assert next(iter(forecast)) == MONDAY


def test_siblings_count_once_in_the_forecast() -> None:
    cards = [kept(meaning="same", progress=learnt(day(ahead))) for ahead in (1, 2)]

    assert list(statistics((), cards, MONDAY).forecast.values()) == [0, 1, 0, 0, 0, 0, 0]
