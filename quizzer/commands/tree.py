"""Nodes of the grammar to values: steps, pipelines, commands and words.

    step      = ["!"] command {("|" | "|&") command}
    command   = {NAME=word} word {word} {redirection}
    word      = {text | 'text' | "text" | $NAME | $(script) | `script` | * | ? | {a,b} | ~}

Anything else (loops, groups, tests) becomes `Opaque`.
"""

import re
from collections.abc import Iterator
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


def steps(node: "Node") -> Iterator[Step]:
    """The steps of a program, a list or the inside of `$(...)`."""
    waiting: Pipeline | None = None
    for child in node.children:
        if child.type in _JOINTS:
            if waiting:
                yield Step(waiting, child.type)
            waiting = None
        elif child.type == "list":
            *first, last = steps(child)
            yield from first
            waiting = last.pipeline
        elif child.type not in _BRACKETS:
            if waiting:
                yield Step(waiting)
            waiting = _pipeline(child)
    if waiting:
        yield Step(waiting)


def _pipeline(node: "Node") -> Pipeline:
    if node.type == "pipeline":
        inner = [_pipeline(child) for child in node.children if child.is_named and child.type != "comment"]
        joints = tuple(child.type for child in node.children if not child.is_named)
        commands = tuple(command for each in inner for command in each.commands)
        return Pipeline(commands, joints, inner[0].negated)
    if node.type == "negated_command":
        return Pipeline(_pipeline(node.children[-1]).commands, negated=True)
    if node.type == "redirected_statement":
        return _redirected(node)
    return Pipeline((_command(node),))


def _redirected(node: "Node") -> Pipeline:
    """A statement with redirections: they belong to its last command."""
    body = node.child_by_field_name("body")
    if body is None or body.type in ("list", "subshell", "compound_statement"):
        # the grammar gives `a && b > f` to both commands, the shell only to the last: not looked into
        return Pipeline((Opaque(_plain(node)),))
    inner = _pipeline(body)
    last = inner.commands[-1]
    extra = _arguments(node.children[1:])
    if isinstance(last, Opaque) or extra is None:
        return Pipeline((Opaque(_plain(node)),))
    words, redirects = extra
    whole = Simple(last.words + words, last.assignments, last.redirects + redirects)
    return Pipeline((*inner.commands[:-1], whole), inner.joints, inner.negated)


def _command(node: "Node") -> Simple | Opaque:
    """`{NAME=word} word {word} {redirection}`, or what is not looked into."""
    if node.type == "variable_assignment":
        assigned = _assignment(node)
        return Simple((), (assigned,)) if assigned else Opaque(_plain(node))
    if node.type not in ("command", "declaration_command", "unset_command", "variable_assignments"):
        return Opaque(_plain(node))
    front, rest = [], list(node.children)
    while rest and rest[0].type == "variable_assignment":
        front.append(_assignment(rest.pop(0)))
    read_arguments = _arguments(rest)
    assigned_all = tuple(each for each in front if each)
    if read_arguments is None or len(assigned_all) != len(front):
        return Opaque(_plain(node))
    return Simple(read_arguments[0], assigned_all, read_arguments[1])


def _arguments(nodes: "list[Node]") -> tuple[tuple[Word, ...], tuple[Redirect, ...]] | None:
    """Words and redirections in a row; None where something else stands among them."""
    words: list[Word] = []
    redirects: list[Redirect] = []
    for node in nodes:
        if node.type in _REDIRECTS:
            targets = _redirect(node)
            if targets is None:
                return None
            redirects.append(targets[0])
            words.extend(targets[1])
        elif (each := _word(node)) is not None:
            words.append(each)
        elif node.type != "comment":
            return None
    return tuple(words), tuple(redirects)


def _redirect(node: "Node") -> tuple[Redirect, tuple[Word, ...]] | None:
    """`[n] operator word`; the grammar also puts the arguments that follow the word in here."""
    descriptor, operator, words = "", "", []
    for child in node.children:
        if child.type == "file_descriptor":
            descriptor = _plain(child)
        elif child.type == "heredoc_body":
            words.append(Word((Text(_plain(child)),), _plain(child)))
        elif child.type == "heredoc_start":  # quoted, nothing in the body is expanded
            operator += "'" * any(quote in _plain(child) for quote in "'\"\\")
        elif child.type == "heredoc_end":
            continue
        elif not child.is_named and not operator:
            operator = child.type
        elif (each := _word(child)) is not None and node.type != "heredoc_redirect":
            words.append(each)
        else:
            return None  # `cat <<END | sort`: the rest of the line stands inside
    if not words:
        return None
    return Redirect(descriptor, operator, words[0]), tuple(words[1:])


def _assignment(node: "Node") -> tuple[str, Word] | None:
    name = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    if name is None or name.type != "variable_name" or node.children[1].type != "=":
        return None
    if value is None:
        return _plain(name), Word(())
    read_value = _word(value)
    return (_plain(name), read_value) if read_value is not None else None


def _word(node: "Node") -> Word | None:
    """One word, or None where the node is none."""
    if node.type == "command_name":
        node = node.children[0]
    if node.type == "variable_assignment":  # as an argument: `export A=1`
        assigned = _assignment(node)
        return assigned and Word(_merged([Text(assigned[0] + "="), *assigned[1].parts]), _plain(node))
    if node.type not in PIECES and (node.is_named or node.type not in _DECLARING):
        return None
    raw, parts = "", list[Part]()
    for piece in node.children if node.type == "concatenation" else [node]:
        if piece.type in _QUOTING or piece.children:
            parts.extend(bare(raw, first=not parts))
            raw = ""
            parts.extend(_piece(piece))
        else:
            raw += _plain(piece)
    parts.extend(bare(raw, first=not parts))
    return Word(_merged(parts), _plain(node))


def _piece(node: "Node", *, quoted: bool = False) -> Iterator[Part]:
    text = _plain(node)
    match node.type:
        case "raw_string":
            yield Text(text[1:-1])
        case "ansi_c_string":
            yield ansi(text)
        case "string":
            yield from _string(node)
        case "simple_expansion" | "expansion":
            yield Expansion(_VARIABLE.sub(r"$\1", text), quoted)
        case "command_substitution" if not text.startswith("$(<"):
            script = Script(tuple(steps(node)))
            yield Expansion("$PWD", quoted) if script == _PWD else Substitution(script, quoted)
        case _:
            yield Expansion(text, quoted)


def _string(node: "Node") -> Iterator[Part]:
    """The inside of double quotes."""
    source, at = node.text or b"", 1
    for child in node.children:
        if child.is_named and child.type != "string_content":
            yield Text(double_quoted(_decoded(source[at : child.start_byte - node.start_byte])))
            yield from _piece(child, quoted=True)
            at = child.end_byte - node.start_byte
    yield Text(double_quoted(_decoded(source[at:-1])))


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """Parts with texts that touch made one, and empty ones left out."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + part.text)
        elif part != Text(""):
            merged.append(part)
    return tuple(merged)


def _plain(node: "Node") -> str:
    return unshielded(_decoded(node.text or b""))


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


_JOINTS: Final = frozenset((";", "&&", "||", "&", ";;"))
_BRACKETS: Final = frozenset(("$(", ")", "`", "comment", "\n"))
_REDIRECTS: Final = frozenset(("file_redirect", "herestring_redirect", "heredoc_redirect"))
_QUOTING: Final = frozenset(("raw_string", "ansi_c_string", "string"))
_DECLARING: Final = frozenset(("export", "declare", "typeset", "readonly", "local", "unset", "unsetenv"))
_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")
_PWD: Final = Script((Step(Pipeline((Simple((Word((Text("pwd"),)),)),))),))
