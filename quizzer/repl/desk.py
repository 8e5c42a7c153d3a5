"""What a sitting needs of the world: the day's queue, a place to write, specs, and the time it is told."""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from quizzer import __version__
from quizzer.card import CommandLine, Expected, Flag
from quizzer.commands import shell
from quizzer.commands.spec import Specs
from quizzer.drill import Drill, Scheduling
from quizzer.errors import QuizzerError
from quizzer.events import Event
from quizzer.files import Home, SpecShelf
from quizzer.schedule import Kept, Now, Progress
from quizzer.store import cold
from quizzer.store.rows import event_from_row, from_sqlite, kept_from_rows
from quizzer.turns import Rules, queue

if TYPE_CHECKING:
    from quizzer.store.store import Store


_SPARE: Final = 50


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
        kept, logs, learner = self._read(day)
        turns = queue(kept, logs, self._rules, day, f"{learner}:{day}", self.scheduling.scheduler)
        return Drill(turns[: self._choice.limit], day)

    def on_its_day(self, drill: Drill) -> Drill:
        """The same drill, or the new day's where the study day has turned; what was done stays counted."""
        if self.now().day == drill.day:
            return drill
        fresh = self.begin()
        return Drill(fresh.turns, fresh.day, drill.tally)

    def _read(self, day: date) -> tuple[Sequence[Kept], Sequence[Event], str]:
        with closing(cold.connect(self._home.database)) as con:
            if not con.is_current:
                self._open().close()
            learner = cold.learner(con)
            many = 2 * self._rules.reviews_a_day + _SPARE  # siblings of one another are asked once
            few = 2 * self._rules.new_a_day + _SPARE
            fresh = ("new", "extra") if self._rules.begins_meanings else ("new",)
            rows = [
                from_sqlite(row)
                for deck in self._choice.decks or ("",)
                for lot in fresh
                for row in cold.candidates(con, learner, day, deck=deck, fresh=lot, many=many, few=few)
            ]
            logs = [event_from_row(from_sqlite(row)) for row in cold.logs_on(con, learner, day)]
        kept = [each for each in kept_from_rows(rows) if self._is_chosen(each)]
        return kept, logs, str(learner)

    def _is_chosen(self, kept: Kept) -> bool:
        """What was touched today comes along with every reading, whatever deck it is of."""
        decks = self._choice.decks
        inside = not decks or any(kept.deck == deck or kept.deck.startswith(f"{deck}/") for deck in decks)
        return inside and (not self._choice.only_flags or isinstance(kept.card.expected, Flag))

    def decks(self) -> list[str]:
        """The names of all decks that have cards."""
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

    def specs_for(self, expected: Expected, text: str) -> Specs:
        """Those of the programs that the card and the answer name."""
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
