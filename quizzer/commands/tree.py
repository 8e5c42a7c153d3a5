"""Nodes of the grammar to values: steps, pipelines, commands and words.

    step      = ["!"] command {("|" | "|&") command}
    command   = {NAME=word} word {word} {redirection}
    word      = {text | 'text' | "text" | $NAME | $(script) | `script` | * | ? | {a,b} | ~}

Anything else (loops, groups, tests) becomes `Opaque`. What was parsed has one byte for each character of
`line`, so that the nodes' offsets are offsets in it.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from quizzer.commands.cleaning import unshielded
from quizzer.commands.expansions import PIECES, ansi, bare, double_quoted
from quizzer.commands.words import (
    Expansion,
    Opaque,
    Part,
    Pipeline,
    Redirect,
    Script,
    Simple,
    Step,
    Substitution,
    Text,
    Word,
)

if TYPE_CHECKING:
    from tree_sitter import Node


def steps(node: "Node", line: str) -> Iterator[Step]:
    """The steps of a program, a list or the inside of `$(...)`."""
    waiting: Pipeline | None = None
    for child in node.children:
        if child.type in _JOINTS:
            if waiting:
                yield Step(waiting, child.type)
            waiting = None
        elif child.type == "list":
            *first, last = steps(child, line)
            yield from first
            waiting = last.pipeline
        elif child.type not in _BRACKETS:
            if waiting:
                yield Step(waiting)
            waiting = _pipeline(child, line)
    if waiting:
        yield Step(waiting)


def _pipeline(node: "Node", line: str) -> Pipeline:
    if node.type == "pipeline":
        inner = [
            _pipeline(child, line) for child in node.children if child.is_named and child.type != "comment"
        ]
        own = [child.type for child in node.children if not child.is_named]
        # a redirection in the middle makes the grammar nest what stands before it: `a | b > f | c`
        joints = tuple(
            joint for each, after in zip_longest(inner, own) for joint in (*each.joints, after) if joint
        )
        commands = tuple(command for each in inner for command in each.commands)
        return Pipeline(commands, joints, inner[0].negated)
    if node.type == "negated_command":
        return Pipeline(_pipeline(node.children[-1], line).commands, negated=True)
    if node.type == "redirected_statement":
        return _redirected(node, line)
    return Pipeline((_command(node, line),))


def _redirected(node: "Node", line: str) -> Pipeline:
    """A statement with redirections: they belong to its last command."""
    body = node.child_by_field_name("body")
    if body is None:  # `> file` alone
        alone = _arguments(node.children, line)
        return Pipeline((Simple(alone[0], (), alone[1]) if alone else Opaque(_plain(node, line)),))
    if body.type in ("list", "subshell", "compound_statement"):
        # the grammar gives `a && b > f` to both commands, the shell only to the last: not looked into
        return Pipeline((Opaque(_plain(node, line)),))
    inner = _pipeline(body, line)
    last = inner.commands[-1]
    extra = _arguments(node.children[1:], line)
    if isinstance(last, Opaque) or extra is None:
        return Pipeline((Opaque(_plain(node, line)),))
    words, redirects = extra
    whole = Simple(last.words + words, last.assignments, last.redirects + redirects)
    return Pipeline((*inner.commands[:-1], whole), inner.joints, inner.negated)


def _command(node: "Node", line: str) -> Simple | Opaque:
    """`{NAME=word} word {word} {redirection}`, or what is not looked into."""
    if node.type == "variable_assignment":
        assigned = _assignment(node, line)
        return Simple((), (assigned,)) if assigned else Opaque(_plain(node, line))
    if node.type not in ("command", "declaration_command", "unset_command", "variable_assignments"):
        return Opaque(_plain(node, line))
    front, rest = [], list(node.children)
    while rest and rest[0].type == "variable_assignment":
        front.append(_assignment(rest.pop(0), line))
    read_arguments = _arguments(rest, line)
    assigned_all = tuple(each for each in front if each)
    if read_arguments is None or len(assigned_all) != len(front):
        return Opaque(_plain(node, line))
    return Simple(read_arguments[0], assigned_all, read_arguments[1])


def _arguments(nodes: "list[Node]", line: str) -> tuple[tuple[Word, ...], tuple[Redirect, ...]] | None:
    """Words and redirections in a row; None where something else stands among them."""
    words: list[Word] = []
    redirects: list[Redirect] = []
    for node in nodes:
        if node.type in _REDIRECTS:
            targets = _redirect(node, line)
            if targets is None:
                return None
            redirects.append(targets[0])
            words.extend(targets[1])
        elif (each := _word(node, line)) is not None:
            words.append(each)
        elif node.type != "comment":
            return None
    return tuple(words), tuple(redirects)


def _redirect(node: "Node", line: str) -> tuple[Redirect, tuple[Word, ...]] | None:
    """`[n] operator word`; the grammar also puts the arguments that follow the word in here."""
    if node.type == "heredoc_redirect":
        return _heredoc(node, line)
    descriptor, operator, words = "", "", []
    for child in node.children:
        if child.type == "file_descriptor":
            descriptor = _plain(child, line)
        elif not child.is_named and not operator:
            operator = child.type
        elif (each := _word(child, line)) is not None:
            words.append(each)
        else:
            return None
    return (Redirect(descriptor, operator, words[0]), tuple(words[1:])) if words else None


def _heredoc(node: "Node", line: str) -> tuple[Redirect, tuple[Word, ...]] | None:
    """`<<END`, its body as it stands; nothing else may be on the line, for it would stand inside the node."""
    if not {child.type for child in node.children} <= _HEREDOC:
        return None
    named = {child.type: _plain(child, line) for child in node.children}
    body = named.get("heredoc_body", "")
    # with a quoted end mark nothing in the body is expanded
    quoted = any(quote in named.get("heredoc_start", "") for quote in "'\"\\")
    operator = "<<-" if "<<-" in named else "<<"
    return Redirect("", operator + "'" * quoted, Word((Text(body),), body)), ()


def _assignment(node: "Node", line: str) -> tuple[str, Word] | None:
    name = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    if name is None or name.type != "variable_name" or node.children[1].type != "=":
        return None
    if value is None:
        return _plain(name, line), Word(())
    read_value = _word(value, line)
    return (_plain(name, line), read_value) if read_value is not None else None


def _word(node: "Node", line: str) -> Word | None:
    """One word, or None where the node is none."""
    if node.type == "command_name":
        node = node.children[0]
    if node.type == "variable_assignment":  # as an argument: `export A=1`
        assigned = _assignment(node, line)
        return assigned and Word(_merged([Text(assigned[0] + "="), *assigned[1].parts]), _plain(node, line))
    if node.type not in PIECES and (node.is_named or node.type not in _DECLARING):
        return None
    raw, parts = "", list[Part]()
    for piece in node.children if node.type == "concatenation" else [node]:
        if piece.type in _QUOTING or piece.children:
            parts.extend(bare(raw, first=not parts))
            raw = ""
            parts.extend(_piece(piece, line))
        else:
            raw += _plain(piece, line)
    parts.extend(bare(raw, first=not parts))
    return Word(_merged(parts), _plain(node, line))


def _piece(node: "Node", line: str, *, quoted: bool = False) -> Iterator[Part]:
    text = _plain(node, line)
    match node.type:
        case "raw_string":
            yield Text(text[1:-1])
        case "ansi_c_string":
            yield ansi(text)
        case "string":
            yield from _string(node, line)
        case "simple_expansion" | "expansion":
            name = _VARIABLE.sub(r"$\1", text)
            yield Expansion(name, quoted and name not in _ONE_WORD)
        case "command_substitution" if not text.startswith("$(<"):
            script = Script(tuple(steps(node, line)))
            yield Expansion("$PWD") if script == _PWD else Substitution(script, quoted)
        case _:
            yield Expansion(text, quoted)


def _string(node: "Node", line: str) -> Iterator[Part]:
    """The inside of double quotes."""
    at = node.start_byte + 1
    for child in node.children:
        if child.is_named and child.type != "string_content":
            yield Text(double_quoted(line[at : child.start_byte]))
            yield from _piece(child, line, quoted=True)
            at = child.end_byte
    yield Text(double_quoted(line[at : node.end_byte - 1]))


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """Parts with texts that touch made one, and empty ones left out."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + part.text)
        elif part != Text(""):
            merged.append(part)
    return tuple(merged)


def _plain(node: "Node", line: str) -> str:
    return unshielded(line[node.start_byte : node.end_byte])


_JOINTS: Final = frozenset((";", "&&", "||", "&", ";;"))
_BRACKETS: Final = frozenset(("$(", ")", "`", "comment", "\n"))
_REDIRECTS: Final = frozenset(("file_redirect", "herestring_redirect", "heredoc_redirect"))
_HEREDOC: Final = frozenset(("<<", "<<-", "heredoc_start", "heredoc_body", "heredoc_end"))
_QUOTING: Final = frozenset(("raw_string", "ansi_c_string", "string"))
_DECLARING: Final = frozenset(("export", "declare", "typeset", "readonly", "local", "unset", "unsetenv"))
_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_ONE_WORD: Final = frozenset(("$HOME", "$PWD", "$USER", "$?", "$$", "$#", "$UID"))
"""Variables that hold one word on any machine in its right mind: quotes change nothing."""
_PWD: Final = Script((Step(Pipeline((Simple((Word((Text("pwd"),)),)),))),))
