"""The steps make what the tables say, and every released schema comes up to today's."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from quizzer.sm2 import sm2
from quizzer.store.migrations import APPLICATION_ID, LATEST
from quizzer.store.tables import EVENT, METADATA, PROGRESS
from tests.builders import day
from tests.test_store_builders import opened

RELEASED = sorted(Path(__file__).parent.joinpath("schemas").glob("*.sql"))


def shape(con: sqlite3.Connection) -> dict[str, Any]:
    """Columns, keys, indexes and references of every table, whatever the words of its statement."""
    tables = [name for (name,) in con.execute("select name from sqlite_master where type = 'table'")]
    return {
        table: (
            sorted(con.execute(f"pragma table_xinfo({table})")),
            sorted(row[2:] for row in con.execute(f"pragma foreign_key_list({table})")),
            sorted(_index(con, row) for row in con.execute(f"pragma index_list({table})")),
        )
        for table in tables
    }


def _index(con: sqlite3.Connection, row: tuple[Any, ...]) -> tuple[Any, ...]:
    _, name, unique, origin, partial = row
    columns = tuple(column[1:] for column in con.execute(f"pragma index_xinfo({name})"))
    (sql,) = con.execute("select sql from sqlite_master where name = ?", (name,)).fetchone()
    condition = " ".join(sql.partition("WHERE")[2].split()) if partial else ""
    return (origin, unique, columns, condition) if sql is None else (name, origin, unique, columns, condition)


def fresh(folder: Path) -> dict[str, Any]:
    opened(folder).close()
    with closing(sqlite3.connect(folder / "quizzer.db")) as con:
        return shape(con)


def test_the_steps_make_what_the_tables_say(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'tables.db'}")
    METADATA.create_all(engine)
    engine.dispose()

    with closing(sqlite3.connect(tmp_path / "tables.db")) as con:
        assert fresh(tmp_path) == shape(con)


def test_there_is_a_dump_of_every_released_schema() -> None:
    assert [path.stem for path in RELEASED] == [str(version) for version in range(1, LATEST + 1)]


@pytest.mark.parametrize("dump", RELEASED, ids=[path.stem for path in RELEASED])
def test_a_store_of_every_released_schema_is_read_as_todays(tmp_path: Path, dump: Path) -> None:
    path = tmp_path / "quizzer.db"
    with closing(sqlite3.connect(path)) as con:
        con.executescript(dump.read_text())

    with closing(opened(tmp_path)) as store:
        cards = store.cards()
        events = list(store.all_events())
        assert {event.card for event in events} == {kept.id for kept in cards}
        assert list(store.refold(sm2)) == []
        assert len(store.candidates(day(60))) > 3

    with closing(sqlite3.connect(path)) as con:
        assert shape(con) == fresh(tmp_path / "fresh")
        assert con.execute("pragma application_id").fetchone() == (APPLICATION_ID,)


def test_what_is_a_learners_is_keyed_by_the_learner_first() -> None:
    for table in (EVENT, PROGRESS):
        assert next(iter(table.primary_key)).name == "learner_id"
        assert all(next(iter(index.columns)).name == "learner_id" for index in table.indexes)
        assert not table.foreign_keys


def test_only_types_that_other_databases_have_are_used() -> None:
    portable = (sa.Text, sa.Integer, sa.BigInteger, sa.Uuid, sa.JSON, sa.Date, sa.Boolean)
    types = [column.type for table in METADATA.sorted_tables for column in table.columns]

    assert all(type(each) in portable for each in types)
