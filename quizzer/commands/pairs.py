"""One command against the note's: what is plainly different, what has yet to fit, what is in doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from quizzer.commands.binding import Line, Pairing
from quizzer.commands.grammar import CommandSpec, Repeats, Specs, Style
from quizzer.commands.invocation import Foreign, Invocation, Reading
from quizzer.commands.meaning import Option, Value
from quizzer.commands.near import NEAR
from quizzer.commands.options import kin, one_sided, refused
from quizzer.commands.reasons import Reason, ReasonCode
from quizzer.commands.sentences import noun
from quizzer.commands.words import Opaque, Redirect, Word, word


@dataclass(frozen=True, slots=True)
class Pair:
    """What comparing two commands gives; with neither reasons nor a doubt, the pairings decide."""

    reasons: tuple[Reason, ...] = ()
    doubt: str = ""
    pairings: tuple[Pairing, ...] = ()
    remarks: tuple[str, ...] = ()


def pair(noted: Reading, typed: Reading, line: Line, specs: Specs) -> Pair:
    """The two readings against each other."""
    if isinstance(noted, Opaque) or isinstance(typed, Opaque):
        return Pair() if noted == typed else Pair(doubt="loops, tests and groups are not looked into")
    if noted.program != typed.program:
        return _other_program(noted, typed, specs)
    if isinstance(noted, Foreign) or isinstance(typed, Foreign):
        return _foreign(noted, typed)
    spec = specs[noted.program]
    if not noted.understood:
        return Pair(doubt=f"your note's own command is not one that {_version(spec)} takes")
    return _subcommand(noted, typed, spec) or _rest(noted, typed, line, spec)


def _other_program(noted: Invocation | Foreign, typed: Invocation | Foreign, specs: Specs) -> Pair:
    programs = {noted.program, typed.program}
    if any(programs <= group for group in NEAR) or "sudo" in programs:
        return Pair(doubt=f"another way than your note's {noted.program}")
    if not noted.program or not typed.program:
        return Pair(doubt="a line without a program of its own is not judged")
    return Pair((Reason(ReasonCode.OTHER_PROGRAM, typed.program, noted.program),))


def unknown_grammar(program: str) -> str:
    """Why a command without a spec is not judged."""
    return (
        f"the options of {program} are not known here"
        if program
        else "only the same line is known to be right"
    )


def _foreign(noted: Invocation | Foreign, typed: Invocation | Foreign) -> Pair:
    """A program without a spec: only the same words are the same."""
    if not isinstance(noted, Foreign) or not isinstance(typed, Foreign):
        return Pair(doubt=f"this form of {noted.program} is not known here")
    if (noted.sudo, noted.assignments, noted.redirects) != (typed.sudo, typed.assignments, typed.redirects):
        return Pair(doubt=unknown_grammar(noted.program))
    return Pair(pairings=(Pairing(noted.words, typed.words, about="", command=noted.program, strict=True),))


def _subcommand(noted: Invocation, typed: Invocation, spec: CommandSpec) -> Pair | None:
    """What differs before options are looked at."""
    if typed.strange:
        nearest = _nearest_subcommand(noted, typed, spec)
        return Pair((Reason(ReasonCode.UNKNOWN_SUBCOMMAND, typed.strange, nearest, command=typed.command),))
    if noted.path == typed.path and noted.group == typed.group:
        return None
    if not noted.path and typed.named[: len(noted.group)] == noted.group and not noted.options:
        return Pair(remarks=(f"your note leaves out the subcommand of {noted.command}",))
    if not typed.path:
        return Pair(
            (
                Reason(
                    ReasonCode.MISSING_SUBCOMMAND, "", _from(typed.group, noted, spec), command=typed.command
                ),
            )
        )
    if any({" ".join(noted.path), " ".join(typed.path)} <= group for group in spec.near):
        return Pair(doubt=f"another way than your note's {noted.command}")
    return Pair((Reason(ReasonCode.OTHER_SUBCOMMAND, typed.command, noted.command),))


def _rest(noted: Invocation, typed: Invocation, line: Line, spec: CommandSpec) -> Pair:
    misused = tuple(refused(each, noted, typed, spec, line) for each in typed.misused)
    if misused:
        return Pair(misused)
    if noted.marked != typed.marked:
        return Pair(doubt="-- changes what the words after it are")
    if noted.verb.runs and noted.arguments != typed.arguments:
        return Pair(doubt=f"the command that {noted.command} runs is not looked into")
    if any(_differ_together(noted, typed, group) for group in noted.verb.together):
        return Pair(doubt=f"another way than your note's {noted.command}")
    loose = bool(noted.lacking) and typed.understood
    found = list(one_sided(noted, typed, line))
    if found and all(_is_unsure(reason, typed, spec) for reason in found):
        return Pair(doubt=f"whether {found[0].typed} changes anything depends on settings")
    if any(_is_json(noted, typed, option.name) for option in noted.options if spec.style is Style.AWS):
        return Pair(doubt="a value written as JSON is not compared with one that is not")
    extra_only = all(reason.code is ReasonCode.EXTRA for reason in found)
    if found and loose and extra_only:
        return Pair(doubt=f"your note's command is not complete: {_lacking(noted)}")
    surroundings = tuple(_surroundings(noted, typed, line))
    pairings = tuple(_option_pairings(noted, typed))
    pairings += tuple(_argument_pairings(noted, typed, prefix=loose))
    return Pair((*found, *surroundings), "", pairings, tuple(_remarks(noted, typed)))


def _is_unsure(reason: Reason, typed: Invocation, spec: CommandSpec) -> bool:
    """Whether an option too many may say only what the learner's settings say anyway."""
    return reason.code is ReasonCode.EXTRA and any(
        option.name in spec.unsure
        and option.name in reason.spellings
        and option.value is not None
        and spec.unsure[option.name] in ("", option.value.meant.text)
        for option in typed.options
    )


def _is_json(noted: Invocation, typed: Invocation, name: str) -> bool:
    """Whether an option's value is JSON, or in a file, on one side only."""
    mine, others = (
        any(o.value and o.value.meant.lead.startswith(_JSON) for o in each.options if o.name == name)
        for each in (noted, typed)
    )
    return mine is not others


def _differ_together(noted: Invocation, typed: Invocation, group: tuple[str, ...]) -> bool:
    """Whether two of a group differ, options by their names and arguments by what the spec calls them."""
    mine, others = (_of_group(each, group) for each in (noted, typed))
    differ = [each for each in mine if each not in others] + [each for each in others if each not in mine]
    return len({each.name for each in differ}) > 1


def _of_group(invocation: Invocation, group: tuple[str, ...]) -> list[Option | Value]:
    both: tuple[Option | Value, ...] = (*invocation.options, *invocation.arguments)
    return [each for each in both if each.name in group]


def _argument_pairings(noted: Invocation, typed: Invocation, *, prefix: bool) -> Iterator[Pairing]:
    """Those with a place of their own first, then those that may be several in any order."""
    mine, others = noted.arguments + noted.surplus, typed.arguments + typed.surplus
    command = noted.command
    if noted.verb.any_order and not prefix:
        whole = (mine, others)
        yield Pairing(_placed(mine), _placed(others), command=command, whole=whole)
        yield Pairing(_free(mine), _free(others), any_order=True, command=command, whole=whole)
    else:
        yield Pairing(mine, others, prefix=prefix, command=command)


def _placed(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(value for value in values if not value.free)


def _free(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(value for value in values if value.free)


def _option_pairings(noted: Invocation, typed: Invocation) -> Iterator[Pairing]:
    """The values of the options that both have."""
    for group in dict.fromkeys(kin(option) for option in noted.options):
        mine = [option for option in noted.options if kin(option) == group]
        others = [option for option in typed.options if kin(option) == group]
        if not others:
            continue
        spec = mine[0].spec
        yield Pairing(
            tuple(option.value or _NOTHING for option in mine),
            tuple(option.value or _NOTHING for option in others),
            any_order=spec.repeats is Repeats.ANY_ORDER,
            about=others[0].spelled or spec.name,
            spellings=spec.names,
            command=noted.command,
        )


def _surroundings(noted: Invocation, typed: Invocation, line: Line) -> Iterator[Reason]:
    """sudo for another user, assignments, redirections."""
    if noted.sudo != typed.sudo and {noted.sudo, typed.sudo} != {"", "sudo"}:
        yield Reason(ReasonCode.OTHER_USER, typed.sudo, noted.sudo)
    for name, code in (("assignments", 0), ("redirects", 1)):
        mine, others = getattr(noted, name), getattr(typed, name)
        if mine != others and not any(_marks(each) for each in mine):
            shown = _assigned if code == 0 else _directed
            only = [[each for each in a if each not in b] for a, b in ((others, mine), (mine, others))]
            given, wanted = only if any(only) else (others, mine)  # the same ones in another order
            yield Reason(
                ReasonCode.STRUCTURE,
                " ".join(shown(each) for each in given),
                line.shown(" ".join(shown(each) for each in wanted)),
                command=noted.command,
            )


def _marks(each: object) -> bool:
    if isinstance(each, Redirect):
        return bool(each.target.marks)
    return isinstance(each, tuple) and isinstance(each[1], Word) and bool(each[1].marks)


def _assigned(each: tuple[str, Word]) -> str:
    return f"{each[0]}={each[1].source}"


def _directed(each: Redirect) -> str:
    usual = "0" if each.operator.startswith("<") else "1"
    if each.operator.startswith(("<<-", "<<'")) or each.operator == "<<":
        return f"{each.operator}END"
    blank = "" if each.operator.endswith("&") else " "
    return f"{each.descriptor if each.descriptor != usual else ''}{each.operator}{blank}{each.target.source}"


def _remarks(noted: Invocation, typed: Invocation) -> Iterator[str]:
    if noted.sudo == "sudo" and not typed.sudo:
        yield "your note runs it with sudo"
    if typed.sudo == "sudo" and not noted.sudo:
        yield "your note does without sudo"
    for old, new in typed.old:
        if (old, new) not in noted.old:
            yield f"{old} is deprecated: {new}"
    if noted.lacking:
        yield f"your note leaves out {' and '.join(noun(operand.name) for operand in noted.lacking)}"


def _lacking(noted: Invocation) -> str:
    return f"{noted.command} needs {' and '.join(noun(operand.name) for operand in noted.lacking)}"


def _from(group: tuple[str, ...], noted: Invocation, spec: CommandSpec) -> str:
    """How the noted subcommand goes on after the words of a group: `ls` after `image`, for `images`."""
    names = [path for path, verb in spec.verbs.items() if verb is noted.verb and path[: len(group)] == group]
    return (
        " ".join(min(names, key=lambda path: len(" ".join(path)))[len(group) :])
        if names
        else f"{noted.command} is asked"
    )


def _nearest_subcommand(noted: Invocation, typed: Invocation, spec: CommandSpec) -> str:
    depth = len(typed.group)
    if typed.strange in noted.path:
        return " ".join(noted.path)
    paths = (
        path for path in (*spec.verbs, *spec.groups) if path[:depth] == typed.group and len(path) > depth
    )
    asked = [
        path[depth] for path, verb in spec.verbs.items() if verb is noted.verb and path[:depth] == typed.group
    ]
    close = get_close_matches(typed.strange, asked, 1, 0.6)
    close = close or get_close_matches(typed.strange, sorted({path[depth] for path in paths}), 1, 0.75)
    return close[0] if close else ""


def _version(spec: CommandSpec) -> str:
    return f"{spec.tool} {spec.version}".strip()


_JSON: Final = ("{", "[", "file://")
_NOTHING: Final = Value(word(""), word(""))
