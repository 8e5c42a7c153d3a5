"""A connection to the file, set so that what is committed stays, and what the file says of itself."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from quizzer.errors import DataError
from quizzer.store.faults import told
from quizzer.store.migrations import APPLICATION_ID, LATEST

SQLITE: Final = sqlite3.sqlite_version
PATIENCE: Final = 5_000
"""Milliseconds to wait for somebody else's write."""


Raw = dict[str, Any]
"""A row as SQLite has it: ids, days and JSON are still text."""


class Connection(sqlite3.Connection):
    """One that knows its file, to name it where something goes wrong."""

    path = Path()

    @property
    def is_current(self) -> bool:
        return schema_version(self) == LATEST

    def read(self, statement: str, **asked: str | int) -> list[Raw]:
        with told(self.path):
            cursor = self.execute(statement, asked)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def connect(path: Path, mode: str = "rw", patience: int = PATIENCE) -> Connection:
    """Always read-WRITE: the journal that a kill left behind must be rolled back before anything is read.

    `rw` never makes a file, `rwc` does. The driver begins no transaction of its own.
    """
    con = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=patience / 1000,
        check_same_thread=False,
        factory=Connection,
    )
    con.path = path
    try:
        con.execute("pragma synchronous=extra")
        con.execute("pragma foreign_keys=on")
    except BaseException:
        con.close()
        raise
    return con


def connect_ours(path: Path, patience: int = PATIENCE) -> Connection:
    """Refuses what is damaged, another program's or newer."""
    refuse_no_file(path)
    with told(path):
        con = connect(path, "rw", patience)
        try:
            refuse(con, path)
            con.execute("pragma journal_mode=delete")  # it may have been set to another by hand
        except BaseException:
            con.close()
            raise
        return con


def refuse_no_file(path: Path, hint: str = "") -> None:
    """SQLite would make the target of a dangling link, and wait for ever for a pipe."""
    if path.is_symlink() and not path.exists():
        raise DataError(f"{path} is a link to nothing; it was not touched", "is the drive mounted?")
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no regular file"
        raise DataError(f"{path} is {what}, not a quizzer store; it was not touched", hint)


def refuse(con: sqlite3.Connection, path: Path) -> None:
    """Says why a file is not for us, and touches nothing; an empty one is."""
    owner = con.execute("pragma application_id").fetchone()[0]
    if owner != APPLICATION_ID and not (owner == 0 and is_empty(con)):
        raise DataError(
            f"{path} belongs to another program; it was not touched", "name another file for the store"
        )
    version = schema_version(con)
    if version > LATEST:
        raise DataError(
            f"{path} was written by a newer quizzer (schema {version}, this one knows {LATEST});"
            " it was not touched",
            "upgrade quizzer, or use a backup from before",
        )


def schema_version(con: sqlite3.Connection) -> int:
    version: int = con.execute("pragma user_version").fetchone()[0]
    return version


def is_empty(con: sqlite3.Connection) -> bool:
    tables: int = con.execute("select count(*) from sqlite_master").fetchone()[0]
    return tables == 0
