"""What every command is given: where things are kept, what time it is, and how it is all scheduled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from quizzer.errors import QuizzerError
from quizzer.files import Home, SpecShelf, home
from quizzer.schedule import Now, study_day

if TYPE_CHECKING:
    from quizzer.store.store import Store


def clock() -> Now:
    """The learner's wall clock."""
    local = datetime.now().astimezone()
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    return Now(local.astimezone(UTC), minutes, study_day(local), uuid4())


@dataclass(frozen=True, slots=True)
class Program:
    """Shared by the commands of one run."""

    home: Home

    @classmethod
    def at(cls, database: Path | None) -> "Program":
        return cls(home(database))

    def shelf(self) -> SpecShelf:
        return SpecShelf(self.home.specs)

    def open_store(self) -> "Store":
        """Made where there is none."""
        from quizzer.store.store import Store

        return Store.open(self.home.database, self.home.backups, f"{clock().at:%Y%m%d-%H%M%S}")


def refuse_unknown(decks: Sequence[str], known: Sequence[str]) -> None:
    """Raises QuizzerError for the name of no deck and of no folder of decks."""
    for name in decks:
        if not any(deck == name or deck.startswith(f"{name}/") for deck in known):
            import difflib  # only for who mistyped

            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known[:12]) or 'none yet'}"
            raise QuizzerError(f"there is no deck {name}", hint)
