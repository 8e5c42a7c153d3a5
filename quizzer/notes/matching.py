"""Yesterday's cards against today's: kept, changed, new, gone. Progress follows the card, not the line.

Case and punctuation always count: `git branch -d` and `-D` are two cards.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from quizzer.card import Card, CommandLine, Flag, Keys, Term, Typed, card_id, command_of, fingerprint, kind
from quizzer.notes.likeness import is_close

_MOST_COMPARED: Final = 40_000
"""Pairs of cards under one heading; beyond them so much was rewritten that nobody can tell which is which."""


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

    def split(self, shared: Collection[UUID], taken: Collection[UUID]) -> "Matching":
        """The same, but a changed card that another note still holds as it was is a new one here."""
        kept = tuple(pair for pair in self.pairs if pair.id not in shared)
        own = [pair.card for pair in self.pairs if pair.id in shared]
        used = {*taken, *(id_ for id_, _ in self.new), *(pair.id for pair in self.pairs)}
        return Matching(kept, (*self.new, *_named(own, used)), self.gone)


def match(
    here: Sequence[Known], elsewhere: Sequence[Known], cards: Iterable[Card], taken: Collection[UUID] = ()
) -> Matching:
    """`here` are the cards that stood in this note, `elsewhere` all others with a fingerprint of today's.
    `taken` are the ids that today's fingerprints lead to and that other cards have by now.

    In this order a card is the one that has its very text, here or retired; the same prompt here; its text in
    another note; the same answer here, where only one has it; or it is the only close match both ways under
    its heading. Whatever is left is new: a merely similar card never gets another one's history.
    """
    rest = _Rest(list(_distinct(cards)), list(here))
    rest.take(_equal(rest.cards, rest.known, _text))
    rest.take(_equal(rest.cards, [known for known in elsewhere if known.is_retired], _text))
    rest.take(_equal(rest.cards, rest.known, fingerprint))
    rest.take(_equal(rest.cards, [known for known in elsewhere if not known.is_retired], _text))
    rest.take(_equal(rest.cards, rest.known, _meaning, only_one=True))
    rest.take(_close(rest.cards, rest.known))
    used = {*taken, *(known.id for known in (*here, *elsewhere))}
    return Matching(tuple(rest.pairs), tuple(_named(rest.cards, used)), tuple(rest.known))


def _named(cards: Iterable[Card], used: set[UUID]) -> Iterator[tuple[UUID, Card]]:
    """Each with the first id of its fingerprint that is free."""
    for card in cards:
        id_ = _first_free(fingerprint(card), used)
        used.add(id_)
        yield id_, card


@dataclass(slots=True)
class _Rest:
    """What is not matched yet, and what is."""

    cards: list[Card]
    known: list[Known]
    pairs: list[Pair] = field(default_factory=list)

    def take(self, found: Iterable[Pair]) -> None:
        pairs = list(found)
        ids, places = {pair.id for pair in pairs}, {id(pair.card) for pair in pairs}
        self.pairs += pairs
        self.cards = [card for card in self.cards if id(card) not in places]
        self.known = [known for known in self.known if known.id not in ids]


def _distinct(cards: Iterable[Card]) -> Iterator[Card]:
    """The same prompt with the same answer twice in a note is one card, at its first place."""
    seen: set[Hashable] = set()
    for card in cards:
        if (key := _text(card)) not in seen:
            seen.add(key)
            yield card


def _first_free(print_: str, taken: set[UUID]) -> UUID:
    copy = 0
    while card_id(print_, copy) in taken:
        copy += 1
    return card_id(print_, copy)


def _equal(
    cards: Sequence[Card],
    pool: Sequence[Known],
    key: Callable[[Card], Hashable],
    *,
    only_one: bool = False,
) -> Iterator[Pair]:
    """Those with equal keys, the first with the first; with `only_one` where neither side has a choice."""
    by_key: dict[Hashable, deque[Known]] = {}
    for known in pool:
        by_key.setdefault(key(known.card), deque()).append(known)
    keys = [key(card) for card in cards]
    ambiguous = {each for each, count in Counter(keys).items() if count > 1 or len(by_key.get(each, ())) > 1}
    for card, mine in zip(cards, keys, strict=True):
        found = by_key.get(mine)
        if found and not (only_one and mine in ambiguous):
            known = found.popleft()
            yield Pair(known.id, card, known)


def _close(cards: Sequence[Card], pool: Sequence[Known]) -> Iterator[Pair]:
    """The only close match under its heading, seen from both sides."""
    by_place: dict[Hashable, tuple[list[Card], list[Known]]] = {}
    for card in cards:
        by_place.setdefault(_place(card), ([], []))[0].append(card)
    for known in pool:
        by_place.setdefault(_place(known.card), ([], []))[1].append(known)
    for mine, before in by_place.values():
        if len(mine) * len(before) <= _MOST_COMPARED:
            yield from _only_close(mine, before)


def _only_close(cards: Sequence[Card], pool: Sequence[Known]) -> Iterator[Pair]:
    close = [
        (card, known)
        for card in cards
        for known in pool
        if is_close(card, known.card, _answer(card), _answer(known.card))
    ]
    seen_by_card = Counter(id(card) for card, _ in close)
    seen_by_known = Counter(known.id for _, known in close)
    for card, known in close:
        if seen_by_card[id(card)] == seen_by_known[known.id] == 1:
            yield Pair(known.id, card, known)


def _text(card: Card) -> Hashable:
    """All that a card says."""
    return fingerprint(card), _answer(card)


def _meaning(card: Card) -> Hashable:
    """What is asked for, in whatever words."""
    return kind(card.expected), _side(card), command_of(card.expected), _answer(card)


def _place(card: Card) -> Hashable:
    """Where an edited card must be looked for."""
    return kind(card.expected), _side(card), command_of(card.expected), card.source.headings


def _side(card: Card) -> str:
    return card.expected.typed if isinstance(card.expected, Term | Flag) else ""


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
