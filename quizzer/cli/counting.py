"""How far a long import is, on a terminal only."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_MOMENT: Final = 0.5
"""Seconds for which nobody needs to be told anything."""


class Counting:
    """Counts notes on stderr once that takes longer than a moment; the line goes away in the end."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._began = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, at: int, of: int) -> None:
        if self._shown is None and self._wanted and time.monotonic() - self._began > _MOMENT:
            self._shown = _bar(of)
        if self._shown:
            progress, task = self._shown
            progress.update(task, completed=at, total=of)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._shown[0].stop()
            self._shown = None


def _bar(of: int) -> "tuple[Progress, TaskID]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("reading notes"), MofNCompleteColumn(), BarColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.start()
    return progress, progress.add_task("", total=of)
