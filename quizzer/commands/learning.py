"""A spec made of what a help text says, on top of what is known already.

What comes with quizzer was tried on the program itself, so it stays, and a help text adds to it. What an
earlier help text said of the same command is replaced; what the learner wrote by hand (`stop`, `extra`)
stays.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from quizzer.commands.grammar import OptionSpec, Style, Verb, option
from quizzer.commands.helptext import Help, read_help
from quizzer.commands.helpusage import ANY, names_a_command
from quizzer.commands.spec import from_mapping
from quizzer.errors import DataError, QuizzerError

Raw = Mapping[str, Any]
"""A spec as it stands in its file."""


@dataclass(frozen=True, slots=True)
class Learnt:
    raw: dict[str, Any]
    options: tuple[OptionSpec, ...]
    """Those of the help text."""
    added: int
    """How many of them were not known from what comes with quizzer."""
    unclear: tuple[str, ...]
    """Options that were left out."""
    remarks: tuple[str, ...]
    """What else the text leaves open, and how it is taken."""


def learn(text: str, path: Sequence[str], own: Raw | None, shipped: Raw | None, source: str) -> Learnt:
    """The spec of a program after the help of `path` (the program, its subcommand) was read.

    Raises DataError where the text holds nothing to learn, QuizzerError where it does not fit what is known.
    """
    found = read_help(text, path)
    command = " ".join(path)
    if found.is_empty:
        raise DataError(
            f"no options were found in the text for {command}",
            f"some answer -h, and on the other channel: {command} -h 2>&1 | quizzer spec add {command} -",
        )
    known = own or shipped or _begun(path, found)
    _refuse_misfit(path, found, has_cmd="cmd" in known)
    made, added = _joined(known, shipped or {}, path, found)
    made["source"] = "; ".join(filter(None, ((shipped or {}).get("source"), source)))
    spec = from_mapping(made)
    options = tuple(read for each in found.options if (read := option(each)))
    verb = spec.verbs.get(tuple(path[1:]))
    remarks = () if shipped or verb is None else tuple(_remarks(found, verb, spec.style))
    unclear = tuple(name for name in found.unclear if not (verb and name in verb.options))
    return Learnt(made, options, added, unclear, remarks)


def _refuse_misfit(path: Sequence[str], found: Help, *, has_cmd: bool) -> None:
    """A list of subcommands says nothing of any of them; a subcommand's options are not its program's."""
    command = " ".join(path)
    is_group = bool(found.subcommands) or names_a_command(found.arguments)
    if is_group and (len(path) > 1 or not has_cmd or not found.options):
        raise QuizzerError(f"{command} is known by its subcommands", _one_of(path, found))
    if len(path) == 1 and has_cmd and not is_group:
        raise QuizzerError(f"{command} has subcommands, and this text names none", _one_of(path, found))
    if len(path) > 1 and not has_cmd:
        raise QuizzerError(
            f"{path[0]} is known as a program without subcommands", f"quizzer spec show {path[0]}"
        )


def _begun(path: Sequence[str], found: Help) -> dict[str, Any]:
    """What there is before the first help text. Subcommands that were not learnt yet are not judged."""
    begun: dict[str, Any] = {"format": 1, "tool": path[0], "version": "", "style": str(found.style)}
    return begun | ({"cmd": {}, "extra": {"others": ["*"]}} if len(path) > 1 else {})


def _one_of(path: Sequence[str], found: Help) -> str:
    command = " ".join(path)
    if not found.subcommands:
        return f"name one: {command} SUB --help | quizzer spec add {command} SUB -"
    first = found.subcommands[0]
    names = ", ".join(found.subcommands[:_SHOWN]) + (", ..." if len(found.subcommands) > _SHOWN else "")
    return f"learn those you need ({names}): {command} {first} --help | quizzer spec add {command} {first} -"


def _joined(known: Raw, shipped: Raw, path: Sequence[str], found: Help) -> tuple[dict[str, Any], int]:
    """The spec with the help of `path` in its place, and how many options that added."""
    if "cmd" not in known:
        table, added = _table(known, shipped, found, alone=not shipped)
        return table, added
    if len(path) == 1:  # what stands in front of every subcommand
        options, added = _merged(shipped.get("opts", ()), found.options)
        return {**known, "opts": options}, added
    tables = known["cmd"]
    name = _canonical(known, path, found)
    came = shipped.get("cmd", {})
    table, added = _table(tables.get(name, {}), came.get(name, {}), found, alone=name not in came)
    if same := _aliases(known, name, path, found):
        table["same"] = same
    made = {**known, "cmd": {**tables, name: table}}
    if _is_new_group(shipped, path):
        extra = made.get("extra", {})
        made["extra"] = {**extra, "others": list(dict.fromkeys((*extra.get("others", ()), "*")))}
    return made, added


def _table(known: Raw, came: Raw, found: Help, *, alone: bool) -> tuple[dict[str, Any], int]:
    """What is said of one command; `alone` if nothing of it came with quizzer."""
    options, added = _merged(came.get("opts", ()), found.options)
    table = {key: value for key, value in known.items() if key not in ("pos", "opts")}
    arguments = found.arguments if alone else came.get("pos", "")
    if alone and found.style is Style.GNU and found.abbreviates is not True:
        table["exact"] = True
    return table | ({"pos": arguments} if arguments else {}) | {"opts": options}, added


def _merged(known: Sequence[str], found: Sequence[str]) -> tuple[list[str], int]:
    """Options that are known stay as they are, with every other name that the help has for them."""
    merged = list(known)
    owner = {name: at for at, text in enumerate(known) for name in _names(text)}
    added = 0
    for text in found:
        names = _names(text)
        at = next((owner[name] for name in names if name in owner), None)
        more = [name for name in names if name not in owner]
        if at is None:
            merged.append(text)
        elif more:
            merged[at] = " ".join((*more, merged[at]))
        added += at is None
    return merged, added


def _names(text: str) -> tuple[str, ...]:
    read = option(text)
    return read.names if read else ()


def _canonical(known: Raw, path: Sequence[str], found: Help) -> str:
    """The name by which the file knows the command: `container run` stands there as `run`."""
    tables: Mapping[str, Raw] = known["cmd"]
    others: Mapping[str, str] = known.get("extra", {}).get("same_cmd", {})
    name = " ".join(path[1:])
    for each in (name, *map(" ".join, found.aliases)):
        owner = next((key for key, table in tables.items() if each in table.get("same", ())), "")
        if each in tables or owner or each in others:
            return each if each in tables else owner or others[each]
    return name


def _aliases(known: Raw, name: str, path: Sequence[str], found: Help) -> list[str]:
    """Every other name of a command that is not taken by another."""
    tables: Mapping[str, Raw] = known["cmd"]
    same = tables.get(name, {}).get("same", ())
    elsewhere = {
        each for key, table in tables.items() if key != name for each in (key, *table.get("same", ()))
    }
    told = (" ".join(path[1:]), *map(" ".join, found.aliases))
    return [each for each in dict.fromkeys((*same, *told)) if each != name and each not in elsewhere]


def _is_new_group(shipped: Raw, path: Sequence[str]) -> bool:
    """Whether this is the first known subcommand of its group (`docker compose up`): the rest may exist."""
    names = (each for key, table in shipped.get("cmd", {}).items() for each in (key, *table.get("same", ())))
    return len(path) > _PAIR and not any(each.split()[0] == path[1] for each in names)


def _remarks(found: Help, verb: Verb, style: Style) -> Iterator[str]:
    """What else the text leaves open, and how it is taken until then."""
    if found.arguments == ANY:
        yield "the usage does not say clearly which arguments there are: any number passes"
    if style is Style.GNU and found.abbreviates is None:
        yield "nothing says whether long names may be shortened: they are asked in full"
    if not verb.stops and re.search(r"command|cmd|args?\b", found.arguments, re.IGNORECASE):
        yield "no help says whether options may follow the arguments: they may, unless you add `stop = true`"
    if any(text.endswith("+") for text in found.options):
        yield "an option with a value counts each time it is given, unless its help says otherwise"


_PAIR: Final = 2
_SHOWN: Final = 8
