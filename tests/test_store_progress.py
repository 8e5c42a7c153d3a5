"""Progress is what the log says, after whatever happened."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizzer.card import Certainty, Typed
from quizzer.errors import AnsweredElsewhere, BusyError
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
from quizzer.store.connection import connect
from quizzer.store.engine import engine_on
from quizzer.store.log import Hand
from quizzer.store.progressing import record
from quizzer.store.store import Store
from tests.builders import MONDAY, an_id, day, flag, on, reviewed, term
from tests.test_store_builders import PROGRAM, commands, opened, save, saved, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(opened(tmp_path)) as made:
        yield made


def from_another_device(folder: Path, store: Store, *events: Event) -> None:
    """As a merge of its log would put them in."""
    engine = engine_on(folder / "quizzer.db", 5_000)
    with engine.begin() as con:
        record(con, Hand(store.learner, UUID(int=1), PROGRAM, sm2), (), events)
    engine.dispose()


class AnyLife(RuleBasedStateMachine):
    """Answers, undos, suspensions, imports, a second device, a clock that jumps, and the store reopened."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.store = opened(self.path)
        self.cards = [
            *commands(2),
            saved(flag()),
            saved(flag(typed=Typed.MEANING)),
            saved(replace(term(), certainty=Certainty.LIKELY)),
        ]
        save(self.store, self.cards)
        self.said: dict[UUID, set[UUID]] = {id_: set() for id_, _, _ in self.cards}
        self.ahead = 0
        self.minute = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @initialize()
    def nothing_was_asked_yet(self) -> None:
        assert all(kept.progress == Progress() for kept in self.store.cards())

    @rule(
        which=st.integers(0, 4),
        quality=st.integers(0, 5),
        back=st.integers(0, 3),
    )
    def answer(self, which: int, quality: int, back: int) -> None:
        """`back` is how many days the clock was set back."""
        self.happen(which, reviewed(self.id(which), quality, **self.stamp(-back)))

    @rule(
        which=st.integers(0, 4),
        what=st.sampled_from([Suspended, Unsuspended, Buried, Changed, Retired, Restored]),
    )
    def decide_by_one_key(self, which: int, what: type[Any]) -> None:
        self.happen(which, what(card=self.id(which), offset=0, **self.stamp()))

    @rule(which=st.integers(0, 4), form=st.text(max_size=5), yes=st.booleans())
    def decide_in_words(self, which: int, form: str, yes: bool) -> None:
        form = form.encode("utf-8", "replace").decode()
        self.happen(which, FormAccepted(card=self.id(which), offset=0, form=form, **self.stamp()))
        self.happen(which, Decided(card=self.id(which), offset=0, accepted=yes, **self.stamp()))
        self.happen(which, Aliased(card=self.id(which), offset=0, alias=an_id(), **self.stamp()))

    @rule(which=st.integers(0, 4), last=st.integers(1, 3))
    def undo(self, which: int, last: int) -> None:
        log = self.store.events(self.id(which))
        if log:
            undone = log[-min(last, len(log))].id
            self.happen(which, Undone(card=self.id(which), offset=0, undone=undone, **self.stamp()))

    @rule(which=st.integers(0, 4), quality=st.integers(0, 5), ahead=st.integers(-2, 2))
    def answer_on_another_device(self, which: int, quality: int, ahead: int) -> None:
        event = reviewed(self.id(which), quality, **self.stamp(ahead))
        from_another_device(self.path, self.store, event)
        self.said[event.card].add(event.id)

    @rule(without=st.integers(0, 4))
    def import_again(self, without: int) -> None:
        save(self.store, [card for card in self.cards if card[0] != self.id(without)])

    @rule(off=st.booleans())
    def switch(self, off: bool) -> None:
        self.store.switch(self.store.roots()[0].id, off)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.ahead += days

    @precondition(lambda self: self.minute % 5 == 0)
    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = opened(self.path)

    @invariant()
    def what_is_stored_is_what_the_events_said(self) -> None:
        for kept in self.store.cards():
            log = self.store.events(kept.id)
            assert {event.id for event in log} == self.said[kept.id]
            assert kept.progress == fold(log, sm2)
        assert list(self.store.refold(sm2)) == []

    def happen(self, which: int, event: Event) -> None:
        stored = {kept.id: kept.progress for kept in self.store.cards()}
        progress = write(self.store, event, stored[event.card].version)
        self.said[event.card].add(event.id)
        assert progress == {kept.id: kept.progress for kept in self.store.cards()}[event.card]

    def id(self, which: int) -> UUID:
        return self.cards[which][0]

    def stamp(self, ahead: int = 0) -> dict[str, Any]:
        self.minute += 1
        at = datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=self.ahead + ahead, minutes=self.minute)
        return {"id": an_id(), "at": at, "day": day(self.ahead + ahead)}


AnyLife.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestAnyLife = AnyLife.TestCase


def test_of_two_windows_the_second_is_told_and_nothing_is_counted_twice(tmp_path: Path, store: Store) -> None:
    (card, *_) = commands(1)
    save(store, [card])
    first, second = reviewed(card[0], 5), reviewed(card[0], 1)
    with closing(opened(tmp_path)) as other:
        progress = write(other, first, 0)

        with pytest.raises(AnsweredElsewhere, match="another window"):
            write(store, second, 0)

    assert [event.id for event in store.events(card[0])] == [first.id]
    assert store.cards()[0].progress == progress


def test_an_answer_tried_again_after_it_was_written_counts_once(store: Store) -> None:
    (card, *_) = commands(1)
    save(store, [card])
    answer = reviewed(card[0], 5)
    progress = write(store, answer, 0)

    assert write(store, answer, 0) == progress
    assert len(store.events(card[0])) == 1


def test_an_event_of_a_card_that_is_not_kept_is_an_error_of_the_caller(store: Store) -> None:
    with pytest.raises(KeyError):
        write(store, reviewed(an_id(), 5))


def test_a_clock_set_back_does_not_shuffle_the_log(store: Store) -> None:
    (card, *_) = commands(1)
    save(store, [card])
    late, early = reviewed(card[0], 5, 400), reviewed(card[0], 1, 0)

    write(store, late, 0)
    write(store, early, 1)

    log = store.events(card[0])
    assert [event.id for event in log] == [late.id, early.id]
    assert log[1].at == late.at
    assert log[1].day == early.day


def test_an_answer_before_one_of_another_device_is_folded_in_its_place(tmp_path: Path, store: Store) -> None:
    ((card, _, _),) = commands(1)
    save(store, commands(1))
    from_another_device(tmp_path, store, reviewed(card, 1, 9))

    progress = write(store, reviewed(card, 5, 1), 1)

    assert progress == fold(store.events(card), sm2)
    assert [event.day for event in store.events(card)] == [day(1), day(9)]
    assert progress.schedule is not None
    assert progress.schedule.lapses == 1


def test_an_undo_takes_back_the_one_answer_and_the_log_keeps_both(store: Store) -> None:
    (card, *_) = commands(1)
    save(store, [card])
    good, slip = reviewed(card[0], 5), reviewed(card[0], 0, 1)
    after_good = write(store, good, 0)
    write(store, slip, 1)

    undone = write(store, on(Undone, card[0], 1, undone=slip.id), 2)

    assert undone == after_good
    assert len(store.events(card[0])) == 3


def test_a_store_that_somebody_writes_to_says_so_and_takes_the_answer_later(tmp_path: Path) -> None:
    (card, *_) = commands(1)
    answer = reviewed(card[0], 5)
    with closing(opened(tmp_path, patience=50)) as store, closing(opened(tmp_path)) as other:
        save(store, [card])
        with other.together() as whole:
            save(whole, commands(1, start=1), path="other.md")
            with pytest.raises(BusyError, match="another quizzer"):
                write(store, answer)
            assert store.events(card[0]) == ()

        assert write(store, answer).version == 1


def test_who_may_write_holds_the_store_from_the_start(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as store, closing(connect(tmp_path / "quizzer.db", patience=0)) as other:
        with store.together(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("begin immediate")  # a reader would be no hindrance to that

        assert other.execute("begin immediate").fetchall() == []


def test_events_come_day_by_day(store: Store) -> None:
    cards = commands(3)
    save(store, cards)
    answers = [reviewed(cards[n % 3][0], 4, n // 2) for n in range(7)]
    for answer in answers:
        version = {kept.id: kept.progress.version for kept in store.cards()}[answer.card]
        write(store, answer, version)

    assert list(store.all_events()) == answers
    assert list(store.events_on(MONDAY)) == answers[:2]
    assert [event.id for event in store.logs_on(day(3))] == [answers[n].id for n in (0, 3, 6)]


def test_what_is_not_as_the_log_says_is_found(tmp_path: Path, store: Store) -> None:
    cards = commands(600)  # more than go into one statement
    save(store, cards)
    write(store, reviewed(cards[0][0], 5))
    engine = engine_on(tmp_path / "quizzer.db", 5_000)
    with engine.begin() as con:
        con.exec_driver_sql("update progress set ease = 999 where ease is not null")
        con.exec_driver_sql("update progress set standing = 'asleep' where position = 600")
    engine.dispose()

    wrong = {found.id: found for found in store.refold(sm2)}

    assert set(wrong) == {cards[0][0], cards[599][0]}
    stored, folded = wrong[cards[0][0]].stored, wrong[cards[0][0]].folded
    assert (stored.schedule, folded.schedule) != (None, None)
    assert stored != folded
