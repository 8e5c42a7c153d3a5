"""Why values or arguments cannot be the same, in one reason; or that it cannot be known."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from quizzer.commands.binding import Bound, Line, Pairing, bindings, paired
from quizzer.commands.meaning import Value, text_key
from quizzer.commands.reasons import Comparison, Outcome, Reason, ReasonCode
from quizzer.commands.words import Expansion, Script, Substitution, Word, spelled

Inner = Callable[[Script, Script], Comparison]
"""How the commands inside two `$(...)` are compared."""


def explained(pairing: Pairing, line: Line, bound: Bound, inner: Inner) -> Comparison:
    """The first thing that keeps a pairing from holding."""
    noted, typed = _unmatched(pairing, line, bound)
    fewer, more = len(pairing.typed) < len(pairing.noted), len(pairing.typed) > len(pairing.noted)
    if len(noted) == len(typed) == 1:
        if result := _within(noted[0], typed[0], inner):
            return result
        if _misquoted(noted[0].typed, typed[0].typed):
            shown = _shown(noted[0], line)
            reason = Reason(
                ReasonCode.QUOTING, typed[0].typed.source, shown, pairing.spellings, pairing.command
            )
            return _different(reason)
    if doubtful := _doubtful(noted, typed):
        return Comparison(Outcome.UNKNOWN, message=f"what {doubtful} stands for is not known here")
    if fewer:
        return _different(_missing(pairing, noted, line))
    if more:
        return _different(_surplus(pairing, typed, line))
    return _different(_other(pairing, noted, typed, line, bound))


def _unmatched(pairing: Pairing, line: Line, bound: Bound) -> tuple[list[Value], list[Value]]:
    """What is left on both sides when everything that fits has been taken away, in order."""
    if not pairing.any_order and len(pairing.noted) == len(pairing.typed):
        pairs = [
            pair for pair in zip(pairing.noted, pairing.typed, strict=True) if not _fit(*pair, line, bound)
        ]
        return [noted for noted, _ in pairs], [typed for _, typed in pairs]
    noted, typed = [], list(pairing.typed)
    for value in pairing.noted:
        hit = next((at for at, each in enumerate(typed) if _fit(value, each, line, bound)), None)
        if hit is None:
            noted.append(value)
        else:
            typed.pop(hit)
    return noted, typed


def _fit(noted: Value, typed: Value, line: Line, bound: Bound) -> bool:
    return next(bindings(noted, typed, line, bound), None) is not None


def _within(noted: Value, typed: Value, inner: Inner) -> Comparison | None:
    """Two `$(...)` against each other."""
    mine = [part for part in noted.typed.parts if isinstance(part, Substitution)]
    others = [part for part in typed.typed.parts if isinstance(part, Substitution)]
    if len(mine) != 1 or len(others) != 1 or mine[0].quoted != others[0].quoted:
        return None
    found = inner(mine[0].script, others[0].script)
    return found if found.outcome in (Outcome.DIFFERENT, Outcome.UNKNOWN) else None


def _misquoted(noted: Word, typed: Word) -> bool:
    """Whether only the quotes differ, and they matter: `'*.py'` and `*.py`, `"$(x)"` and `$(x)`."""
    if noted == typed or _flat(noted) != _flat(typed):
        return False
    return not _kinds(noted) & {"$", "{", "<"} and not _kinds(typed) & {"{", "<"}


def _doubtful(noted: Sequence[Value], typed: Sequence[Value]) -> str:
    """A word whose meaning only the shell knows: any such in what was typed, `{a,b}` also in the note."""
    for value in typed:
        if _kinds(value.typed) - {"*"}:
            return value.typed.source
    return next((value.typed.source for value in noted if "{" in _kinds(value.typed)), "")


def _kinds(each: Word) -> set[str]:
    """What the shell would replace: `$` variables, `(` commands, `{` braces, `*` file names, `<` streams."""
    found: set[str] = set()
    for part in each.parts:
        if isinstance(part, Substitution):
            found.add("(")
        elif isinstance(part, Expansion):
            found.add(part.text[0] if part.text[0] in "${<" else "*")
    return found


def _different(reason: Reason) -> Comparison:
    return Comparison(Outcome.DIFFERENT, (reason,))


def _missing(pairing: Pairing, noted: Sequence[Value], line: Line) -> Reason:
    value = noted[0] if noted else pairing.noted[-1]
    if pairing.about:
        return Reason(
            ReasonCode.MISSING,
            "",
            f"{pairing.about} {_shown(value, line)}",
            pairing.spellings,
            pairing.command,
        )
    shown = _shown(value, line)
    name = line.givens[value.meant.marks[0]].name if len(value.meant.marks) == 1 else ""
    told = f"{shown} ({name})" if name and name not in shown else shown
    before = pairing.typed[-1].typed.source if pairing.typed else ""
    return Reason(ReasonCode.MISSING_ARGUMENT, before, told, command=pairing.command)


def _surplus(pairing: Pairing, typed: Sequence[Value], line: Line) -> Reason:
    value = typed[0] if typed else pairing.typed[-1]
    if pairing.about:
        shown = f"{pairing.about} {value.typed.source}".strip()
        return Reason(ReasonCode.EXTRA, shown, "", pairing.spellings, pairing.command)
    expected = " ".join(_shown(each, line) for each in pairing.noted)
    return Reason(ReasonCode.SURPLUS_ARGUMENT, value.typed.source, expected, command=pairing.command)


def _other(
    pairing: Pairing, noted: Sequence[Value], typed: Sequence[Value], line: Line, bound: Bound
) -> Reason:
    mine, other = (noted or pairing.noted)[0], (typed or pairing.typed)[0]
    given, expected = other.typed.source, _shown(mine, line)
    if pairing.about:
        return Reason(ReasonCode.VALUE, given, expected, (pairing.about, *pairing.spellings), pairing.command)
    mine_all, others_all = pairing.whole if any(pairing.whole) else (pairing.noted, pairing.typed)
    if _mixed_up(noted, typed, line) or _permuted(pairing, mine_all, others_all, line, bound):
        return Reason(
            ReasonCode.ARGUMENT_ORDER,
            " ".join(value.typed.source for value in others_all),
            " ".join(_shown(value, line) for value in mine_all),
            command=pairing.command,
        )
    return Reason(ReasonCode.ARGUMENT, given, expected, command=pairing.command)


def _mixed_up(noted: Sequence[Value], typed: Sequence[Value], line: Line) -> bool:
    """Whether a value shown for one given was typed in the place of another."""
    marks = {mark for value in noted for mark in value.meant.marks}
    return any((value.typed.text or "") in line.foreign(mark) for value in typed for mark in marks)


def _permuted(
    pairing: Pairing, mine: tuple[Value, ...], others: tuple[Value, ...], line: Line, bound: Bound
) -> bool:
    """Whether the same arguments are there in another order."""
    if len(mine) != len(others) or len(mine) < _PAIR:
        return False
    plain = not any(value.meant.marks for value in mine)
    if plain:
        return sorted(text_key(value.typed) for value in mine) == sorted(
            text_key(value.typed) for value in others
        )
    anyhow = replace(pairing, noted=mine, typed=others, any_order=True)
    return next(paired(anyhow, line, bound), None) is not None


def _shown(value: Value, line: Line) -> str:
    return line.shown(value.typed.source)


def _flat(each: Word) -> str:
    """The characters of a word, whatever the shell would make of them."""
    return "".join(
        text_key(Word((replace(part, quoted=False),)))
        if isinstance(part, Substitution)
        else "".join(spelled((part,)))
        for part in each.parts
    )


_PAIR: Final = 2
