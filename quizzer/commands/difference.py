"""Two command lines: do they mean the same, and if not, what is the first thing that differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizzer.card import Given
from quizzer.commands.binding import Bound, Line, Pairing, paired, solutions
from quizzer.commands.cleaning import spaced, unprompted
from quizzer.commands.explaining import explained
from quizzer.commands.givens import filled, marked
from quizzer.commands.grammar import Specs
from quizzer.commands.invocation import Invocation, canonical, reading
from quizzer.commands.near import NEAR
from quizzer.commands.pairs import Pair, pair, unknown_grammar
from quizzer.commands.placeholders import placeholders
from quizzer.commands.reasons import Comparison as Comparison
from quizzer.commands.reasons import Outcome as Outcome
from quizzer.commands.reasons import Reason as Reason
from quizzer.commands.reasons import ReasonCode as ReasonCode
from quizzer.commands.sentences import noun
from quizzer.commands.sentences import sentence as sentence
from quizzer.commands.shell import Unread, programs, read, read_marked
from quizzer.commands.words import Opaque, Script, Simple, through_sudo, word


def compare(
    reference: str, typed: str, specs: Specs, givens: Sequence[Given] = (), values: Sequence[str] = ()
) -> Comparison:
    """The typed line against the note's command; placeholders without a given take any fitting value."""
    used = _used(f"{reference}\n{typed}", specs)
    listed = {given.text for given in givens}
    line = Line(
        (*givens, *(given for given in placeholders(reference) if given.text not in listed)), tuple(values)
    )
    if spaced(unprompted(typed)) in _texts(reference, line):
        lack = incomplete(reference, specs)
        return Comparison(
            Outcome.SAME_TEXT, remarks=(f"your note is not complete: {lack}",) if lack else (), specs=used
        )
    got = read(typed)
    if isinstance(got, Unread):
        outcome = Outcome.UNREADABLE if got.broken else Outcome.UNKNOWN
        return Comparison(outcome, caret=got.offset, message=got.message, specs=used)
    noted = read_marked(marked(unprompted(reference), line.givens))
    if isinstance(noted, Unread):
        return Comparison(Outcome.UNKNOWN, message=f"your note's own command: {noted.message}", specs=used)
    return replace(_judged(canonical(noted), canonical(got), line, specs), specs=used)


def incomplete(line: str, specs: Specs) -> str:
    """What a note's command lacks to be run, or nothing."""
    script = read(line)
    for command in () if isinstance(script, Unread) else _items(script):
        each = reading(command.command, specs)
        if not isinstance(each, Invocation) or each.strange:
            continue
        if each.group or (
            not each.path
            and each.program in specs
            and () not in specs[each.program].verbs
            and not each.options
        ):
            return f"{each.command} needs a subcommand"
        if each.lacking:
            needed = " and ".join(noun(operand.name) for operand in each.lacking)
            last = each.arguments[-1].name if each.arguments else ""
            after = f" after the {noun(last).split(' ', 1)[-1]}" if last else ""
            return f"{each.command} needs {needed}{after}"
    return ""


@dataclass(frozen=True, slots=True)
class _Item:
    """A command of a line with what joins it to the next."""

    command: Simple | Opaque
    joint: str
    negated: bool = False


def _judged(noted: Script, typed: Script, line: Line, specs: Specs) -> Comparison:
    mine, others = tuple(_items(noted)), tuple(_items(typed))
    remarks: list[str] = []
    if len(mine) != len(others):
        return _other_length(mine, others, line, specs)
    pairs = [
        pair(reading(a.command, specs), reading(b.command, specs), line, specs)
        for a, b in zip(mine, others, strict=True)
    ]
    joined = _joints(mine, others)
    found = _settled(pairs, line, specs)
    if found.outcome is Outcome.SAME and joined is not None:
        if joined.outcome is not Outcome.SAME:
            return joined
        remarks.extend(joined.remarks)
    return replace(found, remarks=(*found.remarks, *remarks))


def _settled(pairs: Sequence[Pair], line: Line, specs: Specs) -> Comparison:
    """All commands of a line together, since a given has one value over the whole of it."""
    reasons = tuple(reason for each in pairs for reason in each.reasons)
    if reasons:
        return Comparison(Outcome.DIFFERENT, reasons)
    doubt = next((each.doubt for each in pairs if each.doubt), "")
    pairings = [pairing for each in pairs for pairing in each.pairings]
    if next(solutions(pairings, line, {}), None) is None:
        found = _unequal(pairings, line, specs)
        if found.outcome is Outcome.DIFFERENT or not doubt:
            return found
    if doubt:
        return Comparison(Outcome.UNKNOWN, message=doubt)
    return Comparison(Outcome.SAME, remarks=tuple(remark for each in pairs for remark in each.remarks))


def _unequal(pairings: Sequence[Pairing], line: Line, specs: Specs) -> Comparison:
    """Why the values cannot be the same: the first place that does not fit what came before it."""
    bound: Bound = {}
    for pairing in pairings:
        after = next(paired(pairing, line, bound), None)
        if after is not None:
            bound = after
            continue
        if pairing.strict:
            return Comparison(Outcome.UNKNOWN, message=unknown_grammar(pairing.command))
        return explained(pairing, line, bound, lambda a, b: _judged(canonical(a), canonical(b), line, specs))
    return Comparison(Outcome.UNKNOWN, message="the values do not go together")


def _joints(mine: Sequence[_Item], others: Sequence[_Item]) -> Comparison | None:
    """What stands between the commands; `&&` for a new line is careful, and right."""
    remarks: list[str] = []
    for a, b in zip(mine, others, strict=True):
        if (a.joint, a.negated) == (b.joint, b.negated):
            continue
        if a.negated == b.negated and (a.joint, b.joint) == (";", "&&"):
            remarks.append("with && the second runs only if the first went well")
        elif a.negated == b.negated and (a.joint, b.joint) == ("&&", ";"):
            return Comparison(Outcome.UNKNOWN, message="with && the second runs only if the first went well")
        else:
            wanted, given = (f"{'!' * item.negated}{item.joint.removeprefix(';')}" for item in (a, b))
            return Comparison(Outcome.DIFFERENT, (Reason(ReasonCode.STRUCTURE, given, wanted),))
    return Comparison(Outcome.SAME, remarks=tuple(remarks)) if remarks else None


def _other_length(mine: Sequence[_Item], others: Sequence[_Item], line: Line, specs: Specs) -> Comparison:
    """More or fewer commands than the note has: one too many, one missing, or another way."""
    short, long = (mine, others) if len(mine) < len(others) else (others, mine)
    for at in range(len(long) - len(short) + 1):
        window = long[at : at + len(short)]
        a, b = (short, window) if short is mine else (window, short)
        pairs = [
            pair(reading(x.command, specs), reading(y.command, specs), line, specs)
            for x, y in zip(a, b, strict=True)
        ]
        if _settled(pairs, line, specs).outcome is Outcome.SAME:
            rest = line.shown(
                f"{_written(long[:at])}{_written(long[at + len(short) :], long[at + len(short) - 1])}"
            )
            added = ReasonCode.STRUCTURE, rest.strip(), ""
            return _different(
                Reason(*added) if short is mine else Reason(ReasonCode.STRUCTURE, "", rest.strip())
            )
    lost = _lost(mine, others, line)
    if lost:
        return _different(Reason(ReasonCode.STRUCTURE, "", lost))
    first = pair(reading(mine[0].command, specs), reading(others[0].command, specs), line, specs)
    if first.reasons and first.reasons[0].code is ReasonCode.OTHER_PROGRAM:
        return Comparison(Outcome.DIFFERENT, first.reasons[:1])
    return Comparison(
        Outcome.UNKNOWN, message=f"another way than your note's, in {len(others)} commands for {len(mine)}"
    )


def _lost(mine: Sequence[_Item], others: Sequence[_Item], line: Line) -> str:
    """The first command of the note whose program the typed line lacks, if it has none but the note's."""
    if len(others) >= len(mine) or not _programs(others) < _programs(mine):
        return ""
    at = next(at for at, item in enumerate(mine) if not _programs([item]) <= _programs(others))
    interchangeable = any(_programs([mine[at]]) <= group for group in NEAR)
    return (
        ""
        if interchangeable
        else line.shown(_written(mine[at : at + 1], mine[at - 1] if at else None)).strip()
    )


def _programs(items: Sequence[_Item]) -> set[str]:
    return {
        (through_sudo(item.command.words)[1] or (word(""),))[0].text or ""
        for item in items
        if isinstance(item.command, Simple)
    }


def _written(items: Sequence[_Item], before: _Item | None = None) -> str:
    """Commands as they were written, with what joins them to the rest: behind them, or in front of them."""
    pieces: list[str] = []
    for item in items:
        text = item.command.text if isinstance(item.command, Opaque) else _source(item.command)
        pieces.append(f"{before.joint} {text}" if before else f"{text} {item.joint}")
        before = item if before else None
    return " ".join(pieces)


def _source(command: Simple) -> str:
    return " ".join(each.source for each in command.words)


def _different(reason: Reason) -> Comparison:
    return Comparison(Outcome.DIFFERENT, (reason,))


def _items(script: Script) -> Iterator[_Item]:
    for step in script.steps:
        joints = (*step.pipeline.joints, step.then)
        for command, joint in zip(step.pipeline.commands, joints, strict=True):
            yield _Item(command, joint, step.pipeline.negated)


def _texts(reference: str, line: Line) -> tuple[str, ...]:
    plain = unprompted(reference)
    if len(line.values) < len(line.givens):
        return (spaced(plain),)
    return spaced(plain), spaced(filled(plain, line.givens, line.values))


def _used(lines: str, specs: Specs) -> tuple[str, ...]:
    known = sorted(programs(lines) & specs.keys())
    return tuple(f"{specs[name].tool} {specs[name].version}".strip() for name in known)
