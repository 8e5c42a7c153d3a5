"""What was typed, how it compared with what was expected, and what that is worth."""

from dataclasses import dataclass
from enum import StrEnum

from quizzer.commands.reasons import Reason
from quizzer.schedule import Quality


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner gave."""

    text: str
    milliseconds: int
    attempts: int = 1
    """How many times this turn was answered, this one included."""
    hints: int = 0


class Code(StrEnum):
    """How an answer compares."""

    RIGHT = "right"
    FORM = "right in another form"
    CLOSE = "close"
    WRONG = "wrong"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    CANNOT_JUDGE = "cannot judge"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The comparison of an answer with what was expected."""

    code: Code
    expected: str
    """The note's own form, with the values that were given."""
    reasons: tuple[Reason, ...] = ()
    """The first cause first."""
    remarks: tuple[str, ...] = ()
    """It is right, and this is worth a word."""
    message: str = ""
    """What stands in the way of reading or judging it, or of its being right, in a sentence."""
    caret: int | None = None
    """Where in the answer the message points."""
    specs: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool | None:
        """None where only the learner can say, or nothing was graded."""
        match self.code:
            case Code.RIGHT | Code.FORM:
                return True
            case Code.CLOSE | Code.WRONG | Code.BLANK:
                return False
            case Code.UNREADABLE | Code.CANNOT_JUDGE:
                return None


def grade(verdict: Verdict, answer: Answer) -> Quality:
    """SM-2's quality of an answer that was judged (5 at once, 3 with one hint, 2 after a reason).

    An unreadable or undecided verdict has none: asking for it is an error of the caller.
    """
    match verdict.code:
        case Code.RIGHT | Code.FORM:
            return worth(answer)
        case Code.CLOSE:
            return Quality.NEAR
        case Code.WRONG:
            return Quality.WRONG
        case Code.BLANK:
            return Quality.BLANK
        case Code.UNREADABLE | Code.CANNOT_JUDGE:
            raise ValueError(verdict.code)


def worth(answer: Answer) -> Quality:
    """Of a right answer: a hint makes it hard, a second hint or a reason that was shown makes it a miss."""
    if answer.attempts > 1 or answer.hints > 1:
        return Quality.NEAR
    return Quality.HARD if answer.hints else Quality.PERFECT
