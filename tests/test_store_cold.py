"""What stands between a cold start and the first prompt: without SQLAlchemy, and the same as with it."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from quizzer.card import Card, Certainty, Typed
from quizzer.errors import DataError
from quizzer.events import Buried, Decided, Suspended, Undone
from quizzer.schedule import Kept, Rules
from quizzer.sm2 import sm2
from quizzer.store import cold, statements
from quizzer.store.connection import Connection, Raw
from quizzer.store.engine import engine_on
from quizzer.store.rows import event_from_row, from_sqlite, kept_from_rows
from quizzer.store.standing import Standing
from quizzer.store.store import Store
from quizzer.store.tables import CARD, EVENT, NOTE, PLACE, PROGRESS, ROOT
from quizzer.turns import queue
from tests.builders import MONDAY, day, flag, on, reviewed, term
from tests.test_store_builders import commands, opened, save, saved, write

ROOTS = ("/home/notes", "/home/more")


def filled(folder: Path, seed: int) -> Store:
    """Some thirty cards of every sort in two roots, with a fortnight of answers up to Monday."""
    chance = random.Random(seed)
    store = opened(folder)
    cards: list[tuple[UUID, Card, str]] = commands(12)
    cards += [saved(flag(f"-{n}", f"do {n}", typed=side), f"flag {n}") for n in range(5) for side in Typed]
    cards += [saved(replace(term(f"thing {n}", f"is {n}"), certainty=Certainty.LIKELY)) for n in range(4)]
    cards += [(id_, card, "alike") for id_, card, _ in commands(3, start=50)]
    chance.shuffle(cards)
    roots = [store.add_root(path, "folder", at) for at, path in enumerate(ROOTS)]
    for number in range(6):
        here = cards[number * 5 : number * 5 + 7]  # so that some stand in two notes
        save(store, here, path=f"deck{number % 3}/note{number}.md", root=roots[number % 2])
    for ahead in range(-13, 1):
        for id_, _, _ in chance.sample(cards, 7):
            happen(store, id_, ahead, chance)
    return store


def happen(store: Store, id_: UUID, ahead: int, chance: random.Random) -> None:
    version = next(kept.progress.version for kept in store.cards() if kept.id == id_)
    answer = reviewed(id_, chance.choice([0, 2, 3, 4, 5, 5]), ahead)
    write(store, answer, version)
    match chance.randrange(12):
        case 0:
            write(store, on(Undone, id_, ahead, undone=answer.id), version + 1)
        case 1:
            write(store, on(Buried, id_, ahead), version + 1)
        case 2 if ahead % 3 == 0:
            write(store, on(Suspended, id_, ahead), version + 1)
        case 3:
            write(store, on(Decided, id_, ahead, accepted=True), version + 1)
        case _:
            pass


@pytest.fixture(scope="module", params=range(5), ids="life {}".format)
def life(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("life")
    filled(folder, request.param).close()
    return folder / "quizzer.db"


@pytest.fixture
def store(tmp_path: Path, life: Path) -> Iterator[Store]:
    shutil.copy(life, tmp_path)
    with closing(opened(tmp_path)) as made:
        yield made


@pytest.fixture
def con(tmp_path: Path, store: Store) -> Iterator[Connection]:
    del store  # it has put the file there
    with closing(cold.connect(tmp_path / "quizzer.db")) as made:
        yield made


def run(folder: Path, statement: sa.Select[Any]) -> list[Any]:
    engine = engine_on(folder / "quizzer.db", 5_000)
    try:
        with engine.connect() as connected:
            return list(connected.execute(statement).scalars())
    finally:
        engine.dispose()


def awake(store: Store, *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Cards of notes that are switched on, from the tables alone."""
    places = sa.select(PLACE.c.card_id).select_from(PLACE.join(NOTE).join(ROOT))
    shown = places.where(~NOTE.c.switched_off, ~ROOT.c.switched_off)
    return (
        sa.select(PROGRESS.c.card_id)
        .join(CARD, CARD.c.card_id == PROGRESS.c.card_id)
        .where(
            PROGRESS.c.learner_id == store.learner,
            PROGRESS.c.card_id.in_(shown),
            ~PROGRESS.c.suspended,
            ~PROGRESS.c.retired,
            sa.or_(CARD.c.certainty == "sure", PROGRESS.c.accepted),
            *conditions,
        )
    )


def not_buried(on_day: date) -> sa.ColumnElement[bool]:
    return sa.or_(PROGRESS.c.buried_day.is_(None), PROGRESS.c.buried_day != on_day)


@pytest.mark.parametrize("ahead", [0, 1, 9])
@pytest.mark.parametrize("off", [False, True])
def test_candidates_are_what_the_tables_say(
    tmp_path: Path, store: Store, con: Connection, ahead: int, off: bool
) -> None:
    on_day = day(ahead)
    store.switch(store.roots()[0].id, off)
    touched = sa.select(EVENT.c.card_id).where(EVENT.c.study_day == on_day)
    due = awake(store, PROGRESS.c.due_day <= on_day, not_buried(on_day))
    new = awake(store, PROGRESS.c.due_day.is_(None), CARD.c.typed != "meaning", not_buried(on_day))
    still_open = awake(store, PROGRESS.c.open_day == on_day, not_buried(on_day))
    expected = {*run(tmp_path, due), *run(tmp_path, new), *run(tmp_path, still_open)}
    expected |= set(run(tmp_path, awake(store, PROGRESS.c.card_id.in_(touched))))

    found = kept_from_rows(map(from_sqlite, cold.candidates(con, store.learner, on_day)))

    assert {kept.id for kept in found if not kept.progress.suspended} == expected
    assert found == store.candidates(on_day)


def expected_counts(
    kept: Sequence[Kept], on_day: date, new: int, reviews: int, store: Store
) -> tuple[int, int]:
    """Siblings dropped, those of answered cards too, capped by what was done already."""
    answered = {each.meaning for each in store.cards() if each.progress.answered == on_day}
    still_open = {
        each.meaning for each in kept if each.progress.open == on_day and each.progress.is_due(on_day)
    }
    scheduled = [each for each in kept if each.progress.schedule and each.progress.is_due(on_day)]
    due = {each.meaning for each in scheduled} - answered
    fresh = {each.meaning for each in kept if _is_fresh(each, on_day)} - answered - due
    done = [each for each in store.cards() if each.progress.answered == on_day]
    known = [
        each for each in done if any(e.day < on_day and hasattr(e, "quality") for e in store.events(each.id))
    ]
    begun = len(done) - len(known)
    return (
        len(still_open) + min(len(due), max(0, reviews - len(known))),
        min(len(fresh), max(0, new - begun)),
    )


def _is_fresh(kept: Kept, on_day: date) -> bool:
    progress = kept.progress
    return progress.schedule is None and not progress.suspended and progress.buried != on_day


@pytest.mark.parametrize("ahead", [0, 1, 9])
@pytest.mark.parametrize(("new", "reviews"), [(10, 200), (2, 3), (0, 0)])
def test_the_count_is_that_of_the_candidates_without_siblings(
    store: Store, con: Connection, ahead: int, new: int, reviews: int
) -> None:
    on_day = day(ahead)

    counts = cold.due_count(con, store.learner, on_day, new, reviews)

    assert counts == expected_counts(store.candidates(on_day), on_day, new, reviews, store)


@pytest.mark.parametrize("deck", ["", "deck1"])
@pytest.mark.parametrize(("new", "reviews"), [(10, 200), (2, 3)])
def test_the_count_is_the_length_of_the_queue(
    store: Store, con: Connection, deck: str, new: int, reviews: int
) -> None:
    on_day = day(1)

    counts = cold.due_count(con, store.learner, on_day, new, reviews, deck)
    turns = queue(
        store.candidates(on_day, deck), store.logs_on(on_day), Rules(new, reviews), on_day, "seed", sm2
    )

    assert sum(counts) == len(turns)
    assert counts.new == sum(turn.is_new for turn in turns)


def test_of_siblings_one_counts_in_a_day(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as store, closing(cold.connect(tmp_path / "quizzer.db")) as con:
        (one, card_one, _), (two, card_two, _) = commands(2)
        save(store, [(one, card_one, "alike"), (two, card_two, "alike")])

        def waiting(ahead: int) -> cold.Counts:
            return cold.due_count(con, store.learner, day(ahead), 10, 200)

        assert waiting(0) == (0, 1)
        write(store, reviewed(one, 5))
        assert waiting(0) == (0, 0)
        assert waiting(1) == (1, 0)
        write(store, reviewed(two, 5, 1))
        assert waiting(1) == (0, 0)
        assert waiting(2) == (1, 0)


def test_a_deck_is_itself_and_what_lies_below_it(store: Store, con: Connection) -> None:
    for deck in ("deck1", "deck1/note4"):
        found = kept_from_rows(map(from_sqlite, cold.candidates(con, store.learner, day(30), deck)))

        assert found == store.candidates(day(30), deck)
        ids = {kept.id for kept in store.cards(deck=deck)}
        assert {kept.id for kept in found} <= ids
        assert found
    assert cold.candidates(con, store.learner, day(30), "deck") == []


def test_the_flag_quiz_begins_what_the_drill_does_not(store: Store, con: Connection) -> None:
    drilled = cold.candidates(con, store.learner, day(60))
    quizzed = cold.candidates(con, store.learner, day(60), fresh=Standing.EXTRA)

    def begun(rows: list[Raw]) -> set[bool]:
        found = kept_from_rows(map(from_sqlite, rows))
        return {
            getattr(each.card.expected, "typed", None) is Typed.MEANING
            for each in found
            if each.progress.schedule is None
        }

    assert True not in begun(drilled)
    assert False not in begun(quizzed)


def test_few_and_many_limit_what_is_handed_out(store: Store, con: Connection) -> None:
    rows = cold.candidates(con, store.learner, day(60), many=2, few=1)

    found = kept_from_rows(map(from_sqlite, rows))
    due = [each.progress.schedule.due for each in found if each.progress.schedule]
    assert len(due) == 2
    assert len(found) <= 3
    everyone = store.candidates(day(60))
    assert (
        sorted(due) == sorted(each.progress.schedule.due for each in everyone if each.progress.schedule)[:2]
    )


def test_events_and_logs_are_the_same_by_both_roads(store: Store, con: Connection) -> None:
    on_day = tuple(map(event_from_row, map(from_sqlite, cold.events_on(con, store.learner, MONDAY))))
    logs = tuple(map(event_from_row, map(from_sqlite, cold.logs_on(con, store.learner, MONDAY))))

    assert on_day == store.events_on(MONDAY)
    assert len(on_day) >= 7
    assert logs == store.logs_on(MONDAY)
    assert {event.card for event in logs} == {event.card for event in on_day}


def test_roots_decks_and_places_are_the_same_by_both_roads(store: Store, con: Connection) -> None:
    store.switch(store.roots()[1].id, True)
    roots = [from_sqlite(row) for row in cold.roots(con)]

    assert cold.learner(con) == store.learner
    assert [tuple(row.values()) for row in roots] == list(store.roots())
    assert cold.decks(con) == [deck.name for deck in store.decks(MONDAY)]
    for kept in store.cards():
        where = cold.where(con, kept.id)
        assert where is not None
        assert tuple(from_sqlite(where).values()) == store.where(kept.id)
        assert (where["path"], where["line"]) == (kept.card.source.note, kept.card.source.line)
    assert cold.where(con, UUID(int=5)) is None


def test_a_fault_in_the_middle_of_reading_is_told_as_ours(tmp_path: Path, store: Store) -> None:
    store.close()
    path = tmp_path / "quizzer.db"
    with closing(cold.connect(path)) as con:
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * (size - 4096))

        with pytest.raises(DataError, match="damaged"):
            cold.candidates(con, UUID(int=1), MONDAY)


def test_the_cold_road_loads_no_sqlalchemy() -> None:
    program = "import sys, quizzer.store, quizzer.store.cold, quizzer.store.rows; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=dict(os.environ)
    )

    heavy = {"sqlalchemy", "click", "prompt_toolkit", "markdown_it", "tree_sitter", "rich"}
    assert not heavy & set(done.stdout.split())


def test_the_queue_is_served_by_indexes(con: Connection) -> None:
    asked = {
        "learner": "",
        "day": "",
        "deck": "",
        "fresh": "",
        "kind": "",
        "many": 1,
        "few": 1,
        "new_limit": 1,
        "due_limit": 1,
    }
    for statement in (statements.CANDIDATES, statements.COUNT, statements.LOGS_ON, statements.EVENTS_ON):
        plan = [row[3] for row in con.execute(f"explain query plan {statement}", asked)]
        scanned = {line.split()[1] for line in plan if line.startswith("SCAN")}
        assert not scanned & {"card", "c", "progress", "p", "r", "event", "e", "place"}
        assert not any(line.endswith("(learner_id=?)") for line in plan)
