"""Steps of a sitting: a new drill and one event, and nothing else."""

import pytest

from quizzer.answer import Answer, Code, Verdict
from quizzer.drill import Drill, Step, accept_form, bury, skip, take_hint, take_verdict, undo
from quizzer.events import Buried, FormAccepted, Reviewed, ReviewKind, Undone
from quizzer.judging import judge
from quizzer.schedule import Kept, Quality
from quizzer.turns import Turn
from tests.builders import MONDAY, SM2, command, day, kept, learnt, now, term


def drill(*cards: Kept) -> Drill:
    return Drill(tuple(Turn(each) for each in cards), MONDAY)


def due(text: str = "docker ps") -> Kept:
    return kept(command(text), progress=learnt(MONDAY))


def answer(sitting: Drill, text: str, milliseconds: int = 2000) -> Step:
    turn = sitting.turn
    given = Answer(text, milliseconds, turn.attempts + 1, turn.hints)
    return take_verdict(sitting, judge(turn.kept.card.expected, text, {}), given, now(), SM2)


RIGHT = Verdict(Code.RIGHT, "docker ps")


def test_a_right_answer_schedules_the_card_and_goes_on_to_the_next() -> None:
    first, second = due(), due()

    after, event, seen = answer(drill(first, second), "docker ps")

    assert [turn.kept.id for turn in after.turns] == [second.id]
    assert isinstance(event, Reviewed)
    assert (event.card, event.quality, event.kind, seen) == (
        first.id,
        5,
        ReviewKind.REVIEW,
        first.progress.version,
    )


def test_a_wrong_answer_is_logged_at_once_and_may_be_given_again() -> None:
    """The result is on the disk before it is told, so the first answer is a review by itself."""
    terms = drill(kept(term("Image"), progress=learnt(MONDAY)), due())

    after, event, _ = answer(terms, "container")

    assert isinstance(event, Reviewed)
    assert event.quality is Quality.WRONG
    assert after.turn.kept.id == terms.turn.kept.id
    assert after.turn.attempts == 1


def test_right_on_the_second_try_is_a_redrill_and_the_card_comes_again_today() -> None:
    first = kept(term("Image"), progress=learnt(MONDAY))
    once = answer(drill(first, due()), "container").drill

    after, event, _ = answer(once, "image")

    assert isinstance(event, Reviewed)
    assert (event.kind, event.quality, event.attempts) == (ReviewKind.REDRILL, Quality.NEAR, 2)
    assert after.turns[-1].kept.id == first.id
    assert after.turns[-1].kept.progress.open == MONDAY


def test_a_redrill_closes_with_a_right_answer_and_leaves_the_schedule_alone() -> None:
    first = due()
    missed = answer(drill(first), "").drill
    schedule = missed.turn.kept.progress.schedule

    after, event, _ = answer(missed, "docker ps")

    assert after.turns == ()
    assert isinstance(event, Reviewed)
    assert event.kind is ReviewKind.REDRILL
    assert schedule is not None
    assert schedule.due == day(1)


def test_an_empty_line_is_i_do_not_know_and_is_not_asked_again_at_once() -> None:
    first, second = due(), due()

    after, event, _ = answer(drill(first, second), "  ")

    assert isinstance(event, Reviewed)
    assert event.quality is Quality.BLANK
    assert [turn.kept.id for turn in after.turns] == [second.id, first.id]
    assert after.turns[1].attempts == 0


def test_a_hint_makes_a_right_answer_hard_and_two_make_it_a_miss() -> None:
    hinted = take_hint(drill(due())).drill

    assert answer(hinted, "docker ps").event.quality is Quality.HARD  # type: ignore[union-attr]
    assert answer(take_hint(hinted).drill, "docker ps").event.quality is Quality.NEAR  # type: ignore[union-attr]


def test_a_hint_writes_nothing_and_stays_with_its_card() -> None:
    step = take_hint(drill(due(), due()))

    assert step.event is None
    assert [turn.hints for turn in step.drill.turns] == [1, 0]


@pytest.mark.parametrize("code", [Code.UNREADABLE, Code.CANNOT_JUDGE])
def test_what_cannot_be_judged_is_not_graded(code: Code) -> None:
    with pytest.raises(ValueError, match=code):
        take_verdict(drill(due()), Verdict(code, "docker ps"), Answer("x", 1), now(), SM2)


@pytest.mark.parametrize(("right", "quality"), [(True, 4), (False, 1)])
def test_the_learner_decides_where_we_cannot(right: bool, quality: int) -> None:
    verdict = Verdict(Code.CANNOT_JUDGE, "docker ps")

    after, event, _ = take_verdict(drill(due()), verdict, Answer("x", 1), now(), SM2, decided=right)

    assert isinstance(event, Reviewed)
    assert (event.quality, event.verdict) == (quality, Code.CANNOT_JUDGE)
    assert all(turn.attempts == 0 for turn in after.turns)


def test_undo_gives_back_the_very_same_drill() -> None:
    before = drill(due(), due())
    after, event, _ = answer(before, "docker ps")

    undone = undo(after, now())

    assert undone is not None
    assert undone.drill is before
    assert isinstance(undone.event, Undone)
    assert event is not None
    assert undone.event.undone == event.id


def test_undo_goes_on_from_the_version_that_its_event_made() -> None:
    before = drill(due())

    undone = undo(answer(before, "docker ps").drill, now())

    assert undone is not None
    assert undone.seen == before.turn.kept.progress.version + 1


def test_undo_goes_back_any_number_of_steps_and_then_no_further() -> None:
    start = drill(due(), due(), due())
    sitting = start
    for _ in range(2):
        sitting = answer(sitting, "docker ps").drill
    sitting = skip(answer(sitting, "").drill).drill

    steps = 0
    while (step := undo(sitting, now())) is not None:
        sitting, steps = step.drill, steps + 1

    assert sitting is start
    assert steps == 4


def test_a_skipped_card_comes_at_the_end_and_nothing_is_logged() -> None:
    first, second = due(), due()

    step = skip(drill(first, second))

    assert [turn.kept.id for turn in step.drill.turns] == [second.id, first.id]
    assert step.event is None


def test_burying_takes_the_card_out_of_the_day() -> None:
    first, second = due(), due()

    buried = bury(drill(first, second), now(), SM2)

    assert isinstance(buried.event, Buried)
    assert [turn.kept.id for turn in buried.drill.turns] == [second.id]


def test_an_accepted_form_stays_with_its_card() -> None:
    step = accept_form(drill(due()), "podman ps", now(), SM2)

    assert isinstance(step.event, FormAccepted)
    assert step.event.form == "podman ps"
    assert step.drill.turn.kept.progress.forms == ("podman ps",)


def test_the_tally_counts_a_card_by_its_first_answer() -> None:
    sitting = drill(due(), kept(term("Image"), progress=learnt(MONDAY)))
    sitting = answer(sitting, "docker ps").drill
    sitting = answer(sitting, "container").drill
    sitting = answer(sitting, "image").drill

    assert (len(sitting.tally.at_once), len(sitting.tally.later), sitting.tally.cards) == (1, 1, 2)


def test_a_card_that_was_missed_first_counts_once_however_often_it_is_answered() -> None:
    sitting = drill(kept(term("Image"), progress=learnt(MONDAY)))
    sitting = answer(sitting, "").drill
    sitting = answer(sitting, "image").drill

    assert (len(sitting.tally.at_once), len(sitting.tally.later)) == (0, 1)


def test_an_answer_on_a_later_day_is_a_review_again() -> None:
    card = kept(command("docker ps"), progress=learnt(MONDAY, answered=day(-6)))

    event = answer(drill(card), "docker ps").event

    assert isinstance(event, Reviewed)
    assert event.kind is ReviewKind.REVIEW


def test_hints_cost_where_the_learner_decides_too() -> None:
    verdict = Verdict(Code.CANNOT_JUDGE, "docker ps")

    event = take_verdict(drill(due()), verdict, Answer("x", 1, hints=2), now(), SM2, decided=True).event

    assert isinstance(event, Reviewed)
    assert event.quality is Quality.NEAR
