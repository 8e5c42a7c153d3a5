"""The file before it is used: made, migrated, or refused untouched."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizzer.errors import BusyError, DataError, QuizzerError, StorageError
from quizzer.store import cold, migrations
from quizzer.store.migrations import APPLICATION_ID, LATEST
from quizzer.store.opening import backup, open_file
from tests.test_store_builders import commands, opened, save


def made(folder: Path, cards: int = 200) -> Path:
    """A store with some cards in it."""
    with closing(opened(folder)) as store:
        save(store, commands(cards))
    return folder / "quizzer.db"


def a_backup(folder: Path) -> Path:
    kept = folder / "backups" / "quizzer-of-monday.db"
    with closing(sqlite3.connect(folder / "quizzer.db")) as con:
        backup(con, kept)
    return kept


def set_pragma(path: Path, name: str, value: int) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(f"pragma {name}={value}")


def an_old_store(folder: Path) -> Path:
    """One that was made by a version before the first."""
    path = folder / "quizzer.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("create table ancient (word text)")
        con.execute(f"pragma application_id={APPLICATION_ID}")
    return path


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("my shopping list, which is long enough to be looked at\n" * 30)


def no_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(100))


def a_bad_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


def newer(path: Path) -> None:
    set_pragma(path, "user_version", 99)


def foreign(path: Path) -> None:
    set_pragma(path, "application_id", 42)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere.db"))


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FAULTS: tuple[tuple[Callable[[Path], None], str], ...] = (
    (truncate, "damaged"),
    (empty, "empty"),
    (text, "no database"),
    (no_header, "no database"),
    (a_bad_page, "damaged"),
    (newer, "newer"),
    (foreign, "another program"),
    (folder, "folder"),
    (dangling, "link"),
    (pipe, "no regular file"),
)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else str(os.lstat(path).st_mode)


@pytest.mark.parametrize(("harm", "word"), FAULTS, ids=[harm.__name__ for harm, _ in FAULTS])
def test_a_file_in_doubt_is_refused_untouched_and_a_backup_is_named(
    tmp_path: Path, harm: Callable[[Path], None], word: str
) -> None:
    path = made(tmp_path)
    kept = a_backup(tmp_path)
    harm(path)
    before = fingerprint(path)

    with pytest.raises(DataError, match=word) as refusal:
        opened(tmp_path)

    assert fingerprint(path) == before
    assert "not touched" in str(refusal.value)
    if harm not in (newer, foreign, dangling):
        assert str(kept) in refusal.value.hint


def test_a_file_that_is_nobodys_yet_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "quizzer.db").touch()

    with closing(opened(tmp_path)) as store:
        assert store.cards() == ()


def test_a_store_is_made_with_its_folder_and_keeps_its_learner(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "new" / "folder")) as store:
        first = store.learner, store.device
    with closing(opened(tmp_path / "new" / "folder")) as store:
        again = store.learner, store.device

    assert first == again


def test_two_stores_have_two_learners(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a")) as one, closing(opened(tmp_path / "b")) as other:
        assert one.learner != other.learner


def test_a_wal_file_of_another_program_stays_a_wal_file(tmp_path: Path) -> None:
    path = tmp_path / "quizzer.db"
    with closing(sqlite3.connect(path)) as con:
        con.execute("pragma journal_mode=wal")
        con.execute("create table theirs (word text)")
    before = fingerprint(path)

    with pytest.raises(DataError, match="another program"):
        opened(tmp_path)

    assert fingerprint(path) == before


def test_an_older_store_is_backed_up_and_then_migrated(tmp_path: Path) -> None:
    path = an_old_store(tmp_path)

    open_file(path, tmp_path / "backups", "monday")

    with closing(sqlite3.connect(path)) as con:
        assert con.execute("pragma user_version").fetchone() == (LATEST,)
        assert con.execute("select count(*) from ancient, meta").fetchone() == (0,)
    with closing(sqlite3.connect(tmp_path / "backups" / f"quizzer-before-v{LATEST}-monday.db")) as con:
        assert con.execute("pragma user_version").fetchone() == (0,)
        assert con.execute("select name from sqlite_master").fetchall() == [("ancient",)]


def test_a_step_that_fails_leaves_the_older_store_as_it_was(tmp_path: Path) -> None:
    path = an_old_store(tmp_path)
    steps = {1: ("create table half (word text)", "create nonsense")}

    with pytest.raises(sqlite3.OperationalError):
        open_file(path, tmp_path / "backups", "monday", steps=steps)

    with closing(sqlite3.connect(path)) as con:
        assert con.execute("pragma user_version").fetchone() == (0,)
        assert con.execute("select name from sqlite_master").fetchall() == [("ancient",)]


def test_a_step_that_would_break_references_is_refused(tmp_path: Path) -> None:
    path = an_old_store(tmp_path)
    dangling_place = "insert into place values ('no note', 'no card', 1, '[]')"
    steps = {1: (*migrations.STEPS[1], "pragma defer_foreign_keys=on", dangling_place)}

    with pytest.raises(StorageError, match="nothing was changed"):
        open_file(path, tmp_path / "backups", "monday", steps=steps)

    with closing(sqlite3.connect(path)) as con:
        assert con.execute("select name from sqlite_master").fetchall() == [("ancient",)]


def test_a_store_that_somebody_is_writing_to_is_busy(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")

        with pytest.raises(BusyError, match="another quizzer"):
            opened(tmp_path, patience=50)


def test_a_place_that_takes_no_store_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(QuizzerError, match="cannot be used"):
        opened(tmp_path / "file" / "below")


def test_a_backup_is_whole_though_the_store_is_open_elsewhere(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as store:
        save(store, commands(3))
        kept = a_backup(tmp_path)

    with closing(cold.connect(kept)) as con:
        assert con.is_current
        assert len(con.read("select * from card")) == 3
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize(
    ("harm", "word"), [(newer, "newer"), (foreign, "another program"), (text, "no database")]
)
def test_the_cold_road_refuses_the_same_files(
    tmp_path: Path, harm: Callable[[Path], None], word: str
) -> None:
    path = made(tmp_path)
    harm(path)
    before = fingerprint(path)

    with pytest.raises(DataError, match=word):
        cold.connect(path)

    assert fingerprint(path) == before


def test_the_cold_road_asks_for_a_migration_of_what_is_older(tmp_path: Path) -> None:
    path = an_old_store(tmp_path)

    with closing(cold.connect(path)) as con:
        assert not con.is_current


def test_the_cold_road_knows_whether_there_is_a_store(tmp_path: Path) -> None:
    assert not cold.exists(tmp_path / "quizzer.db")
    assert cold.exists(tmp_path)  # a folder is refused where it is opened, not taken for an empty store
    assert cold.exists(made(tmp_path, 1))


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_what_is_no_file_is_refused_by_the_cold_road_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "quizzer.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "nowhere")

    assert cold.exists(path)
    with pytest.raises(DataError, match="not touched"):
        cold.connect(path)
