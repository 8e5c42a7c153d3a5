"""Notes, specs and the program's own folders, from disk. Notes are only ever opened for reading."""

import errno
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quizzer.card import Problem, Trouble
from quizzer.errors import DataError, StorageError
from quizzer.text import safe

if TYPE_CHECKING:
    from quizzer.commands.grammar import CommandSpec

LARGEST_NOTE: Final = 5_000_000
"""Bytes. Ten times the largest note that was ever seen; reading takes memory and time by the size."""
_ENDINGS: Final = (".md", ".markdown")
_ENDINGS_SAID: Final = " or ".join(_ENDINGS)
_LONGEST_NAME: Final = 100
"""Letters in the name of a program. A longer word is none, and may be none of a file."""
_SPEC_ENDINGS: Final = (".json", ".toml")
_PASSED_OVER: Final = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Home:
    """Where the program keeps things."""

    data: Path
    state: Path
    database: Path

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def specs(self) -> Path:
        """The learner's own specs."""
        return self.data / "specs"


def home(database: Path | None = None, environ: Mapping[str, str] = os.environ) -> Home:
    """`QUIZZER_HOME` holds everything where it is set; else the system's own folders for it do."""
    if root := environ.get("QUIZZER_HOME"):
        base = expanded(Path(root)).absolute()
        data, state = base, base / "state"
    else:
        from platformdirs import (
            PlatformDirs,
        )  # only where it is needed: it costs a tenth of the way to a prompt

        dirs = PlatformDirs("quizzer", appauthor=False)
        data, state = dirs.user_data_path, dirs.user_state_path
    return Home(data, state, expanded(database or data / "quizzer.db").absolute())


def expanded(path: Path) -> Path:
    """With `~` as the shell reads it; a `~name` of nobody stays as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  (Path's own raises for a name of nobody)


@cache
def shipped(name: str) -> Path:
    """The folder `decks` or `data` that comes with the program, in a checkout or in an installed wheel."""
    package = Path(__file__).resolve().parent
    for place in (package / "shipped" / name, package.parent / name):
        if place.is_dir():
            return place
    raise DataError(
        f"the folder {name} that comes with quizzer is missing", f"install it again; it belongs in {package}"
    )


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note that was found: where it is, and its path below the root."""

    path: Path
    name: str

    @property
    def deck(self) -> str:
        return self.name.rsplit(".", 1)[0]


def find_notes(root: Path) -> tuple[list[NoteFile], list[Problem]]:
    """The Markdown files of a folder in the order of their names, or the one file; links are never followed.

    Raises DataError where there is nothing of that name, or nothing that can be a note.
    """
    try:
        mode = root.stat().st_mode
    except OSError as error:
        raise _unreachable(root, error) from error
    if not stat.S_ISDIR(mode):
        if root.suffix.lower() not in _ENDINGS:
            raise DataError(
                f"{safe(str(root))} is not a Markdown note", f"a note's name ends in {_ENDINGS_SAID}"
            )
        return [NoteFile(root, root.name)], []
    notes: list[NoteFile] = []
    problems: list[Problem] = []
    for path in _walk(root, problems):
        name = path.relative_to(root).as_posix()
        try:
            name.encode()
        except UnicodeEncodeError:
            problems.append(
                Problem(safe(name), 0, Trouble.UNREADABLE, "skipped: the file's name is not UTF-8")
            )
            continue
        notes.append(NoteFile(path, name))
    if not notes and not problems:
        raise DataError(
            f"{safe(str(root))} holds no Markdown notes", f"a note's name ends in {_ENDINGS_SAID}"
        )
    return notes, problems


def _unreachable(root: Path, error: OSError) -> DataError:
    what = "does not exist" if error.errno == errno.ENOENT else f"cannot be read ({error.strerror})"
    return DataError(f"{safe(str(root))} {what}", "name a Markdown file or a folder of them")


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        name = safe(os.path.relpath(error.filename or root, root))
        problems.append(Problem(name, 0, Trouble.UNREADABLE, f"skipped: {error.strerror}"))

    for folder, folders, files in os.walk(root, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(files):
            if name.lower().endswith(_ENDINGS) and not name.startswith("."):
                yield Path(folder, name)


def read_note(note: NoteFile) -> bytes:
    """The bytes of a note. Raises DataError for what is no regular file, too large, or not to be read."""
    try:
        handle = os.open(note.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        why = "a symbolic link" if error.errno == errno.ELOOP else error.strerror
        raise DataError(f"skipped: {why}") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise DataError("skipped: not a regular file")
        if status.st_size > LARGEST_NOTE:
            raise DataError(f"skipped: {status.st_size:,} bytes, over the limit of {LARGEST_NOTE:,}")
        with open(handle, "rb", closefd=False) as file:
            return file.read(LARGEST_NOTE + 1)
    finally:
        os.close(handle)


def decoded(raw: bytes) -> str:
    """UTF-8 text. Raises DataError that names the byte where it is not."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"skipped: not UTF-8 (byte {error.start + 1})") from error
    if (at := raw.find(b"\0")) >= 0:
        raise DataError(f"skipped: not text (a NUL at byte {at + 1})")
    return text


class SpecShelf:
    """The specs of commands, each read from its file when it is first asked for.

    The learner's own folder is looked in first, then what comes with the program.
    """

    def __init__(self, own: Path) -> None:
        self._folders = (own, shipped("data") / "specs")
        self._read: dict[str, CommandSpec | None] = {}

    def of(self, names: Iterable[str]) -> "dict[str, CommandSpec]":
        """Those of the names that have a spec. Raises DataError for a file that cannot be understood."""
        found = {name: self._get(name) for name in names}
        return {name: spec for name, spec in found.items() if spec is not None}

    def names(self) -> dict[str, bool]:
        """Every program that has a spec, and whether the learner has one of it."""
        found: dict[str, bool] = {}
        for own, folder in zip((True, False), self._folders, strict=True):
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.suffix in _SPEC_ENDINGS:
                    found.setdefault(path.stem, own)
        return dict(sorted(found.items()))

    def raw(self, name: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The learner's own spec of a program and the one that comes with quizzer, as in their files."""
        own, came = (next(map(_raw, _spec_files(folder, name)), None) for folder in self._folders)
        return own, came

    def _get(self, name: str) -> "CommandSpec | None":
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> "CommandSpec | None":
        if not 0 < len(name) <= _LONGEST_NAME or "/" in name or name.startswith("."):
            return None
        for folder in self._folders:
            for path in _spec_files(folder, name):
                return _spec(path)
        return None


def write_spec(folder: Path, name: str, text: str) -> Path:
    """The learner's own file of a program, whole or not at all. One written by hand is kept beside it.

    Raises DataError where another own file would hide it.
    """
    path = folder / f"{name}.toml"
    if path.with_suffix(".json").exists():
        raise DataError(
            f"{path.with_suffix('.json')} is in the way", f"move it: what is learnt goes to {path.name}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}.{os.getpid()}"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and path.read_bytes().partition(b"\n")[0] != text.encode().partition(b"\n")[0]:
            path.replace(path.with_suffix(".toml.before"))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _spec_files(folder: Path, name: str) -> Iterator[Path]:
    return (path for ending in _SPEC_ENDINGS if (path := folder / f"{name}{ending}").is_file())


def _spec(path: Path) -> "CommandSpec":
    from quizzer.commands.spec import (
        from_mapping,
    )  # part of the validator, which comes in behind the first prompt

    try:
        return from_mapping(_raw(path))
    except (ValueError, DataError) as error:
        raise DataError(
            f"{path}: {error}", "mend it, or move it away: without it answers are compared as text"
        ) from error


def _raw(path: Path) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = (
            json.loads(path.read_bytes()) if path.suffix == ".json" else _toml(path.read_text("utf-8"))
        )
    except OSError as error:
        raise StorageError(f"{path} cannot be read ({error.strerror})") from error
    if not isinstance(raw, dict):
        raise ValueError("a table belongs there")
    return raw


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # only for a hand-written spec: shipped ones that are large are JSON

    return tomllib.loads(text)
