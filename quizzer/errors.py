"""What leaves nothing to do: one line for the person, a hint, and an exit code.

QuizzerError          1    finished with problems
├── DataError        65    a file is not what it should be (damaged, foreign, newer, mistyped settings)
├── StorageError     74    reading or writing failed (disk full, read-only)
└── BusyError        75    somebody else holds the store; try again
    └── AnsweredElsewhere  the card got an answer in another window since it was asked
"""


class QuizzerError(Exception):
    """A message for the person (what and where) and a hint (what to do)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class DataError(QuizzerError):
    exit_code = 65


class StorageError(QuizzerError):
    exit_code = 74


class BusyError(QuizzerError):
    exit_code = 75


class AnsweredElsewhere(BusyError):  # noqa: N818  (the name is the sentence)
    pass
