"""Options as a program takes them: one name each, the last of a kind, other ways of saying the same."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from quizzer.commands.arguments import Taken
from quizzer.commands.grammar import Arity, OptionSpec, Repeats, Rule, Verb, Wanted
from quizzer.commands.values import normal
from quizzer.commands.words import (
    Expansion,
    Mark,
    Opaque,
    Redirect,
    Script,
    Substitution,
    Text,
    Word,
    spelled,
    word,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A word in its place: what the program makes of it, and how it was typed."""

    meant: Word
    typed: Word = field(compare=False)
    name: str = field(default="", compare=False)
    """The argument that it is (`IMAGE`); empty for an option's value and where the spec has none left."""
    free: bool = field(default=False, compare=False)
    """Whether it may change places with the others that are free."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option that was given."""

    name: str
    """Its first long name."""
    value: Value | None = None
    negated: bool = False
    front: bool = False
    """Whether it stands before the subcommand, where only the program's own options can."""
    before: int = 0
    """How many arguments stood before it, for an option that counts for what follows it, or options."""
    spelled: str = field(default="", compare=False)
    spec: OptionSpec = field(default=OptionSpec(("--",)), compare=False)


def meant_options(
    taken: tuple[tuple[Taken, bool], ...],
    redirects: tuple[Redirect, ...],
    verb: Verb,
    meant: Callable[[Word], Word],
) -> tuple[tuple[Option, ...], tuple[Redirect, ...]]:
    """Options in a fixed order, and the redirections that are left when some of them are options too."""
    options = _in_sequence([_option(each, verb, meant, front=front) for each, front in taken], verb)
    options, redirects = _from_redirects(options, redirects, verb, meant)
    options = _last_of_a_kind(options, verb)
    for rule in verb.rules:
        options = _ruled(options, rule, verb)
    said = [option for option in options if not _says_nothing(option, verb)]
    return tuple(sorted(said, key=_order)), redirects


def option_key(option: Option) -> str:
    """The option as a text that is equal for equal ones."""
    flags = "-" * option.negated + "^" * option.front + (f"@{option.before}" if option.before else "")
    return f"{flags}{option.name}" + (f"={text_key(option.value.meant)}" if option.value else "")


def text_key(each: Word) -> str:
    """The word as a text that is equal for equal words."""
    pieces: list[str] = []
    for part in each.parts:
        match part:
            case Text(text):
                pieces.append(text)
            case Expansion(text, quoted):
                pieces.append(f"\x1d{text}\x1d{quoted:d}")
            case Substitution(script, quoted):
                pieces.append(f"\x1d$({_raw_key(script)})\x1d{quoted:d}")
            case Mark():
                pieces.extend(spelled((part,)))
    return "".join(pieces)


def _raw_key(script: Script) -> str:
    """A script as it stands, for one whose commands are not understood."""
    pieces: list[str] = []
    for step in script.steps:
        pieces.append("!" * step.pipeline.negated)
        for command, joint in zip(step.pipeline.commands, (*step.pipeline.joints, step.then), strict=True):
            if isinstance(command, Opaque):
                pieces.append(command.text)
            else:
                pieces += [f"{name}={text_key(value)}" for name, value in command.assignments]
                pieces += [text_key(each) for each in command.words]
                pieces += [f"{r.descriptor}{r.operator}{text_key(r.target)}" for r in command.redirects]
            pieces.append(joint)
    return "\x1f".join(pieces)


def _option(taken: Taken, verb: Verb, meant: Callable[[Word], Word], *, front: bool) -> Option:
    spec = taken.spec
    value = None
    if taken.value is not None:
        value = _valued(taken.value, spec, verb, meant)
    before = taken.before if spec.counts_for_what_follows else 0
    return Option(spec.name, value, taken.negated, front, before, taken.spelled, spec)


def _in_sequence(options: list[Option], verb: Verb) -> list[Option]:
    """Options whose order counts, each with how many others of its group stood before it."""
    for group in verb.sequence:
        for at, option in enumerate(options):
            if option.name in group:
                others = (each.name for each in options[:at] if each.name in group)
                options[at] = replace(option, before=sum(name != option.name for name in others))
    return options


def _valued(typed: Word, spec: OptionSpec, verb: Verb, meant: Callable[[Word], Word]) -> Value:
    read = meant(typed)
    if read.text is not None:
        normaliser = _normaliser(spec, verb)
        read = word(normal(normaliser, read.text)) if normaliser else read
    return Value(read, typed)


def _from_redirects(
    options: list[Option], redirects: tuple[Redirect, ...], verb: Verb, meant: Callable[[Word], Word]
) -> tuple[list[Option], tuple[Redirect, ...]]:
    """`docker save x > f` is `docker save -o f x`."""
    left: list[Redirect] = []
    for each in redirects:
        name = verb.into.get(each.operator, "")
        spec = verb.options.get(name)
        usual = each.descriptor in ("", "0" if each.operator == "<" else "1")
        if spec and usual and not any(option.spec is spec for option in options):
            options = [
                *options,
                Option(spec.name, _valued(each.target, spec, verb, meant), spelled=each.operator, spec=spec),
            ]
        else:
            left.append(each)
    return options, tuple(left)


def _last_of_a_kind(options: list[Option], verb: Verb) -> list[Option]:
    """Without those that a later one overrides."""
    kept: list[Option] = []
    for at, option in enumerate(options):
        kind = next((group for group in verb.last if option.name in group), (option.name,))
        later = options[at + 1 :]
        single = option.spec.repeats is Repeats.LAST or len(kind) > 1
        if not single or not any(each.name in kind and each.front == option.front for each in later):
            kept.append(option)
    return kept


def _ruled(options: list[Option], rule: Rule, verb: Verb) -> list[Option]:
    """The options with what the rule's first side says replaced by its second."""
    hits = [
        next((option for option in options if _answers(option, wanted, verb)), None) for wanted in rule.before
    ]
    found = [hit for hit in hits if hit is not None]
    if len(found) < len(rule.before):
        return options
    kept = [option for option in options if not any(option is hit for hit in found)]
    for wanted in rule.after:
        same = next((hit for hit in found if _answers(hit, wanted, verb)), None)
        kept.append(same or _made(wanted, found[0], verb))
    return kept


def _made(wanted: Wanted, instead_of: Option, verb: Verb) -> Option:
    """An option that stands for another, remembering how that was typed."""
    value = None
    if wanted.value is not None:
        value = _valued(word(wanted.value), wanted.spec, verb, lambda same: same)
    return Option(wanted.spec.name, value, wanted.negated, spelled=instead_of.spelled, spec=wanted.spec)


def _answers(option: Option, wanted: Wanted, verb: Verb) -> bool:
    """Whether an option is the one that a rule asks for."""
    if option.spec is not wanted.spec or option.negated is not wanted.negated or option.front:
        return False
    if wanted.value is None or option.value is None:
        return (wanted.value is None) is (option.value is None)
    text = option.value.meant.text or ""
    if wanted.value.startswith("*"):
        return text.endswith(wanted.value[1:])
    return text == normal(_normaliser(option.spec, verb), wanted.value)


def _normaliser(spec: OptionSpec, verb: Verb) -> str:
    names = (*spec.names, spec.type)
    return next((verb.values[name] for name in names if name in verb.values), "")


def _says_nothing(option: Option, verb: Verb) -> bool:
    """Whether it only says what leaving it out means."""
    spec = option.spec
    if spec.arity is Arity.SWITCH and not spec.negatable:
        return spec.on is not option.negated
    if not spec.default or option.value is None:
        return False
    return option.value.meant.text == normal(_normaliser(spec, verb), spec.default)


def _order(option: Option) -> tuple[bool, str, int, str]:
    free = option.spec.repeats is Repeats.ANY_ORDER
    return not option.front, option.name, option.before, option_key(option) if free else ""
