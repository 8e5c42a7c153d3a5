"""What was typed against what a card expects, and the hints towards it."""

from typing import Any

import pytest

from quizzer.answer import Code
from quizzer.card import CommandLine, Expected, Flag, Given, Keys, Term, Typed
from quizzer.commands.spec import Specs, from_mapping
from quizzer.judging import form, hint, judge, show

SPECS: Specs = {
    "box": from_mapping(
        {
            "format": 1,
            "tool": "box",
            "version": "1",
            "style": "pflag",
            "source": "test",
            "cmd": {
                "run": {
                    "pos": "IMAGE [COMMAND] [ARG...]",
                    "stop": True,
                    "opts": ["-i --interactive", "-t --tty", "--rm"],
                },
                "rm": {"pos": "CONTAINER [CONTAINER...]", "opts": ["-f --force"]},
            },
        }
    )
}
TERM = Term("Build contexts", "The files that a build can see", Typed.NAME)
FLAG = Flag("-t, --terminal", "Allocate a terminal", "box run", Typed.NAME)
IMAGE = Given("<image>", "image", "image")


def code(expected: Expected, text: str, **kwargs: Any) -> Code:
    return judge(expected, text, SPECS, **kwargs).code


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_nothing_typed_is_blank(text: str) -> None:
    assert code(TERM, text) is Code.BLANK


@pytest.mark.parametrize(
    "text", ["Build contexts", "build context", "  BUILD   CONTEXTS ", "the build context"]
)
def test_a_term_is_right_in_any_case_and_number(text: str) -> None:
    assert code(TERM, text) is Code.RIGHT


@pytest.mark.parametrize("text", ["build", "context", "contexts build", "builder contexts"])
def test_another_term_is_wrong(text: str) -> None:
    assert code(TERM, text) is Code.WRONG


def test_a_definition_in_other_words_is_for_the_learner_to_decide() -> None:
    asked = Term("Image", "What containers are made from", Typed.MEANING)

    assert code(asked, "what containers are made from!") is Code.RIGHT
    assert code(asked, "a template") is Code.CANNOT_JUDGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-t", Code.RIGHT),
        ("--terminal", Code.RIGHT),
        ("--tty", Code.FORM),
        ("box run -t", Code.RIGHT),
        ("-i", Code.CLOSE),
        ("-T", Code.CLOSE),
        ("t", Code.UNREADABLE),
    ],
)
def test_a_flag_is_right_in_every_spelling_that_is_known_and_case_counts(text: str, expected: Code) -> None:
    verdict = judge(FLAG, text, SPECS)

    assert (verdict.code if verdict.code is not Code.WRONG else Code.CLOSE) is expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("-t", "-t --rm; reboot", Code.CLOSE),
        ("-t", "-t x", Code.CLOSE),
        ("--name <name>", "--name web", Code.RIGHT),
        ("--name <name>", "--name=web", Code.RIGHT),
        ("--name <name>", "--name web db", Code.CLOSE),
        ("-it", "-ti", Code.FORM),
        ("-it", "-i -t", Code.FORM),
    ],
)
def test_a_flag_is_judged_to_its_end(asked: str, text: str, expected: Code) -> None:
    assert code(Flag(asked, "m", "box run", Typed.NAME), text) is expected


@pytest.mark.parametrize(("name", "other"), [("C", "C++"), ("C", "C#"), ("A", "!!"), ("C++", "c")])
def test_signs_make_another_term(name: str, other: str) -> None:
    assert code(Term(name, "d", Typed.NAME), other) is Code.WRONG
    assert code(Term(name, "d", Typed.NAME), name.lower()) is Code.RIGHT


def test_what_a_flag_means_is_for_the_learner_to_decide() -> None:
    asked = Flag("-t", "Allocate a terminal", "box run", Typed.MEANING)

    assert code(asked, "allocate terminal") is Code.RIGHT
    assert code(asked, "gives it a screen") is Code.CANNOT_JUDGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("box run -it web", Code.RIGHT),
        ("box run --tty -i web", Code.FORM),
        ("box run -i web", Code.CLOSE),
        ("box rm web", Code.WRONG),
        ("box run -it 'web", Code.UNREADABLE),
    ],
)
def test_a_command_is_judged_by_what_it_means(text: str, expected: Code) -> None:
    assert code(CommandLine("box run -it web"), text) is expected


def test_without_a_spec_only_an_equal_line_is_right_and_another_is_for_the_learner() -> None:
    line = CommandLine("crate -x one")

    assert code(line, "crate  -x   one") is Code.RIGHT
    assert code(line, "crate --extract one") is Code.CANNOT_JUDGE


def test_an_answer_that_the_note_gives_besides_is_right_in_another_form() -> None:
    line = CommandLine("box rm web", also=("crate prune",))

    assert code(line, "crate prune") is Code.FORM


def test_a_form_that_was_accepted_is_right_from_then_on() -> None:
    line = CommandLine("crate -x one")

    assert code(line, "crate --extract one", forms=("crate --extract one",)) is Code.FORM


def test_given_values_are_right_and_so_are_fitting_ones_and_the_notes_own_text() -> None:
    line = CommandLine("box run <image>", givens=(IMAGE,))

    for text in ("box run shop/api:3", "box run other/thing:1", "box run <image>"):
        assert judge(line, text, SPECS, ["shop/api:3"]).is_right, text
    assert not judge(line, "box run", SPECS, ["shop/api:3"]).is_right


def test_the_expected_form_is_shown_with_the_values_that_were_given() -> None:
    assert (
        judge(CommandLine("box run <image>", givens=(IMAGE,)), "", SPECS, ["api:3"]).expected
        == "box run api:3"
    )


def test_an_accepted_form_holds_the_notes_own_text_for_given_values() -> None:
    line = CommandLine("box run <image>", givens=(IMAGE,))

    assert form(line, "podman run shop/api:3", ["shop/api:3"]) == "podman run <image>"
    assert form(FLAG, "-t", ()) == "-t"


@pytest.mark.parametrize("text", ["<C-w>v", "Ctrl-w v", "^W v", "C-w v"])
def test_key_strokes_are_right_in_every_notation(text: str) -> None:
    assert code(Keys("<C-w>v"), text) is Code.RIGHT


@pytest.mark.parametrize("text", ["<C-w>V", "wv", "<C-v>w"])
def test_other_key_strokes_are_wrong(text: str) -> None:
    assert code(Keys("<C-w>v"), text) is Code.WRONG


ASKED: list[Expected] = [
    CommandLine("box run -it --name shop web"),
    CommandLine("crate"),
    FLAG,
    TERM,
    Term("Image", "What containers are made from", Typed.MEANING),
    Keys("<C-w>v"),
]


@pytest.mark.parametrize("expected", ASKED, ids=repr)
def test_hints_come_to_an_end_and_none_is_the_answer(expected: Expected) -> None:
    ladder = [hint(expected, (), level) for level in range(1, 9)]

    given = [step for step in ladder if step]
    assert given
    assert ladder == [*given, *[""] * (8 - len(given))] or isinstance(expected, Term)
    assert all(step != show(expected) for step in given)
    assert all(not judge(expected, step, SPECS).is_right for step in given)


def test_the_first_hint_of_a_command_is_its_program_and_the_next_its_shape() -> None:
    line = CommandLine("box run -it --name shop web")

    assert hint(line, (), 1) == "box …"
    assert hint(line, (), 2) == "box … -… -… … …"


def test_the_notes_own_form_with_another_fitting_value_is_no_other_form() -> None:
    line = CommandLine("box run -it <image>", givens=(IMAGE,))

    assert code(line, "box run -it shop/api:3", values=["shop/api:3"]) is Code.RIGHT
    assert code(line, "box  run -it other:1", values=["shop/api:3"]) is Code.RIGHT
    assert code(line, "box run --tty -i other:1", values=["shop/api:3"]) is Code.FORM
