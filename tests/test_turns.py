"""What waits on a study day, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from quizzer.answer import Code
from quizzer.card import Given, Typed
from quizzer.events import Buried, Event, FormAccepted, Restored, Suspended, Undone, fold
from quizzer.schedule import Kept, Progress, Rules
from quizzer.sm2 import sm2
from quizzer.turns import GAP, Turn, queue
from tests.builders import MONDAY, an_id, command, day, flag, kept, learnt, on, reviewed


def waiting(
    cards: Sequence[Kept], *logs: Event, rules: Rules | None = None, seed: str = "seed"
) -> tuple[Turn, ...]:
    history = (event for each in cards for event in HISTORY.get(each.id, ()))
    return queue(cards, (*history, *logs), rules or Rules(), MONDAY, seed, sm2)


def ids(turns: Sequence[Turn]) -> list[object]:
    return [turn.kept.id for turn in turns]


HISTORY: dict[UUID, tuple[Event, ...]] = {}
"""The log before Monday of the cards that `due` made."""


def due(days_late: int = 0, passes: int = 2, **kwargs: Any) -> Kept:
    """A card that was passed on its due days and is late now. Two passes make an interval of 6 days."""
    id_ = an_id()
    intervals = [1, 6, 15, 38, 95][:passes]
    days = [-days_late - sum(intervals[at:]) for at in range(passes)]
    HISTORY[id_] = tuple(reviewed(id_, 4, ahead=ahead) for ahead in days)
    return kept(progress=fold(HISTORY[id_], sm2), id_=id_, **kwargs)


def test_only_what_is_due_or_new_waits() -> None:
    cards = [due(), kept(), kept(progress=learnt(day(1))), kept(progress=learnt(MONDAY, suspended=True))]

    assert set(ids(waiting(cards))) == set(ids([Turn(each) for each in cards[:2]]))


def test_the_latest_for_its_interval_comes_first() -> None:
    """Ten days late is much for a card of six days, and little for one of ninety-five."""
    long, short = due(days_late=10, passes=5), due(days_late=10, passes=2)

    assert ids(waiting([long, short])) == [short.id, long.id]


def test_decks_come_in_turn() -> None:
    cards = [due(deck="git") for _ in range(3)] + [due(deck="tar") for _ in range(3)]

    decks = [turn.kept.deck for turn in waiting(cards)]

    assert all(one != other for one, other in pairwise(decks))


def test_new_cards_are_mixed_in_evenly_and_keep_the_order_of_their_notes() -> None:
    learnt_ones, new = [due() for _ in range(6)], [kept() for _ in range(2)]

    turns = waiting([*learnt_ones, *new])

    places = [at for at, turn in enumerate(turns) if turn.is_new]
    assert [turn.kept.id for turn in turns if turn.is_new] == [each.id for each in new]
    assert places[0] != 0
    assert len(turns) - 1 not in places
    assert places[1] - places[0] > 1


def test_of_siblings_one_is_asked_in_a_day() -> None:
    cards = [due(meaning="same"), due(meaning="same"), kept(meaning="same"), due()]

    assert len(waiting(cards)) == 2


def test_a_sibling_of_a_card_that_was_answered_today_waits_for_another_day() -> None:
    one, other = due(meaning="same"), due(meaning="same")

    assert waiting([one, other], reviewed(one.id, 5)) == ()


def test_a_day_holds_so_many_new_cards_however_often_the_program_is_started() -> None:
    cards = [kept() for _ in range(20)]
    rules = Rules(new_a_day=3)
    first = waiting(cards, rules=rules)

    again = waiting(cards, reviewed(first[0].kept.id, 5), rules=rules)

    assert len(first) == 3
    assert ids(again) == ids(first[1:])


def test_new_cards_begun_in_another_deck_count_for_the_day() -> None:
    cards = [kept() for _ in range(5)]
    elsewhere = kept(deck="tar")

    assert len(waiting(cards, reviewed(elsewhere.id, 5), rules=Rules(new_a_day=3))) == 2


def test_a_day_holds_so_many_reviews() -> None:
    cards = [due() for _ in range(9)]

    assert len(waiting(cards, rules=Rules(reviews_a_day=4))) == 4
    assert len(waiting(cards, reviewed(cards[0].id, 5), rules=Rules(reviews_a_day=4))) == 3


def test_cards_that_ask_for_a_meaning_are_begun_only_where_the_rules_say_so() -> None:
    meaning = kept(flag(typed=Typed.MEANING))

    assert waiting([meaning]) == ()
    assert len(waiting([meaning], rules=Rules(begins_meanings=True))) == 1
    assert len(waiting([replace(meaning, progress=learnt(MONDAY))])) == 1


def test_a_miss_comes_again_after_a_few_others() -> None:
    cards = [due() for _ in range(GAP + 3)]
    first = waiting(cards)

    after = waiting(cards, reviewed(first[0].kept.id, 0, verdict=Code.BLANK))

    assert ids(after).index(first[0].kept.id) == GAP


def test_a_wrong_answer_that_may_be_mended_is_still_in_front_after_a_restart() -> None:
    cards = [due() for _ in range(4)]
    first = waiting(cards)

    after = waiting(cards, reviewed(first[0].kept.id, 2, verdict=Code.CLOSE))

    assert after[0].kept.id == first[0].kept.id
    assert after[0].attempts == 1


def test_what_was_missed_in_another_drill_waits_here_too() -> None:
    missed = kept(progress=learnt(day(9)))

    turns = waiting([missed, due()], reviewed(missed.id, 0, verdict=Code.BLANK))

    assert missed.id in ids(turns)


def test_buried_and_suspended_cards_are_gone_for_the_day() -> None:
    cards = [due() for _ in range(3)]

    assert ids(waiting(cards, on(Buried, cards[0].id), on(Suspended, cards[1].id))) == [cards[2].id]


def test_an_accepted_form_leaves_its_card_in_front_with_the_form() -> None:
    card = due()

    turns = waiting([card], on(FormAccepted, card.id, form="docker container ls"))

    assert turns[0].kept.progress.forms == ("docker container ls",)


def test_an_import_of_today_counts_as_if_it_had_happened_in_the_morning() -> None:
    card = due()

    assert ids(waiting([card], on(Restored, card.id))) == [card.id]


def test_an_answer_that_was_undone_gives_the_queue_of_before() -> None:
    cards = [due() for _ in range(5)]
    first = waiting(cards)
    answer = reviewed(first[0].kept.id, 5)

    assert waiting(cards, answer, on(Undone, first[0].kept.id, undone=answer.id)) == first


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 2**32))
def test_a_restart_anywhere_finds_the_queue_as_it_was(qualities: list[int], seed: int) -> None:
    """Answers follow one another as in a sitting; the queue made from the log is the queue that was left."""
    cards = [due(days_late=at % 5, deck=f"deck{at % 3}") for at in range(8)] + [kept() for _ in range(4)]
    log: list[Event] = []
    turns = waiting(cards, seed=str(seed))
    for at, quality in enumerate(qualities):
        if not turns:
            break
        front = turns[0]
        log.append(reviewed(front.kept.id, quality, at=on(Buried, front.kept.id).at.replace(minute=at)))

        again = waiting(cards, *log, seed=str(seed))

        if quality >= 4:
            assert ids(again) == ids(turns[1:])
        else:
            rest = ids(turns[1:])
            assert [each for each in ids(again) if each != front.kept.id] == rest
        turns = again


def test_a_queue_is_the_same_for_the_same_day_and_another_on_another_day() -> None:
    cards = [due() for _ in range(12)]

    assert waiting(cards, seed="monday") == waiting(cards, seed="monday")
    assert ids(waiting(cards, seed="monday")) != ids(waiting(cards, seed="tuesday"))


def test_given_values_are_the_same_until_the_card_is_done_with_and_then_fresh() -> None:
    card = kept(
        command("docker rmi <image ID>", "Remove images", givens=(Given("<image ID>", "image ID", "id"),))
    )
    turn = Turn(card)

    assert turn.values(MONDAY) == turn.values(MONDAY)
    assert turn.values(MONDAY) != replace(turn, times=1).values(MONDAY)
    assert turn.values(MONDAY) != turn.values(day(1))


def test_a_card_without_givens_is_told_nothing() -> None:
    assert Turn(kept()).values(MONDAY) == ()
    assert Turn(kept(flag())).values(MONDAY) == ()


def test_hints_that_were_shown_are_remembered_with_a_try_that_goes_on() -> None:
    card = due()

    turns = waiting([card], reviewed(card.id, 2, verdict=Code.CLOSE, hints=2))

    assert turns[0].hints == 2


def test_a_miss_that_waits_has_fresh_values() -> None:
    card = due()

    assert waiting([card], reviewed(card.id, 0, verdict=Code.BLANK))[0].times == 1


def test_within_one_step_of_lateness_it_is_the_days_chance_and_not_the_day() -> None:
    a_little, more = due(days_late=40, passes=5), due(days_late=60, passes=5)

    orders = {tuple(ids(waiting([a_little, more], seed=str(seed)))) for seed in range(20)}

    assert orders == {(more.id, a_little.id)}


def test_a_buried_card_takes_no_place_in_the_day_and_none_from_its_sibling() -> None:
    cards = [kept() for _ in range(12)]

    assert len(waiting(cards, on(Buried, cards[0].id))) == 10
    one, other = due(meaning="same"), due(meaning="same")
    assert ids(waiting([one, other], on(Buried, one.id))) == [other.id]


def test_which_cards_a_day_holds_does_not_depend_on_where_the_reading_ended() -> None:
    """What was answered makes room in what is read of the store, and not in the day."""
    rules = Rules(new_a_day=5)
    cards = [kept(deck=f"deck{at % 2}") for at in range(rules.few + 9)]
    first = waiting(cards[: rules.few], rules=rules)

    again = waiting(cards[: rules.few + 1], reviewed(first[0].kept.id, 5), rules=rules)

    assert ids(again) == ids(first[1:])


def test_of_the_two_ways_of_asking_a_flag_the_name_is_asked_first() -> None:
    name, meaning = kept(flag(), meaning="q"), kept(flag(typed=Typed.MEANING), meaning="q")

    assert ids(waiting([meaning, name], rules=Rules(begins_meanings=True))) == [name.id]


def test_progress_in_the_queue_carries_the_version_of_the_log() -> None:
    card = kept(progress=Progress())
    logs = (reviewed(card.id, 0, verdict=Code.BLANK), reviewed(card.id, 3))

    assert waiting([card], *logs)[0].kept.progress.version == 2
