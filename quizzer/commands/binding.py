"""The note's words against the typed ones: which value each given takes, the same one everywhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quizzer.card import Given
from quizzer.commands.kinds import KINDS
from quizzer.commands.meaning import Value, text_key
from quizzer.commands.words import Expansion, Mark, Part, Substitution, Text, Word

Bound = Mapping[int, tuple[str, ...]]
"""The words that each given has been found to stand for."""


@dataclass(frozen=True, slots=True)
class Line:
    """The givens of a line with the values that were shown for them."""

    givens: tuple[Given, ...] = ()
    values: tuple[str, ...] = ()

    def own(self, index: int) -> tuple[str, ...]:
        """What is right for a given whatever its kind: the value shown, the note's own text."""
        shown = self.values[index] if index < len(self.values) else ""
        return tuple(text for text in (shown, self.givens[index].text) if text)

    def foreign(self, index: int) -> frozenset[str]:
        """The values shown for the other givens: in this place they are a mix-up."""
        own = self.own(index)
        others = (text for other in range(len(self.givens)) if other != index for text in self.own(other))
        return frozenset(piece for text in others for piece in (text, *text.split())) - {
            *own,
            *own[0].split(),
        }

    def accepts(self, index: int, value: str) -> bool:
        given, own = self.givens[index], self.own(index)
        if value in own or (given.several and value in own[0].split()):
            return True
        return value not in self.foreign(index) and not value.startswith("-") and _fits(given.kind, value)

    def shown(self, text: str) -> str:
        """A piece of the note's command with the values in place of the marks."""
        for index in range(len(self.givens)):
            text = text.replace(f"\ue000{index}\ue001", self.own(index)[0])
        return text


@dataclass(frozen=True, slots=True)
class Pairing:
    """Values that have to be the same, one by one or in any order."""

    noted: tuple[Value, ...]
    typed: tuple[Value, ...]
    any_order: bool = False
    prefix: bool = False
    """Whether more may follow: the note's command is not complete."""
    about: str = ""
    """The option whose values these are, as typed; empty for arguments."""
    spellings: tuple[str, ...] = ()
    command: str = ""
    strict: bool = False
    """Whether being different is only a doubt: the grammar is not known."""
    whole: tuple[tuple[Value, ...], tuple[Value, ...]] = ((), ())
    """All arguments of both sides, where the pairing has only some of them."""


def solutions(pairings: Sequence[Pairing], line: Line, bound: Bound) -> Iterator[Bound]:
    """Every way to give each given one value so that all pairings hold."""
    if not pairings:
        yield bound
        return
    first, *rest = pairings
    for each in paired(first, line, bound):
        yield from solutions(rest, line, each)


def paired(pairing: Pairing, line: Line, bound: Bound) -> Iterator[Bound]:
    """Every way for one pairing to hold."""
    if not any(value.meant.marks for value in pairing.noted):
        if _equal(pairing):
            yield bound
        return
    if not pairing.noted:
        if pairing.prefix or not pairing.typed:
            yield bound
        return
    noted, typed = pairing.noted[0], pairing.typed
    rest = pairing.noted[1:]
    several = _several(noted, line)
    for length in range(1, (len(typed) - len(rest) if several is not None else 1) + 1):
        for at in range(len(typed) if pairing.any_order and several is None else min(1, len(typed))):
            chosen = typed[at : at + length]
            left = typed[:at] + typed[at + length :]
            for each in (
                _several_bound(several, chosen, line, bound)
                if several is not None
                else bindings(noted, chosen[0], line, bound)
            ):
                yield from paired(replace(pairing, noted=rest, typed=left), line, each)


def _equal(pairing: Pairing) -> bool:
    """Whether a pairing without givens holds: then there is one way at most."""
    noted = [text_key(value.meant) for value in pairing.noted]
    typed = [text_key(value.meant) for value in pairing.typed]
    if pairing.any_order:
        return sorted(noted) == sorted(typed)
    return noted == (typed[: len(noted)] if pairing.prefix else typed)


def _fits(kind: str, value: str) -> bool:
    return KINDS.get(kind, KINDS["word"]).fits(value)


def bindings(noted: Value, typed: Value, line: Line, bound: Bound) -> Iterator[Bound]:
    """Every way for one word to be the other."""
    if not noted.meant.marks:
        if noted.meant == typed.meant:
            yield bound
        return
    tokens = tuple(_tokens(typed.typed))
    if len(tokens) <= _LONGEST:
        yield from _spread(noted.meant.parts, tokens, line, bound)


def _spread(parts: tuple[Part, ...], tokens: tuple[Part, ...], line: Line, bound: Bound) -> Iterator[Bound]:
    """Parts of the note's word over the typed one, character by character."""
    if not parts:
        if not tokens:
            yield bound
        return
    first, rest = parts[0], parts[1:]
    if not isinstance(first, Mark):
        wanted = tuple(_tokens(Word((first,))))
        if tokens[: len(wanted)] == wanted:
            yield from _spread(rest, tokens[len(wanted) :], line, bound)
        return
    for length in range(1, len(tokens) + 1):
        value = "".join(_written(token) for token in tokens[:length])
        after = _with(bound, first.index, (value,), line)
        if after is not None:
            yield from _spread(rest, tokens[length:], line, after)


def _several(noted: Value, line: Line) -> int | None:
    """The given that stands alone in a word and may be several words."""
    marks = noted.meant.marks
    alone = len(marks) == len(noted.meant.parts) == 1
    return marks[0] if alone and line.givens[marks[0]].several else None


def _several_bound(index: int, chosen: tuple[Value, ...], line: Line, bound: Bound) -> Iterator[Bound]:
    words = tuple("".join(_written(part) for part in each.typed.parts) for each in chosen)
    after = _with(bound, index, words, line)
    if after is not None and all(words):
        yield after


def _with(bound: Bound, index: int, words: tuple[str, ...], line: Line) -> Bound | None:
    if index in bound:
        return bound if bound[index] == words else None
    return {**bound, index: words} if all(line.accepts(index, each) for each in words) else None


def _tokens(each: Word) -> Iterator[Part]:
    for part in each.parts:
        if isinstance(part, Text):
            yield from (Text(char) for char in part.text)
        else:
            yield part


def _written(part: Part) -> str:
    match part:
        case Text(text) | Expansion(text):
            return text
        case Substitution() | Mark():
            return "-"  # no value fits that begins so: what `$(...)` gives is not known


_LONGEST: Final = 250
"""Characters of a word in which values are looked for: their number of ways grows with its cube."""
