"""What a sitting needs of the world: the day's queue, a place to write, specs, and the time it is told."""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from quizzer import __version__
from quizzer.card import CommandLine, Expected, Flag
from quizzer.drill import Drill, Scheduling
from quizzer.errors import QuizzerError
from quizzer.events import Event
from quizzer.files import Home, SpecShelf
from quizzer.schedule import Kept, Now, Progress, Rules
from quizzer.store import cold
from quizzer.store.rows import event_from_row, from_sqlite, kept_from_rows
from quizzer.turns import queue

if TYPE_CHECKING:
    from quizzer.commands.grammar import Specs
    from quizzer.store.connection import Connection, Raw
    from quizzer.store.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cards a sitting is about."""

    decks: tuple[str, ...] = ()
    """Names of decks or of folders of them; none means all."""
    only_flags: bool = False
    limit: int | None = None


class Desk:
    """Opens with the standard library alone; the store proper comes in behind the first prompt (`load`)."""

    def __init__(
        self, home: Home, clock: Callable[[], Now], scheduling: Scheduling, rules: Rules, choice: Choice
    ) -> None:
        self.scheduling = scheduling
        self.progress = Progress()
        """Of the card that was written last."""
        self._home = home
        self._clock = clock
        self._rules = rules
        self._choice = choice
        self._shelf = SpecShelf(home.specs)
        self._store: Store | None = None
        self._loading: threading.Thread | None = None

    def now(self) -> Now:
        return self._clock()

    def begin(self) -> Drill:
        """The drill of the study day, as the log leaves it."""
        day = self.now().day
        kept, logs, learner, elsewhere = self._read(day)
        seed, scheduler = f"{learner}:{day}", self.scheduling.scheduler
        turns = queue(kept, logs, self._rules, day, seed, scheduler, elsewhere)
        return Drill(turns[: self._choice.limit], day)

    def on_its_day(self, drill: Drill) -> Drill:
        """The same drill, or the new day's where the study day has turned."""
        if self.now().day == drill.day:
            return drill
        return self.again(drill)

    def again(self, drill: Drill) -> Drill:
        """The drill as the log leaves it now; what this sitting did stays counted, and can be undone."""
        fresh = self.begin()
        left = None if self._choice.limit is None else max(self._choice.limit - drill.tally.cards, 0)
        return replace(drill, turns=fresh.turns[:left], day=fresh.day)

    def _read(self, day: date) -> tuple[Sequence[Kept], Sequence[Event], UUID, set[str]]:
        with closing(cold.connect(self._home.database)) as con:
            if not con.is_current:
                self._open().close()
            learner = cold.learner(con)
            found = {
                (row["card_id"], row["path"]): row
                for deck in self._choice.decks or ("",)
                for lot in (("new", "extra") if self._rules.begins_meanings else ("new",))
                for row in self._candidates(con, learner, day, deck, lot)
            }
            logs = [event_from_row(from_sqlite(row)) for row in cold.logs_on(con, learner, day)]
        read = [from_sqlite(row) for row in found.values()]
        chosen = self._chosen(read)
        others = {each.meaning for each in kept_from_rows(read) if each.progress.answered == day}
        return (
            chosen,
            logs,
            learner,
            others - {each.meaning for each in chosen if each.progress.answered == day},
        )

    def _candidates(self, con: "Connection", learner: UUID, day: date, deck: str, lot: str) -> "list[Raw]":
        kind = "flag" if self._choice.only_flags else ""
        many, few = self._rules.many, self._rules.few
        return cold.candidates(con, learner, day, deck=deck, fresh=lot, kind=kind, many=many, few=few)

    def _chosen(self, rows: Sequence[dict[str, Any]]) -> Sequence[Kept]:
        """In the order of the notes, each card at its place in a chosen deck.

        What was touched today comes with every reading, whatever deck and kind it is of: it is left out here.
        """
        inside = [row for row in rows if self._is_inside(row["deck"] or "")]
        kept = kept_from_rows(sorted(inside, key=lambda row: (row["position"], row["card_id"])))
        return [each for each in kept if not self._choice.only_flags or isinstance(each.card.expected, Flag)]

    def _is_inside(self, deck: str) -> bool:
        decks = self._choice.decks
        return not decks or any(deck == each or deck.startswith(f"{each}/") for each in decks)

    def decks(self) -> list[str]:
        """The names of all decks; none where there is no store yet."""
        if not cold.exists(self._home.database):
            return []
        with closing(cold.connect(self._home.database)) as con:
            return cold.decks(con)

    def load(self) -> None:
        """Bring in, behind the prompt, what the first answer will need."""
        if self._loading is None:
            self._loading = threading.Thread(target=self._load, name="load", daemon=True)
            self._loading.start()

    def _load(self) -> None:
        with suppress(QuizzerError):  # it comes again in the sitting's own thread, where it can be told
            self._store = self._open()
        from quizzer import judging  # noqa: F401  (the whole validator, which the first answer needs)
        from quizzer.commands import shell

        shell.warm()

    def _open(self) -> "Store":
        from quizzer.store.store import Store  # SQLAlchemy: two thirds of a cold start

        return Store.open(self._home.database, self._home.backups, f"{self.now().at:%Y%m%d-%H%M%S}")

    def _opened(self) -> "Store":
        if self._loading:
            self._loading.join()
        if self._store is None:
            self._store = self._open()
        return self._store

    def write(self, event: Event, seen: int) -> None:
        """On the disk when this returns. Raises the errors of `Store.write`; then nothing was written."""
        self.progress = self._opened().write(event, seen, self.scheduling.scheduler, __version__)

    def specs_for(self, expected: Expected, text: str) -> "Specs":
        """Those of the programs that the card and the answer name."""
        from quizzer.commands import shell

        match expected:
            case CommandLine():
                lines = (expected.text, *expected.also, text)
                return self._shelf.of(frozenset().union(*(shell.programs(line) for line in lines)))
            case Flag():
                return self._shelf.of(expected.command.split()[:1])
            case _:
                return {}

    def close(self) -> None:
        if self._loading:
            self._loading.join()
        if self._store:
            self._store.close()
