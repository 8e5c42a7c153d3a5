"""The engine on the file: every transaction that may write takes the lock at its start."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from quizzer.store import faults
from quizzer.store.connection import Connection, connect_ours


def engine_on(path: Path, patience: int) -> sa.Engine:
    """The file must be there and of the latest schema."""

    def opened() -> Connection:
        return connect_ours(path, patience)

    engine = sa.create_engine("sqlite+pysqlite://", creator=opened, poolclass=sa.QueuePool)

    @sa.event.listens_for(engine, "begin")
    def _(con: sa.Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another writes in between,
        # however long it was told to wait.
        reading = con.get_execution_options().get("reading", False)
        con.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "handle_error")
    def _(context: sa.ExceptionContext) -> None:
        if ours := faults.fault(context.original_exception, path):
            raise ours from context.original_exception

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One look at the store; it works on a read-only disk, and while another writes."""
    with engine.connect() as con:
        con = con.execution_options(reading=True)
        yield con


@contextmanager
def part_of(con: sa.Connection) -> Iterator[sa.Connection]:
    """Whole or not at all inside a transaction that goes on."""
    with con.begin_nested():
        yield con


def upsert(table: sa.Table, *, keep: frozenset[str] = frozenset()) -> sa.Insert:
    """Insert, or replace all columns of the row with that key but those in `keep`."""
    key = [column.name for column in table.primary_key]
    insert = sqlite.insert(table)
    changed = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in keep and not column.primary_key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=changed)
