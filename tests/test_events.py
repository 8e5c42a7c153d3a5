"""The fold of the log decides what schedules."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.events import (
    Aliased,
    Buried,
    Changed,
    Decided,
    Event,
    FormAccepted,
    Restored,
    Retired,
    Suspended,
    Undone,
    Unsuspended,
    fold,
)
from quizzer.schedule import Progress
from quizzer.sm2 import sm2
from tests.builders import MONDAY, an_id, day, on, reviewed

CARD = an_id()


def folded(*events: Event) -> Progress:
    return fold(events, sm2)


def test_nothing_happened_is_a_new_card() -> None:
    assert folded() == Progress()


def test_an_answer_on_the_due_day_schedules() -> None:
    progress = folded(reviewed(CARD, 5), reviewed(CARD, 5, ahead=1))

    assert progress.schedule is not None
    assert (progress.schedule.interval, progress.schedule.due) == (6, day(7))


def test_ten_passes_in_one_day_move_the_schedule_once() -> None:
    once = folded(reviewed(CARD, 5))

    often = folded(*(reviewed(CARD, 5) for _ in range(10)))

    assert often.schedule == once.schedule


def test_an_early_pass_moves_nothing() -> None:
    learnt = (reviewed(CARD, 5), reviewed(CARD, 5, ahead=1))

    assert folded(*learnt, reviewed(CARD, 5, ahead=3)).schedule == folded(*learnt).schedule


def test_an_early_miss_starts_the_card_again() -> None:
    schedule = folded(reviewed(CARD, 5), reviewed(CARD, 5, ahead=1), reviewed(CARD, 1, ahead=3)).schedule

    assert schedule is not None
    assert (schedule.interval, schedule.due, schedule.lapses) == (1, day(4), 1)


def test_two_misses_in_one_day_are_one_lapse() -> None:
    learnt = (reviewed(CARD, 5), reviewed(CARD, 5, ahead=1), reviewed(CARD, 5, ahead=7))

    once = folded(*learnt, reviewed(CARD, 1, ahead=9))
    twice = folded(*learnt, reviewed(CARD, 1, ahead=9), reviewed(CARD, 0, ahead=9))

    assert once.schedule == twice.schedule


def test_a_redrill_changes_nothing_but_that_it_is_open() -> None:
    missed = folded(reviewed(CARD, 1))

    still = folded(reviewed(CARD, 1), reviewed(CARD, 3))
    done = folded(reviewed(CARD, 1), reviewed(CARD, 3), reviewed(CARD, 4))

    assert missed.schedule == still.schedule == done.schedule
    assert (missed.open, still.open, done.open) == (MONDAY, MONDAY, None)


def test_a_hard_pass_schedules_and_is_asked_again_the_same_day() -> None:
    progress = folded(reviewed(CARD, 3))

    assert progress.schedule is not None
    assert progress.schedule.due == day(1)
    assert progress.open == MONDAY


def test_an_answer_by_a_clock_that_was_set_back_counts_for_the_day_of_the_last_one() -> None:
    progress = folded(reviewed(CARD, 5, ahead=5), reviewed(CARD, 5, ahead=2))

    assert progress.schedule is not None
    assert progress.answered == day(5)
    assert progress.schedule.due == day(6)


def test_what_is_undone_never_happened() -> None:
    first, second = reviewed(CARD, 5), reviewed(CARD, 1, ahead=1)

    assert folded(first, second, on(Undone, CARD, undone=second.id)) == folded(first)


def test_suspending_burying_and_retiring_are_taken_back_by_their_opposites() -> None:
    away = folded(on(Suspended, CARD), on(Retired, CARD), on(Buried, CARD))
    back = folded(on(Suspended, CARD), on(Retired, CARD), on(Unsuspended, CARD), on(Restored, CARD))

    assert (away.suspended, away.retired, away.buried) == (True, True, MONDAY)
    assert (back.suspended, back.retired) == (False, False)


def test_a_command_that_now_means_something_else_is_due_at_once_and_keeps_its_history() -> None:
    learnt = folded(reviewed(CARD, 5), reviewed(CARD, 5, ahead=1))

    changed = folded(reviewed(CARD, 5), reviewed(CARD, 5, ahead=1), on(Changed, CARD, ahead=2))

    assert changed.schedule is not None
    assert learnt.schedule is not None
    assert changed.schedule.due == day(2)
    assert changed.schedule.ease == learnt.schedule.ease


def test_a_new_card_that_changes_stays_new() -> None:
    assert folded(on(Changed, CARD)).schedule is None


def test_decisions_forms_and_aliases_are_remembered() -> None:
    progress = folded(
        on(Decided, CARD, accepted=True),
        on(FormAccepted, CARD, form="docker container ls"),
        on(Aliased, CARD, alias=an_id()),
    )

    assert progress.accepted is True
    assert progress.forms == ("docker container ls",)
    assert progress.version == 3


steps = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans()), max_size=25)


@given(steps)
def test_undoing_everything_leaves_a_new_card(taken: list[tuple[int, int, bool]]) -> None:
    ahead, log = 0, []
    for quality, later, _ in taken:
        ahead += later
        log.append(reviewed(CARD, quality, ahead=ahead))

    everything = [*log, *(on(Undone, CARD, undone=each.id) for each in reversed(log))]

    assert fold(everything, sm2) == Progress()


@given(steps)
def test_a_pass_is_never_due_on_its_own_study_day(taken: list[tuple[int, int, bool]]) -> None:
    ahead, log = 0, []
    for quality, later, _ in taken:
        ahead += later
        log.append(reviewed(CARD, quality, ahead=ahead))
        progress = fold(log, sm2)

        assert progress.schedule is not None
        assert progress.schedule.due > day(ahead)


@pytest.mark.parametrize("other", [UUID(int=0)])
def test_undoing_what_is_not_in_the_log_changes_nothing(other: UUID) -> None:
    assert folded(reviewed(CARD, 4), on(Undone, CARD, undone=other)) == folded(reviewed(CARD, 4))
