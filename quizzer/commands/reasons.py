"""What a comparison finds, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a typed line stands to the note's."""

    SAME_TEXT = "same text"
    SAME = "same"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"
    """The shell could not read it: the learner mends it and nothing is lost."""
    UNKNOWN = "unknown"
    """It cannot be judged; the learner decides."""


class ReasonCode(StrEnum):
    """Why two commands are not the same, the closed set."""

    OTHER_PROGRAM = "other_program"
    OTHER_SUBCOMMAND = "other_subcommand"
    UNKNOWN_SUBCOMMAND = "unknown_subcommand"
    MISSING_SUBCOMMAND = "missing_subcommand"
    UNKNOWN_OPTION = "unknown_option"
    MISSING_VALUE = "missing_value"
    UNEXPECTED_VALUE = "unexpected_value"
    AFTER = "after"
    INSTEAD = "instead"
    MISSING = "missing"
    EXTRA = "extra"
    VALUE = "value"
    MISSING_ARGUMENT = "missing_argument"
    SURPLUS_ARGUMENT = "surplus_argument"
    ARGUMENT_ORDER = "argument_order"
    ARGUMENT = "argument"
    QUOTING = "quoting"
    STRUCTURE = "structure"
    OTHER_USER = "other_user"


@dataclass(frozen=True, slots=True)
class Reason:
    """One difference. Texts are as typed, or as the note writes them with the given values in place."""

    code: ReasonCode
    typed: str = ""
    expected: str = ""
    spellings: tuple[str, ...] = ()
    """All names of the option that it is about."""
    command: str = ""
    """The command that it is about: `docker run`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a typed line stands to the note's, and why."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    """The first cause first."""
    remarks: tuple[str, ...] = ()
    """It is right, and yet there is a word to say."""
    caret: int | None = None
    """Where in the typed line it cannot be read."""
    message: str = ""
    """Why it cannot be read or judged."""
    specs: tuple[str, ...] = ()
    """The specs that it was judged by: `docker 28.2.2`."""
