"""Sittings over days, decks and restarts, on a real store with a clock that is told."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from quizzer.files import SpecShelf, home
from quizzer.importing.importer import Importer
from quizzer.judging import show
from quizzer.repl.desk import Choice, Desk
from quizzer.repl.screen import Typed, painted
from quizzer.repl.session import Sitting
from quizzer.repl.telling import Words
from quizzer.schedule import Kept, Now, Rules, study_day
from quizzer.sm2 import sm2
from quizzer.store import cold
from quizzer.store.store import Store
from quizzer.turns import Turn
from tests.builders import SM2

Reply = str | Callable[[], str]


@dataclass
class Scripted:
    """A screen whose learner answers from a list, or as a function says, and then leaves."""

    replies: Iterator[Reply]
    width: int = 78
    said: list[str] = field(default_factory=list)

    def say(self, *lines: Words) -> None:
        self.said += [painted(words, in_colour=False) for words in lines]

    def ask(self, status: str, default: str = "") -> Typed:
        return Typed(self._next(), 1000)

    def choose(self, question: Words, keys: str) -> str:
        return self._next()

    def _next(self) -> str:
        reply = next(self.replies, None)
        if reply is None:
            raise EOFError
        return reply if isinstance(reply, str) else reply()


class World:
    """Notes, a store, and the time."""

    def __init__(self, folder: Path) -> None:
        self.home = home(environ={"QUIZZER_HOME": str(folder / "home")})
        self.notes = folder / "notes"
        self.notes.mkdir()
        self.time = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def now(self) -> Now:
        self.time += timedelta(seconds=1)
        return Now(self.time, 0, study_day(self.time), uuid4())

    def at_one_past_four(self, text: str) -> Callable[[], str]:
        """A reply that takes until then."""

        def reply() -> str:
            self.time = self.time.replace(hour=4, minute=1)
            return text

        return reply

    def bring(self, **notes: str) -> None:
        for name, text in notes.items():
            (self.notes / f"{name}.md").write_text(text)
        with closing(self._store()) as store:
            Importer(store, SpecShelf(self.home.specs), self.now, sm2).bring(self.notes, "folder")

    def cards(self) -> dict[str, Kept]:
        with closing(self._store()) as store:
            return {kept.card.prompt: kept for kept in store.cards()}

    def _store(self) -> Store:
        return Store.open(self.home.database, self.home.backups, "test")

    def desk(self, *decks: str, rules: Rules | None = None, limit: int | None = None) -> Desk:
        return Desk(self.home, self.now, SM2, rules or Rules(), Choice(decks, limit=limit))

    def sit(
        self, *replies: Reply, decks: tuple[str, ...] = (), limit: int | None = None
    ) -> tuple[Sitting, str]:
        screen = Scripted(iter(replies))
        with closing(self.desk(*decks, limit=limit)) as desk:
            sitting = Sitting(desk, screen)
            sitting.run()
        return sitting, "\n".join(screen.said)

    def waiting(self, *decks: str, rules: Rules | None = None) -> tuple[Turn, ...]:
        with closing(self.desk(*decks, rules=rules)) as desk:
            return desk.begin().turns

    def due(self, deck: str = "", rules: Rules | None = None) -> int:
        rules = rules or Rules()
        with closing(cold.connect(self.home.database)) as con:
            learner, day = cold.learner(con), self.now().day
            return sum(cold.due_count(con, learner, day, rules.new_a_day, rules.reviews_a_day, deck))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


TWO = "List crates\n`docker ps`\n\nRemove images\n`docker rmi <image ID>`\n"


@pytest.mark.parametrize("seed", range(6))
def test_due_says_what_a_drill_serves_and_a_restart_finds_what_was_left(world: World, seed: int) -> None:
    """Three decks with cards in common, ten days, several sittings a day over some of the decks."""
    chance = random.Random(seed)
    rules = Rules(new_a_day=5, reviews_a_day=6)
    for deck in "abc":
        common = [name for name in ("ps", "images", "info", "version") if chance.random() < 0.7]
        own = "".join(f"Do thing {at} of {deck} now\n`prog{deck}{at} run`\n\n" for at in range(6))
        shared = "".join(f"Show {name} in {deck}\n`docker {name}`\n\n" for name in common)
        flags = "## docker ps\n- `-q` : only ids\n- `-a` : all of them\n"
        world.bring(**{deck: f"# {deck}\n\n{own}{shared}{flags}"})
    for _ in range(10):
        for _ in range(chance.randint(1, 3)):
            decks = chance.choice([(), ("a",), ("b",), ("c", "a")])
            left = _some_answers(world, chance, rules, decks)

            assert {turn.kept.id for turn in world.waiting(*decks, rules=rules)} == left
            for deck in ("", "a", "b", "c"):
                assert world.due(deck, rules) == len(world.waiting(*filter(None, [deck]), rules=rules))
        world.time += timedelta(days=chance.randint(1, 4))


def _some_answers(world: World, chance: random.Random, rules: Rules, decks: tuple[str, ...]) -> set[object]:
    with closing(world.desk(*decks, rules=rules)) as desk:

        def reply() -> str:
            turn = sitting.drill.front
            right = show(turn.kept.card.expected, turn.values(sitting.drill.day)) if turn else ""
            return chance.choice(["", "x", ":skip", ":undo", right, right, right])

        replies = [reply] * chance.randint(1, 9)
        screen = Scripted(iter(replies))
        screen.choose = lambda question, keys: chance.choice("yn")  # type: ignore[method-assign]
        sitting = Sitting(desk, screen)
        return {turn.kept.id for turn in sitting.run().turns}


def test_a_card_asked_before_four_and_answered_after_counts_for_the_new_day(world: World) -> None:
    world.bring(box=TWO)
    world.time = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)

    _, said = world.sit(world.at_one_past_four("docker ps"))

    assert "right   back tomorrow" in said
    schedule = world.cards()["List crates"].progress.schedule
    assert schedule is not None
    assert str(schedule.due) == "2026-11-25"


def test_a_miss_after_four_is_told_for_the_new_day(world: World) -> None:
    world.bring(box=TWO)
    world.time = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)

    _, said = world.sit(world.at_one_past_four(""))

    assert "again today, then tomorrow" in said


def test_the_values_told_are_those_of_the_answer_shown_when_the_day_turns(world: World) -> None:
    world.bring(box="Remove images\n`docker rmi <image ID>`\n")
    world.time = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)

    _, said = world.sit(world.at_one_past_four(":hint"), "")

    told = [line for line in said.splitlines() if "image ID = " in line]
    assert told[0] != told[1]
    value = told[1].split("image ID = ")[1].rstrip("›")
    assert f"docker rmi {value}" in said


def test_what_was_answered_before_four_can_be_undone_after(world: World) -> None:
    world.bring(box=TWO + "\nList images\n`docker images`\n")
    world.time = datetime(2026, 11, 24, 3, 59, tzinfo=UTC)

    _, said = world.sit("docker ps", world.at_one_past_four(":skip"), ":undo", ":undo")

    assert said.count("undone") == 2
    assert world.cards()["List crates"].progress.schedule is None


def test_a_card_answered_in_another_window_takes_nothing_from_this_sitting(world: World) -> None:
    world.bring(box=TWO + "\nList images\n`docker images`\n")

    def other_window() -> str:
        world.sit("docker rmi <image ID>", decks=("box",))
        return ""

    sitting, said = world.sit("docker ps", other_window, ":undo")

    assert "got an answer in another window" in said
    assert sitting.drill.tally.cards == 0
    assert world.cards()["List crates"].progress.schedule is None


def test_accepting_a_form_grades_nothing_where_the_card_was_answered_in_another_window(world: World) -> None:
    world.bring(box="Open\n`crate -x one`\n\nShut\n`crate -s one`\n")

    def other_window() -> str:
        world.sit("crate -x one")
        return "a"

    world.sit("crate --extract one", other_window)

    assert world.cards()["Shut"].progress.version == 0


def test_a_limit_holds_over_what_another_window_did(world: World) -> None:
    world.bring(box="".join(f"Thing {at} here\n`prog{at} run`\n\n" for at in range(9)))

    def other_window() -> str:
        world.sit("prog1 run")
        return "prog1 run"

    sitting, _ = world.sit("prog0 run", *["x"] * 3, limit=3)
    assert len(sitting.drill.turns) + sitting.drill.tally.cards >= 3

    sitting, _ = world.sit(other_window, limit=3)
    assert len(sitting.drill.turns) <= 3


def test_a_break_in_the_middle_still_says_what_was_saved(world: World) -> None:
    world.bring(box=TWO)
    screen = Scripted(iter(["docker ps", _interrupt]))
    with closing(world.desk()) as desk, pytest.raises(KeyboardInterrupt):
        Sitting(desk, screen).run()

    assert "1 card answered, all saved" in screen.said[-1]


def _interrupt() -> str:
    raise KeyboardInterrupt


def test_an_accepted_form_holds_for_the_fresh_values_of_another_day(world: World) -> None:
    world.bring(box="Open a file\n`crate -x <file>`\n")

    def other_form() -> str:
        (turn,) = world.waiting()
        return f"crate --extract {turn.values(world.now().day)[0]}"

    first = other_form()
    world.sit(first, "a")
    world.time += timedelta(days=1)
    second = other_form()
    _, said = world.sit(second)

    assert first != second
    assert world.cards()["Open a file"].progress.forms == ("crate --extract <file>",)
    assert "can't judge" not in said
    assert "right   another form of" in said
