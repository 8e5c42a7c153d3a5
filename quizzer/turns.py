"""The cards of a study day that still wait, from how each stood in the morning and from the day's log."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Final
from uuid import UUID

from quizzer.answer import Code
from quizzer.card import CommandLine, Flag, Term, Typed
from quizzer.commands.kinds import values
from quizzer.events import Buried, Event, FormAccepted, Reviewed, Suspended, after, fold, in_force
from quizzer.schedule import Kept, Progress, Quality, Rules, Scheduler

RETRIES: Final = 1
"""How often an answer that was not right may be given again at once."""
GAP: Final = 6
"""How many cards come before one that was missed is asked again."""
_DRILLED: Final = (Reviewed, Buried, Suspended, FormAccepted)
"""What happens in a sitting. Everything else (imports) counts as if it had happened in the morning."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A card waiting to be asked."""

    kept: Kept
    attempts: int = 0
    """Answers given in this turn."""
    hints: int = 0
    times: int = 0
    """How often the card was done with today: the values that are given change with it."""

    @property
    def is_new(self) -> bool:
        return self.kept.progress.schedule is None

    def values(self, day: date) -> tuple[str, ...]:
        """What the card's givens are this time."""
        expected = self.kept.card.expected
        if not isinstance(expected, CommandLine) or not expected.givens:
            return ()
        return values(expected.givens, f"{self.kept.id}:{day}:{self.times}")


def queue(
    kept: Sequence[Kept],
    logs: Iterable[Event],
    rules: Rules,
    day: date,
    seed: str,
    scheduler: Scheduler,
    elsewhere: Iterable[str] = (),
) -> tuple[Turn, ...]:
    """What waits on a day: due cards, the latest for their interval first, decks in turn, new ones mixed in.

    `kept` are the cards that may be asked, new ones in the order of their notes; `logs` has the whole log of
    every card with an event today. Equal logs give equal queues, so a queue survives a restart. Of siblings
    one a day is asked; `elsewhere` are the meanings that were asked today in what is not drilled now.
    """
    by_card = _by_card(logs)
    today = [
        event for log in by_card.values() for event in log if event.day == day and isinstance(event, _DRILLED)
    ]
    today.sort(key=lambda event: event.at)
    morning = [_in_the_morning(each, by_card.get(each.id, ()), day, scheduler) for each in kept]
    touched = {event.card for event in today if isinstance(event, Reviewed)}
    awake = [each for each in morning if each.id not in _put_off(by_card, day)]
    due = _due_in_order(awake, rules, day, seed)
    new = _round([each for each in awake if _may_begin(each, rules, day)][: rules.few], seed)
    done = [each for each in morning if each.id in touched]
    owner = _owners([*done, *due, *sorted(new, key=_asks_meaning)], elsewhere)
    begun = {card for card in touched if fold(_before(by_card[card], day), scheduler).schedule is None}
    chosen = _chosen(due, owner, touched, rules.reviews_a_day, touched - begun)
    chosen |= _chosen(new, owner, touched, rules.new_a_day, begun)
    turns = tuple(
        Turn(each) for each in _mixed([e for e in due if e.id in chosen], [e for e in new if e.id in chosen])
    )
    return _replayed(turns, today, {each.id: each for each in morning}, scheduler)


def _by_card(logs: Iterable[Event]) -> Mapping[UUID, Sequence[Event]]:
    found: dict[UUID, list[Event]] = {}
    for event in logs:
        found.setdefault(event.card, []).append(event)
    return {card: in_force(log) for card, log in found.items()}


def _before(log: Sequence[Event], day: date) -> Iterator[Event]:
    return (event for event in log if event.day != day or not isinstance(event, _DRILLED))


def _in_the_morning(kept: Kept, log: Sequence[Event], day: date, scheduler: Scheduler) -> Kept:
    if not any(event.day == day and isinstance(event, _DRILLED) for event in log):
        return kept
    return replace(kept, progress=fold(_before(log, day), scheduler))


def _put_off(by_card: Mapping[UUID, Sequence[Event]], day: date) -> set[UUID]:
    """Buried or suspended today without an answer: they take no place in the day, and none from a sibling."""
    today = {card: [event for event in log if event.day == day] for card, log in by_card.items()}
    return {
        card
        for card, events in today.items()
        if any(isinstance(event, Buried | Suspended) for event in events)
        and not any(isinstance(event, Reviewed) for event in events)
    }


def _may_begin(kept: Kept, rules: Rules, day: date) -> bool:
    progress = kept.progress
    asleep = progress.suspended or progress.retired or progress.buried == day
    return progress.schedule is None and not asleep and (rules.begins_meanings or not _asks_meaning(kept))


def _asks_meaning(kept: Kept) -> bool:
    return isinstance(kept.card.expected, Term | Flag) and kept.card.expected.typed is Typed.MEANING


def _due_in_order(kept: Sequence[Kept], rules: Rules, day: date, seed: str) -> list[Kept]:
    """Of the oldest due, the latest first, in steps of half an interval; then by the day's chance."""
    due = [(each.progress.schedule, each) for each in kept if each.progress.is_due(day)]
    oldest = sorted(((s, each) for s, each in due if s), key=lambda row: row[0].due)[: rules.many]
    steps: dict[int, list[Kept]] = {}
    for schedule, each in oldest:
        late = max((day - schedule.due).days, 0)
        steps.setdefault(min(2 * late // max(schedule.interval, 1), 8), []).append(each)
    ordered: list[Kept] = []
    for step in sorted(steps, reverse=True):
        ordered += _round(sorted(steps[step], key=lambda each: _chance(seed, str(each.id))), seed)
    return ordered


def _chance(seed: str, text: str) -> bytes:
    return hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest()


def _round(kept: Sequence[Kept], seed: str) -> list[Kept]:
    """One of each deck in turn, each deck's own order kept; which deck begins is the day's chance."""
    decks: dict[str, list[Kept]] = {}
    for each in kept:
        decks.setdefault(each.deck, []).append(each)
    rounds = zip_longest(*(decks[deck] for deck in sorted(decks, key=lambda deck: _chance(seed, deck))))
    return [each for round_ in rounds for each in round_ if each is not None]


def _owners(kept: Iterable[Kept], elsewhere: Iterable[str]) -> Mapping[str, UUID | None]:
    """Of each meaning the card that is asked for it today: the first, or none of these."""
    owner: dict[str, UUID | None] = dict.fromkeys(elsewhere)
    for each in kept:
        owner.setdefault(each.meaning or str(each.id), each.id)
    return owner


def _chosen(
    ordered: Sequence[Kept],
    owner: Mapping[str, UUID | None],
    touched: set[UUID],
    limit: int,
    spent: set[UUID],
) -> set[UUID]:
    """As many as the day may hold. What was answered today is among them, and counts wherever it was."""
    own = [each.id for each in ordered if owner[each.meaning or str(each.id)] == each.id]
    done = [card for card in own if card in touched]
    waiting = [card for card in own if card not in touched]
    return {*done, *waiting[: max(limit - len(spent | set(done)), 0)]}


def _mixed(due: Sequence[Kept], new: Sequence[Kept]) -> Iterator[Kept]:
    """New cards spread evenly among the due ones, of which one comes first."""
    rows = [(at / len(due), 0, each) for at, each in enumerate(due)]
    rows += [((at + 0.5) / len(new), 1, each) for at, each in enumerate(new)]
    return (each for _, _, each in sorted(rows, key=lambda row: row[:2]))


def _replayed(
    turns: tuple[Turn, ...], today: Iterable[Event], morning: Mapping[UUID, Kept], scheduler: Scheduler
) -> tuple[Turn, ...]:
    for event in today:
        if event.card not in morning:
            continue
        turn = next((turn for turn in turns if turn.kept.id == event.card), Turn(morning[event.card]))
        rest = tuple(other for other in turns if other.kept.id != event.card)
        turns = placed(turn, rest, event, after(turn.kept.progress, event, scheduler))
    return turns


def placed(turn: Turn, rest: tuple[Turn, ...], event: Event, progress: Progress) -> tuple[Turn, ...]:
    """Where a turn goes when its event has happened: it stays, waits for its redrill, or is done with."""
    kept = replace(turn.kept, progress=progress)
    match event:
        case Reviewed() if may_retry(event):
            return (replace(turn, kept=kept, attempts=event.attempts, hints=event.hints), *rest)
        case Reviewed() if event.quality < Quality.HESITANT:
            return (*rest[:GAP], Turn(kept, times=turn.times + 1), *rest[GAP:])
        case FormAccepted():
            return (replace(turn, kept=kept), *rest)
        case _:
            return rest


def may_retry(event: Reviewed) -> bool:
    """Whether the same card is asked again at once: a reason was told that leads to the right answer."""
    return (
        event.verdict in (Code.CLOSE, Code.WRONG)
        and event.attempts <= RETRIES
        and event.quality < Quality.HARD
    )
