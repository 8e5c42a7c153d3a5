"""A command line as values: words, simple commands, pipelines and lists, without their spelling.

Two of these are equal when the shell would read them as the same; `source`, which remembers the
spelling for the screen, takes no part in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that stand for themselves, with quotes and escapes taken off."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a given in the note's command: its index among the card's givens."""

    index: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the shell puts something else in the place of: `$NAME`, `*`, `{a,b}`, `$((1+1))`."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(...)` or backticks; quoted, its output is one word."""

    script: "Script"
    quoted: bool = False


Part = Text | Mark | Expansion | Substitution


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command: parts that stand against each other without a space."""

    parts: tuple[Part, ...]
    source: str = field(default="", compare=False)
    """As written, quotes and all."""

    @property
    def lead(self) -> str:
        """The text in front, up to the first expansion: where an option shows its name."""
        return self.parts[0].text if self.parts and isinstance(self.parts[0], Text) else ""

    @property
    def text(self) -> str | None:
        """The whole word, if it is nothing but text."""
        if not self.parts:
            return ""
        return self.parts[0].text if len(self.parts) == 1 and isinstance(self.parts[0], Text) else None

    @property
    def marks(self) -> tuple[int, ...]:
        """The givens that stand in it."""
        return tuple(part.index for part in self.parts if isinstance(part, Mark))

    def after(self, count: int) -> "Word":
        """The word without the first characters of its leading text."""
        rest = self.lead[count:]
        parts = ((Text(rest),) if rest else ()) + self.parts[1:]
        plain = self.source.startswith(self.lead)
        source = self.source[count:] if plain else rest + "".join(spelled(self.parts[1:]))
        return Word(parts, source)


@dataclass(frozen=True, slots=True)
class Redirect:
    """`2> file`: the descriptor (empty where the line gives none), the operator and what stands after it."""

    descriptor: str
    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """One program with its arguments, or assignments alone."""

    words: tuple[Word, ...]
    assignments: tuple[tuple[str, Word], ...] = ()
    redirects: tuple[Redirect, ...] = ()

    @property
    def program(self) -> str:
        return (self.words[0].text or "") if self.words else ""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A construct that is not looked into (loops, tests, groups): only its own text is the same."""

    text: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    commands: tuple[Simple | Opaque, ...]
    joints: tuple[str, ...] = ()
    """`|` or `|&`, one fewer than commands."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    pipeline: Pipeline
    then: str = ";"
    """What stands after it: `;` (also for the end of a line), `&&`, `||` or `&`."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that was typed, in order."""

    steps: tuple[Step, ...]


def word(text: str, source: str = "") -> Word:
    """A word of nothing but text."""
    return Word((Text(text),) if text else (), source or text)


def through_sudo(words: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """What `sudo` is told in front of a command (empty without it, `sudo`, `sudo -u bob`), and the command.

    With options that change more than the user (`-i`, `-s`), sudo is the program itself.
    """
    if not words or words[0].text != "sudo":
        return "", words
    user, rest = "", list(words[1:])
    while rest and rest[0].lead.startswith("-"):
        option = (rest.pop(0).text or "").replace("--user=", "-u")
        if option in ("-u", "--user") and rest:
            user = rest.pop(0).text or "?"
        elif option.startswith("-u") and len(option) > len("-u"):
            user = option[2:]
        elif option not in _NEUTRAL:
            return "", words
    return ("", words) if not rest else (f"sudo -u {user}" if user else "sudo", tuple(rest))


def simples(script: Script) -> Iterator[Simple]:
    """All simple commands of a script, those inside `$(...)` after the one they stand in."""
    for step in script.steps:
        for command in step.pipeline.commands:
            if isinstance(command, Opaque):
                continue
            yield command
            for inner in _inner(command):
                yield from simples(inner)


def opaques(script: Script) -> tuple[str, ...]:
    """The texts that are not looked into."""
    return tuple(c.text for step in script.steps for c in step.pipeline.commands if isinstance(c, Opaque))


def spelled(parts: tuple[Part, ...]) -> Iterator[str]:
    """A plain way to write parts, for a screen."""
    for part in parts:
        match part:
            case Text(text) | Expansion(text):
                yield text
            case Substitution():
                yield "$(...)"
            case Mark(index):
                yield f"\ue000{index}\ue001"


def _inner(command: Simple) -> Iterator[Script]:
    targets = (redirect.target for redirect in command.redirects)
    values = (value for _, value in command.assignments)
    for each in (*command.words, *values, *targets):
        for part in each.parts:
            if isinstance(part, Substitution):
                yield part.script


_NEUTRAL: Final = frozenset(("-n", "-E", "-H", "--preserve-env", "--non-interactive", "--"))
"""Options of sudo that are no matter: asking for no password, keeping the environment."""
