"""Notes into a real store, and what becomes of a card's history when its note is edited."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from quizzer.answer import Answer
from quizzer.card import Trouble
from quizzer.drill import Drill, take_verdict
from quizzer.errors import DataError
from quizzer.events import Aliased, Changed, Reviewed
from quizzer.files import SpecShelf, shipped
from quizzer.importing.covering import covered
from quizzer.importing.importer import STARTER, Importer
from quizzer.importing.looking import meaning
from quizzer.importing.report import Report
from quizzer.judging import judge
from quizzer.schedule import Kept, Now
from quizzer.sm2 import sm2
from quizzer.store.store import Store
from quizzer.turns import Turn
from tests.builders import MONDAY, SM2, card, command, flag, now, term

NOTE = """\
# Box

**Crate** - A thing that holds other things.

List the crates that are open
`docker ps`

Remove a crate
`docker rm <crate>`

- `-f` : Remove it even if it is open
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "q.db", tmp_path / "backups", "test")
    yield opened
    opened.close()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "box.md").write_text(NOTE)
    return folder


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Callable[..., Report]:
    importer = Importer(store, SpecShelf(tmp_path), _moments(), sm2)
    return lambda root, kind="folder", **kwargs: importer.bring(root, kind, **kwargs)


def _moments() -> Callable[[], Now]:
    minutes = count()
    return lambda: now(at=f"{next(minutes) // 60 % 24:02}:{next(minutes) % 60:02}")


def the(store: Store, prompt: str) -> Kept:
    """The live card with that prompt."""
    found = [each for each in store.cards() if each.card.prompt == prompt and not each.progress.retired]
    assert len(found) == 1, [each.card.prompt for each in store.cards()]
    return found[0]


def answer(store: Store, kept: Kept, text: str) -> None:
    drill = Drill((Turn(kept),), MONDAY)
    verdict = judge(kept.card.expected, text, {})
    event = take_verdict(drill, verdict, Answer(text, 1), now(at="23:00"), SM2).event
    assert event is not None
    store.write(event, kept.progress.version, sm2, "test")


def learn(store: Store, prompt: str, text: str) -> Kept:
    answer(store, the(store, prompt), text)
    return the(store, prompt)


def test_every_card_of_a_note_is_in_the_store_and_flags_and_terms_both_ways(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    report = bring(notes)

    assert len(report.cards) == 4
    assert len(store.cards()) == 6
    assert [each.added for each in report.notes] == [4]


def test_the_notes_are_not_touched(notes: Path, bring: Callable[..., Report]) -> None:
    before = (notes / "box.md").stat()

    bring(notes)

    after = (notes / "box.md").stat()
    assert (notes / "box.md").read_text() == NOTE
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_note_that_has_not_changed_is_not_read_again(notes: Path, bring: Callable[..., Report]) -> None:
    bring(notes)

    again = bring(notes)

    assert (again.unchanged, again.notes) == (1, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Box", "# Box\n\nsome new text\n\n## And a heading"),
        ("List the crates that are open\n", "List all crates that are open now\n"),
        ("**Crate** - A thing that holds other things.\n", ""),
    ],
    ids=["moved", "reworded", "others gone"],
)
def test_history_follows_a_card_through_edits(
    store: Store, notes: Path, bring: Callable[..., Report], before: str, after: str
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text(NOTE.replace(before, after))
    bring(notes)

    kept = next(each for each in store.cards() if each.id == learnt.id)
    assert kept.progress.schedule == learnt.progress.schedule
    assert not kept.progress.retired


def test_a_reworded_card_is_known_by_its_new_text_too(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text(NOTE.replace("List the crates that are open", "Show open crates"))
    bring(notes)

    assert [type(event) for event in store.events(learnt.id)] == [Reviewed, Aliased]


def test_a_command_that_now_means_something_else_is_due_at_once_and_keeps_its_history(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text(NOTE.replace("`docker ps`", "`docker ps --all`"))
    report = bring(notes)

    kept = the(store, "List the crates that are open")
    assert kept.id == learnt.id
    assert kept.progress.is_due(MONDAY)
    assert [type(event) for event in store.events(learnt.id)] == [Reviewed, Changed]
    assert report.notes[0].changed == 1


def test_a_command_that_is_only_spelt_otherwise_keeps_its_day(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text(NOTE.replace("`docker ps`", "`docker container ls`"))
    bring(notes)

    assert the(store, "List the crates that are open").progress.schedule == learnt.progress.schedule


def test_text_that_is_gone_is_retired_and_comes_back_with_its_history(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text("# Box\n")
    bring(notes)
    gone = next(each for each in store.cards() if each.id == learnt.id)
    (notes / "other.md").write_text(NOTE)
    bring(notes)

    assert gone.progress.retired
    back = the(store, "List the crates that are open")
    assert (back.id, back.progress.schedule) == (learnt.id, learnt.progress.schedule)


def test_a_note_that_moves_takes_its_history_along(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "sub").mkdir()
    (notes / "box.md").rename(notes / "sub" / "crates.md")
    bring(notes)

    moved = the(store, "List the crates that are open")
    assert (moved.id, moved.deck) == (learnt.id, "sub/crates")
    assert moved.progress.schedule == learnt.progress.schedule


def test_the_same_text_in_two_notes_is_one_card_until_both_are_gone(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    (notes / "copy.md").write_text(NOTE)
    bring(notes)
    assert len(store.cards()) == 6

    (notes / "copy.md").write_text("")
    bring(notes)

    assert not any(each.progress.retired for each in store.cards())


def test_many_notes_gone_at_once_retire_nothing(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    for at in range(4):
        (notes / f"n{at}.md").write_text(NOTE.replace("crate", f"crate{at}"))
    bring(notes)

    for at in range(4):
        (notes / f"n{at}.md").unlink()
    report = bring(notes)

    assert len(report.vanished) == 4
    assert not any(each.progress.retired for each in store.cards())


def test_a_root_that_is_gone_retires_nothing(store: Store, notes: Path, bring: Callable[..., Report]) -> None:
    bring(notes)
    (notes / "box.md").unlink()
    notes.rmdir()

    with pytest.raises(DataError, match="does not exist"):
        bring(notes)

    assert not any(each.progress.retired for each in store.cards())


def test_one_bad_note_does_not_stop_the_others(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    (notes / "bad.md").write_bytes(b"caf\xe9")

    report = bring(notes)

    assert [problem.trouble for problem in report.problems if problem.note == "bad.md"] == [
        Trouble.UNREADABLE
    ]
    assert len(store.cards()) == 6


def test_progress_is_told_note_by_note(notes: Path, bring: Callable[..., Report]) -> None:
    (notes / "git.md").write_text("# Git\n")
    told: list[tuple[int, int]] = []

    bring(notes, seen=lambda at, of: told.append((at, of)))

    assert told == [(1, 2), (2, 2)]


def test_an_incomplete_command_is_told_with_its_line(notes: Path, bring: Callable[..., Report]) -> None:
    (notes / "box.md").write_text("Run something in a crate\n`docker exec <crate>`\n")

    report = bring(notes)

    assert [(problem.line, problem.trouble) for problem in report.problems] == [(2, Trouble.INCOMPLETE)]


def test_givens_are_worked_out_at_import(store: Store, notes: Path, bring: Callable[..., Report]) -> None:
    bring(notes)

    expected = the(store, "Remove a crate").card.expected
    assert [given.name for given in expected.givens] == ["crate"]  # type: ignore[union-attr]


def test_cards_mean_the_same_whatever_their_words_and_values(tmp_path: Path) -> None:
    shelf = SpecShelf(tmp_path)

    assert meaning(command("docker ps -a"), shelf) == meaning(
        command("docker container ls --all", "Other words"), shelf
    )
    assert meaning(command("docker ps -a"), shelf) != meaning(command("docker ps"), shelf)
    assert meaning(flag("-a", "all", "docker ps"), shelf) == meaning(
        flag("--all", "every one", "docker ps"), shelf
    )
    assert meaning(flag("-a", "all", "docker ps"), shelf) != meaning(
        flag("-a", "all", "docker images"), shelf
    )
    assert meaning(term("Images"), shelf) == meaning(term("image", "something else"), shelf)


def test_a_starter_deck_that_the_notes_cover_is_found(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    decks = shipped("decks")
    bring(decks, STARTER, only=("docker.md", "tar.md"))
    assert covered(store) == []

    (notes / "mine.md").write_text((decks / "docker.md").read_text().replace("List ", "Show "))
    bring(notes)

    assert [(each.deck, each.covered) for each in covered(store)] == [("docker", covered(store)[0].cards)]


def test_forgetting_a_note_retires_its_cards_and_keeps_their_history(
    store: Store, notes: Path, bring: Callable[..., Report], tmp_path: Path
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")
    note_id = next(iter(store.notes(store.roots()[0].id).values())).id

    Importer(store, SpecShelf(tmp_path), _moments(), sm2).forget(note_id)

    kept = next(each for each in store.cards() if each.id == learnt.id)
    assert kept.progress.retired
    assert kept.progress.schedule == learnt.progress.schedule


def test_stored_progress_is_the_fold_of_the_log_after_all_of_it(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learn(store, "List the crates that are open", "docker ps")
    (notes / "box.md").write_text(NOTE.replace("docker ps", "docker ps -a").replace("Remove a", "Delete a"))
    bring(notes)

    assert list(store.refold(sm2)) == []


def test_keys_and_cards_without_a_command_have_meanings_of_their_own_notes(tmp_path: Path) -> None:
    from quizzer.card import Keys

    shelf = SpecShelf(tmp_path)

    assert meaning(card(Keys("<C-w>v"), "Split"), shelf) == meaning(card(Keys("Ctrl-w v"), "Split it"), shelf)
    assert meaning(flag("-a", "all", ""), shelf).startswith("flag docker.md")


def test_a_reworded_card_keeps_its_place_when_another_note_takes_its_old_words(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")
    (notes / "box.md").write_text(NOTE.replace("List the crates that are open", "Show open crates"))
    bring(notes)

    (notes / "other.md").write_text("List the crates that are open\n`docker volume ls`\n")
    bring(notes)

    assert the(store, "Show open crates").progress.schedule == learnt.progress.schedule
    new = the(store, "List the crates that are open")
    assert (new.card.expected.text, new.progress.schedule) == ("docker volume ls", None)  # type: ignore[union-attr]


def test_an_edit_in_one_of_two_notes_leaves_the_card_of_the_other_as_it_was(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    (notes / "copy.md").write_text(NOTE)
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    (notes / "box.md").write_text(NOTE.replace("`docker ps`", "`docker ps -q`"))
    bring(notes)
    (notes / "copy.md").write_text(NOTE + "\nmore text\n")
    bring(notes)

    both = {
        each.card.expected.text: each  # type: ignore[union-attr]
        for each in store.cards()
        if each.card.prompt == "List the crates that are open"
    }
    assert set(both) == {"docker ps", "docker ps -q"}
    assert both["docker ps"].progress.schedule == learnt.progress.schedule
    assert both["docker ps -q"].progress.schedule is None


def test_an_answer_corrected_to_what_another_note_says_keeps_its_history(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    (notes / "box.md").write_text("List crates\n`docker ps -q`\n")
    (notes / "other.md").write_text("List crates\n`docker ps`\n")
    bring(notes)
    mine = next(each for each in store.cards() if each.deck == "box")
    answer(store, mine, "docker ps -q")

    (notes / "box.md").write_text("List crates\n`docker ps`\n")
    bring(notes)

    kept = next(each for each in store.cards() if each.id == mine.id)
    assert not kept.progress.retired
    assert kept.progress.schedule is not None


def test_a_note_imported_alone_and_then_with_its_folder_is_one_note(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes / "box.md", "file")
    bring(notes)

    (notes / "box.md").write_text(NOTE.replace("**Crate** - A thing that holds other things.\n", ""))
    bring(notes)

    assert [each.card.prompt for each in store.cards() if each.progress.retired][:1] == ["Crate"]


def test_a_note_of_a_folder_that_is_imported_alone_stays_the_folders(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)

    (notes / "box.md").write_text(NOTE + "\nList images\n`docker images`\n")
    report = bring(notes / "box.md", "file")

    assert len(store.roots()) == 1
    assert report.notes[0].added == 1


def test_a_folder_that_moved_takes_its_history_along_and_leaves_nothing_behind(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    bring(notes)
    learnt = learn(store, "List the crates that are open", "docker ps")

    moved = notes.rename(notes.parent / "moved")
    bring(moved)
    (moved / "box.md").write_text("# Box\n")
    bring(moved)

    assert all(each.progress.retired for each in store.cards())
    kept = next(each for each in store.cards() if each.id == learnt.id)
    assert kept.progress.schedule == learnt.progress.schedule


def test_many_renamed_notes_are_no_missing_notes(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    for at in range(4):
        (notes / f"n{at}.md").write_text(NOTE.replace("crate", f"crate{at}"))
    bring(notes)

    for at in range(4):
        (notes / f"n{at}.md").rename(notes / f"m{at}.md")
    report = bring(notes)

    assert (report.vanished, report.gone) == ([], 0)
    assert not any(each.progress.retired for each in store.cards())


def test_missing_notes_are_believed_to_be_gone_where_the_learner_says_so(
    store: Store, notes: Path, bring: Callable[..., Report], tmp_path: Path
) -> None:
    for at in range(4):
        (notes / f"n{at}.md").write_text(f"List crates {at}\n`docker ps -n {at}`\n")
    bring(notes)
    for at in range(4):
        (notes / f"n{at}.md").unlink()

    report = Importer(store, SpecShelf(tmp_path), _moments(), sm2, believe=True).bring(notes, "folder")

    assert (report.vanished, report.gone) == ([], 4)


def test_a_starter_deck_of_which_half_is_covered_is_not_yet_covered(
    store: Store, notes: Path, bring: Callable[..., Report]
) -> None:
    decks = shipped("decks")
    bring(decks, STARTER, only=("tar.md",))
    text = (decks / "tar.md").read_text()
    (notes / "mine.md").write_text(text[: text.index("## Looking")])

    bring(notes)

    assert len(store.meanings([root.id for root in store.roots() if root.kind != STARTER])) > 0
    assert covered(store) == []
