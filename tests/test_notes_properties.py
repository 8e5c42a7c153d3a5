"""Laws of the reader: it reads anything, mends nothing that is whole, and a card depends on its own place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizzer.card import Card, CommandLine, Flag, Source, Term
from quizzer.notes.cards import Reading, read
from quizzer.notes.mending import mend

FRAGMENTS = st.sampled_from(
    r"""
    ` `` ``` ```sh ~~~ * ** _ __ - + # ## > | --- === : = <!-- --> %% [ ] ( ) [[ ]] ![ \ $ || << EOF
    # # <x> OR: TODO `docker `-a` `--all` `docker_ps` **Image** docker ps
    text Text 1. 1) -a é 镜像 — … \` \* <br>
    """.split()
)
SPACES = st.sampled_from(
    ["", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2028", "\x0c", "\n    ", "\n- "]
)
MARKDOWN = st.lists(st.tuples(FRAGMENTS, SPACES).map("".join), max_size=40).map("".join)
LAW = settings(deadline=None, max_examples=60)  # a busy machine is no failure
ANYTHING = st.one_of(st.text(max_size=200), MARKDOWN)


@LAW
@given(ANYTHING)
@example("")
@example("\n")
@example("`")
@example("```")
@example("---\n---")
@example("\ufeff\ufeff`")
@example("a\x00`b`\ufffc`c` : \ufffc")
def test_any_text_is_read_and_every_card_stands_on_a_line_of_it(text: str) -> None:
    reading = read(text, "note.md")

    lines = len(mend(text, "note.md").lines)
    for card in reading.cards:
        assert 1 <= card.source.line <= lines
        assert card.prompt.strip()
    for problem in (*reading.problems, *reading.passed_over):
        assert 1 <= problem.line <= lines
        assert problem.message


@LAW
@given(ANYTHING)
def test_mending_keeps_the_number_of_lines(text: str) -> None:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    assert len(mend(text, "note.md").lines) == plain.count("\n") + 1


@LAW
@given(ANYTHING)
def test_reading_twice_gives_equal_readings(text: str) -> None:
    assert read(text, "note.md") == read(text, "note.md")


@LAW
@given(ANYTHING.filter(lambda text: "\r" not in text and not text.startswith("\ufeff")))
def test_line_ends_and_a_byte_order_mark_make_no_difference(text: str) -> None:
    reading = read(text, "note.md")

    assert read(text.replace("\n", "\r\n"), "note.md") == reading
    assert read("\ufeff" + text, "note.md") == reading


@dataclass(frozen=True)
class Section:
    """A heading with blocks below it, and the cards they are made of, counted from line 1 of the section."""

    text: str
    cards: tuple[Card, ...]


VERBS = ("List", "Remove", "Copy", "Zeige", "Показать")
THINGS = ("images", "the <name> of `it`", "Behälter", "every last one", "файлы")
COMMANDS = (
    "docker ps",
    "git commit -m <message>",
    "tar -cf <archive> <folder> | wc",
    "sudo ls",
    "aws s3 cp a b",
)
OWNERS = {
    "docker ps": "docker ps",
    "git commit -m <message>": "git commit",
    "tar -cf <archive> <folder> | wc": "tar",
    "sudo ls": "ls",
    "aws s3 cp a b": "aws s3 cp",
}


def card(prompt: str, expected: Term | Flag | CommandLine, line: int) -> Card:
    return Card(prompt, expected, Source("note.md", line))


def term(number: int, prompt: str, _: str) -> tuple[str, list[Card]]:
    return f"**Thing {number}** - {prompt}, read-only", [
        card(f"Thing {number}", Term(f"Thing {number}", f"{prompt}, read-only"), 1)
    ]


def command(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    return f"{prompt}\n`{code} {number}`", [card(prompt, CommandLine(f"{code} {number}"), 2)]


def alternatives(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    expected = CommandLine(f"{code} {number}", ("docker info",))
    return f"{prompt}\n`{expected.text}`\nOR:\n`docker info`", [card(prompt, expected, 2)]


def flags(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    text, cards = command(number, prompt, code)
    meaning = f"{prompt} or nothing"
    return f"{text}\n- `-x`, `--long <value>` : {meaning}", [
        *cards,
        card("-x, --long <value>", Flag("-x, --long <value>", meaning, OWNERS[code]), 3),
    ]


def bullet(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    return f"- `{code} {number}` : {prompt}", [card(prompt, CommandLine(f"{code} {number}"), 1)]


def label(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    return f"{prompt}: `{code} {number}`", [card(prompt, CommandLine(f"{code} {number}"), 1)]


def fence(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    text = f"```sh\n# {prompt}\n{code} {number}\n# {prompt} twice\n{code} \\\n  {number}\n```"
    return text, [
        card(prompt, CommandLine(f"{code} {number}"), 3),
        card(f"{prompt} twice", CommandLine(f"{code} \\\n  {number}"), 5),
    ]


def described_fence(number: int, prompt: str, code: str) -> tuple[str, list[Card]]:
    return f"{prompt}:\n\n```\n{code} {number}\n```", [card(prompt, CommandLine(f"{code} {number}"), 4)]


BLOCKS = (term, command, alternatives, flags, bullet, label, fence, described_fence)


@st.composite
def sections(draw: st.DrawFn) -> list[Section]:
    """Well-formed notes, section by section; every prompt occurs once."""
    found = []
    number = 0
    for at in range(draw(st.integers(0, 4))):
        text, cards = f"## Section {at}\n\n", list[Card]()
        for make in draw(st.lists(st.sampled_from(BLOCKS), max_size=4)):
            number += 1
            prompt = f"{draw(st.sampled_from(VERBS))} {draw(st.sampled_from(THINGS))} {number}"
            block, made = make(number, prompt, draw(st.sampled_from(COMMANDS)))
            cards += [moved(each, text.count("\n"), (f"Section {at}",)) for each in made]
            text += block + "\n\n"
        found.append(Section(text, tuple(cards)))
    return found


def moved(card: Card, lines: int, headings: tuple[str, ...] | None = None) -> Card:
    source = card.source
    path = source.headings if headings is None else headings
    return replace(card, source=replace(source, line=source.line + lines, headings=path))


def note_of(parts: Sequence[Section]) -> tuple[str, tuple[Card, ...]]:
    starts = accumulate((part.text.count("\n") for part in parts), initial=0)
    cards = (moved(each, start) for part, start in zip(parts, starts, strict=False) for each in part.cards)
    return "".join(part.text for part in parts), tuple(cards)


@LAW
@given(sections())
def test_a_well_formed_note_gives_back_the_cards_that_it_was_made_of(parts: list[Section]) -> None:
    text, cards = note_of(parts)

    assert read(text, "note.md") == Reading(cards, (), ())


@LAW
@given(sections())
def test_a_well_formed_note_is_untouched_by_mending(parts: list[Section]) -> None:
    text, _ = note_of(parts)

    mended = mend(text, "note.md")

    assert "\n".join(mended.lines) == text
    assert not mended.problems


@LAW
@given(sections(), st.randoms(use_true_random=False))
def test_cards_do_not_change_when_other_sections_move(parts: list[Section], chance: object) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives its Random without a type

    before, after = (read(note_of(each)[0], "note.md").cards for each in (parts, shuffled))

    assert {moved(each, -each.source.line) for each in before} == {
        moved(each, -each.source.line) for each in after
    }


@LAW
@given(sections(), ANYTHING)
def test_what_stands_above_a_heading_changes_no_card_below_it(parts: list[Section], above: str) -> None:
    """Unless it opens what only a line of its own can close: a code block, front matter, a comment."""
    lines = [
        line for line in above.splitlines() if not any(sign in line for sign in ("```", "~~~", "<", "---"))
    ]
    text, cards = note_of(parts)
    top = "\n".join(lines) + "\n\n"

    reading = read(top + text, "note.md")

    bottom = [each for each in reading.cards if each.source.line > top.count("\n")]
    assert len(bottom) == len(cards)
    assert [each.expected for each in bottom if not isinstance(each.expected, Flag)] == [
        each.expected for each in cards if not isinstance(each.expected, Flag)
    ]


MANY = 50_000
SOME = 10_000
HOSTILE = {
    "brackets": "[" * MANY,
    "open links": "[a](" * MANY,
    "open images": "![a](" * SOME,
    "open wikilinks": "[[" * MANY,
    "parentheses": "[a](" + "()" * SOME,
    "backticks": "`" * MANY,
    "backticks apart": "` " * MANY,
    "ever longer runs of backticks": " ".join("`" * length for length in range(1, 400)),
    "codes and commas": "`a`," * SOME,
    "codes that end a line": "`a` or " * SOME + "`a`",
    "stars": "*" * MANY,
    "stars apart": "* " * MANY,
    "open emphasis": "_a " * MANY,
    "open strong emphasis": "**a " * (MANY + 1),
    "quotations": ">" * MANY,
    "quotations apart": "> " * MANY,
    "bullets in a line": "- " * SOME,
    "numbers in a line": "1. " * SOME,
    "bullets ever deeper": "\n".join("  " * depth + "- a" for depth in range(1_000)),
    "one line of a megabyte": "a" * 1_000_000,
    "one line of many words": "word " * 200_000,
    "a gulf of spaces": "`a`" + " " * 1_000_000 + "x",
    "commas above a command": "List it" + "," * SOME + " :\n`docker ps`",
    "sentences": "a. A" * SOME + ":\n`docker ps`",
    "comments that never end": "<!--" * SOME,
    "other comments": "%%a" * SOME + "\n" + "`%%` " * SOME,
    "escapes": "\\" * SOME,
    "tags": "#a " * SOME,
    "dashes": "a\n" + "-" * SOME,
    "a prompt that never ends": "```\na@" + "a" * MANY + "\n```",
    "addresses in a block": "```\n" + "a@" * SOME + "\n```",
    "signs of comments in a block": "```\n" + "a # " * SOME + "\n```",
    "continuation lines": "```\n" + "a \\\n" * SOME + "```",
    "here-documents that never end": "```\n" + "\n".join(f"cat <<EOF{n}" for n in range(2_000)) + "\n```",
    "blocks that never end": "```sh\na\n\n" * 2_000,
    "blocks of every length": "\n".join("`" * length + "sh\na\n\n## b" for length in range(3, 300)),
    "groups in a block": "```\n" + "# List it all\ndocker ps\n" * 2_000 + "```",
    "comments and no command": "```\n" + "# a\n" * SOME + "docker ps\n```",
    "one paragraph": "small letters\n" * 5_000 + "`docker ps`",
    "a definition of many lines": "**A** - one two three\n" + "more text\n" * 5_000,
    "codes below each other": "`docker ps`\n" * 2_000,
    "answers without end": "List it all\n" + "`docker ps`\nOR:\n" * 2_000,
    "weak descriptions": "List it all\n`docker ps`\n\n" + "or so\n`docker ps`\n\n" * 2_000,
    "remarks": "If it hangs\n`docker ps`\n\n" * 2_000,
    "the same prompt everywhere": "".join(f"# {n}\nList it\n`docker ps {n}`\n\n" for n in range(2_000)),
    "flags without a command": "".join(f"- `-x{n}` : some meaning\n" for n in range(2_000)),
    "headings of flags": "# a\n" + "".join(f"## {n}\n- `-x{n}` : some meaning\n" for n in range(2_000)),
    "code that is never closed": "`a\n" * 2_000,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_is_read_in_time(text: str) -> None:
    start = perf_counter()

    read(text, "note.md")

    assert perf_counter() - start < 5
