"""The loop of a sitting: ask, judge, write, tell. Every decision is the core's."""

import re
from datetime import date
from typing import Final
from uuid import UUID

from quizzer.answer import Answer, Code, Verdict
from quizzer.card import CommandLine, Expected, Flag, Keys, Term
from quizzer.drill import Drill, Step, accept_form, take_verdict
from quizzer.errors import AnsweredElsewhere, BusyError, DataError, StorageError
from quizzer.repl import actions, telling
from quizzer.repl.desk import Desk
from quizzer.repl.screen import MARK, Screen, Typed
from quizzer.repl.telling import Words
from quizzer.text import folded, safe
from quizzer.turns import Turn

_STEERING: Final = frozenset({"exit", "quit", "help", "q", "?"})
_MENDABLE: Final = 1_000
"""Letters of a line that is worth mending at the prompt; a longer one would hide the message."""
_CHOICE: Final[Words] = (("", "right?    y yes · a yes, and from now on · n no"),)


class Sitting:
    """One sitting at a screen, from the first card to the summary."""

    def __init__(self, desk: Desk, screen: Screen) -> None:
        self.desk = desk
        self.screen = screen
        self.drill = desk.begin()
        self.unsaved = 0
        """Answers that could not be written and were given up."""
        self._shown: tuple[UUID, int, date] | None = None
        self._default = ""

    def run(self) -> Drill:
        """Ask until nothing waits or the learner leaves; say what was done even to one who breaks off."""
        try:
            while self.drill.front:
                self._turn()
        except EOFError:
            pass
        finally:
            self.screen.say((), telling.summary(self.drill.tally, len(self.drill.turns), self.unsaved))
        return self.drill

    def _turn(self) -> None:
        self.drill = self.desk.on_its_day(self.drill)
        if (turn := self.drill.front) is None:
            return
        shown = (turn.kept.id, turn.times, self.drill.day)
        if self._shown != shown:
            self._shown = shown
            width = self.screen.width
            self.screen.say((), telling.heading(self.drill, width), *telling.question(self.drill, width))
        typed = self.screen.ask(telling.status(self.drill), self._default)
        self._default = ""
        expected = turn.kept.card.expected
        if (name := _action(typed.text, expected)) is not None:
            self._act(name)
        elif _is_steering(typed.text, turn):
            self.screen.say(telling.steering(typed.text.strip()))
        else:
            self._answer(typed)

    def _act(self, name: str) -> None:
        found = actions.find(name)
        if found is None:
            return self.screen.say(actions.unknown(name))
        run = actions.ACTIONS[found].run
        if run is None:
            raise EOFError
        done = run(self.drill, self.desk.now(), self.desk.scheduling)
        if done.step is None or self._take(done.step):
            self.screen.say(*done.told)
        if (done.step and done.step.drill.front is not self.drill.front) or found == "undo":
            self._shown = None
        return None

    def _answer(self, typed: Typed) -> None:
        turn = self.drill.turn
        verdict = self._verdict(turn, typed.text)
        if verdict.code is Code.UNREADABLE:
            self._default = typed.text if len(typed.text) < _MENDABLE else ""
            return self.screen.say(telling.unreadable(verdict, len(MARK)))
        decided = None
        if verdict.code is Code.CANNOT_JUDGE:
            self.screen.say(*telling.doubt(verdict, typed.text))
            decided = self._choose(typed.text)
            if decided is None:
                return None
        answer = Answer(typed.text, typed.milliseconds, turn.attempts + 1, turn.hints)
        now = self.desk.now()
        if self._take(take_verdict(self.drill, verdict, answer, now, self.desk.scheduling, decided)):
            self._tell(verdict, turn, now.day, decided)
        return None

    def _verdict(self, turn: Turn, text: str) -> Verdict:
        """A spec that cannot be read is no reason to stop: without it the learner decides."""
        from quizzer.judging import judge  # the validator comes in behind the first prompt

        expected = turn.kept.card.expected
        try:
            specs = self.desk.specs_for(expected, text)
        except DataError as error:
            self.screen.say((("note", f"{safe(str(error))}; "), ("", safe(error.hint))))
            specs = {}
        return judge(expected, text, specs, turn.values(self.drill.day), turn.kept.progress.forms)

    def _choose(self, text: str) -> bool | None:
        """What the learner says of an answer that we cannot judge, and perhaps of all like it.

        None where an action was taken instead, or the card was answered in another window: nothing is graded.
        """
        said = self.screen.choose(_CHOICE, "yan")
        if said.startswith(":"):
            self._default = text
            self._act(said[1:])
            return None
        if said == "a" and not self._take(self._accepted(text)):
            return None
        return said != "n"

    def _accepted(self, text: str) -> Step:
        """From now on, whatever the card's givens are then."""
        from quizzer.judging import form  # the validator comes in behind the first prompt

        turn = self.drill.turn
        own = form(turn.kept.card.expected, text, turn.values(self.drill.day))
        return accept_form(self.drill, own, self.desk.now(), self.desk.scheduling)

    def _take(self, step: Step) -> bool:
        """Write the step's event, and only then stand where it leads. False where it was not to be had."""
        while step.event is not None:
            try:
                self.desk.write(step.event, step.seen)
                break
            except AnsweredElsewhere as error:
                self.screen.say((("note", f"{error}; "), ("", error.hint)))
                self.drill = self.desk.again(self.drill)
                return False
            except (StorageError, BusyError) as error:
                self.unsaved = 1
                self.screen.say(*telling.not_saved(error, self.drill.tally))
                self.screen.ask(telling.RETRY)
        self.unsaved = 0
        self.drill = step.drill
        return True

    def _tell(self, verdict: Verdict, turn: Turn, day: date, decided: bool | None) -> None:
        progress, front = self.desk.progress, self.drill.front
        if decided is not None:
            return self.screen.say(telling.decision(progress, day, right=decided))
        asks_again = front is not None and front.kept.id == turn.kept.id and front.attempts > 0
        tries = turn.attempts + 1
        return self.screen.say(
            *telling.verdict_of(verdict, progress, day, asks_again=asks_again, tries=tries)
        )


def _action(text: str, expected: Expected) -> str | None:
    """The name after a colon; after two colons where the card's own answer begins with one."""
    marks = "::" if _begins_with_colon(expected) else ":"
    found = re.fullmatch(rf"{marks}([A-Za-z?][\w-]*|)\s*", text.strip())
    return found[1].lower() if found else None


def _begins_with_colon(expected: Expected) -> bool:
    match expected:
        case CommandLine() | Keys():
            return any(form.lstrip().startswith(":") for form in (expected.text, *expected.also))
        case Term() | Flag():
            return False


def _is_steering(text: str, turn: Turn) -> bool:
    """A bare `exit` or `help` on a card where neither is an answer."""
    from quizzer.judging import show

    word = text.strip().casefold()
    if word not in _STEERING:
        return False
    expected = turn.kept.card.expected
    others = expected.also if isinstance(expected, CommandLine | Keys) else ()
    right = {folded(form) for form in (show(expected), *others, *turn.kept.progress.forms)}
    return folded(word) not in right
