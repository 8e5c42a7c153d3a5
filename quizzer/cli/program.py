"""What every command is given: where things are kept, what time it is, and how it is all scheduled."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from quizzer.drill import Scheduling
from quizzer.files import Home, SpecShelf, home
from quizzer.schedule import Now, study_day
from quizzer.sm2 import sm2

if TYPE_CHECKING:
    from quizzer.store.store import Store

SCHEDULING: Final = Scheduling("sm2", sm2)


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
