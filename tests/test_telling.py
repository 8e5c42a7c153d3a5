"""The words of a sitting. Each is read as the learner reads it, without colour."""

from dataclasses import replace
from typing import Any

import pytest

from quizzer.answer import Answer, Code, Verdict
from quizzer.card import CommandLine, Given, Keys, Typed
from quizzer.commands.reasons import Reason, ReasonCode
from quizzer.drill import Drill, Tally, take_verdict
from quizzer.errors import StorageError
from quizzer.events import fold
from quizzer.judging import judge
from quizzer.repl import telling
from quizzer.repl.screen import painted
from quizzer.repl.telling import Words
from quizzer.schedule import Progress
from quizzer.sm2 import sm2
from quizzer.turns import Turn
from tests.builders import MONDAY, SM2, an_id, card, command, day, flag, kept, learnt, now, reviewed, term

HOSTILE = "\x1b[2J\x9b31m\x07\x08\u202e"


def plain(lines: tuple[Words, ...] | Words) -> str:
    rows = lines if lines and isinstance(lines[0][0], tuple) else (lines,)
    return "\n".join(painted(words, in_colour=False) for words in rows)  # type: ignore[arg-type]


def drill(*cards: Any) -> Drill:
    return Drill(tuple(Turn(each if hasattr(each, "progress") else kept(each)) for each in cards), MONDAY)


def question(of: Any) -> str:
    return plain(telling.question(drill(of), 80))


def test_a_heading_says_where_the_card_stands_and_how_many_there_are() -> None:
    line = plain(telling.heading(drill(kept(progress=learnt(MONDAY), deck="tar"), kept()), 60))

    assert line.startswith("tar › Docker ")
    assert line.endswith("1 of 2")
    assert len(line) < 60


def test_a_heading_that_is_too_long_loses_its_beginning() -> None:
    long = replace(
        command(), source=replace(command().source, headings=("A very long heading indeed", "The nearest"))
    )

    line = plain(telling.heading(drill(long), 40))

    assert len(line) < 40
    assert "The nearest" in line


def test_a_card_that_was_missed_says_that_it_comes_again() -> None:
    sitting = drill(command(), command())
    missed = take_verdict(sitting, Verdict(Code.BLANK, ""), Answer("", 1), now(), SM2).drill

    assert plain(telling.heading(replace(missed, turns=missed.turns[::-1]), 60)).endswith("again")


def test_a_command_is_asked_by_its_prompt_with_what_nobody_can_know() -> None:
    given = Given("<image ID>", "image ID", "id")
    sitting = drill(command("docker rmi <image ID>", "Remove images", givens=(given,)))
    value = sitting.turn.values(MONDAY)[0]

    assert plain(telling.question(sitting, 80)) == f"Remove images  ‹image ID = {value}›"


def test_what_is_told_stands_on_a_line_of_its_own_where_there_is_no_room() -> None:
    given = Given("<image ID>", "image ID", "id")
    sitting = drill(command("docker rmi <image ID>", "Remove images", givens=(given,)))

    assert len(plain(telling.question(sitting, 24)).splitlines()) == 2


def test_a_title_that_is_the_decks_name_is_not_said_again() -> None:
    assert plain(telling.heading(drill(command()), 60)).split()[:2] == ["docker", "new"]


def test_a_flag_is_asked_both_ways() -> None:
    assert question(flag()) == "only show ids  ‹which flag of docker ps?›"
    assert question(flag(typed=Typed.MEANING)) == "What does  -q  do?  ‹docker ps›"


def test_a_term_is_asked_both_ways() -> None:
    assert question(term()) == "What containers are made from  ‹which term?›"
    assert question(term(typed=Typed.MEANING)) == "What is  Image ?"


def test_keys_are_asked_as_keys() -> None:
    assert question(card(Keys("<C-w>v"), "Split the window")) == "Split the window  ‹which keys?›"


def test_a_prompt_that_needs_its_neighbour_shows_it() -> None:
    contrast = replace(
        command("docker system df -v", "Show use — or more granularly"), contrast="docker system df"
    )

    assert question(contrast).splitlines()[1] == "not the same as  docker system df"


@pytest.mark.parametrize(
    ("meaning", "shown"),
    [
        ("Like --quiet, and `-q` is shorter", "Like …, and … is shorter"),
        ("Not --quiet-all nor -qa", "Not --quiet-all nor -qa"),
        ("As in `-q 5432`, or `5432 -q`", "As in `… 5432`, or `5432 …`"),
    ],
)
def test_the_asked_flag_does_not_stand_in_its_own_question(meaning: str, shown: str) -> None:
    assert question(flag("-q, --quiet", meaning)).startswith(shown)


def test_a_terms_own_words_do_not_stand_in_its_question_nor_in_its_heading() -> None:
    images = replace(
        term("Build images", "Images that a build made; the build keeps them"),
        source=replace(term().source, headings=("Build images",)),
    )

    assert question(images).startswith("… that a … made; the … keeps them")
    assert "Build" not in plain(telling.heading(drill(images), 60))


def told(
    verdict: Verdict,
    *,
    progress: Progress | None = None,
    asks_again: bool = False,
    tries: int = 1,
) -> str:
    return plain(
        telling.verdict_of(verdict, progress or learnt(day(6)), MONDAY, asks_again=asks_again, tries=tries)
    )


def test_right_costs_one_line() -> None:
    assert told(Verdict(Code.RIGHT, "docker ps")) == "right   back in 6 days"


def test_another_form_shows_the_notes_own() -> None:
    assert told(Verdict(Code.FORM, "docker ps")) == "right   another form of  docker ps  · back in 6 days"


def test_right_with_a_word_to_say() -> None:
    assert told(Verdict(Code.RIGHT, "x", remarks=("needs root",))).splitlines()[1].strip() == "needs root"


def test_right_on_the_second_try_comes_again_today() -> None:
    missed = fold((reviewed(an_id(), 1), reviewed(an_id(), 2)), sm2)

    assert (
        told(Verdict(Code.RIGHT, "x"), progress=missed, tries=2)
        == "right   on the second try · again today, then tomorrow"
    )


def test_wrong_names_the_cause_and_keeps_the_answer_for_the_next_try() -> None:
    reason = Reason(ReasonCode.MISSING, expected="--rm")

    assert (
        told(Verdict(Code.CLOSE, "docker run --rm web", (reason,)), asks_again=True)
        == "close   --rm is missing"
    )


def test_wrong_at_last_shows_the_answer() -> None:
    reason = Reason(ReasonCode.MISSING, expected="--rm")

    lines = told(Verdict(Code.CLOSE, "docker run --rm web", (reason,))).splitlines()

    assert lines[1] == "answer  docker run --rm web"
    assert lines[2].strip() == "back in 6 days"


def test_not_knowing_shows_the_answer() -> None:
    assert told(Verdict(Code.BLANK, "docker ps")).splitlines()[0] == "answer  docker ps"


def test_a_doubt_shows_both() -> None:
    lines = plain(telling.doubt(Verdict(Code.CANNOT_JUDGE, "crate -x"), "crate --extract")).splitlines()

    assert lines[1:] == ["yours   crate --extract", "note    crate -x"]


def test_a_place_that_cannot_be_read_is_pointed_at() -> None:
    verdict = judge(CommandLine("docker stop web"), "docker stop 'web", {})

    assert plain(telling.unreadable(verdict, 2)).index("^") == 2 + "docker stop 'web".index("'")


def test_an_answer_of_several_lines_stands_under_its_first() -> None:
    assert told(Verdict(Code.BLANK, "git add .\ngit commit")).startswith(
        "answer  git add .\n        git commit"
    )


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (learnt(day(1)), "back tomorrow"),
        (learnt(day(60)), "back in 60 days"),
        (learnt(day(61)), "back on 23 January 2027"),
        (learnt(day(6), open=MONDAY), "again today, then in 6 days"),
        (Progress(), "not scheduled"),
    ],
)
def test_when_a_card_comes_back(progress: Progress, words: str) -> None:
    assert telling.back_again(progress, MONDAY) == words


def test_the_summary_says_what_is_kept_and_what_waits() -> None:
    tally = Tally(frozenset({an_id(), an_id()}), frozenset({an_id()}))

    assert (
        plain(telling.summary(tally, 2))
        == "3 cards answered, all saved · 2 right at once · 1 not at once · 2 still waiting"
    )
    assert plain(telling.summary(Tally(), 4)) == "nothing answered, 4 cards still waiting"
    assert "1 NOT saved" in plain(telling.summary(tally, 0, unsaved=1))


def test_an_answer_that_could_not_be_saved_says_what_is_safe_and_what_to_do() -> None:
    words = plain(
        telling.not_saved(StorageError("the disk is full", "Free some space."), Tally(frozenset({an_id()})))
    )

    assert "NOT saved: the disk is full" in words
    assert "1 earlier card of this sitting is safe. Free some space." in words
    assert "Enter saves it again" in words


@pytest.mark.parametrize(("word", "meant"), [("exit", ":quit"), ("help", ":help")])
def test_someone_who_types_a_bare_word_is_told_the_action(word: str, meant: str) -> None:
    assert meant in plain(telling.steering(word))


def test_nothing_from_a_note_or_the_keyboard_reaches_the_terminal_as_it_is() -> None:
    bad = replace(
        command(f"docker {HOSTILE}", f"List {HOSTILE}"),
        contrast=HOSTILE,
        source=replace(command().source, headings=(HOSTILE,)),
    )
    verdict = Verdict(Code.WRONG, HOSTILE, (Reason(ReasonCode.EXTRA, typed=HOSTILE),), (HOSTILE,), HOSTILE, 3)
    sitting = drill(
        kept(bad, deck=HOSTILE), kept(flag(HOSTILE, HOSTILE, HOSTILE)), kept(term(HOSTILE, HOSTILE))
    )
    shown: list[Words] = []
    for at in range(3):
        turn = replace(sitting, turns=sitting.turns[at:])
        shown += [telling.heading(turn, 60), *telling.question(turn, 60)]
    for code in Code:
        shown += telling.verdict_of(
            replace(verdict, code=code), Progress(), MONDAY, asks_again=False, tries=1
        )
    shown += [*telling.doubt(verdict, HOSTILE), telling.unreadable(verdict, 2), telling.steering(HOSTILE)]
    shown += telling.not_saved(StorageError(HOSTILE, HOSTILE), Tally())

    text = "".join(piece for words in shown for _, piece in words)

    assert not {"\x1b", "\x9b", "\x07", "\x08", "\u202e"} & set(text)


def test_colour_only_repeats_what_the_words_say() -> None:
    words: Words = (("right", "right   "), ("dim", "back tomorrow"))

    assert painted(words, in_colour=False) == "right   back tomorrow"
    assert "\x1b[" in painted(words, in_colour=True)
