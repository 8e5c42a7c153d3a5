"""Sittings of the real program in a real terminal, read off its screen."""

import atexit
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.terminal import Term, Tmux, command, environment

pytestmark = pytest.mark.terminal

TWO = "# Box\n\nList crates\n`docker ps`\n\nList images\n`docker images`\n"
MESSY = """\
 #crates #notes

## Words

**Crate** - _A thing that holds other things.

```sh
# Make a folder for crates
mkdir crates
```
`
## Doing

Remove crates
`docker rm <crate IDs>
List crates
`docker ps`
OR:
`docker container ls`

Flags:
* *`-a` : Closed ones too
* `-f <???>` : TODO

Weigh the crates:
```
docker system df
# or more closely
docker system df -v
```
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def bring(home: Path, text: str, name: str = "box.md") -> None:
    """A store with the cards of one note. Importing each note once saves half of the time here."""
    made = _imported(text, name)
    for each in made.iterdir():
        shutil.copy(each, home / each.name)


@cache
def _imported(text: str, name: str) -> Path:
    home = Path(tempfile.mkdtemp(prefix="quizzer-test-"))
    atexit.register(shutil.rmtree, home)
    (home / name).write_text(text)
    subprocess.run(command("import", name), env=environment(home), cwd=home, check=True, capture_output=True)
    return home


def due(home: Path) -> str:
    return subprocess.run(
        command("due"), env=environment(home), check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def term(home: Path) -> Iterator[Callable[..., Term]]:
    """Starts the program on a note, and ends it after the test."""
    opened: list[Term] = []

    def start(*arguments: str, note: str = TWO, **kwargs: object) -> Term:
        if not (home / "quizzer.db").exists():
            bring(home, note)
        opened.append(Term(home, *arguments, **kwargs))  # type: ignore[arg-type]
        return opened[-1].wait("❯")

    yield start
    for each in opened:
        each.close()


def test_a_right_answer_costs_one_enter_and_tells_when_the_card_comes_back(term: Callable[..., Term]) -> None:
    screen = term().wait("List crates")

    screen.key("docker container ls\r").wait("right   another form of  docker ps  · back tomorrow").wait(
        "List images"
    )


def test_what_waits_is_at_the_bottom(term: Callable[..., Term]) -> None:
    term().wait("2 waiting · 0 done").key("docker ps\r").wait("1 waiting · 1 done · 1 right at once")


def test_a_wrong_answer_says_why_and_may_be_given_again(term: Callable[..., Term]) -> None:
    screen = term()

    screen.key("docker ps -a\r").wait("close   -a is not asked for")
    screen.key("docker ps\r").wait("right   on the second try · again today, then tomorrow")


def test_an_empty_line_shows_the_answer_and_the_card_comes_again(term: Callable[..., Term]) -> None:
    screen = term()

    screen.key("\r").wait("answer  docker ps").wait("List images\n❯")
    screen.key("docker images\r").wait("again")
    screen.key("docker ps\r").wait("2 cards answered, all saved · 1 right at once · 1 not at once")

    assert screen.exit_code() == 0


def test_an_open_quote_is_pointed_at_and_grades_nothing(term: Callable[..., Term], home: Path) -> None:
    screen = term()

    screen.key("docker ps 'x\r").wait("^")
    screen.key("\x03").wait("❯")

    assert due(home) == "0 due, 2 new\n"


def test_a_bare_exit_is_told_about_quit_and_grades_nothing(term: Callable[..., Term], home: Path) -> None:
    screen = term().key("exit\r").wait("To steer: :quit")

    screen.key(":quit\r").wait("nothing answered, 2 cards still waiting")

    assert screen.exit_code() == 0
    assert due(home) == "0 due, 2 new\n"


def test_a_doubt_is_for_the_learner_and_enter_takes_neither_side(
    term: Callable[..., Term], home: Path
) -> None:
    screen = term(note="Open it\n`crate -x one`\n")

    screen.key("crate --extract one\r").wait("can't judge").wait("yours   crate --extract one")
    screen.key("\r").wait("y, a or n")
    screen.key("a\r").wait("right   back tomorrow")

    assert due(home) == "0 due, 0 new\n"


def test_help_lists_the_actions_and_undo_takes_back_the_last_answer(
    term: Callable[..., Term], home: Path
) -> None:
    screen = term().key(":help\r").wait(":bury")
    screen.key("docker ps\r").wait("right   ")
    assert due(home) == "0 due, 1 new\n"

    screen.key(":undo\r").wait("undone")

    assert due(home) == "0 due, 2 new\n"


def test_an_action_that_does_not_exist_is_told_with_the_nearest(term: Callable[..., Term]) -> None:
    term().key(":hnit\r").wait("did you mean :hint?")


def test_hints_go_up_and_cost_quality(term: Callable[..., Term]) -> None:
    screen = term().key(":hint\r").wait("docker …")

    screen.key("docker ps\r").wait("right   again today, then tomorrow")


def test_a_skipped_card_comes_at_the_end(term: Callable[..., Term]) -> None:
    term().key(":skip\r").wait("skipped").wait("List images\n❯").key("docker images\r").wait("List crates\n❯")


def test_no_key_gives_an_earlier_answer_away(term: Callable[..., Term]) -> None:
    screen = term().key("docker ps\r").wait("List images\n❯")

    screen.key("\x1b[A\x12dock\t").wait("❯ dock")

    assert screen.text().count("docker ps") == 1


def test_ctrl_c_clears_the_line_and_twice_leaves(term: Callable[..., Term]) -> None:
    screen = term().key("docker").wait("❯ docker")
    screen.key("\x03").wait("❯ docker\n❯")

    screen.key("\x03\x03").wait("nothing answered")

    assert screen.exit_code() == 0


def test_ctrl_d_leaves_and_says_what_is_saved(term: Callable[..., Term]) -> None:
    screen = term().key("docker ps\r").wait("List images\n❯").key("\x04")

    screen.wait("1 card answered, all saved · 1 right at once · 1 still waiting")
    assert screen.exit_code() == 0


def test_a_pasted_line_end_does_not_submit(term: Callable[..., Term]) -> None:
    screen = term(note="Do both\n```sh\n# Two things\ndocker ps\ndocker images\n```\n")

    screen.key("\x1b[200~docker ps\ndocker images\x1b[201~").wait("docker images")
    assert "right   " not in screen.text()
    screen.key("\r").wait("right   back tomorrow")


def test_a_line_that_is_not_finished_goes_on(term: Callable[..., Term]) -> None:
    screen = term().key("docker \\\r").wait("…")

    screen.key("ps\r").wait("right   ")


@pytest.mark.parametrize(("rows", "columns"), [(6, 40), (24, 80), (50, 200)])
def test_every_size_of_screen_shows_the_question(term: Callable[..., Term], rows: int, columns: int) -> None:
    screen = term(rows=rows, columns=columns).wait("List crates")

    screen.key("docker ps\r").wait("List images\n❯")


def test_the_smallest_screen_loses_nothing(term: Callable[..., Term]) -> None:
    screen = term().key("dock").wait("❯ dock")

    screen.resize(1, 1).resize(24, 80).key("er ps\r").wait("right   ")


def test_without_colour_the_words_say_it_all(term: Callable[..., Term]) -> None:
    screen = term(changes={"NO_COLOR": "1"}).key("docker ps\r").wait("right   back tomorrow")

    assert b"\x1b[1;34m" not in screen.raw
    assert b"\x1b[2m" not in screen.raw


def test_a_dumb_terminal_gets_lines_and_no_escapes(home: Path) -> None:
    bring(home, TWO)
    with Term(home, changes={"TERM": "dumb"}) as screen:
        screen.wait("\n>").key("docker ps\r").wait("right   ")

        assert b"\x1b" not in screen.raw


def test_a_hostile_note_sends_no_control_to_the_terminal(home: Path) -> None:
    bring(home, "# Bad \x1b]0;title\x07\n\nList \x9b31m\x08 crates \u202e\n`docker ps \x1b[2J`\n")
    with Term(home) as screen:
        screen.wait("❯").key("\r").wait("answer")

        for mark in (b"\x1b]0", b"\x07", b"\xc2\x9b", b"\x08 crates", b"ps \x1b[2J", "\u202e".encode()):
            assert mark not in screen.raw, mark


def test_the_first_start_offers_the_starter_decks_and_asks_a_card_at_once(home: Path) -> None:
    with Term(home, rows=40) as screen:
        screen.wait("1  your own Markdown notes").wait("docker").key("2\r")

        screen.wait("4 notes read").wait("new · 1 of 10").wait("❯").key(":quit\r")

        assert screen.exit_code() == 0


def test_the_first_start_takes_a_folder_of_notes(home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes" / "box.md").write_text(TWO)
    with Term(home) as screen:
        screen.wait("\n>").key("nowhere\r").wait("does not exist")

        screen.key("notes\r").wait("1 note read: 2 cards").wait("List crates")


def test_the_first_start_can_be_left_without_anything_being_made(home: Path) -> None:
    with Term(home) as screen:
        screen.wait("\n>").key("\x04").wait("nothing was changed")

        assert screen.exit_code() == 0
    assert not (home / "quizzer.db").exists()


def test_a_note_that_says_what_a_starter_deck_says_lets_it_be_retired(home: Path) -> None:
    subprocess.run(
        command("import", "--starter", "tar"), env=environment(home), check=True, capture_output=True
    )
    (home / "mine.md").write_text(
        (Path(__file__).parent.parent / "decks" / "tar.md").read_text() + "\nmore\n"
    )
    with Term(home, "import", "mine.md") as screen:
        screen.wait("your notes ask 19 of the 19").wait("Retire the starter").key("y\r").wait(
            "brings it back"
        )

        assert screen.exit_code() == 0


def test_two_windows_do_not_count_a_card_twice(term: Callable[..., Term], home: Path) -> None:
    one, other = term(), term()
    one.key("docker ps\r").wait("right   ")

    other.key("docker ps\r").wait("got an answer in another window").wait("List images\n❯")

    assert due(home) == "0 due, 1 new\n"


def test_imports_before_the_first_prompt_are_few(home: Path) -> None:
    """What the first answer needs comes behind the prompt: SQLAlchemy alone is two thirds of a cold start."""
    bring(home, TWO)
    with Term(home, changes={"PYTHONPROFILEIMPORTTIME": "1"}) as screen:
        screen.wait_until(
            lambda _: b"sqlalchemy" in screen.raw and b"tree_sitter" in screen.raw, "the loading"
        )

        before = screen.raw[: screen.raw.index("❯".encode())]
    for name in (b"sqlalchemy", b"markdown_it", b"rich", b"tree_sitter", b"quizzer.judging"):
        assert b" " + name not in before, name


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_window_loses_nothing(term: Callable[..., Term], home: Path, number: signal.Signals) -> None:
    screen = term().key("docker ps\r").wait("right   ")

    screen.kill(number)

    assert screen.exit_code() == -number
    assert due(home) == "0 due, 1 new\n"


@pytest.mark.fault
def test_a_killed_sitting_on_a_messy_note_has_every_answer_when_it_starts_again(home: Path) -> None:
    bring(home, MESSY, "messy.md")
    with Tmux(home, "drill", rows=50, columns=100) as tmux:
        tmux.wait("A thing that holds other things.").send("crate").enter().wait("right   back tomorrow")
        tmux.wait("Make a folder for crates").send("mkdir boxes").enter().wait("close   asked is crates")
        tmux.send("mkdir crates").enter().wait("right   on the second try · again today, then tomorrow")
        tmux.wait("Remove crates").send(":skip").enter().wait("skipped")
        tmux.wait("List crates").enter().wait("answer  docker ps")
        tmux.kill_program()

    again = subprocess.run(
        command("cards", "--json"), env=environment(home), check=True, capture_output=True, text=True
    )
    assert again.stdout.count('"due": "2') == 3
    with Tmux(home, "drill", rows=50, columns=100) as tmux:
        tmux.wait("Remove crates").send("docker rm one two").enter().wait("right   ")
        tmux.wait("which flag of docker container ls?").send("--all").enter().wait("right   ")
        tmux.wait("Weigh the crates").send("docker system df").enter().wait("right   ")
        tmux.wait("or more closely").wait("not the same as  docker system df").send(
            "docker system df -v"
        ).enter()
        tmux.wait("again").send("mkdir crates").enter().wait("back tomorrow")
        tmux.wait("List crates").send("docker container ls").enter().wait("6 cards answered, all saved")
        tmux.wait_end()
    assert due(home) == "0 due, 0 new\n"
