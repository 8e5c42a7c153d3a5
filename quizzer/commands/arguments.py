"""The words after a program told apart, by its conventions: options with their values, and operands."""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from quizzer.commands.grammar import Arity, OptionSpec, Repeats, Style
from quizzer.commands.words import Word, word


@dataclass(frozen=True, slots=True)
class Taken:
    """An option as it was given."""

    spec: OptionSpec
    spelled: str
    """Its name as typed: `-t`, `--tty`, `--tt`."""
    value: Word | None = None
    negated: bool = False
    before: int = 0
    """How many operands stood before it."""


@dataclass(frozen=True, slots=True)
class Misuse:
    """An option that its program refuses."""

    problem: str
    """`unknown`, `no value`, `takes no value`."""
    spelled: str


@dataclass(frozen=True, slots=True)
class Split:
    taken: tuple[Taken, ...] = ()
    operands: tuple[Word, ...] = ()
    misused: tuple[Misuse, ...] = ()
    marked: int | None = None
    """Before which operand a `--` stood."""


@dataclass(frozen=True, slots=True)
class _Manners:
    """What one style of programs does with options."""

    abbreviates: bool = False
    short_equals: bool = False
    """`-p=80` is `-p 80`."""
    switch_values: bool = False
    """`--rm=false`."""
    negates: bool = False
    """`--no-name` switches `--name` off."""
    apart: bool = False
    """A value never stands in one word with a long option: curl takes no `--output=x`."""
    many_values: bool = False
    """A repeatable option takes all words up to the next option."""


def split(
    words: tuple[Word, ...],
    options: Mapping[str, OptionSpec],
    style: Style,
    *,
    stops: int = 0,
    digits: str = "",
    signed: bool = False,
    exact: bool = False,
) -> Split:
    """Options and operands apart; with `stops`, everything from that operand on is operand."""
    manners = replace(_MANNERS[style], abbreviates=False) if exact else _MANNERS[style]
    state = _State(options, manners, digits, deque(words))
    while state.waiting:
        each = state.waiting.popleft()
        if signed and _SIGNED.fullmatch(each.text or ""):
            state.operands.insert(0, each)
        elif not each.lead.startswith("-") or each.text == "-":
            state.operands.append(each)
            if len(state.operands) == stops:
                state.operands.extend(state.waiting)
                break
        elif each.text == "--":
            state.marked = len(state.operands)
            state.operands.extend(state.waiting)
            break
        elif each.lead.startswith("--"):
            _long(state, each)
        else:
            _short(state, each)
    return Split(tuple(state.taken), tuple(state.operands), tuple(state.misused), state.marked)


def old_style(words: tuple[Word, ...], options: Mapping[str, OptionSpec]) -> tuple[Word, ...]:
    """tar's `czf x.tgz src`: letters first, then their values in the order of the letters."""
    if not words or words[0].text is None or words[0].lead.startswith("-"):
        return words
    letters, rest = words[0].text, deque(words[1:])
    made: list[Word] = []
    for letter in letters:
        made.append(word(f"-{letter}"))
        spec = options.get(f"-{letter}")
        if spec and spec.arity is Arity.VALUE and rest:
            made.append(rest.popleft())
    return (*made, *rest)


def find(name: str, options: Mapping[str, OptionSpec], *, abbreviates: bool = False) -> OptionSpec | None:
    """The option of that name, or the only one that begins so."""
    if name in options or not abbreviates or not name.startswith("--"):
        return options.get(name)
    candidates = {id(spec): spec for each, spec in options.items() if each.startswith(name)}
    return next(iter(candidates.values())) if len(candidates) == 1 else None


@dataclass(slots=True)
class _State:
    """What `split` has read so far; it does not leave this module."""

    options: Mapping[str, OptionSpec]
    manners: _Manners
    digits: str
    waiting: deque[Word]
    taken: list[Taken] = field(default_factory=list)
    operands: list[Word] = field(default_factory=list)
    misused: list[Misuse] = field(default_factory=list)
    marked: int | None = None

    def take(
        self, spec: OptionSpec, spelled: str, value: Word | None = None, *, negated: bool = False
    ) -> None:
        self.taken.append(Taken(spec, spelled, value, negated, len(self.operands)))

    def refuse(self, problem: str, spelled: str) -> None:
        self.misused.append(Misuse(problem, spelled))


def _long(state: _State, each: Word) -> None:
    """`--name`, `--name=value`, `--name value`, `--no-name`."""
    name, equals, _ = (each.lead, "", "") if state.manners.apart else each.lead.partition("=")
    spec, negated = _named(state, name)
    attached = each.after(len(name) + 1) if equals else None
    if spec is None or (not equals and each.text is None):
        state.refuse("unknown", name)
    elif negated or spec.arity is Arity.SWITCH:
        _switch(state, spec, name, attached, negated=negated)
    elif attached is not None or spec.arity is Arity.OPTIONAL:
        state.take(spec, name, attached if attached is not None else _number_next(state, spec))
    else:
        _with_next(state, spec, name)


def _short(state: _State, each: Word) -> None:
    """`-a`, `-abc`, `-n5`, `-n 5`: the last letter of a cluster may take a value."""
    letters = each.lead[1:]
    if state.digits and letters.isdigit() and each.text is not None:
        state.take(state.options[state.digits], each.lead, word(letters))
        return
    for at, letter in enumerate(letters):
        spec = state.options.get(f"-{letter}")
        if spec is None:
            state.refuse("unknown", each.text or f"-{letter}")
            return
        if _letter(state, spec, f"-{letter}", each.after(at + 2)):
            return
    if len(each.parts) > 1:  # `-it$X`: letters that only the shell knows
        state.refuse("unknown", each.source)


def _letter(state: _State, spec: OptionSpec, name: str, rest: Word) -> bool:
    """One letter of a cluster; true if it took the rest of the word, or the next word, as its value."""
    if state.manners.short_equals and rest.lead.startswith("="):
        if spec.arity is Arity.SWITCH:
            _switch(state, spec, name, rest.after(1), negated=False)
        else:
            state.take(spec, name, rest.after(1))
        return True
    if spec.arity is Arity.SWITCH:
        state.take(spec, name)
        return False
    if rest.parts or spec.arity is Arity.OPTIONAL:
        state.take(spec, name, rest if rest.parts else _number_next(state, spec))
    else:
        _with_next(state, spec, name)
    return True


def _switch(state: _State, spec: OptionSpec, name: str, attached: Word | None, *, negated: bool) -> None:
    if attached is None:
        state.take(spec, name, negated=negated)
    elif not state.manners.switch_values or (attached.text or "").lower() not in _BOOLS:
        state.refuse("takes no value", name)
    else:
        state.take(spec, name, negated=not _BOOLS[(attached.text or "").lower()])


def _with_next(state: _State, spec: OptionSpec, name: str) -> None:
    """An option whose value is the next word, whatever that looks like."""
    if not state.waiting:
        state.refuse("no value", name)
        return
    state.take(spec, name, state.waiting.popleft())
    if state.manners.many_values and spec.repeats is not Repeats.LAST:
        while state.waiting and not state.waiting[0].lead.startswith("--"):
            state.take(spec, name, state.waiting.popleft())


def _number_next(state: _State, spec: OptionSpec) -> Word | None:
    """The next word, where it is a number and the option takes that too: `journalctl -n 20`."""
    if not spec.type.endswith("~") or not state.waiting:
        return None
    following = state.waiting[0]
    numbered = _COUNT.fullmatch(following.text) if following.text else None
    alone = len(following.parts) == 1 and bool(following.marks)
    return state.waiting.popleft() if numbered or alone else None


def _named(state: _State, name: str) -> tuple[OptionSpec | None, bool]:
    """The option of a long name, and whether it is switched off by it."""
    abbreviates = state.manners.abbreviates
    spec = find(name, state.options)
    if spec is None and state.manners.negates and name.startswith("--no-"):
        positive = find(f"--{name[len('--no-') :]}", state.options, abbreviates=abbreviates)
        if positive is not None and positive.negatable:
            return positive, True
    return spec or find(name, state.options, abbreviates=abbreviates) or _HELP.get(name), False


_COUNT: Final = re.compile(r"all|[+-]?\d+|[0-9a-f]{32}(?:[+-]\d+)?")
_SIGNED: Final = re.compile(r"-[rwxXstugoa,+=0-7]+")
_BOOLS: Final[Mapping[str, bool]] = MappingProxyType(
    {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
)
_HELP: Final[Mapping[str, OptionSpec]] = MappingProxyType({"--help": OptionSpec(("--help",))})
_GETOPT: Final = _Manners(abbreviates=True)
_MANNERS: Final[Mapping[Style, _Manners]] = MappingProxyType(
    {
        Style.PFLAG: _Manners(short_equals=True, switch_values=True),
        Style.GNU: _GETOPT,
        Style.CURL: _Manners(abbreviates=True, apart=True),
        Style.GIT: _Manners(abbreviates=True, negates=True),
        Style.TAR: _GETOPT,
        Style.SYSTEMD: _GETOPT,
        Style.AWS: _Manners(abbreviates=True, negates=True, many_values=True),
    }
)
