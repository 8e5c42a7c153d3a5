"""What SQLite's error codes mean to a person. Only this module knows them; no message's text is ever read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizzer.errors import BusyError, DataError, QuizzerError, StorageError

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")
_GONE = ("SQLITE_READONLY_DBMOVED",)
_READ_ONLY = ("SQLITE_READONLY", "SQLITE_PERM")
_SHUT = ("SQLITE_CANTOPEN", "SQLITE_AUTH")
_DISK = ("SQLITE_IOERR",)
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


@contextmanager
def told(path: Path, hint: str = "") -> Iterator[None]:
    """Errors of SQLite inside this block reach the caller as ours; `hint` is for a damaged file."""
    try:
        yield
    except sqlite3.Error as error:
        if ours := fault(error, path, hint):
            raise ours from error
        raise
    except OSError as error:
        raise StorageError(f"{path} cannot be used: {error.strerror or error}") from error


def fault(error: BaseException, path: Path, hint: str = "") -> QuizzerError | None:
    """None is for a mistake of ours (a broken constraint, a misspelt statement): that must stay loud."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_FULL):
        return StorageError(f"the disk holding {path} is full", "free some space and try again")
    if name.startswith(_GONE):
        return StorageError(f"{path} was moved or deleted while it was open", "put it back and try again")
    if name.startswith(_READ_ONLY):
        return StorageError(f"{path} is read-only", "you can look at everything in it, but not drill")
    if name.startswith(_SHUT):
        return StorageError(
            f"{path} cannot be opened", "see that it and its folder are yours to read and write"
        )
    if name.startswith(_DISK):
        return StorageError(f"reading or writing {path} failed ({name})", "see to the disk before going on")
    if name.startswith(_HELD):
        return BusyError(f"another quizzer (or program) is writing to {path}", "try again in a moment")
    if name.startswith(_DAMAGED):
        return DataError(f"{path} is damaged or no database; it was not touched", hint)
    return None
