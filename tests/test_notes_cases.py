"""The cases in tests/notes/*.md; the README there says how to write one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from markdown_it.utils import read_fixture_file

from quizzer.card import Card, CommandLine, Flag, Keys, Term, kind
from quizzer.notes.cards import Reading, read

FOLDER = Path(__file__).parent / "notes"
UNSEEN = {"{TAB}": "\t", "{NBSP}": "\u00a0", "{BOM}": "\ufeff", "{CR}": "\r", "{LS}": "\u2028"}


FILES = sorted(file for file in FOLDER.glob("*.md") if file.name != "README.md")


def cases() -> Iterator[ParameterSet]:
    for file in FILES:
        for line, title, note, expected in read_fixture_file(file):
            yield pytest.param(title, note, expected, id=f"{file.stem}:{line}: {title}")


@pytest.mark.parametrize(("title", "note", "expected"), list(cases()))
def test_the_note_gives_these_cards_and_problems(title: str, note: str, expected: str) -> None:
    for sign, character in UNSEEN.items():
        note = note.replace(sign, character)
    named = re.search(r"\[(\S+\.md)\]$", title)

    reading = read(note, named[1] if named else "note.md")

    assert "\n".join(told(reading, expected)) == expected.rstrip("\n")


def told(reading: Reading, expected: str) -> Iterator[str]:
    """The reading in the words of a case, with as much detail as the case gives."""
    has_path = bool(re.search(r" \| in( |$)", expected, re.MULTILINE))
    for card in reading.cards:
        yield line_of(card) + (f" | in {' > '.join(card.source.headings)}".rstrip() if has_path else "")
    yield from (f"! {problem.line} {problem.trouble}" for problem in reading.problems)
    if re.search(r"^~ ", expected, re.MULTILINE):
        yield from (f"~ {passed.line} {passed.message}" for passed in reading.passed_over)


def line_of(card: Card) -> str:
    first = f"{kind(card.expected)} {card.source.line} {card.certainty}"
    return " | ".join((first, *(part.replace("\n", " ⏎ ").replace("|", "\\|") for part in parts_of(card))))


def parts_of(card: Card) -> tuple[str, ...]:
    match card.expected:
        case Term(name, definition):
            return name, definition
        case Flag(text, meaning, command):
            return command, text, meaning
        case CommandLine(text, also) | Keys(text, also):
            others = tuple(f"or {other}" for other in also)
            return card.prompt, text, *others, *([f"than {card.contrast}"] if card.contrast else [])


def test_problems_and_passed_over_lines_name_the_note_and_say_something() -> None:
    reading = read("`-x` : TODO\n\nSome text\n", "shell.md")

    assert [str(problem) for problem in reading.problems] == [
        "shell.md:1: `-x` has no meaning yet; write one after the `:`"
    ]
    assert [str(passed) for passed in reading.passed_over] == ["shell.md:3: text"]


def test_every_construct_and_kind_of_problem_has_its_cases() -> None:
    told_of: set[str] = set()
    for _, _, _, expected in (case for file in FILES for case in read_fixture_file(file)):
        told_of |= {line.split()[0] for line in expected.splitlines()}

    assert {"term", "flag", "command", "keys", "!", "~"} <= told_of


def test_a_mended_problem_says_what_was_there_and_what_was_assumed() -> None:
    mended, without = read("`docker rm <image>\n", "shell.md").problems

    assert str(mended) == "shell.md:1: the code is never closed; read to the end of the line"
    assert without.message == "`docker rm <image>` has no description; write one on the line above it"
