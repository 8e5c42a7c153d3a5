"""The values in a note's command that nobody can know: found, made up anew, put in and taken out."""

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from quizzer.card import Given
from quizzer.commands.grammar import Specs
from quizzer.commands.invocation import Invocation, reading
from quizzer.commands.kinds import KINDS as KINDS
from quizzer.commands.meaning import Option, Value
from quizzer.commands.placeholders import kind_of, placeholders
from quizzer.commands.shell import Unread, read
from quizzer.commands.words import simples


def find(command: str, known: str, specs: Specs) -> tuple[Given, ...]:
    """Placeholders, and literals that a spec says are values and `known` (prompt, headings) does not say."""
    marked_ones = placeholders(command)
    taken = [(start, end) for start, end, _ in places(command, marked_ones)]
    found = list(marked_ones)
    for literal in _literals(command, specs):
        if literal.text in (given.text for given in found) or _is_known(literal.text, known):
            continue
        spots = [spot for spot in _spots(command, literal.text) if not _overlaps(spot, taken)]
        if spots:
            found.append(literal)
    first = {given.text: min(_spots(command, given.text), default=(0, 0)) for given in found}
    return tuple(_told_apart(sorted(found, key=lambda given: first[given.text])))


def filled(command: str, givens: Sequence[Given], values: Sequence[str]) -> str:
    """The command with the values in the places of the givens."""
    pieces: list[str] = []
    at = 0
    for start, end, index in places(command, givens):
        quoted = command[:start].count('"') % 2 or command[:start].count("'") % 2
        value = values[index] if quoted or givens[index].several else _as_word(values[index])
        pieces += [command[at:start], value]
        at = end
    return "".join((*pieces, command[at:]))


def emptied(typed: str, givens: Sequence[Given], values: Sequence[str]) -> str:
    """The reverse of `filled`: the note's own texts where the values stand, for keeping an accepted form."""
    for given, value in sorted(zip(givens, values, strict=False), key=lambda pair: -len(pair[1])):
        for text in dict.fromkeys((value, _as_word(value))):
            typed = _swapped(typed, rf"(?<![\w.-]){re.escape(text)}(?![\w-]|\.\d)", given.text)
    return typed


def marked(command: str, givens: Sequence[Given]) -> str:
    """The command with the mark of its index for each given, as `shell.read_marked` takes it."""
    return filled_raw(command, givens, [f"\ue000{index}\ue001" for index in range(len(givens))])


def filled_raw(command: str, givens: Sequence[Given], texts: Sequence[str]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, index in places(command, givens):
        pieces += [command[at:start], texts[index]]
        at = end
    return "".join((*pieces, command[at:]))


def places(command: str, givens: Sequence[Given]) -> list[tuple[int, int, int]]:
    """Where each given stands, in order and without overlap: start, end, index."""
    spots = [
        (start, end, index)
        for index, given in enumerate(givens)
        for start, end in _spots(command, given.text)
    ]
    kept: list[tuple[int, int, int]] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    return kept


def _spots(command: str, text: str) -> list[tuple[int, int]]:
    """The places of a text as a whole word or a whole piece of one; never the program's."""
    bounded = not text.startswith(("<", "{", "["))
    front = r"(?<![\w./@-])" if bounded and not text.startswith("$") else ""
    back = (
        r"(?![\w/@-]|\.\w)"
        if bounded and not text.startswith("$")
        else r"(?!\w)"
        if text.startswith("$")
        else ""
    )
    return [
        found.span()
        for found in re.finditer(front + re.escape(text) + back, command)
        if not bounded or not _PROGRAM.search(command[: found.start()])
    ]


def _literals(command: str, specs: Specs) -> Iterator[Given]:
    """Arguments and values of options that could be anything, from left to right within each command."""
    script = read(command)
    if isinstance(script, Unread):
        return
    for simple in simples(script):
        invocation = reading(simple, specs)
        if not isinstance(invocation, Invocation) or not invocation.understood:
            continue
        for option in invocation.options:
            yield from _of_option(option, invocation)
        for argument in invocation.arguments:
            yield from _of_argument(argument, invocation)


def _of_option(option: Option, invocation: Invocation) -> Iterator[Given]:
    text = option.value.typed.text if option.value else None
    if text is None or _NEVER.fullmatch(text):
        return
    kinds = invocation.verb.kinds
    names = (*option.spec.names, option.spec.type)
    kind = next((kinds[name] for name in names if name in kinds), _TYPES.get(option.spec.type))
    if kind is None:
        kind = kind_of(option.spec.type)
    if kind:
        name = option.name.lstrip("-").replace("-", " ") if kind in _VAGUE else kind
        yield Given(text, name, kind)


def _of_argument(argument: Value, invocation: Invocation) -> Iterator[Given]:
    text = argument.typed.text
    if text and invocation.verb.slash:
        text = text.rpartition("/")[2]
    if text is None or _NEVER.fullmatch(text) or text.startswith("-"):
        return
    kind = invocation.verb.kinds.get(argument.name)
    if kind is None:
        kind = _TYPES.get(argument.name, kind_of(argument.name.replace("_", " ").lower()))
    if kind:
        told = argument.name.split("|")[0].lower().replace("_", " ")
        yield Given(text, told if kind in _VAGUE and told else kind, kind)


def _told_apart(givens: list[Given]) -> Iterator[Given]:
    """With a number on names that come twice."""
    seen: dict[str, int] = {}
    for given in givens:
        seen[given.name] = seen.get(given.name, 0) + 1
        count = seen[given.name]
        yield given if count == 1 else replace(given, name=f"{given.name} {count}")


def _is_known(text: str, known: str) -> bool:
    """Whether the prompt or a heading says it, as whole words; numbers also as words (`five`)."""
    said = known.casefold()
    for number, words in _NUMBERS.items():
        if re.search(rf"\b(?:{words})\b", said):
            said = f"{said} {number}"
    pieces = re.findall(r"\d+", text) if re.fullmatch(r"[\d:.,-]+", text) else [text.casefold()]
    return all(re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said) for piece in pieces)


def _swapped(text: str, pattern: str, by: str) -> str:
    return re.sub(pattern, lambda _: by, text)


def _as_word(value: str) -> str:
    return shlex.quote(value) if re.search(r"[^\w@%+=:,./~$<>{}\[\] -]| ", value) else value


def _overlaps(spot: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(spot[0] < end and start < spot[1] for start, end in taken)


_PROGRAM: Final = re.compile(r"(?:^|[|;&(`]|(?<!\\)\n)\s*(?:sudo\s+)?$")
"""What stands before the name of a program."""
_NEVER: Final = re.compile(
    r"[./*~-]*|HEAD\S*|FETCH_HEAD|ORIG_HEAD|@\S*|stash@\S*|origin(?:/\S*)?|upstream|main|master|true|false|all|none|auto"
)
"""Values that belong to the command: knowing them is part of the answer."""
_VAGUE: Final = frozenset(
    ("word", "name", "setting", "volume", "number", "path", "file", "directory", "id", "text")
)
_TYPES: Final = {
    "": "",
    "filter": "",
    "list": "word",
    "string": "word",
    "strings": "word",
    "bytes": "word",
    "int": "number",
    "uint": "number",
    "NUM": "number",
    "FILE": "file",
    "COMMAND": "",
    "ARG": "",
    "MODE": "",
    "FORMAT": "",
    "SIGNAL": "",
    "WHEN": "",
    "WORD": "",
}
_NUMBERS: Final = {
    str(number): words
    for number, words in enumerate(
        "one|a|an|first two|second|twice three|third four five six seven eight nine ten".split(), 1
    )
} | {"12": "twelve", "20": "twenty", "100": "hundred"}
