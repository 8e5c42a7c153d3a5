"""A command's grammar out of a file of data/specs, whatever it was written in (JSON, TOML).

    format, tool, version, style, source
    opts, anywhere, default          the program's own options; the subcommand that is meant by none
    cmd.NAME                         a subcommand: same, pos, stop, opts ... (without `cmd`, at the top)
    extra                            what no --help says; it is kept when the rest is generated anew:
      hidden, same_opt, same_cmd     more options; old names of options; other names of subcommands
      others, near                   subcommands not described; those between which nothing is judged
      value, kind, rule              normalisers; kinds of givens; other ways of saying the same
      unsure                         options that may say no more than a learner's settings do
      cmd.NAME                       added to the subcommand of that name

A key that is not known is refused, since a slip in one would silently change what counts as right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from quizzer.commands.grammar import CommandSpec as CommandSpec
from quizzer.commands.grammar import OptionSpec as OptionSpec
from quizzer.commands.grammar import Rule, Style, Verb, Wanted, operands, option
from quizzer.commands.grammar import Specs as Specs
from quizzer.errors import DataError

_Table = Mapping[str, object]
_Sides = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Rules, each by the words of its two sides."""


def from_mapping(mapping: Mapping[str, object]) -> CommandSpec:
    """A spec as it stands in a file of data/specs; raises DataError with the key that is wrong."""
    tool = _text(mapping, "tool", "spec")
    if not tool:
        raise DataError("spec: `tool` is missing")
    where = f"spec of {tool}"
    if mapping.get("format") != 1:
        raise DataError(f"{where}: `format` must be 1, it is {mapping.get('format')!r}")
    style = _text(mapping, "style", where)
    if style not in list(Style):
        raise DataError(f"{where}: `style` is {style!r}; known are {', '.join(Style)}")
    _refuse_strange(mapping, _KEYS, where)
    extra = _extra(_tables(mapping, "extra", where), f"{where}: extra")
    verbs = _verbs(mapping, extra, where)
    groups = frozenset(path[:length] for path in verbs for length in range(1, len(path)))
    default = _text(mapping, "default", where)
    return CommandSpec(
        tool,
        _text(mapping, "version", where),
        Style(style),
        _text(mapping, "source", where),
        _options(_list(mapping, "opts", where) if "cmd" in mapping else (), extra.old, where),
        MappingProxyType(verbs),
        groups - verbs.keys(),
        mapping.get("anywhere") is True,
        tuple(default.split()) if default else None,
        extra.others,
        extra.near,
        extra.old,
        extra.unsure,
    )


@dataclass(frozen=True, slots=True)
class _Extra:
    """What holds for every subcommand of a program, read once."""

    hidden: Mapping[str, tuple[str, ...]]
    old: Mapping[str, str]
    same: Mapping[str, str]
    others: frozenset[str]
    near: tuple[frozenset[str], ...]
    values: Mapping[str, str]
    kinds: Mapping[str, str]
    unsure: Mapping[str, str]
    rules: Mapping[tuple[str, ...], _Sides] = field(default_factory=dict)
    """By subcommand: the words of both sides."""
    cmd: _Table = field(default_factory=dict)


def _extra(table: _Table, where: str) -> _Extra:
    _refuse_strange(table, _EXTRA_KEYS, where)
    hidden = _tables(table, "hidden", where)
    return _Extra(
        {name: _list(hidden, name, f"{where}.hidden") for name in hidden},
        _texts(table, "same_opt", where),
        _texts(table, "same_cmd", where),
        frozenset(_list(table, "others", where)),
        tuple(frozenset(group.split(", ")) for group in _list(table, "near", where)),
        _texts(table, "value", where),
        _texts(table, "kind", where),
        _texts(table, "unsure", where),
        _sides(table.get("rule", []), where),
        _tables(table, "cmd", where),
    )


def _sides(rules: object, where: str) -> dict[tuple[str, ...], _Sides]:
    """`{from = "ps --latest", to = "ps --last=1"}`, by the subcommand that both sides begin with."""
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        raise DataError(f"{where}: `rule` must be a list of tables")
    found: dict[tuple[str, ...], _Sides] = {}
    for rule in rules:
        before, after = (tuple(_text(rule, key, f"{where}.rule").split()) for key in ("from", "to"))
        length = sum(not word.startswith("-") for word in before)
        if not before or before[:length] != after[:length]:
            raise DataError(
                f"{where}.rule: `{' '.join(before)}` and `{' '.join(after)}` are not of one subcommand"
            )
        found[before[:length]] = (*found.get(before[:length], ()), (before[length:], after[length:]))
    return found


def _verbs(mapping: _Table, extra: _Extra, where: str) -> dict[tuple[str, ...], Verb]:
    """Subcommands by every name."""
    tables = _tables(mapping, "cmd", where)
    if not tables:
        own = {key: value for key, value in mapping.items() if key in _VERB_KEYS}
        return {(): _verb((), own, extra, where, _NO_OPTIONS)}
    for kind, names in (("cmd", extra.cmd), ("hidden", extra.hidden), ("same_cmd", extra.same.values())):
        if strange := set(names) - set(tables):
            raise DataError(f"{where}: extra.{kind}: {min(strange)} is no subcommand")
    everywhere = _list(mapping, "opts", where) if mapping.get("anywhere") is True else ()
    shared = _options(everywhere, extra.old, where)
    verbs: dict[tuple[str, ...], Verb] = {}
    for name in tables:
        table = {**_tables(tables, name, f"{where}: cmd"), **_tables(extra.cmd, name, f"{where}: extra.cmd")}
        verb = _verb(tuple(name.split()), table, extra, f"{where}: cmd.{name}", shared)
        aliases = (alias for alias, of in extra.same.items() if of == name)
        for each in (name, *_list(table, "same", where), *aliases):
            verbs[tuple(each.split())] = verb
    return verbs


def _verb(
    path: tuple[str, ...], table: _Table, extra: _Extra, where: str, shared: Mapping[str, OptionSpec]
) -> Verb:
    _refuse_strange(table, _VERB_KEYS, where)
    texts = _list(table, "opts", where) + extra.hidden.get(" ".join(path), ())
    options = _options(texts, extra.old, where)
    first = tuple(_text(table, "first", where).split())
    for name in (*first, _text(table, "digits", where), _text(table, "dash", where)):
        if name and name not in options:
            raise DataError(f"{where}: {name} is none of its options")
    return Verb(
        path,
        options,
        operands(_text(table, "pos", where)),
        _stops(table, where),
        table.get("any_order") is True,
        _text(table, "digits", where),
        _text(table, "dash", where),
        table.get("exact") is True,
        first,
        _text(table, "here", where),
        table.get("signed") is True,
        table.get("marker") is True,
        table.get("runs") is True,
        table.get("slash") is True,
        tuple(tuple(group.split()) for group in _list(table, "last", where)),
        tuple(tuple(group.split()) for group in _list(table, "together", where)),
        tuple(tuple(group.split()) for group in _list(table, "sequence", where)),
        _texts(table, "into", where),
        tuple(
            _rule(before, after, {**shared, **options}, where) for before, after in extra.rules.get(path, ())
        ),
        _merged(extra.values, table, "value", where),
        _merged(extra.kinds, table, "kind", where),
    )


def _stops(table: _Table, where: str) -> int:
    """`stop = true` is at the first argument."""
    value = table.get("stop", 0)
    if not isinstance(value, int) or not 0 <= value <= _LAST_STOP:
        raise DataError(f"{where}: `stop` must be true, 1 or 2, it is {value!r}")
    return int(value)


def _options(texts: tuple[str, ...], old: Mapping[str, str], where: str) -> Mapping[str, OptionSpec]:
    options: dict[str, OptionSpec] = {}
    for text in texts:
        read = option(text)
        if read is None:
            raise DataError(f"{where}: opts: `{text}` is not an option")
        for name in read.names:
            options[name] = read
    for name, new in old.items():
        if new in options:
            options.setdefault(name, options[new])
    return MappingProxyType(options)


def _rule(
    before: tuple[str, ...], after: tuple[str, ...], options: Mapping[str, OptionSpec], where: str
) -> Rule:
    return Rule(*(tuple(_wanted(word, options, where) for word in side) for side in (before, after)))


def _wanted(word: str, options: Mapping[str, OptionSpec], where: str) -> Wanted:
    name, equals, value = word.partition("=")
    spec = options.get(name) or options.get(f"--{name.removeprefix('--no-')}")
    if spec is None:
        raise DataError(f"{where}: extra.rule: `{word}` is none of its options")
    return Wanted(spec, value if equals else None, name not in options)


def _merged(shared: Mapping[str, str], table: _Table, key: str, where: str) -> Mapping[str, str]:
    own = _texts(table, key, where)
    return MappingProxyType({**shared, **own}) if own else shared


def _text(table: _Table, key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{where}: `{key}` must be a text, it is {value!r}")
    return value


def _list(table: _Table, key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, ())
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise DataError(f"{where}: `{key}` must be a list of texts")
    return tuple(value)


def _texts(table: _Table, key: str, where: str) -> Mapping[str, str]:
    value = _tables(table, key, where)
    if not all(isinstance(each, str) for each in value.values()):
        raise DataError(f"{where}: `{key}` must be a table of texts")
    return MappingProxyType({name: str(each) for name, each in value.items()}) if value else _NOTHING


def _tables(table: _Table, key: str, where: str) -> _Table:
    value = table.get(key, _NOTHING)
    if not isinstance(value, Mapping):
        raise DataError(f"{where}: `{key}` must be a table")
    return value


def _refuse_strange(table: _Table, known: frozenset[str], where: str) -> None:
    if not table.keys() <= known:
        raise DataError(f"{where}: unknown key `{min(table.keys() - known)}`")


_LAST_STOP: Final = 2
_NO_OPTIONS: Final[Mapping[str, OptionSpec]] = MappingProxyType({})
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_SWITCHES: Final = frozenset("stop any_order exact signed marker slash runs".split())
_VERB_KEYS: Final = _SWITCHES | frozenset(
    "same pos opts digits dash first here last together sequence into value kind".split()
)
_KEYS: Final = _VERB_KEYS | frozenset("format tool version style source cmd anywhere default extra".split())
_EXTRA_KEYS: Final = frozenset("hidden same_opt same_cmd value kind rule unsure others near cmd".split())
