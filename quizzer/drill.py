"""One sitting: what an answer or an action makes of it, and the one event that tells it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from quizzer.answer import Answer, Verdict, grade, worth
from quizzer.events import Buried, Event, FormAccepted, Reviewed, ReviewKind, Undone, after, stamp
from quizzer.schedule import Now, Quality, Scheduler
from quizzer.turns import Turn, placed


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done in this sitting, card by card."""

    at_once: frozenset[UUID] = frozenset()
    """Right at the first answer."""
    later: frozenset[UUID] = frozenset()
    """Not right at the first answer."""

    @property
    def cards(self) -> int:
        return len(self.at_once) + len(self.later)


@dataclass(frozen=True, slots=True)
class Drill:
    """A sitting as it stands. A step makes a new one; `past` leads back to the one before."""

    turns: tuple[Turn, ...]
    day: date
    tally: Tally = Tally()
    past: "Past | None" = field(default=None, repr=False, compare=False)

    @property
    def front(self) -> Turn | None:
        return self.turns[0] if self.turns else None

    @property
    def turn(self) -> Turn:
        """The card that is being asked; there is one."""
        return self.turns[0]


@dataclass(frozen=True, slots=True)
class Past:
    """The drill before a step, and the event that the step made, if it made one."""

    before: Drill
    event: Event | None


class Step(NamedTuple):
    """The drill after a step, and the event to be written before anything is told of it."""

    drill: Drill
    event: Event | None
    seen: int = 0
    """The version of the card's progress that the event goes on from."""


@dataclass(frozen=True, slots=True)
class Scheduling:
    """How answers become schedules."""

    name: str
    scheduler: Scheduler


def take_verdict(
    drill: Drill, verdict: Verdict, answer: Answer, now: Now, by: Scheduling, decided: bool | None = None
) -> Step:
    """Grade the answer to the front card. `decided` is what the learner said where we could not judge.

    Raises ValueError for a verdict that grades nothing (unreadable, or undecided).
    """
    turn = drill.turn
    quality = grade(verdict, answer) if decided is None else _decided(decided, answer)
    event = Reviewed(
        **stamp(turn.kept.id, now),
        kind=ReviewKind.REDRILL if turn.kept.progress.answered == now.day else ReviewKind.REVIEW,
        verdict=verdict.code,
        reasons=tuple(reason.code for reason in verdict.reasons),
        proposed=quality,
        quality=quality,
        answer=answer.text,
        attempts=answer.attempts,
        hints=answer.hints,
        milliseconds=answer.milliseconds,
        scheduler=by.name,
        specs=verdict.specs,
    )
    progress = after(turn.kept.progress, event, by.scheduler)
    turns = placed(turn, drill.turns[1:], event, progress)
    after_it = replace(_past(drill, event), turns=turns, tally=_counted(drill.tally, event))
    return Step(after_it, event, turn.kept.progress.version)


def _decided(right: bool, answer: Answer) -> Quality:
    """The learner's word makes it a pass at best with hesitation; hints cost here too."""
    return min(Quality.HESITANT, worth(answer)) if right else Quality.WRONG


def _past(drill: Drill, event: Event | None) -> Drill:
    return replace(drill, past=Past(drill, event))


def _counted(tally: Tally, event: Reviewed) -> Tally:
    if event.card in tally.at_once | tally.later:
        return tally
    if event.quality >= Quality.HARD:
        return replace(tally, at_once=tally.at_once | {event.card})
    return replace(tally, later=tally.later | {event.card})


def accept_form(drill: Drill, form: str, now: Now, by: Scheduling) -> Step:
    """From now on the front card takes this answer, in which the note's own texts stand for given values."""
    return _done(drill, FormAccepted(**stamp(drill.turn.kept.id, now), form=form), by)


def bury(drill: Drill, now: Now, by: Scheduling) -> Step:
    """Not again on this study day."""
    return _done(drill, Buried(**stamp(drill.turn.kept.id, now)), by)


def _done(drill: Drill, event: Event, by: Scheduling) -> Step:
    turn = drill.turn
    turns = placed(turn, drill.turns[1:], event, after(turn.kept.progress, event, by.scheduler))
    return Step(replace(_past(drill, event), turns=turns), event, turn.kept.progress.version)


def skip(drill: Drill) -> Step:
    """To the end of the day's cards. Nothing is logged: a card that was not answered has no history."""
    return Step(replace(_past(drill, None), turns=(*drill.turns[1:], drill.turn)), None)


def take_hint(drill: Drill) -> Step:
    """One hint more on the front card. It is logged with the answer that it helps."""
    turn = replace(drill.turn, hints=drill.turn.hints + 1)
    return Step(replace(drill, turns=(turn, *drill.turns[1:])), None)


def undo(drill: Drill, now: Now) -> Step | None:
    """The very drill before the last step, and the event that takes its event back; None at the start."""
    if drill.past is None:
        return None
    before, event = drill.past.before, drill.past.event
    if event is None:
        return Step(before, None)
    seen = before.turn.kept.progress.version + 1  # that event is in force until this one takes it back
    return Step(before, Undone(**stamp(event.card, now), undone=event.id), seen)
