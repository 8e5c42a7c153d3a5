"""Notes and specs from disk, read and never written."""

import os
from pathlib import Path

import pytest

from quizzer.errors import DataError
from quizzer.files import LARGEST_NOTE, NoteFile, SpecShelf, decoded, find_notes, home, read_note, shipped


def note(path: Path) -> NoteFile:
    return NoteFile(path, path.name)


def test_a_folder_gives_its_notes_in_order_and_leaves_hidden_folders_alone(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.markdown",
        "sub/c.md",
        ".git/d.md",
        ".obsidian/e.md",
        "node_modules/f.md",
        "g.txt",
        ".h.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    notes, problems = find_notes(tmp_path)

    assert [each.name for each in notes] == ["a.markdown", "b.md", "sub/c.md"]
    assert [each.deck for each in notes] == ["a", "b", "sub/c"]
    assert problems == []


def test_one_file_is_a_root_of_one_note(tmp_path: Path) -> None:
    (tmp_path / "git.md").write_text("x")

    assert [each.name for each in find_notes(tmp_path / "git.md")[0]] == ["git.md"]


@pytest.mark.parametrize("name", ["missing.md", "missing"])
def test_a_root_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="does not exist"):
        find_notes(tmp_path / name)


def test_a_root_that_is_no_note_is_told(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")

    with pytest.raises(DataError, match="not a Markdown note"):
        find_notes(tmp_path / "photo.png")


def test_a_name_that_is_not_utf_8_is_skipped_and_told(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.md")).write_text("x")

    notes, problems = find_notes(tmp_path)

    assert notes == []
    assert "not UTF-8" in str(problems[0])
    str(problems[0]).encode()


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.md").write_text("x")

    assert [each.name for each in find_notes(tmp_path)[0]] == ["a.md"]


def test_links_pipes_devices_and_folders_are_no_notes(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()

    for name, why in (
        ("link.md", "symbolic link"),
        ("pipe.md", "not a regular file"),
        ("folder.md", "not a regular file"),
    ):
        with pytest.raises(DataError, match=why):
            read_note(note(tmp_path / name))


def test_a_note_over_the_limit_is_skipped_with_its_size(tmp_path: Path) -> None:
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(LARGEST_NOTE + 1)

    with pytest.raises(DataError, match="over the limit"):
        read_note(note(tmp_path / "large.md"))


@pytest.mark.parametrize(
    ("raw", "why"), [(b"ab\xff", "byte 3"), (b"a\0", "NUL at byte 2"), ("é".encode("utf-16"), "byte 1")]
)
def test_what_is_not_text_is_told_with_its_byte(raw: bytes, why: str) -> None:
    with pytest.raises(DataError, match=why):
        decoded(raw)


def test_a_byte_order_mark_is_no_text() -> None:
    assert decoded(b"\xef\xbb\xbf# Git") == "# Git"


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    where = home(environ={"QUIZZER_HOME": str(tmp_path)})

    assert {where.data, where.state.parent, where.database.parent} == {tmp_path}


def test_another_store_can_be_named(tmp_path: Path) -> None:
    assert home(tmp_path / "other.db", {"QUIZZER_HOME": str(tmp_path)}).database == tmp_path / "other.db"


def test_without_a_variable_the_systems_own_folders_are_used() -> None:
    assert home(environ={}).data.name == "quizzer"


def test_decks_and_specs_come_with_the_program() -> None:
    assert (shipped("decks") / "docker.md").is_file()
    assert (shipped("data") / "specs" / "docker.json").is_file()


def test_what_does_not_come_with_the_program_is_told() -> None:
    with pytest.raises(DataError, match="missing"):
        shipped("nothing")


def test_a_spec_is_found_by_the_name_of_its_program(tmp_path: Path) -> None:
    assert set(SpecShelf(tmp_path).of(["docker", "crate", "../docker", ""])) == {"docker"}


def test_the_learners_own_spec_comes_first(tmp_path: Path) -> None:
    (tmp_path / "docker.toml").write_text(
        'format = 1\ntool = "docker"\nversion = "mine"\nstyle = "gnu"\nsource = "hand"\n'
    )

    assert SpecShelf(tmp_path).of(["docker"])["docker"].version == "mine"


@pytest.mark.parametrize("text", ["not toml [", "format = 1\ntool = 5\n"])
def test_a_spec_that_cannot_be_understood_is_told_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "crate.toml").write_text(text)

    with pytest.raises(DataError, match=r"crate\.toml"):
        SpecShelf(tmp_path).of(["crate"])
