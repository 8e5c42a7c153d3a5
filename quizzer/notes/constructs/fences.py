"""Commands in blocks of code: named by comments, or by the text above the block."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quizzer.card import Card, Problem, Trouble
from quizzer.notes.codes import Kind, program_of
from quizzer.notes.constructs.commands import code_of_line
from quizzer.notes.constructs.making import Claim, Described, View, command_card, described, likely, problem
from quizzer.notes.prompts import ends_in_example, is_unfinished, task
from quizzer.notes.reading import Fence, Line
from quizzer.notes.spans import headed, prose

_SHELLS: Final = frozenset(
    {
        "",
        "sh",
        "bash",
        "shell",
        "zsh",
        "fish",
        "console",
        "shell-session",
        "terminal",
        "text",
        "txt",
        "plaintext",
        "bat",
        "cmd",
        "powershell",
        "ps1",
    }
)
_PROMPT: Final = re.compile(r"^\s*(?:[\w.-]+@[\w.-]+[^$#%❯]*)?[$❯]\s+(?=\S)")
_COMMENT: Final = re.compile(r"^\s*#+(?!!)\s*(.*)$")
_TRAILING: Final = re.compile(r"^(?P<command>.*?\S)\s+(?:#|//)\s+(?P<text>\S.*)$")
_HEREDOC: Final = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_LONG_PROMPT: Final = 200


@dataclass(frozen=True, slots=True)
class _Group:
    """What stands between two comments or blank lines."""

    comment: str
    commands: tuple[str, ...]
    """Continuation lines and here-documents in one piece."""
    number: int
    """Of the first command's first line."""


def commands_in_fence(view: View, at: int) -> Claim | None:
    """(comment* command+)*, under a description or not."""
    fence = view.item(at)
    if not isinstance(fence, Fence) or fence.is_indented or fence.info not in _SHELLS:
        return None
    groups = [group for group in _groups(fence) if group.commands]
    if not groups or not any(view.kind_of(group.commands[0].strip()) is Kind.COMMAND for group in groups):
        return None
    above = _description(view, at, fence)
    lines = set(range(fence.opened, fence.number + len(fence.lines) + 1))
    cards: list[Card] = []
    problems: list[Problem] = []
    for group in groups:
        inner = View(view.page, (*view.made, *cards), view.claimed, view.programs)
        made = _card(inner, fence, group, above, is_first=group is groups[0])
        if isinstance(made, Card):
            cards.append(made)
        else:
            problems.append(made)
    return Claim(frozenset(lines | ({above.number} if above else set())), tuple(cards), tuple(problems))


def _description(view: View, at: int, fence: Fence) -> Line | None:
    """The text line above, touching or one blank line apart, that no command has claimed."""
    above = view.line(at - 1)
    if (
        above is None
        or above.headings != fence.headings
        or fence.opened - above.number > 2
        or above.is_quoted
    ):
        return None
    is_taken = (
        above.number in view.claimed
        or bool(code_of_line(above))
        or bool((h := headed(above.text)) and h.separator)
    )
    return None if is_taken else above


def _card(view: View, fence: Fence, group: _Group, above: Line | None, *, is_first: bool) -> Card | Problem:
    answer = "\n".join(group.commands)
    if group.comment:
        if is_unfinished(group.comment):
            return problem(
                view, group.number, Trouble.UNFINISHED, f"`{group.commands[0]}` has no description yet"
            )
        prompt = described(view, fence.headings, prose(group.comment).rstrip(": "), only_command=False)
        if not prompt.is_alone and not prompt.contrast and above:
            prompt = Described(f"{task(above.text)} — {prose(group.comment)}", is_alone=False)
        return command_card(view, fence.headings, group.number, prompt, [answer])
    if above is None or not is_first:
        message = f"`{group.commands[0]}` has no description; write a `# comment` on the line above it"
        return problem(view, group.number, Trouble.PASSED_OVER, message)
    if is_unfinished(above.text):
        return problem(
            view, group.number, Trouble.UNFINISHED, f"`{group.commands[0]}` has no description yet"
        )
    prompt = described(view, fence.headings, task(above.text))
    card = command_card(view, fence.headings, group.number, prompt, [answer])
    return card if _is_sure(fence, group, above) else likely(card)


def _is_sure(fence: Fence, group: _Group, above: Line) -> bool:
    leads = prose(above.text).endswith(":")
    touches = fence.opened - above.number == 1 and len(above.text) <= _LONG_PROMPT
    return (leads or touches) and len(group.commands) == 1 and not ends_in_example(above.text)


def _groups(fence: Fence) -> Iterator[_Group]:
    """Split at comments and blank lines. Where some line shows a prompt sign, lines without one are output."""
    lines = _without_output(fence)
    comment, commands, number = "", [], 0
    for offset, text in lines:
        mark = _COMMENT.match(text)
        if (mark or not text.strip()) and commands:
            yield _Group(comment, tuple(commands), number)
            comment, commands = "", []
        if mark:
            comment = f"{comment} {mark[1]}".strip()
        elif text.strip():
            trailing = _TRAILING.match(text)
            if trailing and _is_outside_quotes(trailing["command"]) and not comment:
                yield _Group(trailing["text"], (trailing["command"],), fence.number + offset)
                continue
            number = number if commands else fence.number + offset
            commands.append(text)
    if commands:
        yield _Group(comment, tuple(commands), number)


def _is_outside_quotes(text: str) -> bool:
    return text.count("'") % 2 == 0 and text.count('"') % 2 == 0


def _without_output(fence: Fence) -> list[tuple[int, str]]:
    """Whole commands with the offset of their first line, prompt signs taken off."""
    joined = list(_joined(fence.lines))
    if any(_PROMPT.match(text) for _, text in joined):
        kept = [
            (at, text)
            for at, text in joined
            if _PROMPT.match(text) or _COMMENT.match(text) or not text.strip()
        ]
        return [(at, _PROMPT.sub("", text)) for at, text in kept]
    if _is_root_session([text for _, text in joined]):
        return [(at, re.sub(r"^\s*#\s+", "", text)) for at, text in joined]
    return joined


def _is_root_session(texts: list[str]) -> bool:
    """`# apt update`: every line has the prompt sign of root, and a program behind it."""
    written = [text for text in texts if text.strip()]
    return bool(written) and all(
        (mark := _COMMENT.match(text)) and mark[1][:1].islower() and program_of(mark[1]) in _ROOT_PROGRAMS
        for text in written
    )


_ROOT_PROGRAMS: Final = frozenset(
    {
        "apt",
        "apt-get",
        "dnf",
        "yum",
        "systemctl",
        "mount",
        "umount",
        "useradd",
        "usermod",
        "groupadd",
        "passwd",
        "git",
        "docker",
        "ip",
        "chmod",
        "chown",
    }
)


def _joined(lines: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    r"""Lines that end in `\` or open a here-document are one command."""
    at = 0
    while at < len(lines):
        start, text = at, lines[at]
        while lines[at].rstrip().endswith("\\") and at + 1 < len(lines) and not _COMMENT.match(text):
            at += 1
            text = f"{text}\n{lines[at]}"
        if (mark := _HEREDOC.search(text)) and mark[2] in (line.strip() for line in lines[at + 1 :]):
            while lines[at].strip() != mark[2]:
                at += 1
                text = f"{text}\n{lines[at]}"
        yield start, text if "\n" in text else text.strip()
        at += 1
