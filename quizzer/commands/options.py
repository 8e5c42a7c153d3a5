"""Options that only one of two commands has, or that a program refuses, as reasons."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from quizzer.commands.arguments import Misuse, split
from quizzer.commands.binding import Line
from quizzer.commands.grammar import CommandSpec, Style
from quizzer.commands.invocation import Invocation
from quizzer.commands.meaning import Option
from quizzer.commands.reasons import Reason, ReasonCode
from quizzer.commands.sentences import noun
from quizzer.commands.words import through_sudo


def one_sided(noted: Invocation, typed: Invocation, line: Line) -> Iterator[Reason]:
    """Options that only one of the two has."""
    missing = _without(noted.options, typed)
    extra = _without(typed.options, noted)
    late = {option.name: spelled for option in missing if (spelled := _stands_after(option, typed))}
    for option in missing:
        if option.name in late:
            yield _about(ReasonCode.AFTER, option, noted, late[option.name], _place(typed))
    missing = [option for option in missing if option.name not in late]
    if not late and (whole := _as_one(missing, extra, noted, typed, line)):
        yield whole
        return
    for option in missing:
        if option.value is not None and option.spelled == option.spec.type:  # the first argument of grep
            expected = line.shown(option.value.typed.source)
            yield Reason(ReasonCode.MISSING_ARGUMENT, "", expected, command=noted.command)
            continue
        yield _about(ReasonCode.MISSING, option, noted, "", _shown(option, line))
    for option in extra:
        yield _about(ReasonCode.EXTRA, option, typed, _shown(option, line), "")


def _as_one(
    missing: list[Option], extra: list[Option], noted: Invocation, typed: Invocation, line: Line
) -> Reason | None:
    """What is missing and what is too much as one reason, where they belong together."""
    if _misplaced(missing, extra):
        expected = line.shown(_written(noted))
        return Reason(ReasonCode.ARGUMENT_ORDER, _written(typed), expected, command=noted.command)
    if len(missing) == len(extra) == 1:
        return _about(ReasonCode.INSTEAD, missing[0], noted, extra[0].spelled, _shown(missing[0], line))
    return _in_one(missing, extra, noted, typed, line)


def _misplaced(missing: list[Option], extra: list[Option]) -> bool:
    """Whether both have the same options, and only their places are not the same."""
    names = [sorted(option.name for option in each) for each in (missing, extra)]
    places = [sorted((option.name, option.before) for option in each) for each in (missing, extra)]
    return bool(missing) and names[0] == names[1] and places[0] != places[1]


def _in_one(
    missing: list[Option], extra: list[Option], noted: Invocation, typed: Invocation, line: Line
) -> Reason | None:
    """One letter for another that says more or less than it: `git branch -D` for `-d`."""
    if len(missing) + len(extra) != 1:
        return None
    owner, other = (noted, typed) if missing else (typed, noted)
    lone = (missing or extra)[0]
    said = next((o for o in owner.options if o.spelled == lone.spelled and o.name != lone.name), None)
    short = next((o for o in other.options if said and kin(o) == kin(said)), None)
    if short is None or short.spelled == lone.spelled:
        return None
    if missing:
        return Reason(ReasonCode.INSTEAD, short.spelled, lone.spelled, command=noted.command)
    return _about(ReasonCode.INSTEAD, short, noted, lone.spelled, _shown(short, line))


def _place(typed: Invocation) -> str:
    """The argument at which options end, and who gets what comes after it, if anybody does."""
    place = f"the {noun(typed.arguments[0].name or 'argument').split(' ', 1)[1]}"
    if not any(operand.name in ("COMMAND", "ARG") for operand in typed.verb.operands):
        return place
    return f"{place}, so {'the container' if typed.program == 'docker' else 'the command'} gets it"


def _without(options: tuple[Option, ...], other: Invocation) -> list[Option]:
    """Those that the other has not; first of all those that it does not even say in another way."""
    lone = [option for option in options if not _same(option, other.options)]
    return [option for option in lone if option.name not in other.said] or lone


def _same(option: Option, others: tuple[Option, ...]) -> bool:
    return any(kin(option) == kin(each) for each in others)


def kin(option: Option) -> tuple[str, bool, bool, int, bool]:
    """What two options have in common that only their values can tell apart."""
    return option.name, option.negated, option.front, option.before, option.value is None


def _stands_after(option: Option, typed: Invocation) -> str:
    """The name by which a missing option is there all the same, behind the argument at which options end."""
    if not typed.verb.stops or len(typed.arguments) + len(typed.surplus) <= typed.verb.stops:
        return ""
    words = tuple(value.typed for value in (*typed.arguments, *typed.surplus)[typed.verb.stops :])
    later = split(words, typed.verb.options, Style.PFLAG).taken
    return next((each.spelled for each in later if each.spec is option.spec), "")


def refused(each: Misuse, noted: Invocation, typed: Invocation, spec: CommandSpec, line: Line) -> Reason:
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


def _about(code: ReasonCode, option: Option, owner: Invocation, typed: str, expected: str) -> Reason:
    names = () if option.negated and expected.startswith("--no-") else option.spec.names
    return Reason(code, typed, expected, names, owner.command)


def _shown(option: Option, line: Line) -> str:
    """The option as it was written, with its value."""
    name = option.spelled if option.spelled.startswith("-") else option.name
    if option.value is None:
        return f"{name}=false" if option.negated and not name.startswith("--no-") else name
    glue = "=" if option.spec.arity == "optional" else " "
    return line.shown(f"{name}{glue}{option.value.typed.source}")


def _written(invocation: Invocation) -> str:
    """The words after the subcommand, as they were written."""
    words = through_sudo(invocation.typed.words)[1]
    return " ".join(each.source for each in words[1 + len(invocation.path) :])
