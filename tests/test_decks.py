"""The decks that come with the program: clean, and answerable by their own words."""

from collections import Counter

import pytest

from quizzer.answer import Code
from quizzer.card import Card, Certainty, CommandLine, Flag, Term, Typed, command_of, kind, siblings
from quizzer.commands.kinds import values
from quizzer.files import NoteFile, SpecShelf, find_notes, read_note, shipped
from quizzer.importing.looking import look
from quizzer.judging import judge, show
from tests.terminal import ROOT

NOTES = find_notes(shipped("decks"))[0]
SHELF = SpecShelf(ROOT / "nowhere")


def cards(note: NoteFile) -> tuple[Card, ...]:
    return look(note, read_note(note), SHELF).reading.cards


CARDS = [card for note in NOTES for card in cards(note)]


def test_the_decks_are_docker_git_files_and_tar() -> None:
    assert [note.deck for note in NOTES] == ["docker", "git", "linux-files", "tar"]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.deck)
def test_a_deck_is_clean(note: NoteFile) -> None:
    reading = look(note, read_note(note), SHELF).reading

    assert reading.problems == ()
    assert reading.passed_over == ()
    assert all(card.certainty is Certainty.SURE for card in reading.cards)


def test_no_two_cards_ask_the_same() -> None:
    asked = Counter((kind(card.expected), command_of(card.expected), card.prompt) for card in CARDS)

    assert [each for each, count in asked.items() if count > 1] == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.source.note}:{card.source.line}")
def test_every_card_is_right_in_its_own_words(card: Card) -> None:
    for each in siblings(card):
        expected = each.expected
        told = values(expected.givens, "seed") if isinstance(expected, CommandLine) else ()
        programs = [command_of(expected).split(" ")[0], "sudo", "aws", "docker"]
        specs = SHELF.of(programs)

        assert judge(expected, show(expected, told), specs, told).code is Code.RIGHT
        assert judge(expected, show(expected), specs, told).is_right
        if isinstance(expected, CommandLine):
            assert all(judge(expected, other, specs, told).is_right for other in expected.also)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card.source.note}:{card.source.line}")
def test_no_prompt_gives_its_answer_away(card: Card) -> None:
    match card.expected:
        case CommandLine() as line:
            flags = [word for word in line.text.split() if word.startswith("-")]
            assert not any(flag in card.prompt.split() for flag in flags)
        case Flag() as flag:
            assert not any(name in flag.meaning.split() for name in flag.spellings)
        case Term(typed=Typed.MEANING) as term:
            assert term.name.casefold() not in term.definition.casefold()
        case _:
            pytest.fail("a kind of card that no deck should have")
