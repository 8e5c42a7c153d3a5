"""The file before it is used: looked at, backed up, brought to today's schema, or refused untouched."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from quizzer.errors import DataError, StorageError
from quizzer.store.connection import PATIENCE, connect, is_empty, refuse, refuse_no_file, schema_version
from quizzer.store.faults import told
from quizzer.store.migrations import APPLICATION_ID, LATEST, STEPS

_CHECKED_UP_TO = 50_000_000
"""Bytes. A quick check of more takes a quarter of a second and longer; `doctor` does it."""


Steps = Mapping[int, Sequence[str]]


def open_file(path: Path, backups: Path, stamp: str, patience: int = PATIENCE, steps: Steps = STEPS) -> None:
    """Make the file, or bring it to today's schema after a backup with `stamp` in its name, or refuse it."""
    kept = _newest(backups)
    hint = f"restore a backup with: quizzer restore {kept}" if kept else "no backup was found"
    with told(path, hint):
        refuse_no_file(path, hint)
        _refuse_the_emptied(path, hint, has_backups=kept is not None)
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(connect(path, "rwc", patience)) as con:
            _refuse_the_damaged(con, path, hint)
            refuse(con, path)
            if schema_version(con) < LATEST:
                if not is_empty(con):
                    backup(con, backups / f"{path.stem}-before-v{LATEST}-{stamp}.db")
                _migrate(con, steps)


def backup(con: sqlite3.Connection, to: Path) -> None:
    """A consistent copy, even of a file that others have open; whole or absent, never half."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with told(part), closing(sqlite3.connect(part)) as copy:
            con.backup(copy)
            if copy.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise StorageError(f"the backup {part} failed its check; nothing was changed")
        _synced(part)
        part.replace(to)
        _synced(to.parent)
    finally:
        part.unlink(missing_ok=True)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _newest(backups: Path) -> Path | None:
    return max(backups.glob("*.db"), key=lambda each: (each.stat().st_mtime_ns, each.name), default=None)


def _refuse_the_emptied(path: Path, hint: str, *, has_backups: bool) -> None:
    """SQLite takes an empty file for an empty store."""
    if has_backups and path.exists() and path.stat().st_size == 0:
        raise DataError(f"{path} is empty (0 bytes) though there are backups; it was not touched", hint)


def _refuse_the_damaged(con: sqlite3.Connection, path: Path, hint: str) -> None:
    if path.stat().st_size < _CHECKED_UP_TO:
        found = con.execute("pragma quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DataError(f"{path} is damaged ({found}); it was not touched", hint)


def _migrate(con: sqlite3.Connection, steps: Steps) -> None:
    with _transaction(con):
        before = schema_version(con)  # asked again inside the lock: another process may have been quicker
        for version in range(before + 1, LATEST + 1):
            for statement in steps[version]:
                con.execute(statement)
        if before == 0:
            names = [("learner_id", uuid4().hex), ("device_id", uuid4().hex)]
            con.executemany('insert into meta ("key", value) values (?, ?)', names)
        con.execute(f"pragma user_version={LATEST}")
        con.execute(f"pragma application_id={APPLICATION_ID}")
        if con.execute("pragma foreign_key_check").fetchone():
            raise StorageError("bringing the store to today's schema would break it; nothing was changed")


@contextmanager
def _transaction(con: sqlite3.Connection) -> Iterator[None]:
    con.execute("begin immediate")
    try:
        yield
        con.execute("commit")
    except BaseException:
        if con.in_transaction:
            con.execute("rollback")
        raise
