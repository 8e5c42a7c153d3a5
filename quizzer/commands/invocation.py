"""A command with its spelling taken out: two invocations are equal when they mean the same.

words -> sudo, program -> options of the program -> subcommand -> its options and arguments
      -> the last of those that override each other, other ways of saying it, values as read
"""

from dataclasses import dataclass, field, replace
from typing import Final

from quizzer.commands.arguments import Misuse, Split, find, old_style, split
from quizzer.commands.cleaning import spaced
from quizzer.commands.grammar import CommandSpec, Operand, Specs, Style, Verb
from quizzer.commands.meaning import Option, Value, meant_options, option_key, text_key
from quizzer.commands.placing import dashed, first_as_option, placed, slashed
from quizzer.commands.shell import Unread, read
from quizzer.commands.words import (
    Expansion,
    Opaque,
    Pipeline,
    Redirect,
    Script,
    Simple,
    Step,
    Substitution,
    Word,
    through_sudo,
    word,
)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A program with what it was told."""

    program: str
    path: tuple[str, ...] = ()
    """Of the subcommand, by its first name: `ps` for `container ls`."""
    named: tuple[str, ...] = field(default=(), compare=False)
    """The path as it was typed: `container ls`."""
    options: tuple[Option, ...] = ()
    arguments: tuple[Value, ...] = ()
    marked: int | None = None
    """Before which argument a `--` stands that says something."""
    sudo: str = ""
    assignments: tuple[tuple[str, Word], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    misused: tuple[Misuse, ...] = ()
    lacking: tuple[Operand, ...] = ()
    """Arguments that the program needs and that are not there."""
    surplus: tuple[Value, ...] = ()
    strange: str = ""
    """What stands where a subcommand should."""
    group: tuple[str, ...] = ()
    """The path in front of a strange or missing subcommand."""
    said: frozenset[str] = field(default=frozenset(), compare=False)
    """The names of all options given, also of those that say nothing or say it in another way."""
    old: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """Old names that were used, with the new ones."""
    verb: Verb = field(default_factory=Verb, compare=False)
    typed: Simple = field(default_factory=lambda: Simple(()), compare=False)

    @property
    def command(self) -> str:
        """`docker run`."""
        return " ".join((self.program, *(self.path or self.group)))

    @property
    def understood(self) -> bool:
        """Whether the program knows everything that is there; something may be lacking."""
        return not (self.misused or self.surplus or self.strange)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A command whose grammar is not known: its words as they are."""

    program: str
    words: tuple[Value, ...]
    sudo: str
    assignments: tuple[tuple[str, Word], ...]
    redirects: tuple[Redirect, ...]


Reading = Invocation | Foreign | Opaque


def key(line: str, specs: Specs) -> str:
    """A text that is equal for lines that mean the same and different otherwise.

    A line that cannot be read, or whose commands are not all known, is its own key up to spaces.
    """
    script = read(line)
    found = None if isinstance(script, Unread) else script_key(script, specs)
    return spaced(line) if found is None else found


def spellings(command: str, name: str, specs: Specs) -> tuple[str, ...]:
    """All names of the option `name` of `command` (`docker run`), that one first."""
    words = tuple(word(each) for each in command.split() if each != "sudo")
    spec = specs.get(words[0].text or "") if words else None
    if spec is None:
        return (name,)
    verb = _verb(words[1:], spec)[0]
    found = find(name, verb.options if verb else spec.options)
    if found is None and spec.anywhere:
        found = find(name, spec.options)
    return tuple(dict.fromkeys((name, *found.names))) if found else (name,)


def canonical(script: Script) -> Script:
    """`X | xargs CMD` as `CMD $(X)`, in every step."""
    return Script(tuple(replace(step, pipeline=_without_xargs(step.pipeline)) for step in script.steps))


def reading(command: Simple | Opaque, specs: Specs) -> Reading:
    """What one simple command asks for."""
    if isinstance(command, Opaque):
        return command
    sudo, words = through_sudo(command.words)
    program = (words[0].text or "") if words else ""
    spec = specs.get(program)
    if spec is not None:
        read_words = _invocation(words[1:], spec, specs, command.redirects)
        if not read_words.strange or not _may_exist(read_words, spec):
            return replace(read_words, sudo=sudo, assignments=_assigned(command, specs), typed=command)
    values = tuple(Value(_meant(each, specs), each) for each in words)
    return Foreign(program, values, sudo, _assigned(command, specs), _redirects(command.redirects, specs))


def _may_exist(invocation: Invocation, spec: CommandSpec) -> bool:
    """Whether a subcommand that is not described here may exist all the same."""
    return "*" in spec.others or (not invocation.group and invocation.strange in spec.others)


def script_key(script: Script, specs: Specs) -> str | None:
    """The key of a whole script; None where some command of it is not understood."""
    pieces: list[str] = []
    for step in canonical(script).steps:
        pipeline = step.pipeline
        pieces.append("!" * pipeline.negated)
        for command, joint in zip(pipeline.commands, (*pipeline.joints, step.then), strict=True):
            each = reading(command, specs)
            if not isinstance(each, Invocation) or not each.understood:
                return None
            pieces += [_invocation_key(each), joint]
    return "\x1e".join(pieces)


def _invocation(
    words: tuple[Word, ...], spec: CommandSpec, specs: Specs, redirects: tuple[Redirect, ...]
) -> Invocation:
    single = () in spec.verbs
    front = Split(operands=words) if single else split(words, spec.options, spec.style, stops=1)
    verb, length, group, strange = _verb(front.operands, spec)
    if not front.operands and front.taken and verb is None:  # `docker --version`
        verb = Verb()
    if verb is None:
        return Invocation(
            spec.tool,
            strange=strange,
            group=group,
            misused=front.misused,
            redirects=_redirects(redirects, specs),
        )
    return _of_verb(front, verb, length, spec, specs, redirects)


def _of_verb(
    front: Split, verb: Verb, length: int, spec: CommandSpec, specs: Specs, redirects: tuple[Redirect, ...]
) -> Invocation:
    """`front` is what was taken before the subcommand and the words from it on, `length` how many name it."""
    options = {**spec.options, **verb.options} if spec.anywhere else verb.options
    arguments = front.operands[length:]
    if spec.style is Style.TAR:
        arguments = old_style(arguments, options)
    back = split(
        arguments,
        options,
        spec.style,
        stops=verb.stops,
        digits=verb.digits,
        signed=verb.signed,
        exact=verb.exact,
    )
    back, needed = first_as_option(dashed(back, verb), verb)
    taken = tuple((each, not spec.anywhere) for each in front.taken) + tuple(
        (each, False) for each in back.taken
    )
    meant, redirects = meant_options(taken, redirects, verb, lambda each: _meant(each, specs))
    arguments, placing = slashed(back.operands, verb)
    values, lacking, surplus = placed(arguments, placing, lambda each: _meant(each, specs))
    return Invocation(
        spec.tool,
        verb.path,
        tuple(each.text or "" for each in front.operands[:length]),
        meant,
        values,
        back.marked if verb.marker else None,
        redirects=_redirects(redirects, specs),
        misused=front.misused + back.misused,
        lacking=needed + lacking,
        surplus=surplus,
        said=frozenset(each.spec.name for each, _ in taken),
        old=tuple((each.spelled, spec.old[each.spelled]) for each, _ in taken if each.spelled in spec.old),
        verb=verb,
    )


def _verb(words: tuple[Word, ...], spec: CommandSpec) -> tuple[Verb | None, int, tuple[str, ...], str]:
    """The subcommand that words begin with and how many name it; else the group and the strange word."""
    if () in spec.verbs:
        return spec.verbs[()], 0, (), ""
    path: tuple[str, ...] = ()
    for each in words[:_DEEPEST]:
        if each.text is None:
            break
        path = (*path, each.text)
        longer = (*path, _text(words, len(path)))
        if path in spec.verbs and longer not in spec.verbs and longer not in spec.groups:
            return spec.verbs[path], len(path), (), ""
        if path not in spec.groups and path not in spec.verbs:
            return None, 0, path[:-1], path[-1]
    if not words and spec.default is not None:
        return spec.verbs[spec.default], 0, (), ""
    return None, 0, path, ""


def _text(words: tuple[Word, ...], at: int) -> str:
    return (words[at].text or "") if at < len(words) else ""


def _meant(each: Word, specs: Specs) -> Word:
    """The word with each `$(...)` as the key of what it runs, so that equal means the same."""
    if not any(isinstance(part, Substitution) for part in each.parts):
        return each
    parts = tuple(
        Expansion(f"$({script_key(part.script, specs) or text_key(Word((part,)))})", part.quoted)
        if isinstance(part, Substitution)
        else part
        for part in each.parts
    )
    return Word(parts, each.source)


def _assigned(command: Simple, specs: Specs) -> tuple[tuple[str, Word], ...]:
    return tuple((name, _meant(value, specs)) for name, value in command.assignments)


def _redirects(redirects: tuple[Redirect, ...], specs: Specs) -> tuple[Redirect, ...]:
    """Redirections by one spelling each; in order, where one of them copies another (`2>&1`)."""
    found: list[Redirect] = []
    for each in redirects:
        target = _meant(each.target, specs)
        usual = "0" if each.operator.startswith("<") else "1"
        if each.operator == "&>":  # `>file 2>&1` in one
            found += [Redirect("1", ">", target), Redirect("2", ">&", word("1"))]
        else:
            found.append(Redirect(each.descriptor or usual, each.operator, target))
    if any("&" in each.operator for each in found):
        return tuple(found)
    return tuple(sorted(found, key=lambda each: (each.descriptor, each.operator)))


def _without_xargs(pipeline: Pipeline) -> Pipeline:
    last = pipeline.commands[-1]
    if not isinstance(last, Simple) or len(pipeline.commands) < _PAIR or last.program != "xargs":
        return pipeline
    if len(last.words) < _PAIR or any(each.lead.startswith("-") for each in last.words[1:2]):
        return pipeline  # options of xargs change what is run how often
    front = Pipeline(pipeline.commands[:-1], pipeline.joints[:-1])
    source = "$(...)"
    fed = Word((Substitution(Script((Step(front),))),), source)
    return Pipeline((replace(last, words=(*last.words[1:], fed)),), (), pipeline.negated)


def _invocation_key(each: Invocation) -> str:
    assigned = [f"{name}={text_key(value)}" for name, value in each.assignments]
    directed = [f"{r.descriptor}{r.operator}{text_key(r.target)}" for r in each.redirects]
    marker = [f"--{each.marked}"] if each.marked is not None else []
    options = [option_key(option) for option in each.options]
    arguments = [text_key(value.meant) for value in each.arguments]
    pieces = [each.sudo, each.program, *each.path, *assigned, *options, *marker, *arguments, *directed]
    return "\x1f".join(pieces)


_DEEPEST: Final = 4
_PAIR: Final = 2
