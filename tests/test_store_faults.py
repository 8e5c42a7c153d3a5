"""What was acknowledged is there: after kills, on a full disk, on one that is read-only."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quizzer.errors import QuizzerError, StorageError
from quizzer.sm2 import sm2
from quizzer.store import cold
from quizzer.store.faults import fault, told
from tests.builders import MONDAY, reviewed
from tests.test_store_builders import commands, opened, save, write

CHECKOUT = Path(__file__).parent.parent

ANSWERS = """
import sys
from pathlib import Path
from itertools import count
from uuid import uuid4
from tests.builders import reviewed
from tests.test_store_builders import opened, write

store = opened(Path(sys.argv[1]))
versions = {kept.id: kept.progress.version for kept in store.cards()}
for number in count():
    card = list(versions)[number % len(versions)]
    answer = reviewed(card, 5, number // 100, id=uuid4())
    versions[card] = write(store, answer, versions[card]).version
    print(answer.id, flush=True)
"""

IMPORTS = """
import sys
from pathlib import Path
from itertools import count
from tests.test_store_builders import commands, opened, save

store = opened(Path(sys.argv[1]))
start = int(sys.argv[2])
for number in count(start):
    save(store, commands(50, start=number * 50), path=f"{number}.md")
    print(number, flush=True)
"""

FULL = """
import resource, signal, sys
from pathlib import Path
from uuid import uuid4
from quizzer.errors import StorageError
from tests.builders import reviewed
from tests.test_store_builders import opened, write

folder = Path(sys.argv[1])
store = opened(folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (folder / "quizzer.db").stat().st_size
(card, *_) = store.cards()
seen = card.progress.version
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
while True:
    answer = reviewed(card.id, 5, 0, id=uuid4(), answer="x" * 2000)
    try:
        seen = write(store, answer, seen).version
    except StorageError as error:
        assert "full" in str(error), error
        break
    print(answer.id, flush=True)
print(len(store.events(card.id)), flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
write(store, answer, seen)
print(answer.id, flush=True)
"""

READ_ONLY = """
import os, sys
from pathlib import Path
from quizzer.errors import StorageError
from quizzer.store import cold
from tests.builders import MONDAY, reviewed
from tests.test_store_builders import opened, write

if os.geteuid() == 0:
    os.setuid(65534)
folder = Path(sys.argv[1])
con = cold.connect(folder / "quizzer.db")
print(sum(cold.due_count(con, cold.learner(con), MONDAY, 10, 200)))
con.close()
store = opened(folder)
(card, *_) = store.candidates(MONDAY)
print(len(store.cards()))
try:
    write(store, reviewed(card.id, 5))
except StorageError as error:
    print(error)
    print(error.hint)
"""


TORN = """
import sqlite3, sys

con = sqlite3.connect(sys.argv[1], isolation_level=None)
con.execute("pragma cache_size=1")
con.execute("begin immediate")
con.execute("update card set prompt = 'torn'")
print("torn", flush=True)
sys.stdin.read()
"""


def child(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )


def killed_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """What it had said when it was killed, wherever in its work that was."""
    assert process.stdout is not None
    with process, process.stdout as said:
        first = [said.readline() for _ in range(lines)]
        process.kill()
        return [line.strip() for line in [*first, *said] if line.endswith("\n")]


def check(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "quizzer.db")) as con:
        assert con.execute("pragma integrity_check").fetchall() == [("ok",)]


@pytest.mark.fault
def test_every_answer_that_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    chance = random.Random(7)
    with closing(opened(tmp_path)) as store:
        save(store, commands(5))
    acknowledged: list[str] = []
    for _ in range(12):
        acknowledged += killed_after(child(ANSWERS, tmp_path), chance.randint(1, 40))

        with closing(opened(tmp_path)) as store:
            there = {str(event.id) for event in store.all_events()}
            assert not set(acknowledged) - there
            assert len(there) - len(acknowledged) <= 12
            assert list(store.refold(sm2)) == []
        check(tmp_path)
    assert len(acknowledged) > 50


@pytest.mark.fault
def test_a_note_is_whole_or_absent_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(7)
    opened(tmp_path).close()
    start = 0
    for _ in range(10):
        killed_after(child(IMPORTS, tmp_path, start), chance.randint(1, 5))

        with closing(opened(tmp_path)) as store:
            (root,) = store.roots()
            notes = store.notes(root.id)
            assert all(len(store.cards_in(noted.id)) == 50 for noted in notes.values())
            assert len(store.cards()) == 50 * len(notes)
            start = len(notes)
        check(tmp_path)


@pytest.mark.fault
def test_the_cold_road_takes_back_what_a_kill_left_half_done(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as store:
        save(store, commands(500))
    killed_after(child(TORN, tmp_path / "quizzer.db"), 1)
    journal = tmp_path / "quizzer.db-journal"
    assert journal.stat().st_size > 0
    assert b"torn" in (tmp_path / "quizzer.db").read_bytes()

    with closing(cold.connect(tmp_path / "quizzer.db")) as con:
        rows = cold.candidates(con, cold.learner(con), MONDAY, few=500)

    assert {row["prompt"] for row in rows} == {f"Do {n}" for n in range(500)}
    assert not journal.exists()


@pytest.mark.fault
def test_a_full_disk_is_told_and_the_answer_can_be_saved_again(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as store:
        save(store, commands(1))
    process = child(FULL, tmp_path)
    said, _ = process.communicate(timeout=60)
    *acknowledged, number, again = said.split()

    assert process.returncode == 0
    assert len(acknowledged) == int(number) > 0
    with closing(opened(tmp_path)) as store:
        assert [str(event.id) for event in store.all_events()] == [*acknowledged, again]
        assert list(store.refold(sm2)) == []
    check(tmp_path)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may look into; pytest's own are closed to all but their owner."""
    folder = Path(tempfile.mkdtemp(prefix="quizzer-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.fault
def test_a_read_only_store_can_be_looked_at_and_says_why_it_takes_no_answer(public: Path) -> None:
    with closing(opened(public)) as store:
        save(store, commands(3))
    (public / "quizzer.db").chmod(0o444)
    public.chmod(0o555)

    said, _ = child(READ_ONLY, public).communicate(timeout=60)

    due, cards, error, hint = said.splitlines()
    assert (due, cards) == ("3", "3")
    assert error == f"{public / 'quizzer.db'} is read-only"
    assert "look" in hint


def test_a_store_deleted_while_it_is_open_takes_no_answer(tmp_path: Path) -> None:
    (card, *_) = commands(1)
    with closing(opened(tmp_path)) as store:
        save(store, [card])
        (tmp_path / "quizzer.db").unlink()

        with pytest.raises(StorageError, match="moved or deleted"):
            write(store, reviewed(card[0], 5))


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("SQLITE_FULL", 74),
        ("SQLITE_IOERR_WRITE", 74),
        ("SQLITE_IOERR_FSYNC", 74),
        ("SQLITE_READONLY", 74),
        ("SQLITE_READONLY_ROLLBACK", 74),
        ("SQLITE_READONLY_DBMOVED", 74),
        ("SQLITE_CANTOPEN", 74),
        ("SQLITE_BUSY", 75),
        ("SQLITE_BUSY_SNAPSHOT", 75),
        ("SQLITE_LOCKED", 75),
        ("SQLITE_NOTADB", 65),
        ("SQLITE_CORRUPT_INDEX", 65),
    ],
)
def test_what_goes_wrong_outside_is_told_by_its_code(code: str, exit_code: int) -> None:
    error = sqlite3.OperationalError("whatever words")
    error.sqlite_errorname = code

    found = fault(error, Path("quizzer.db"))

    assert found is not None
    assert found.exit_code == exit_code
    assert "quizzer.db" in str(found)


def test_a_mistake_of_ours_stays_loud() -> None:
    with closing(sqlite3.connect(":memory:")) as con, pytest.raises(sqlite3.OperationalError), told(Path()):
        con.execute("selec 1")


def test_what_the_system_refuses_is_told_as_ours() -> None:
    with pytest.raises(QuizzerError, match="No such file"), told(Path("quizzer.db")):
        os.stat("/nowhere/at/all")  # noqa: PTH116
