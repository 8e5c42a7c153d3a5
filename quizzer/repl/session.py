"""The loop of a sitting: ask, judge, write, tell. Every decision is the core's."""

import re
from typing import Final
from uuid import UUID

from quizzer.answer import Answer, Code, Verdict, judge
from quizzer.card import CommandLine, Flag, Keys, Term
from quizzer.drill import Drill, Step, accept_form, take_verdict
from quizzer.errors import AnsweredElsewhere, BusyError, StorageError
from quizzer.repl import actions, telling
from quizzer.repl.desk import Desk
from quizzer.repl.screen import MARK, Screen, Typed
from quizzer.repl.telling import Words

_STEERING: Final = frozenset({"exit", "quit", "help", "q", "?"})
_CHOICE: Final[Words] = (("", "right?    y yes · a yes, and from now on · n no"),)
_RETRY: Final[Words] = (("", "Enter saves it again · Ctrl-D leaves without it"),)


class Sitting:
    """One sitting at a screen, from the first card to the summary."""

    def __init__(self, desk: Desk, screen: Screen) -> None:
        self.desk = desk
        self.screen = screen
        self.drill = desk.begin()
        self.unsaved = 0
        self._shown: tuple[UUID, int] | None = None
        self._default = ""

    def run(self) -> Drill:
        """Ask until nothing waits or the learner leaves."""
        try:
            while self.drill.front:
                self._turn()
        except EOFError:
            pass
        self.screen.say((), telling.summary(self.drill.tally, len(self.drill.turns), self.unsaved))
        return self.drill

    def _turn(self) -> None:
        self.drill = self.desk.on_its_day(self.drill)
        if (turn := self.drill.front) is None:
            return
        if self._shown != (turn.kept.id, turn.times):
            self._shown = (turn.kept.id, turn.times)
            self.screen.say(
                (),
                telling.heading(self.drill, self.screen.width),
                *telling.question(self.drill, self.screen.width),
            )
        typed = self.screen.ask(telling.status(self.drill), self._default)
        self._default = ""
        if (name := _action(typed.text, turn.kept.card.expected)) is not None:
            self._act(name)
        elif typed.text.strip() in _STEERING and not _is_answer(typed.text.strip(), turn.kept.card.expected):
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
        if found in ("undo", "skip"):
            self._shown = None
        return None

    def _answer(self, typed: Typed) -> None:
        turn = self.drill.turn
        expected, values = turn.kept.card.expected, turn.values(self.drill.day)
        specs = self.desk.specs_for(expected, typed.text)
        verdict = judge(expected, typed.text, specs, values, turn.kept.progress.forms)
        if verdict.code is Code.UNREADABLE:
            self._default = typed.text
            return self.screen.say(telling.unreadable(verdict, len(MARK)))
        decided = None
        if verdict.code is Code.CANNOT_JUDGE:
            self.screen.say(*telling.doubt(verdict, typed.text))
            decided = self._choose(typed.text)
        answer = Answer(typed.text, typed.milliseconds, turn.attempts + 1, turn.hints)
        step = take_verdict(self.drill, verdict, answer, self.desk.now(), self.desk.scheduling, decided)
        if self._take(step):
            self._tell(verdict, typed.text, turn.kept.id, turn.attempts + 1, decided)
        return None

    def _choose(self, text: str) -> bool:
        """What the learner says of an answer that we cannot judge, and perhaps of all like it."""
        said = self.screen.choose(_CHOICE, "yan")
        if said == "a":
            self._take(accept_form(self.drill, text, self.desk.now(), self.desk.scheduling))
        return said != "n"

    def _take(self, step: Step) -> bool:
        """Write the step's event, and only then stand where it leads. False where it was not to be had."""
        while step.event is not None:
            try:
                self.desk.write(step.event, step.seen)
                break
            except AnsweredElsewhere as error:
                self.screen.say((("note", f"{error}; "), ("", error.hint)))
                self.drill = self.desk.begin()
                return False
            except (StorageError, BusyError) as error:
                self.unsaved = 1
                self.screen.say(*telling.not_saved(error, self.drill.tally))
                self.screen.ask(_RETRY[0][1])
        self.unsaved = 0
        self.drill = step.drill
        return True

    def _tell(self, verdict: Verdict, text: str, card: UUID, tries: int, decided: bool | None) -> None:
        again = next((turn for turn in self.drill.turns if turn.kept.id == card), None)
        progress = self.desk.progress
        at_once = again is self.drill.front and again is not None and again.attempts > 0
        if decided is not None:
            return self.screen.say(telling.decision(progress, self.drill.day, right=decided))
        lines = telling.verdict_of(verdict, text, progress, self.drill.day, asks_again=at_once, tries=tries)
        return self.screen.say(*lines)


def _action(text: str, expected: Term | Flag | CommandLine | Keys) -> str | None:
    """The name after a colon; after two colons where the card's own answer begins with one."""
    marks = "::" if _begins_with_colon(expected) else ":"
    found = re.fullmatch(rf"{marks}([A-Za-z?][\w-]*)\s*", text.strip())
    return found[1].lower() if found else None


def _begins_with_colon(expected: Term | Flag | CommandLine | Keys) -> bool:
    match expected:
        case CommandLine() | Keys():
            return any(form.lstrip().startswith(":") for form in (expected.text, *expected.also))
        case Term() | Flag():
            return False


def _is_answer(word: str, expected: Term | Flag | CommandLine | Keys) -> bool:
    match expected:
        case CommandLine() | Keys():
            return word in (expected.text, *expected.also)
        case Term():
            return word.casefold() in (expected.name.casefold(), expected.definition.casefold())
        case Flag():
            return False
