"""What is known of a command's grammar, as values: subcommands, options, arguments.

    option  = name {" " name} ["!"] ["=" TYPE | "=[" TYPE "]"] ["(" default ")"] ["*" | "+"] ["^"]
    name    = "-x" | "--long" | "--[no-]long"

`=TYPE` takes a value, `=[TYPE]` takes one only when attached, `=[TYPE~]` also a number after it,
`!` is a switch that is on unless told otherwise, `*` may be given several times in any order, `+` in
the order given, `^` counts for the arguments after it. How arguments are written stands at `operands`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final


class Style(StrEnum):
    """The conventions by which a program reads its options."""

    PFLAG = "pflag"
    GNU = "gnu"
    GIT = "git"
    TAR = "tar"
    AWS = "aws"
    CURL = "curl"
    SYSTEMD = "systemd"


class Arity(StrEnum):
    SWITCH = "switch"
    VALUE = "value"
    OPTIONAL = "optional"
    """A value only when it is attached: `--color=auto`, `-i.bak`."""


class Repeats(StrEnum):
    """What giving an option again does."""

    LAST = "the last counts"
    ANY_ORDER = "*"
    IN_ORDER = "+"


@dataclass(frozen=True, slots=True)
class OptionSpec:
    names: tuple[str, ...]
    arity: Arity = Arity.SWITCH
    type: str = ""
    default: str = ""
    """The value that leaving it out means, where that is known."""
    repeats: Repeats = Repeats.LAST
    on: bool = False
    negatable: bool = False
    counts_for_what_follows: bool = False

    @property
    def name(self) -> str:
        """The first long name, or the only one: what it is called in an invocation."""
        return next((name for name in self.names if name.startswith("--")), self.names[0])


@dataclass(frozen=True, slots=True)
class Operand:
    """A positional argument."""

    name: str
    required: bool = True
    several: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An option in a rule, with its value; one that begins with `*` is any value that ends so."""

    spec: OptionSpec
    value: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Another way of saying the same: options that are replaced by other options."""

    before: tuple[Wanted, ...]
    after: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """A subcommand (`docker run`), or a whole program that has none."""

    path: tuple[str, ...] = ()
    options: Mapping[str, OptionSpec] = field(default_factory=lambda: MappingProxyType({}))
    """By every spelling."""
    operands: tuple[Operand, ...] = ()
    stops: int = 0
    """Options end at this argument, the first or the second (`ssh host -p 22 ls -l`); 0 is never."""
    any_order: bool = False
    """An argument that may be several takes them in any order: `rm a b`."""
    digits: str = ""
    """The option that `-5` is short for."""
    dash: str = ""
    """The option that a lone `-` is short for."""
    exact: bool = False
    """Whether long options cannot be abbreviated here, although other subcommands allow it."""
    first: tuple[str, ...] = ()
    """The option that the first argument is short for, and others that do away with it: `grep -e x`."""
    here: str = ""
    """The argument that is meant where none is given: `.` for `ls`."""
    signed: bool = False
    """Whether `-x` may be an argument: `chmod -x file`."""
    marker: bool = False
    """Whether `--` itself says something, as in `git checkout -- file`."""
    runs: bool = False
    """Whether its arguments are a command of its own, which is not looked into: `xargs rm -f`."""
    slash: bool = False
    """Whether the first argument is the kind of those after it: `get pod web` is `get pod/web`."""
    last: tuple[tuple[str, ...], ...] = ()
    """Options of which only the last one given counts: `rm -i -f`."""
    together: tuple[tuple[str, ...], ...] = ()
    """Options that say one thing together (a pattern and its flavour): two that differ are not judged."""
    sequence: tuple[tuple[str, ...], ...] = ()
    """Options whose order among each other counts: `--exclude '*' --include a`."""
    into: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Redirections that an option can also do: `>` for `docker save -o`."""
    rules: tuple[Rule, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The normaliser of a type, an option or an argument."""
    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Which given an option's or argument's value is; empty for one that belongs to the command."""

    @property
    def least(self) -> int:
        return sum(operand.required for operand in self.operands)

    @property
    def most(self) -> int | None:
        return None if any(operand.several for operand in self.operands) else len(self.operands)


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A program."""

    tool: str
    version: str
    style: Style
    source: str
    options: Mapping[str, OptionSpec]
    """Those that stand in front of a subcommand, or anywhere if `anywhere`."""
    verbs: Mapping[tuple[str, ...], Verb]
    """By path and by every other name of it; a program without subcommands has the empty path."""
    groups: frozenset[tuple[str, ...]] = frozenset()
    """Beginnings of paths that are no command: `container`."""
    anywhere: bool = False
    default: tuple[str, ...] | None = None
    """The subcommand that is meant where none is given."""
    others: frozenset[str] = frozenset()
    """Subcommands that exist and are not described here; `*` where there are too many to name."""
    near: tuple[frozenset[str], ...] = ()
    """Programs, or subcommands of it, that can often do the same: nothing is judged across them."""
    old: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Old names of options that still work."""
    unsure: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Options that may say no more than a learner's settings do, with the value for which that is so."""


Specs = Mapping[str, CommandSpec]
"""By program."""


def operands(text: str) -> tuple[Operand, ...]:
    """`IMAGE [COMMAND] [ARG...]`: `[X]` may be left out, `X...` may be several, `A|B` is one or the other.

    `FILE [FILE...]` is one argument that takes one or more.
    """
    found: list[Operand] = []
    depth = 0
    for piece in re.sub(r"\s*\|\s*", "|", text).split():
        whole = piece.startswith("[") or depth > 0
        depth += piece.count("[") - piece.count("]")
        name = re.sub(r"\[.*", "", piece.strip("[").removesuffix("...")).strip("[]().").removesuffix("...")
        each = Operand(name, not whole, "..." in piece)
        if found and found[-1].name == name and each.several:
            found[-1] = Operand(name, found[-1].required or each.required, several=True)
        else:
            found.append(each)
    return tuple(found)


@lru_cache(maxsize=4096)
def option(text: str) -> OptionSpec | None:
    """One option as the module's docstring writes it; None where it is none."""
    found = _OPTION.fullmatch(text)
    if found is None:
        return None
    names = tuple(name.replace("[no-]", "") for name in found["names"].split())
    given = found["type"] or ""
    arity = Arity.SWITCH
    if given:
        arity = Arity.OPTIONAL if given.startswith("[") else Arity.VALUE
    return OptionSpec(
        names,
        arity,
        given.strip("[]"),
        found["default"] or "",
        Repeats(found["repeats"]) if found["repeats"] else Repeats.LAST,
        bool(found["on"]),
        "[no-]" in found["names"],
        bool(found["after"]),
    )


_NAME: Final = r"(?:--(?:\[no-\])?[A-Za-z0-9][\w.-]*|-[A-Za-z0-9?#@%])"
_OPTION: Final = re.compile(
    rf"(?P<names>{_NAME}(?: {_NAME})*)(?P<on>!)?(?:=(?P<type>\[[^\]\s]*\]|[^\s()\[\]*+^]+))?"
    r"(?:\((?P<default>[^)]*)\))?(?P<repeats>[*+])?(?P<after>\^)?"
)
