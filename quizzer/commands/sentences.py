"""Reasons to sentences: from each of them the right answer can be typed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from quizzer.commands.reasons import Reason, ReasonCode


def sentence(reason: Reason) -> str:
    """One plain sentence, with what was typed as it was typed."""
    return _SENTENCES[reason.code](reason)


def noun(name: str) -> str:
    """What an argument of a spec is called in a sentence: `COMMAND` is `a command to run`."""
    known = _NOUNS.get(name.split("|")[0].upper())
    return known or f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name.lower().replace('_', ' ')}"


def _unknown_option(reason: Reason) -> str:
    said = f"{reason.command} has no option {reason.typed}"
    if not reason.expected:
        return said
    if reason.expected == f"-{reason.typed}":
        return f"{said}; long options take two hyphens: {reason.expected}"
    return f"{said}; did you mean {reason.expected}?"


def _unknown_subcommand(reason: Reason) -> str:
    said = f"{reason.command} has no subcommand {reason.typed}"
    return f"{said}; did you mean {reason.expected}?" if reason.expected else said


def _after(reason: Reason) -> str:
    place = reason.expected.partition(",")[0]
    return f"{reason.typed} stands after {reason.expected}; options of {reason.command} go before {place}"


def _instead(reason: Reason) -> str:
    names = [name for name in reason.spellings if name != reason.expected.partition(" ")[0]]
    return f"you typed {reason.typed}; asked was {reason.expected}" + (
        f" ({', '.join(names)})" if names else ""
    )


def _missing(reason: Reason) -> str:
    names = [name for name in reason.spellings if name != reason.expected.partition("=")[0].partition(" ")[0]]
    return f"{reason.expected} is missing" + (f" ({', '.join(names)})" if names else "")


def _value(reason: Reason) -> str:
    name = reason.spellings[0] if reason.spellings else "this option"
    return f"{name} is to be {reason.expected}, you typed {reason.typed}"


def _missing_argument(reason: Reason) -> str:
    return f"{reason.expected} is missing after {reason.typed or reason.command}"


def _structure(reason: Reason) -> str:
    if not reason.typed:
        return f"{reason.expected} is missing"
    if not reason.expected:
        return f"{reason.typed} is not asked for"
    return f"asked is {reason.expected}, you typed {reason.typed}"


_SENTENCES: Final[Mapping[ReasonCode, Callable[[Reason], str]]] = MappingProxyType(
    {
        ReasonCode.OTHER_PROGRAM: lambda r: f"this asks for {r.expected}, you typed {r.typed}",
        ReasonCode.OTHER_SUBCOMMAND: lambda r: f"this asks for {r.expected}, you typed {r.typed}",
        ReasonCode.UNKNOWN_SUBCOMMAND: _unknown_subcommand,
        ReasonCode.MISSING_SUBCOMMAND: lambda r: f"{r.command} needs a subcommand here: {r.expected}",
        ReasonCode.UNKNOWN_OPTION: _unknown_option,
        ReasonCode.MISSING_VALUE: lambda r: f"{r.typed} needs a value after it: {r.expected}",
        ReasonCode.UNEXPECTED_VALUE: lambda r: f"{r.typed} takes no value",
        ReasonCode.AFTER: _after,
        ReasonCode.INSTEAD: _instead,
        ReasonCode.MISSING: _missing,
        ReasonCode.EXTRA: lambda r: f"{r.typed} is not asked for",
        ReasonCode.VALUE: _value,
        ReasonCode.MISSING_ARGUMENT: _missing_argument,
        ReasonCode.SURPLUS_ARGUMENT: lambda r: f"{r.typed} is one argument too many for {r.command}",
        ReasonCode.ARGUMENT_ORDER: lambda r: f"the order is {r.expected}, you typed {r.typed}",
        ReasonCode.ARGUMENT: lambda r: f"asked is {r.expected}, you typed {r.typed}",
        ReasonCode.QUOTING: lambda r: (
            f"write {r.expected}; as you typed it, the shell reads {r.typed} differently"
        ),
        ReasonCode.STRUCTURE: _structure,
        ReasonCode.OTHER_USER: lambda r: (
            f"asked is {r.expected or 'no sudo -u'}, you typed {r.typed or 'none'}"
        ),
    }
)
_NOUNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "COMMAND": "a command to run",
        "CONTEXT": "a folder to build from",
        "CONTAINER": "a container",
        "IMAGE": "an image",
        "SOURCE_IMAGE": "the image",
        "TARGET_IMAGE": "its new name",
        "PATH": "a path",
        "NAME": "a name",
        "ARG": "an argument",
        "FILE": "a file",
        "URL": "an address",
        "UNIT": "a unit",
        "USER": "a user",
        "DIRECTORY": "a folder",
        "MODE": "a mode",
        "SOURCE": "what to take",
        "DEST": "where to",
        "DEST_PATH": "where to",
    }
)
