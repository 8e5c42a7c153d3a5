"""Roots, notes and cards: what an import puts in, and what is found again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from quizzer.card import Certainty, Typed, fingerprint
from quizzer.events import Aliased, Changed, Decided, Event, Restored, Retired, Suspended
from quizzer.schedule import Progress
from quizzer.sm2 import sm2
from quizzer.store.finding import Deck
from quizzer.store.standing import Standing
from quizzer.store.store import Store
from tests.builders import MONDAY, an_id, card, command, day, flag, on, reviewed, term
from tests.test_store_builders import PROGRAM, commands, opened, save, saved, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(opened(tmp_path)) as made:
        yield made


def prompts(store: Store, deck: str = "", holding: str = "") -> list[str]:
    return [kept.card.prompt for kept in store.cards(deck=deck, holding=holding)]


def test_a_card_comes_out_as_it_went_in(store: Store) -> None:
    went_in = replace(card(flag().expected, "Only ids?", 7, ("A", "B")), contrast="docker images")
    (id_, _, _) = saved(went_in)
    note = save(store, [saved(went_in, "ids")])

    (kept,) = store.cards_in(note)

    assert kept.card == went_in
    assert (kept.id, kept.deck, kept.meaning) == (id_, "docker", "ids")
    assert kept.progress == Progress()


def test_a_note_saved_again_has_its_new_cards_and_no_others(store: Store) -> None:
    one, two, three = commands(3)
    note = save(store, [one, two])
    again = save(store, [three, one])

    assert again == note
    assert [kept.id for kept in store.cards_in(note)] == [one[0], three[0]]
    assert [kept.id for kept in store.cards()] == [one[0], two[0], three[0]]


def test_cards_keep_the_order_in_which_they_first_came(store: Store) -> None:
    cards = commands(4)
    save(store, cards[:2], path="a.md")
    save(store, [cards[3], cards[0], cards[2]], path="b.md")

    assert [kept.id for kept in store.cards()] == [cards[n][0] for n in (0, 1, 3, 2)]


def test_the_same_card_twice_in_a_note_stands_at_its_first_place(store: Store) -> None:
    (id_, first, _) = saved(command())
    note = save(store, [(id_, first, ""), (id_, replace(first, source=replace(first.source, line=9)), "")])

    (kept,) = store.cards_in(note)
    assert kept.card.source.line == 1


def test_a_card_in_two_notes_has_its_source_in_the_first_that_is_switched_on(store: Store) -> None:
    cards = commands(1)
    first = store.add_root("/first", "folder", 1)
    second = store.add_root("/second", "folder", 2)
    save(store, cards, path="a.md", root=first)
    save(store, cards, path="b.md", root=second)

    assert store.cards()[0].card.source.note == "a.md"
    store.switch(first, True)
    assert store.cards()[0].card.source.note == "b.md"
    assert len(store.candidates(MONDAY)) == 1
    store.switch(second, True)
    assert store.candidates(MONDAY) == ()


def test_a_changed_text_keeps_the_card_and_its_history(store: Store) -> None:
    ((id_, old, _),) = commands(1)
    save(store, [(id_, old, "m")])
    learnt = write(store, reviewed(id_, 5))
    new = replace(old, prompt="Do it all")
    alias = on(Aliased, id_, alias=saved(new)[0])
    changed = on(Changed, id_)

    save(store, [(id_, new, "other")], alias, changed)

    (kept,) = store.cards()
    assert (kept.card.prompt, kept.meaning) == ("Do it all", "other")
    assert kept.progress.schedule is not None
    assert kept.progress.schedule.due == MONDAY
    assert kept.progress.version == learnt.version + 2
    assert store.cards_with([fingerprint(old)]) == ()
    assert store.cards_with([fingerprint(new)]) == (kept,)
    assert [kept.meaning for kept in store.candidates(MONDAY)] == ["other"]


def test_a_dropped_note_retires_its_cards_and_they_come_back_with_their_history(store: Store) -> None:
    ((id_, text, _),) = commands(1)
    root = store.add_root("/notes", "folder")
    note = save(store, [saved(text)])
    write(store, reviewed(id_, 5))

    store.drop_note(note, [on(Retired, id_)], PROGRAM, sm2)

    assert store.notes(root) == {}
    assert store.candidates(day(30)) == ()
    (retired,) = store.cards_with([fingerprint(text)])
    assert retired.progress.retired
    assert (retired.card.source.line, retired.deck, store.where(id_)) == (0, "", None)

    save(store, [saved(text)], on(Restored, id_), path="elsewhere.md")

    (back,) = store.candidates(day(30))
    assert back.card.source.note == "elsewhere.md"
    assert back.progress.schedule is not None


def test_a_card_is_not_asked_while_no_note_holds_it(store: Store) -> None:
    one, two = commands(2)
    save(store, [one, two])

    save(store, [two])

    assert [kept.id for kept in store.candidates(MONDAY)] == [two[0]]
    assert list(store.refold(sm2)) == []


def test_a_likely_card_waits_until_it_is_accepted(store: Store) -> None:
    (id_, sure, _) = saved(term())
    save(store, [(id_, replace(sure, certainty=Certainty.LIKELY), "")])
    assert store.candidates(MONDAY) == ()

    write(store, on(Decided, id_, accepted=True))

    assert [kept.id for kept in store.candidates(day(1))] == [id_]


def test_a_likely_card_that_became_sure_is_new(store: Store) -> None:
    (id_, sure, _) = saved(term())
    save(store, [(id_, replace(sure, certainty=Certainty.LIKELY), "")])
    save(store, [(id_, sure, "")])

    assert [kept.id for kept in store.cards(standings=[Standing.NEW])] == [id_]


def test_decks_are_counted_with_what_is_due_and_new(store: Store) -> None:
    cards = commands(5)
    save(store, cards[:4], path="git/basics.md")
    save(store, [cards[4], cards[0], saved(flag(typed=Typed.MEANING))], path="tar.md")
    write(store, reviewed(cards[0][0], 5))
    write(store, reviewed(cards[1][0], 2))
    write(store, on(Suspended, cards[2][0]))

    assert store.decks(MONDAY) == (Deck("git/basics", 4, 1, 1), Deck("tar", 3, 0, 1))
    assert store.decks(day(1)) == (Deck("git/basics", 4, 2, 1), Deck("tar", 3, 1, 1))


def test_a_deck_can_be_switched_off_and_on(store: Store) -> None:
    one, two = commands(2)
    save(store, [one], path="git.md")
    save(store, [two], path="tar.md")

    store.switch_deck("git", True)
    assert [kept.id for kept in store.candidates(MONDAY)] == [two[0]]
    save(store, [one], path="git.md")
    assert [kept.id for kept in store.candidates(MONDAY)] == [two[0]]

    store.switch_deck("git", False)
    assert [kept.id for kept in store.candidates(MONDAY)] == [one[0], two[0]]


def test_cards_that_stand_elsewhere_too_are_known(store: Store) -> None:
    cards = commands(3)
    note = save(store, cards, path="a.md")
    save(store, cards[1:], path="b.md")

    assert store.elsewhere(note, [id_ for id_, _, _ in cards]) == {cards[1][0], cards[2][0]}


def test_meanings_are_those_of_the_roots_asked_for(store: Store) -> None:
    (one, card_one, _), (two, card_two, _) = commands(2)
    mine = store.add_root("/mine", "folder")
    save(store, [(one, card_one, "list")], path="a.md", root=mine)
    save(store, [(two, card_two, "stop")], path="a.md", root=store.add_root("/starter", "starter"))

    assert store.meanings([mine]) == {"list"}
    assert store.meanings([]) == set()


def test_a_store_opened_in_one_thread_is_used_in_another(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as other:
        store = other.submit(opened, tmp_path).result()
        other.submit(save, store, commands(2)).result()

    write(store, reviewed(commands(1)[0][0], 5))
    assert len(store.cards()) == 2
    store.close()


def test_a_root_added_again_is_the_same_root(store: Store) -> None:
    root = store.add_root("/notes", "folder", 5)
    store.switch(root, True)

    assert store.add_root("/notes", "folder", 9) == root
    assert [(each.path, each.kind, each.switched_off) for each in store.roots()] == [
        ("/notes", "folder", True)
    ]


def test_a_note_of_no_root_is_an_error_of_the_caller(store: Store) -> None:
    with pytest.raises(IntegrityError):
        save(store, commands(1), root=an_id())

    assert store.cards() == ()


def test_many_notes_are_saved_together_or_not_at_all(store: Store) -> None:
    def save_two(*events: Event) -> None:
        with store.together() as whole:
            save(whole, commands(2), path="a.md")
            assert len(whole.cards()) == 2
            save(whole, commands(2, start=2), *events, path="b.md")

    with pytest.raises(KeyError):
        save_two(on(Retired, an_id()))
    assert store.cards() == ()

    save_two()
    assert len(store.cards()) == 4


def test_a_note_that_fails_among_many_leaves_nothing_of_itself(store: Store) -> None:
    with store.together() as whole:
        save(whole, commands(2), path="a.md")
        with pytest.raises(KeyError):
            save(whole, commands(2, start=2), on(Retired, an_id()), path="b.md")
        save(whole, commands(1, start=4), path="c.md")

    assert prompts(store) == ["Do 0", "Do 1", "Do 4"]
    assert [*store.notes(store.roots()[0].id)] == ["a.md", "c.md"]


def test_cards_are_listed_by_deck_text_and_standing(store: Store) -> None:
    save(store, [saved(command(prompt="Show 100% of it")), saved(command(prompt="Show it"))], path="a/b.md")
    save(store, [saved(command(prompt="show the rest"))], path="a_b.md")

    assert prompts(store, deck="a") == ["Show 100% of it", "Show it"]
    assert prompts(store, deck="a_b") == ["show the rest"]
    assert prompts(store, holding="SHOW") == ["Show 100% of it", "Show it", "show the rest"]
    assert prompts(store, holding="0%") == ["Show 100% of it"]
    assert prompts(store, holding="%") == ["Show 100% of it"]
    assert prompts(store, holding="_") == []
    assert [kept.card.prompt for kept in store.cards(standings=[Standing.REVIEW])] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_whatever_a_prompt_holds_is_only_text(store: Store, text: str) -> None:
    for hostile in (text, "x'); drop table card; --", ":learner", "%(name)s", "a\x00b", "?", "'\""):
        entry = saved(command(f"echo {hostile}", hostile))
        save(store, [entry])

        (kept,) = store.cards_with([fingerprint(entry[1])])
        assert kept.card == entry[1]
        write(store, reviewed(kept.id, 5, answer=hostile), kept.progress.version)
        assert getattr(store.events(kept.id)[-1], "answer", None) == hostile


def test_thousands_of_fingerprints_are_looked_up(store: Store) -> None:
    cards = commands(1200)
    save(store, cards)

    found = store.cards_with([fingerprint(each) for _, each, _ in cards])

    assert {kept.id for kept in found} == {id_ for id_, _, _ in cards}


def test_a_store_holds_an_empty_note(store: Store) -> None:
    note = save(store, [])

    assert store.cards_in(note) == ()
    assert store.notes(store.roots()[0].id)["docker.md"].digest == "digest"
