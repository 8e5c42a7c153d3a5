"""What an import says: to people line by line, to scripts as one object."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from quizzer.card import Card, Certainty, CommandLine, Flag, Keys, Problem, Term, Trouble, kind
from quizzer.importing.looking import Looked
from quizzer.importing.report import Report
from quizzer.text import counted, safe

SCHEMA: Final = 1
_PLURALS: Final[Mapping[str, str]] = MappingProxyType(
    {"command": "commands", "flag": "flags", "term": "terms", "keys": "key strokes"}
)


def as_json(cards: Iterable[Card], problems: Iterable[Problem]) -> dict[str, Any]:
    """The shape that scripts rely on: keys are only ever added."""
    return {
        "schema": SCHEMA,
        "cards": [_card(card) for card in cards],
        "problems": [
            {"note": each.note, "line": each.line, "trouble": each.trouble, "message": each.message}
            for each in problems
        ],
    }


def _card(card: Card) -> dict[str, Any]:
    answer, also, command = _answer(card)
    what = kind(card.expected)
    found: dict[str, Any] = {"kind": "command" if what == "keys" else what}
    if what == "keys":
        found["subtype"] = "key"
    return found | {
        "prompt": card.prompt,
        "answer": answer,
        "also": list(also),
        "command": command,
        "note": card.source.note,
        "line": card.source.line,
        "headings": list(card.source.headings),
        "certainty": card.certainty,
    }


def _answer(card: Card) -> tuple[str, tuple[str, ...], str | None]:
    match card.expected:
        case Term(definition=definition):
            return definition, (), None
        case Flag() as flag:
            return flag.meaning, (), flag.command or None
        case CommandLine() | Keys() as line:
            return line.text, line.also, None


def dry_run(looked: Sequence[Looked], unreadable: Sequence[Problem]) -> Iterator[str]:
    """Every card by kind with its line; what was mended or is unclear; what was passed over and why."""
    for each in looked:
        yield safe(each.note.name)
        reading = each.reading
        for what in ("term", "flag", "command", "keys"):
            sure = [
                card
                for card in reading.cards
                if kind(card.expected) == what and card.certainty is Certainty.SURE
            ]
            yield from _listed(_PLURALS[what], sure)
        yield from _listed(
            "likely, kept aside", [c for c in reading.cards if c.certainty is Certainty.LIKELY]
        )
        yield from _problems("mended or unclear", reading.problems)
        yield from _problems("passed over", reading.passed_over)
        yield ""
    for problem in unreadable:
        yield safe(str(problem))
    yield _total([card for each in looked for card in each.reading.cards], len(looked))


def _listed(title: str, cards: Sequence[Card]) -> Iterator[str]:
    if not cards:
        return
    yield f"  {title}"
    for card in cards:
        answer, also, command = _answer(card)
        prompt = f"{command} {card.prompt}" if command else card.prompt
        first, *rest = (answer, *(f"or  {other}" for other in also))
        one_line = isinstance(card.expected, Term | Flag)
        yield f"{card.source.line:6}  {safe(prompt)}" + (f" — {safe(first)}" if one_line else "")
        for line in [] if one_line else [*first.split("\n"), *rest]:
            yield f"        {safe(line)}"


def _problems(title: str, problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield f"  {title}"
        for problem in problems:
            yield f"{problem.line:6}  {safe(problem.message)}"


def _total(cards: Sequence[Card], notes: int) -> str:
    sure = Counter(kind(card.expected) for card in cards if card.certainty is Certainty.SURE)
    likely = sum(card.certainty is Certainty.LIKELY for card in cards)
    kinds = ", ".join(counted(sure[what], what, _PLURALS[what]) for what in _PLURALS if sure[what])
    total = f"{counted(notes, 'note')} read: {counted(sure.total(), 'card')}" + (
        f" ({kinds})" if kinds else ""
    )
    return total + (f", {likely} likely ones kept aside (quizzer cards --likely)" if likely else "")


def imported(report: Report, roots: str) -> Iterator[str]:
    """What changed, what needs the author's eye, and what to type next."""
    for problem in report.problems:
        if problem.trouble is Trouble.UNREADABLE:
            yield safe(str(problem))
    if report.notes or not (report.unchanged or report.forgotten):
        yield _total(report.cards, len(report.notes))
    if report.unchanged:
        yield f"{counted(report.unchanged, 'note')} unchanged"
    yield from _history(report)
    if report.vanished:
        count = counted(len(report.vanished), "note")
        yield f"{count} of this folder are missing, and nothing of theirs was retired: is all of it there?"
        yield "if they are gone for good: import with --missing-are-gone"
    places = sum(problem.trouble is not Trouble.UNREADABLE for problem in report.problems)
    if places:
        where = f"quizzer import --dry-run {safe(roots)}"
        yield f"{counted(places, 'place')} mended or unclear: {where} lists them"


def _history(report: Report) -> Iterator[str]:
    changed = sum(note.changed for note in report.notes)
    gone = report.gone
    added = sum(note.added for note in report.notes)
    if changed or gone:
        parts = [f"{added} new"] if added else []
        parts += [f"{changed} changed (history kept)"] if changed else []
        parts += [f"{gone} gone (retired, not deleted)"] if gone else []
        yield ", ".join(parts)
