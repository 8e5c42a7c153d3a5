"""Flags: a line that begins with an option in code, and what it means."""

from quizzer.card import Card, Flag, Problem, Source, Trouble
from quizzer.notes.codes import Kind
from quizzer.notes.constructs.making import Claim, View, problem, wrapped
from quizzer.notes.prompts import is_unfinished
from quizzer.notes.spans import headed, prose


def flag_line(view: View, at: int) -> Claim | None:
    """`-x` (("," | "/" | "or") `--long`)* separator meaning, which may go on below"""
    line = view.line(at)
    found = headed(line.text) if line and not line.is_quoted else None
    if not line or not found or not found.separator:
        return None
    if any(view.kind_of(code) is not Kind.FLAG for code in found.codes):
        return None
    rest, lines = wrapped(view, at, found.rest)
    text, meaning = ", ".join(found.codes), prose(rest)
    if is_unfinished(meaning):
        message = f"`{text}` has no meaning yet; write one after the `{found.separator}`"
        return Claim(lines, problems=(problem(view, line.number, Trouble.UNFINISHED, message),))
    command = view.sections.command_in_force(at)
    problems: tuple[Problem, ...] = ()
    if not command:
        message = (
            f"`{text}` belongs to no command that the note names above it; the card says only where it stands"
        )
        problems = (problem(view, line.number, Trouble.INCOMPLETE, message),)
    source = Source(view.page.note, line.number, line.headings)
    return Claim(lines, (Card(text, Flag(text, meaning, command), source),), problems)
