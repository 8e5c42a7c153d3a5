"""What is known of a command's grammar: subcommands, options, arguments; read from data/specs.

    option  = name {" " name} ["!"] ["=" TYPE | "=[" TYPE "]"] ["(" default ")"] ["*" | "+"] ["^"]
    name    = "-x" | "--long" | "--[no-]long"

`=TYPE` takes a value, `=[TYPE]` takes one only when attached, `!` is a switch that is on unless told
otherwise, `*` may be given several times in any order, `+` in the order given, `^` counts for the
arguments after it. How arguments are written stands at `operands`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from quizzer.errors import DataError


class Style(StrEnum):
    """The conventions by which a program reads its options."""

    PFLAG = "pflag"
    GNU = "gnu"
    GIT = "git"
    TAR = "tar"
    AWS = "aws"
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
class Rule:
    """Another way of saying the same: words of a command that are replaced by other words."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """A subcommand (`docker run`), or a whole program that has none."""

    path: tuple[str, ...] = ()
    options: Mapping[str, OptionSpec] = field(default_factory=lambda: MappingProxyType({}))
    """By every spelling."""
    operands: tuple[Operand, ...] = ()
    stops: bool = False
    """Options end at the first argument."""
    any_order: bool = False
    """An argument that may be several takes them in any order: `rm a b`."""
    digits: str = ""
    """The option that `-5` is short for."""
    dash: str = ""
    """The option that a lone `-` is short for."""
    first: tuple[str, ...] = ()
    """The option that the first argument is short for, and others that do away with it: `grep -e x`."""
    here: str = ""
    """The argument that is meant where none is given: `.` for `ls`."""
    signed: bool = False
    """Whether `-x` may be an argument: `chmod -x file`."""
    marker: bool = False
    """Whether `--` itself says something, as in `git checkout -- file`."""
    last: tuple[tuple[str, ...], ...] = ()
    """Options of which only the last one given counts: `rm -i -f`."""
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


Specs = Mapping[str, CommandSpec]


def from_mapping(mapping: Mapping[str, object]) -> CommandSpec:
    """A spec as it stands in a file of data/specs; raises DataError with the key that is wrong."""
    tool = _text(mapping, "tool", "")
    if not tool:
        raise DataError("spec: `tool` is missing")
    if mapping.get("format") != 1:
        raise DataError(f"spec of {tool}: `format` must be 1, it is {mapping.get('format')!r}")
    try:
        style = Style(_text(mapping, "style", tool))
    except ValueError as error:
        known = ", ".join(Style)
        raise DataError(f"spec of {tool}: `style` is {mapping.get('style')!r}; known are {known}") from error
    _refuse_strange(mapping, _KEYS, f"spec of {tool}")
    extra = _tables(mapping, "extra", f"spec of {tool}")
    _refuse_strange(extra, _EXTRA_KEYS, f"spec of {tool}: extra")
    old = _texts(extra, "same_opt", f"spec of {tool}: extra")
    verbs, groups = _verbs(mapping, extra, f"spec of {tool}")
    default = _text(mapping, "default", tool)
    return CommandSpec(
        tool,
        _text(mapping, "version", tool),
        style,
        _text(mapping, "source", tool),
        _with_old(_options(_list(mapping, "opts", tool), f"spec of {tool}: opts"), old),
        MappingProxyType(verbs),
        groups,
        mapping.get("anywhere") is True,
        tuple(default.split()) if default else None,
        frozenset(_list(extra, "others", f"spec of {tool}: extra")),
        tuple(frozenset(group.split(", ")) for group in _list(extra, "near", f"spec of {tool}: extra")),
        old,
    )


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


_Table = Mapping[str, object]


def _verbs(
    mapping: _Table, extra: _Table, where: str
) -> tuple[dict[tuple[str, ...], Verb], frozenset[tuple[str, ...]]]:
    """Subcommands by every name; `extra` adds to what was generated, so that a new generation keeps it."""
    tables = _tables(mapping, "cmd", where)
    if not tables:
        own = {key: value for key, value in mapping.items() if key in _VERB_KEYS}
        return {(): _verb((), own, extra, where)}, frozenset()
    same = _texts(extra, "same_cmd", f"{where}: extra")
    more = _tables(extra, "cmd", f"{where}: extra")
    if strange := set(more) - set(tables):
        raise DataError(f"{where}: extra.cmd.{min(strange)} is no subcommand")
    verbs: dict[tuple[str, ...], Verb] = {}
    for name in tables:
        table = {**_tables(tables, name, f"{where}: cmd"), **_tables(more, name, f"{where}: extra.cmd")}
        verb = _verb(tuple(name.split()), table, extra, f"{where}: cmd.{name}")
        aliases = [alias for alias, of in same.items() if of == name]
        for each in (name, *_list(table, "same", where), *aliases):
            verbs[tuple(each.split())] = verb
    groups = frozenset(path[:length] for path in verbs for length in range(1, len(path)))
    return verbs, groups - verbs.keys()


def _verb(path: tuple[str, ...], table: _Table, extra: _Table, where: str) -> Verb:
    _refuse_strange(table, _VERB_KEYS, where)
    name = " ".join(path)
    texts = _list(table, "opts", where) + _list(_tables(extra, "hidden", where), name, f"{where} (hidden)")
    return Verb(
        path,
        _with_old(_options(texts, f"{where}.opts"), _texts(extra, "same_opt", where)),
        operands(_text(table, "pos", where)),
        table.get("stop") is True,
        table.get("any_order") is True,
        _text(table, "digits", where),
        _text(table, "dash", where),
        tuple(_text(table, "first", where).split()),
        _text(table, "here", where),
        table.get("signed") is True,
        table.get("marker") is True,
        tuple(tuple(group.split()) for group in _list(table, "last", where)),
        _texts(table, "into", where),
        tuple(_rules(path, extra, where)),
        MappingProxyType({**_texts(extra, "value", where), **_texts(table, "value", where)}),
        MappingProxyType({**_texts(extra, "kind", where), **_texts(table, "kind", where)}),
    )


def _rules(path: tuple[str, ...], extra: _Table, where: str) -> Iterator[Rule]:
    """The rules that begin with the subcommand: `{from = "ps --latest", to = "ps --last 1"}`."""
    rules = extra.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        raise DataError(f"{where}: extra.rule must be a list of tables")
    for rule in rules:
        before, after = (tuple(_text(rule, key, f"{where}: extra.rule").split()) for key in ("from", "to"))
        if before[: len(path)] == path and after[: len(path)] == path:
            yield Rule(before[len(path) :], after[len(path) :])


def _options(texts: tuple[str, ...], where: str) -> dict[str, OptionSpec]:
    options: dict[str, OptionSpec] = {}
    for text in texts:
        read = option(text)
        if read is None:
            raise DataError(f"{where}: `{text}` is not an option")
        for name in read.names:
            options[name] = read
    return options


def _with_old(options: dict[str, OptionSpec], old: Mapping[str, str]) -> Mapping[str, OptionSpec]:
    for name, new in old.items():
        if new in options:
            options.setdefault(name, options[new])
    return MappingProxyType(options)


def _text(table: _Table, key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where or 'spec'}: `{key}` must be a text, it is {value!r}")
    return value


def _list(table: _Table, key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise DataError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def _texts(table: _Table, key: str, where: str) -> Mapping[str, str]:
    value = _tables(table, key, where)
    if not all(isinstance(each, str) for each in value.values()):
        raise DataError(f"{where}: `{key}` must be a table of texts")
    return MappingProxyType({name: str(each) for name, each in value.items()})


def _tables(table: _Table, key: str, where: str) -> _Table:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise DataError(f"{where}: `{key}` must be a table")
    return value


def _refuse_strange(table: _Table, known: frozenset[str], where: str) -> None:
    if strange := set(table) - known:
        raise DataError(f"{where}: unknown key `{min(strange)}`")


_VERB_KEYS: Final = frozenset(
    "same pos stop opts any_order digits dash first here signed marker last into value kind".split()
)
_KEYS: Final = _VERB_KEYS | frozenset("format tool version style source cmd anywhere default extra".split())
_EXTRA_KEYS: Final = frozenset("hidden same_opt same_cmd value kind rule others near cmd".split())
_NAME: Final = r"(?:--(?:\[no-\])?[A-Za-z0-9][\w.-]*|-[A-Za-z0-9?#@%])"
_OPTION: Final = re.compile(
    rf"(?P<names>{_NAME}(?: {_NAME})*)(?P<on>!)?(?:=(?P<type>\[[^\]\s]*\]|[^\s()\[\]*+^]+))?"
    r"(?:\((?P<default>[^)]*)\))?(?P<repeats>[*+])?(?P<after>\^)?"
)
