"""Pairs of command lines in plain files: what is the same, what is not, and what the learner is told."""

from pathlib import Path

import pytest

from quizzer.commands.difference import compare, sentence
from tests.test_commands_specs import SPECS

FOLDER = Path(__file__).parent / "commands"


def cases() -> list[tuple[str, str, str, str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                noted, typed, outcome, said = (*line.split("\t"), "")[:4]
                found.append((f"{path.stem}:{number}", noted, typed, outcome, said))
    return found


def unfolded(text: str) -> str:
    return text.replace("␤", "\n").replace("␉", "\t")


@pytest.mark.parametrize(
    ("noted", "typed", "outcome", "said"),
    [case[1:] for case in cases()],
    ids=[case[0] for case in cases()],
)
def test_a_pair_of_lines_is_judged_as_the_file_says(noted: str, typed: str, outcome: str, said: str) -> None:
    found = compare(unfolded(noted), unfolded(typed), SPECS)
    sentences = " / ".join(sentence(reason) for reason in found.reasons)

    assert (found.outcome, sentences or found.message or " / ".join(found.remarks)) == (outcome, said)


@pytest.mark.parametrize(
    ("noted", "typed", "outcome"),
    [(case[2], case[1], case[3]) for case in cases() if case[3] == "same" and "<" not in case[1]],
    ids=[case[0] for case in cases() if case[3] == "same" and "<" not in case[1]],
)
def test_what_is_the_same_is_the_same_the_other_way_round(noted: str, typed: str, outcome: str) -> None:
    found = compare(unfolded(noted), unfolded(typed), SPECS)

    assert found.outcome in (
        outcome,
        "unknown",
    )  # `&&` for a new line is right, a new line for `&&` is not judged
