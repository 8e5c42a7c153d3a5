"""Yesterday's cards against today's: kept, changed, new, gone. Progress follows the card, not the line.

Case and punctuation always count: `git branch -d` and `-D` are two cards.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from quizzer.card import Card, CommandLine, Flag, Keys, Term, Typed, card_id, command_of, fingerprint, kind

_CLOSE: Final = 0.7
"""How much of two prompts must agree (difflib's ratio) for a card to be the only close match."""


@dataclass(frozen=True, slots=True)
class Known:
    """A card that the store holds."""

    id: UUID
    card: Card
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A card of today and the one of yesterday whose history it has."""

    id: UUID
    card: Card
    before: Known

    @property
    def is_changed(self) -> bool:
        return self.card.prompt != self.before.card.prompt or not _same_answer(self.card, self.before.card)


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of a note's cards."""

    pairs: tuple[Pair, ...]
    new: tuple[tuple[UUID, Card], ...]
    gone: tuple[Known, ...]


def match(here: Sequence[Known], elsewhere: Sequence[Known], cards: Iterable[Card]) -> Matching:
    """`here` are the cards that stood in this note; `elsewhere` all others with a fingerprint of today's.

    In this order a card is the one that has its very text (here, or in another note, or retired); the same prompt
    here; the same answer here; or it is the only close match both ways under its heading. Whatever is left is new:
    a merely similar card never gets another one's history.
    """
    rest = _Rest(list(here), list(_distinct(cards)))
    rest.pair(lambda card: (fingerprint(card), _answer(card)))
    rest.pair(lambda card: (fingerprint(card), _answer(card)), rest_of=list(elsewhere))
    rest.pair(fingerprint)
    rest.pair(lambda card: (kind(card.expected), command_of(card.expected), _answer(card)), unique=True)
    rest.pair_close()
    taken = {known.id for known in (*here, *elsewhere)}
    new: list[tuple[UUID, Card]] = []
    for card in rest.cards:
        id_ = _first_free(fingerprint(card), taken)
        taken.add(id_)
        new.append((id_, card))
    return Matching(tuple(rest.pairs), tuple(new), tuple(rest.known))


def _distinct(cards: Iterable[Card]) -> Iterable[Card]:
    """The same prompt with the same answer twice in a note is one card, at its first place."""
    seen: set[tuple[str, str]] = set()
    for card in cards:
        key = (fingerprint(card), _answer(card))
        if key not in seen:
            seen.add(key)
            yield card


def _first_free(print_: str, taken: set[UUID]) -> UUID:
    copy = 0
    while card_id(print_, copy) in taken:
        copy += 1
    return card_id(print_, copy)


def _answer(card: Card) -> str:
    """What has to be given, apart from the prompt."""
    match card.expected:
        case Term(typed=Typed.NAME) as term:
            return term.name
        case Term() as term:
            return term.definition
        case Flag(typed=Typed.NAME) as flag:
            return f"{flag.command} {flag.text}"
        case Flag() as flag:
            return flag.meaning
        case CommandLine() | Keys() as line:
            return "\n".join((line.text, *line.also))


def _same_answer(one: Card, other: Card) -> bool:
    return _answer(one) == _answer(other)


class _Rest:
    """What is not matched yet."""

    def __init__(self, known: list[Known], cards: list[Card]) -> None:
        self.known = known
        self.cards = cards
        self.pairs: list[Pair] = []

    def pair(self, key: Callable[[Card], Hashable], rest_of: list[Known] | None = None, *, unique: bool = False) -> None:
        """Match those with equal keys, the first with the first; with `unique` only where there is no choice."""
        pool = self.known if rest_of is None else rest_of
        by_key: dict[Hashable, list[Known]] = {}
        for known in pool:
            by_key.setdefault(_sided(key, known.card), []).append(known)
        counts: dict[Hashable, int] = {}
        for card in self.cards:
            counts[_sided(key, card)] = counts.get(_sided(key, card), 0) + 1
        for card in tuple(self.cards):
            found = by_key.get(_sided(key, card), [])
            if not found or (unique and (len(found) > 1 or counts[_sided(key, card)] > 1)):
                continue
            self._take(card, found.pop(0), pool)

    def pair_close(self) -> None:
        """The only close match under its heading, seen from both sides."""
        close = {
            (at, known.id): known
            for at, card in enumerate(self.cards)
            for known in self.known
            if _is_close(card, known.card)
        }
        for at, card in enumerate(tuple(self.cards)):
            mine = [known for (place, _), known in close.items() if place == at]
            if len(mine) == 1 and sum(id_ == mine[0].id for _, id_ in close) == 1:
                self._take(card, mine[0], self.known)

    def _take(self, card: Card, known: Known, pool: list[Known]) -> None:
        self.pairs.append(Pair(known.id, card, known))
        self.cards.remove(card)
        pool.remove(known)


def _sided(key: Callable[[Card], Hashable], card: Card) -> Hashable:
    return (key(card), card.expected.typed if isinstance(card.expected, Term | Flag) else "")


def _is_close(one: Card, other: Card) -> bool:
    if one.source.headings != other.source.headings or type(one.expected) is not type(other.expected):
        return False
    if _sided(lambda _: "", one) != _sided(lambda _: "", other) or command_of(one.expected) != command_of(other.expected):
        return False
    return SequenceMatcher(None, one.prompt, other.prompt, autojunk=False).ratio() >= _CLOSE
