"""One command against the note's: what is plainly different, what remains to be the same, what is in doubt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from quizzer.commands.arguments import Misuse, split
from quizzer.commands.binding import Line, Pairing
from quizzer.commands.grammar import CommandSpec, Repeats, Specs, Style
from quizzer.commands.invocation import Foreign, Invocation, Reading
from quizzer.commands.meaning import Option, Value
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
    if any(programs <= group for group in NEAR):
        return Pair(doubt=f"another way than your note's {noted.program}")
    if not noted.program or not typed.program:
        return Pair(doubt="a line without a program of its own is not judged")
    return Pair((Reason(ReasonCode.OTHER_PROGRAM, typed.program, noted.program),))


def _foreign(noted: Invocation | Foreign, typed: Invocation | Foreign) -> Pair:
    """A program without a spec: only the same words are the same."""
    if not isinstance(noted, Foreign) or not isinstance(typed, Foreign):
        return Pair(doubt=f"this form of {noted.program} is not known here")
    if (noted.sudo, noted.assignments, noted.redirects) != (typed.sudo, typed.assignments, typed.redirects):
        return Pair(doubt=f"the options of {noted.program} are not known here")
    return Pair(pairings=(Pairing(noted.words, typed.words, about="", command=noted.program, strict=True),))


def _subcommand(noted: Invocation, typed: Invocation, spec: CommandSpec) -> Pair | None:
    """What differs before options are looked at."""
    if typed.strange:
        nearest = _nearest_subcommand(noted, typed, spec)
        return Pair((Reason(ReasonCode.UNKNOWN_SUBCOMMAND, typed.strange, nearest, command=typed.command),))
    if noted.path == typed.path and noted.group == typed.group:
        return None
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
    if noted.group and typed.path[: len(noted.group)] == noted.group:
        return Pair(remarks=(f"your note leaves out the subcommand of {noted.command}",))
    return Pair((Reason(ReasonCode.OTHER_SUBCOMMAND, typed.command, noted.command),))


def _rest(noted: Invocation, typed: Invocation, line: Line, spec: CommandSpec) -> Pair:
    misused = tuple(_misuse(each, noted, typed, spec, line) for each in typed.misused)
    if misused:
        return Pair(misused)
    if noted.marked != typed.marked:
        return Pair(doubt="-- changes what the words after it are")
    if any(_differ_together(noted, typed, group) for group in noted.verb.together):
        return Pair(doubt=f"another way than your note's {noted.command}")
    loose = bool(noted.lacking) and typed.understood
    found = list(_options(noted, typed, line))
    extra_only = all(reason.code is ReasonCode.EXTRA for reason in found)
    if found and loose and extra_only:
        return Pair(doubt=f"your note's command is not complete: {_lacking(noted)}")
    surroundings = tuple(_surroundings(noted, typed, line))
    pairings = tuple(_option_pairings(noted, typed))
    pairings += tuple(_argument_pairings(noted, typed, prefix=loose))
    return Pair((*found, *surroundings), "", pairings, tuple(_remarks(noted, typed)))


def _differ_together(noted: Invocation, typed: Invocation, group: tuple[str, ...]) -> bool:
    mine, others = ([o for o in each.options if o.name in group] for each in (noted, typed))
    return len({o.name for o in mine if o not in others} | {o.name for o in others if o not in mine}) > 1


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


def _options(noted: Invocation, typed: Invocation, line: Line) -> Iterator[Reason]:
    """Options that only one of the two has."""
    missing = _without(noted.options, typed)
    extra = _without(typed.options, noted)
    late = [option for option in missing if _stands_after(option, typed)]
    for option in late:
        first = typed.arguments[0]
        place = noun(first.name or "argument").split(" ", 1)[1]
        taker = (
            "the container" if noted.verb.operands[:1] and noted.program == "docker" else "the command inside"
        )
        yield _about(ReasonCode.AFTER, option, noted, f"{place}\n{taker}", option.spelled or option.name)
    missing = [option for option in missing if option not in late]
    if len(missing) == len(extra) == 1 and not late:
        yield _about(ReasonCode.INSTEAD, missing[0], noted, extra[0].spelled, _shown(missing[0], line))
        return
    for option in missing:
        yield _about(ReasonCode.MISSING, option, noted, "", _shown(option, line))
    for option in extra:
        yield _about(ReasonCode.EXTRA, option, typed, _shown(option, line), "")


def _without(options: tuple[Option, ...], other: Invocation) -> list[Option]:
    """Those that the other has not; first of all those that it does not even say in another way."""
    lone = [option for option in options if not _same(option, other.options)]
    return [option for option in lone if option.name not in other.said] or lone


def _same(option: Option, others: tuple[Option, ...]) -> bool:
    return any(_group(option) == _group(each) for each in others)


def _group(option: Option) -> tuple[str, bool, bool, int, bool]:
    return option.name, option.negated, option.front, option.before, option.value is None


def _stands_after(option: Option, typed: Invocation) -> bool:
    """Whether a missing option is there, behind the argument at which options end."""
    if not typed.verb.stops or len(typed.arguments) + len(typed.surplus) < _PAIR:
        return False
    words = tuple(value.typed for value in (*typed.arguments, *typed.surplus)[1:])
    later = split(words, typed.verb.options, Style.PFLAG).taken
    return any(each.spec is option.spec for each in later)


def _option_pairings(noted: Invocation, typed: Invocation) -> Iterator[Pairing]:
    """The values of the options that both have."""
    for group in dict.fromkeys(_group(option) for option in noted.options):
        mine = [option for option in noted.options if _group(option) == group]
        others = [option for option in typed.options if _group(option) == group]
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
            yield Reason(
                ReasonCode.STRUCTURE,
                " ".join(shown(each) for each in others if each not in mine),
                line.shown(" ".join(shown(each) for each in mine if each not in others)),
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
    return f"{each.descriptor if each.descriptor != usual else ''}{each.operator} {each.target.source}"


def _misuse(each: Misuse, noted: Invocation, typed: Invocation, spec: CommandSpec, line: Line) -> Reason:
    match each.problem:
        case "no value":
            wanted = next(
                (_shown(o, line) for o in noted.options if each.spelled in o.spec.names),
                f"{each.spelled} VALUE",
            )
            return Reason(ReasonCode.MISSING_VALUE, each.spelled, wanted, command=typed.command)
        case "takes no value":
            return Reason(ReasonCode.UNEXPECTED_VALUE, each.spelled, command=typed.command)
        case _:
            options = {**typed.verb.options, **(spec.options if spec.anywhere else {})}
            return Reason(
                ReasonCode.UNKNOWN_OPTION,
                each.spelled,
                _closest(each.spelled, options),
                command=typed.command,
            )


def _closest(spelled: str, options: Mapping[str, object]) -> str:
    """The option that was probably meant: another number of hyphens, another case, a slip."""
    bare = spelled.lstrip("-")
    for guess in (f"--{bare}", f"-{bare}", spelled.swapcase(), spelled.lower()):
        if guess in options and guess != spelled:
            return guess
    if not spelled.startswith("--"):
        return ""
    long = [name for name in options if name.startswith("--")]
    begun = [name for name in long if name.startswith(spelled)]
    return next(iter(begun[:1] if len(begun) == 1 else get_close_matches(spelled, long, 1, 0.7)), "")


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


def _about(code: ReasonCode, option: Option, owner: Invocation, typed: str, expected: str) -> Reason:
    return Reason(code, typed, expected, option.spec.names, owner.command)


def _shown(option: Option, line: Line) -> str:
    """The option as it was written, with its value."""
    name = option.spelled if option.spelled.startswith("-") else option.name
    if option.value is None:
        return name
    glue = "=" if option.spec.arity == "optional" else " "
    return line.shown(f"{name}{glue}{option.value.typed.source}")


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
    close = get_close_matches(typed.strange, sorted({path[depth] for path in paths}), 1, 0.75)
    return close[0] if close else ""


def _version(spec: CommandSpec) -> str:
    return f"{spec.tool} {spec.version}".strip()


_PAIR: Final = 2
_NOTHING: Final = Value(word(""), word(""))
NEAR: Final = tuple(
    frozenset(group.split())
    for group in (
        "head tail sed awk gawk cut tr grep egrep fgrep rg ag ack cat bat tac nl less more wc sort uniq tee perl "
        "python python3 jq column",
        "ls dir vdir find fd locate tree stat file exa eza echo printf du",
        "find grep rg xargs rm chmod",
        "vi vim nvim nano emacs ed",
        "rm unlink rmdir find",
        "cp rsync scp sftp install mv dd tar",
        "mv rename git",
        "touch truncate",
        "apt apt-get aptitude dpkg dnf yum",
        "systemctl service rc-service",
        "ip ifconfig route ss netstat hostname",
        "ping traceroute tracepath mtr dig host nslookup getent",
        "curl wget http",
        "useradd adduser usermod gpasswd addgroup groupadd newgrp passwd chpasswd",
        "userdel deluser",
        "docker podman nerdctl",
        "kill pkill killall",
        "ps top htop pgrep pidof",
        "du df ncdu lsblk",
        "which whereis type command whatis man info apropos",
        "su sudo login ssh",
        "tar zip gzip unzip gunzip bsdtar cpio 7z xz bzip2 zcat",
        "chmod chown chgrp setfacl install",
        "ln link cp",
        "id whoami groups who w",
    )
)
"""Programs that can often do the same work: between two of a line nothing is judged."""
