"""The words of a sitting, as lines of styled pieces. Decides nothing and touches no terminal.

Whatever comes from a note or from the keyboard goes through `text.safe` here. Styles are only names (`dim`,
`right`, `wrong`, `note`): the words say everything that colour does.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from quizzer.answer import Code, Verdict
from quizzer.card import CommandLine, Flag, Keys, Term, Typed
from quizzer.commands.sentences import sentence
from quizzer.drill import Drill, Tally
from quizzer.errors import QuizzerError
from quizzer.schedule import Progress
from quizzer.text import counted, folded, safe
from quizzer.turns import Turn

Words = tuple[tuple[str, str], ...]
"""One line: (style, text) pieces."""

_INDENT = " " * 8
RETRY = "Enter saves it again · Ctrl-D leaves without it"


def heading(drill: Drill, width: int) -> Words:
    """`deck › heading path` and, at the right edge, which card of the day this is."""
    turn = drill.turn
    deck = "/".join(_hidden(each, turn) for each in turn.kept.deck.split("/"))
    place = safe(" › ".join((deck, *(_hidden(each, turn) for each in _headings(turn)))))
    right = _number(drill)
    room = width - len(right) - 3
    while len(place) > room and " › " in place:
        place = "… › " + place.removeprefix("… › ").partition(" › ")[2]
    if len(place) > room:
        place = f"{place[: max(room - 1, 8)]}…"
    return (("dim", f"{place}{' ' * max(width - len(place) - len(right) - 1, 2)}{right}"),)


def _headings(turn: Turn) -> Sequence[str]:
    """Without a title that only says the deck's name again."""
    headings = turn.kept.card.source.headings
    name = turn.kept.deck.rsplit("/", 1)[-1]
    return headings[1:] if headings and folded(headings[0]) == folded(name) else headings


def _number(drill: Drill) -> str:
    done = drill.tally.at_once | drill.tally.later
    if drill.turn.kept.progress.answered == drill.day:
        return "again"
    waiting = sum(turn.kept.id not in done for turn in drill.turns)
    return f"{'new · ' if drill.turn.is_new else ''}{len(done) + 1} of {len(done) + waiting}"


def status(drill: Drill) -> str:
    """The line at the bottom of the screen."""
    tally = drill.tally
    return f"{len(drill.turns)} waiting · {tally.cards} done · {len(tally.at_once)} right at once · :help"


def question(drill: Drill, width: int) -> tuple[Words, ...]:
    """What is asked, and what nobody could know of the answer, on one line where there is room."""
    turn = drill.turn
    card = turn.kept.card
    asked = safe(_asked(turn))
    told = ", ".join(filter(None, _told(turn, turn.values(drill.day))))
    piece: Words = (("dim", f"‹{safe(told)}›"),) if told else ()
    fits = len(asked) + len(told) + 5 < width
    lines: list[Words] = [(("", asked), ("", "  "), *piece)] if fits else [(("", asked),), piece]
    lines = [words for words in lines if words]
    if card.contrast:
        lines.append((("dim", f"not the same as  {safe(card.contrast)}"),))
    return tuple(lines)


def _asked(turn: Turn) -> str:
    card = turn.kept.card
    match card.expected:
        case Term(typed=Typed.MEANING) as term:
            return f"What is  {term.name} ?"
        case Flag(typed=Typed.MEANING) as flag:
            return f"What does  {flag.text}  do?"
        case Term() | Flag():
            return _blanked(card.prompt, turn)
        case CommandLine() | Keys():
            return card.prompt


def _told(turn: Turn, values: Sequence[str]) -> Iterable[str]:
    match turn.kept.card.expected:
        case Term(typed=Typed.NAME):
            yield "which term?"
        case Flag(typed=Typed.NAME) as flag:
            yield f"which flag of {flag.command}?" if flag.command else "which flag?"
        case Flag() as flag:
            yield flag.command
        case Keys():
            yield "which keys?"
        case CommandLine() as line:
            for given, value in zip(line.givens, values, strict=True):
                yield f"{given.name} = {value}"
        case Term():
            pass


def _hidden(heading_: str, turn: Turn) -> str:
    """A heading says the subject, and must not say the answer."""
    match turn.kept.card.expected:
        case Term(typed=Typed.NAME) as term:
            return "…" if folded(term.name).rstrip("s") in folded(heading_) else heading_
        case CommandLine() | Keys() as line:
            forms = (_one_line(form) for form in (line.text, *line.also))
            return "…" if any(form in _one_line(heading_) for form in forms if " " in form) else heading_
        case _:
            return _blanked(heading_, turn)


def _blanked(text: str, turn: Turn) -> str:
    """The asked flag, or the term's own words in any number and case, left out of what is shown."""
    match turn.kept.card.expected:
        case Flag(typed=Typed.NAME) as flag:
            hidden = [re.escape(name) for name in sorted(flag.spellings, key=len, reverse=True)]
            name = rf"(?<![\w-])(?:{'|'.join(hidden)})(?![\w-])"
            return re.sub(rf"`{name}`|{name}", "…", text) if hidden else text
        case Term(typed=Typed.NAME) as term:
            words = term.name.split()
            own = [word for word in words if len(word) > 2] or words
            forms = "|".join(_any_number(word) for word in own)
            return re.sub(rf"(?<!\w)(?:{forms})(?!\w)", "…", text, flags=re.IGNORECASE)
        case _:
            return text


def _any_number(word: str) -> str:
    """A pattern for the word, one or many: `image`, `images`; `repository`, `repositories`."""
    stem = re.sub(r"(?<=..)(?:ies|y)$", "", word, flags=re.IGNORECASE)
    if stem != word:
        return rf"{re.escape(stem)}(?:y|ies)"
    return rf"{re.escape(re.sub(r'(?<=..)s$', '', word))}(?:s|es)?"


def verdict_of(
    verdict: Verdict, progress: Progress, day: date, *, asks_again: bool, tries: int
) -> tuple[Words, ...]:
    """How the answer compares, and when the card comes back. `asks_again`: it is asked again at once."""
    back = back_again(progress, day)
    match verdict.code:
        case Code.RIGHT | Code.FORM:
            return tuple(_right(verdict, back, tries))
        case Code.BLANK:
            return (_line("note", "answer", verdict.expected), (("dim", f"{_INDENT}{back}"),))
        case _:
            return tuple(_wrong(verdict, back, asks_again=asks_again))


def _right(verdict: Verdict, back: str, tries: int) -> Iterable[Words]:
    said = "on the second try · " if tries > 1 else ""
    if verdict.code is Code.FORM:
        said += f"another form of  {safe(_one_line(verdict.expected))}  · "
    yield (("right", "right   "), ("", said), ("dim", back))
    for remark in verdict.remarks:
        yield (("", _INDENT), ("dim", safe(remark)))


def _wrong(verdict: Verdict, back: str, *, asks_again: bool) -> Iterable[Words]:
    word = "close" if verdict.code is Code.CLOSE else "wrong"
    why = [safe(sentence(reason)) for reason in verdict.reasons[:2]]
    why = why or [
        "not that one; once more, or an empty line for the answer" if asks_again else "not that one"
    ]
    yield ((word, f"{word:8}"), ("", why[0]))
    for more in why[1:]:
        yield (("", _INDENT), ("", more))
    if not asks_again:
        yield _line("note", "answer", verdict.expected)
        yield (("dim", f"{_INDENT}{back}"),)


def decision(progress: Progress, day: date, *, right: bool) -> Words:
    """After the learner has said whether the answer was right."""
    word, style = ("right", "right") if right else ("wrong", "wrong")
    return ((style, f"{word:8}"), ("dim", back_again(progress, day)))


def steering(word: str) -> Words:
    """Somebody typed a bare `exit` or `help`."""
    meant = ":help" if word in ("help", "?") else ":quit"
    return (("", f"`{safe(word)}` is no answer here. To steer: {meant} (nothing was graded)"),)


def not_saved(error: QuizzerError, tally: Tally) -> tuple[Words, ...]:
    """An answer that could not be written: what is lost if it stays so, and what to do."""
    earlier = counted(tally.cards, "earlier card")
    kept = f"{earlier} of this sitting {'is' if tally.cards == 1 else 'are'} safe. " if tally.cards else ""
    return (
        (("wrong", f"this answer was NOT saved: {safe(str(error))}"),),
        (("", f"{kept}{safe(error.hint)}".rstrip()),),
        (("", RETRY),),
    )


def doubt(verdict: Verdict, typed: str) -> tuple[Words, ...]:
    """Both texts side by side, where only the learner can say."""
    return (
        (("note", "can't judge  "), ("", safe(verdict.message or "another way than your note's"))),
        _line("", "yours", typed),
        _line("", "note", verdict.expected),
    )


def unreadable(verdict: Verdict, indent: int) -> Words:
    """A caret under the place, and what is the matter there."""
    return (("wrong", f"{' ' * (indent + (verdict.caret or 0))}^ "), ("", safe(verdict.message)))


def _line(style: str, label: str, text: str) -> Words:
    """Text of several lines goes on under its first."""
    return ((style, f"{label:8}"), ("", safe(text).replace("\n", f"\n{_INDENT}")))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").split())


def back_again(progress: Progress, day: date) -> str:
    """When the card comes back."""
    schedule = progress.schedule
    if schedule is None:
        return "not scheduled"
    days = (schedule.due - day).days
    when = "tomorrow" if days <= 1 else f"in {days} days" if days <= 60 else f"on {_date(schedule.due)}"
    return f"again today, then {when}" if progress.open == day else f"back {when}"


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def summary(tally: Tally, left: int, unsaved: int = 0) -> Words:
    """The last line of a sitting: what was done, and that it is kept."""
    if not tally.cards and not unsaved:
        return (("", "nothing answered" + (f", {counted(left, 'card')} still waiting" if left else "")),)
    saved = "all saved" if not unsaved else f"{unsaved} NOT saved"
    parts = [f"{counted(tally.cards, 'card')} answered, {saved}", f"{len(tally.at_once)} right at once"]
    if tally.later:
        parts.append(f"{len(tally.later)} not at once")
    if left:
        parts.append(f"{left} still waiting")
    return (("", " · ".join(parts)),)
