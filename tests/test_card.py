"""Cards, their siblings and their fingerprints."""

import pytest

from quizzer.card import (
    CommandLine,
    Flag,
    Keys,
    Term,
    Typed,
    card_id,
    command_of,
    fingerprint,
    kind,
    siblings,
)
from tests.builders import card, command, flag, term


def test_terms_and_flags_are_asked_both_ways_and_commands_one() -> None:
    two = siblings(term(typed=Typed.MEANING))

    assert [each.prompt for each in two] == ["Image", "What containers are made from"]
    assert len(siblings(flag(typed=Typed.MEANING))) == 2
    assert siblings(command()) == (command(),)


def test_the_two_ways_of_asking_have_two_fingerprints() -> None:
    assert len({fingerprint(each) for each in siblings(flag(typed=Typed.MEANING))}) == 2


def test_case_counts_and_spaces_do_not() -> None:
    assert fingerprint(flag("-d")) != fingerprint(flag("-D", "only show IDs"))
    assert fingerprint(command(prompt="List  containers")) == fingerprint(command(prompt="List containers"))


def test_a_card_that_moves_to_another_line_or_heading_is_the_same_card() -> None:
    moved = card(CommandLine("docker ps"), "List containers", line=99, headings=("Elsewhere",))

    assert fingerprint(moved) == fingerprint(command())


def test_parts_do_not_run_together() -> None:
    one = card(Flag("x", "m", "ab"), "c")
    other = card(Flag("x", "m", "a"), "bc")

    assert fingerprint(one) != fingerprint(other)


def test_cards_that_ask_alike_get_ids_of_their_own() -> None:
    assert card_id("print") != card_id("print", 1)


def test_fingerprints_and_ids_are_frozen() -> None:
    """A changed hash would orphan every card in the world."""
    assert fingerprint(command()) == "ff274f0dd202d2fa4d2e094501d4a2f0cb770139dd66ccc057cb099d6a923b83"
    assert str(card_id("0")) == "f6f3f589-3d5d-5257-b76a-083276cb47d6"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("-a", ("-a",)),
        ("-a, --all", ("-a", "--all")),
        ("-p <host>:<container>", ("-p",)),
        ("--name <container-name>", ("--name",)),
        ("--no-trunc", ("--no-trunc",)),
        ("-e, --env=list", ("-e", "--env")),
        ("-1", ("-1",)),
        ("[-h]", ("-h",)),
        ("+x", ("+x",)),
    ],
)
def test_the_spellings_of_a_flag_are_its_names_without_arguments(text: str, names: tuple[str, ...]) -> None:
    assert Flag(text, "m", "docker run").spellings == names


@pytest.mark.parametrize(
    ("expected", "what", "about"),
    [
        (Term("Image", "d"), "term", ""),
        (Flag("-a", "m", "docker ps"), "flag", "docker ps"),
        (CommandLine("sudo HOME=/x docker ps"), "command", "docker"),
        (Keys("<C-w>v"), "keys", ""),
    ],
)
def test_what_a_card_is_about(expected: Term | Flag | CommandLine | Keys, what: str, about: str) -> None:
    assert kind(expected) == what
    assert command_of(expected) == about


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("-a, --all", ""),
        ("-p <host>:<container>", "<host>:<container>"),
        ("-e, --env=list", "list"),
        ("[-h]", ""),
    ],
)
def test_the_argument_of_a_flag_is_what_is_left(text: str, argument: str) -> None:
    assert Flag(text, "m", "docker run").argument == argument
