"""What the learner can tell the program at a prompt. One row an action; help comes from the rows."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from quizzer.drill import Drill, Scheduling, Step, bury, skip, take_hint, undo
from quizzer.repl.telling import Words
from quizzer.schedule import Now
from quizzer.text import safe


@dataclass(frozen=True, slots=True)
class Done:
    """What an action made: a step to be written, if there is one, and what is told after."""

    step: Step | None
    told: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """`run` is pure. An action without one is the loop's own."""

    summary: str
    run: Callable[[Drill, Now, Scheduling], Done] | None = None


def _hint(drill: Drill, now: Now, by: Scheduling) -> Done:
    from quizzer.judging import hint  # the validator comes in behind the first prompt

    step = take_hint(drill)
    turn = step.drill.turn
    text = hint(turn.kept.card.expected, turn.values(drill.day), turn.hints)
    if not text:
        return Done(None, ((("dim", "no more hints; an empty line shows the answer"),),))
    return Done(step, ((("", safe(text)), ("dim", "   (costs quality)")),))


def _skip(drill: Drill, now: Now, by: Scheduling) -> Done:
    if len(drill.turns) == 1:
        return Done(None, ((("dim", "this is the last card; :quit leaves it for later"),),))
    return Done(skip(drill), ((("dim", "skipped; it comes again at the end"),),))


def _bury(drill: Drill, now: Now, by: Scheduling) -> Done:
    return Done(bury(drill, now, by), ((("dim", "not again today"),),))


def _undo(drill: Drill, now: Now, by: Scheduling) -> Done:
    step = undo(drill, now)
    if step is None:
        return Done(None, ((("dim", "nothing to undo in this sitting"),),))
    return Done(step, ((("dim", "undone; here it is again"),),))


def _help(drill: Drill, now: Now, by: Scheduling) -> Done:
    rows: list[Words] = [(("bold", f"  :{name:9}"), ("", action.summary)) for name, action in ACTIONS.items()]
    keys: Words = (
        ("dim", 'an empty line is "I don\'t know" · Ctrl-C clears the line · Alt-Enter begins a new one'),
    )
    return Done(None, (*rows, keys))


ACTIONS: Final[Mapping[str, Action]] = MappingProxyType(
    {
        "help": Action("show this", _help),
        "hint": Action("a step towards the answer; it costs quality", _hint),
        "skip": Action("ask this card at the end", _skip),
        "undo": Action("take back the last answer, skip or other step", _undo),
        "bury": Action("not again today", _bury),
        "quit": Action("leave (so does Ctrl-D); every answer is saved already"),
    }
)


def find(name: str) -> str | None:
    """The action of that name, or the only one that begins so."""
    if name in ACTIONS:
        return name
    begun = [each for each in ACTIONS if name and each.startswith(name)]
    return begun[0] if len(begun) == 1 else None


def unknown(name: str) -> Words:
    near = difflib.get_close_matches(name, ACTIONS, n=1)
    hint_ = f"did you mean :{near[0]}?" if near else ":help lists what there is"
    return (("wrong", f"there is no :{safe(name)}; "), ("", f"{hint_} (nothing was graded)"))
