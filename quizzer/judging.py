"""The comparison of what was typed with what a card expects, and steps towards it for who asks.

This brings in the whole validator, so a sitting loads it behind its first prompt.
"""

import re
from collections.abc import Sequence
from typing import Final

from quizzer.answer import Code, Verdict
from quizzer.card import CommandLine, Expected, Flag, Keys, Term, Typed
from quizzer.commands.difference import compare
from quizzer.commands.givens import emptied, filled, marked
from quizzer.commands.invocation import spellings
from quizzer.commands.keystrokes import strokes
from quizzer.commands.reasons import Comparison, Outcome, Reason, ReasonCode
from quizzer.commands.spec import Specs
from quizzer.text import counted, folded


def judge(
    expected: Expected, text: str, specs: Specs, values: Sequence[str] = (), forms: Sequence[str] = ()
) -> Verdict:
    """Compare what was typed. `values` are those told for the card's givens; `forms` the learner accepted."""
    shown = show(expected, values)
    if not text.strip():
        return Verdict(Code.BLANK, shown)
    match expected:
        case Term():
            return _judge_term(expected, text, shown, forms)
        case Flag():
            return _judge_flag(expected, text, shown, specs, forms)
        case CommandLine():
            return _judge_command(expected, text, shown, specs, values, forms)
        case Keys():
            right = any(strokes(text) == strokes(form) for form in (expected.text, *expected.also, *forms))
            return Verdict(Code.RIGHT if right else Code.WRONG, shown)


def show(expected: Expected, values: Sequence[str] = ()) -> str:
    """The answer as the note has it, with the values that were given."""
    match expected:
        case Term(typed=Typed.NAME):
            return expected.name
        case Term():
            return expected.definition
        case Flag(typed=Typed.NAME):
            return expected.text
        case Flag():
            return expected.meaning
        case CommandLine():
            return filled(expected.text, expected.givens, values) if values else expected.text
        case Keys():
            return expected.text


def _judge_term(term: Term, text: str, shown: str, forms: Sequence[str]) -> Verdict:
    if any(_same_prose(text, form) for form in (shown, *forms)):
        return Verdict(Code.RIGHT, shown)
    if term.typed is Typed.NAME:
        return Verdict(Code.WRONG, shown)
    return Verdict(Code.CANNOT_JUDGE, shown, message="do the two mean the same?")


def _same_prose(one: str, other: str) -> bool:
    """Number is no matter: "image" names what the note calls "Images"."""
    return [_singular(word) for word in folded(one).split()] == [
        _singular(word) for word in folded(other).split()
    ]


def _singular(word: str) -> str:
    return re.sub(r"(?<=\w\w)(?<!s)s$", "", word)


def _judge_flag(flag: Flag, text: str, shown: str, specs: Specs, forms: Sequence[str]) -> Verdict:
    if flag.typed is Typed.MEANING:
        same = any(folded(text) == folded(form) for form in (shown, *forms))
        if same:
            return Verdict(Code.RIGHT, shown)
        return Verdict(Code.CANNOT_JUDGE, shown, message="do the two mean the same?")
    typed = text.strip().removeprefix(flag.command).strip()
    name = re.split(r"[\s=]", typed)[0] if typed else ""
    rest = typed[len(name) :].lstrip("= ")
    if not name.startswith("-"):
        return Verdict(Code.UNREADABLE, shown, message="a flag begins with a dash", caret=0)
    names = {each for own in flag.spellings for each in spellings(flag.command, own, specs)}
    if " ".join(typed.split()) == " ".join(flag.text.split()):
        return Verdict(Code.RIGHT, shown)
    if name in names and (not rest or (len(rest.split()) == 1 and flag.argument)):
        return Verdict(Code.RIGHT if name in flag.spellings else Code.FORM, shown)
    if name in names:
        reason = Reason(ReasonCode.EXTRA, rest, command=flag.command)
        return Verdict(Code.CLOSE, shown, reasons=(reason,))
    if (
        compare(f"{flag.command} {flag.spellings[0]}", f"{flag.command} {typed}", specs).outcome
        is Outcome.SAME
    ):
        return Verdict(Code.FORM, shown)
    reason = Reason(ReasonCode.INSTEAD, name, flag.spellings[0], tuple(sorted(names)), flag.command)
    return Verdict(Code.WRONG, shown, reasons=(reason,))


_RANK: Final = (Code.RIGHT, Code.FORM, Code.UNREADABLE, Code.CLOSE, Code.CANNOT_JUDGE, Code.WRONG)
"""The best of several references wins. A doubt weighs more than a difference, but what comes close to one
of them is meant as that one."""


def _judge_command(
    line: CommandLine, text: str, shown: str, specs: Specs, values: Sequence[str], forms: Sequence[str]
) -> Verdict:
    found = [compare(form, text, specs, line.givens, values) for form in (line.text, *line.also, *forms)]
    best = min(found, key=lambda each: _RANK.index(_code(each)))
    code = _code(best)
    if code in (Code.RIGHT, Code.FORM):
        code = Code.RIGHT if best is found[0] and _is_as_written(line, text) else Code.FORM
    return Verdict(code, shown, best.reasons, best.remarks, best.message, best.caret, best.specs)


def _is_as_written(line: CommandLine, text: str) -> bool:
    """Whether it is the note's own form, whatever values stand for its givens."""
    form = re.escape(" ".join(marked(line.text, line.givens).split()))
    values = re.sub("\ue000\\d+\ue001", lambda _: r"\S+(?: \S+)*", form)
    return re.fullmatch(values, " ".join(text.split())) is not None


_NEAR: Final = frozenset(
    {
        ReasonCode.MISSING,
        ReasonCode.EXTRA,
        ReasonCode.VALUE,
        ReasonCode.INSTEAD,
        ReasonCode.MISSING_VALUE,
        ReasonCode.UNEXPECTED_VALUE,
        ReasonCode.QUOTING,
        ReasonCode.AFTER,
        ReasonCode.UNKNOWN_OPTION,
        ReasonCode.MISSING_ARGUMENT,
        ReasonCode.SURPLUS_ARGUMENT,
        ReasonCode.ARGUMENT_ORDER,
        ReasonCode.ARGUMENT,
    }
)


def _code(comparison: Comparison) -> Code:
    match comparison.outcome:
        case Outcome.SAME_TEXT:
            return Code.RIGHT
        case Outcome.SAME:
            return Code.FORM
        case Outcome.UNREADABLE:
            return Code.UNREADABLE
        case Outcome.UNKNOWN:
            return Code.CANNOT_JUDGE
        case Outcome.DIFFERENT:
            near = len(comparison.reasons) == 1 and comparison.reasons[0].code in _NEAR
            return Code.CLOSE if near else Code.WRONG


def form(expected: Expected, text: str, values: Sequence[str]) -> str:
    """An answer as it is to be accepted from now on: the note's own text in the places of given values."""
    if isinstance(expected, CommandLine) and expected.givens:
        return emptied(text, expected.givens, values)
    return text


def hint(expected: Expected, givens_told: Sequence[str], level: int) -> str:
    """A step up the ladder, from 1: what it begins with, its shape, its letters. Empty above the last."""
    match expected:
        case CommandLine():
            return _command_hint(filled(expected.text, expected.givens, givens_told), level, set(givens_told))
        case Flag(typed=Typed.NAME):
            longest = max(expected.spellings, key=len, default="-")
            return (counted(len(longest.lstrip("-")), "letter"), _letters(longest), "")[min(level, 3) - 1]
        case Term(typed=Typed.NAME):
            words = expected.name.split()
            return (" ".join("_" * len(w) for w in words), " ".join(_letters(w) for w in words), "")[
                min(level, 3) - 1
            ]
        case Term() | Flag():
            shown = show(expected).split()
            return " ".join(shown[: 2 * level]) + " …" if 2 * level < len(shown) else ""
        case Keys():
            return counted(len(strokes(expected.text)), "stroke") if level == 1 else ""


def _letters(word: str) -> str:
    """`-…`, `--n…`, `i…`: a dash or two and the first letter, if that is not the whole."""
    bare = word.lstrip("-")
    dashes = word[: len(word) - len(bare)]
    return f"{dashes}{bare[0]}…" if len(bare) > 1 else f"{dashes}…"


def _command_hint(text: str, level: int, told: set[str]) -> str:
    first, *rest = text.split()
    if not rest:
        return (counted(len(first), "letter"), _letters(first), "")[min(level, 3) - 1]
    shapes = [_shape(word, told) for word in rest]
    letters = [word if word in told else _letters(word) for word in rest]
    return (f"{first} …", " ".join([first, *shapes]), " ".join([first, *letters]), "")[min(level, 4) - 1]


def _shape(word: str, told: set[str]) -> str:
    if word in told or not re.search(r"\w", word):
        return word
    return "-…" if word.startswith("-") else "…"
