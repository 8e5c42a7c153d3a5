"""Values go into rows and come back the same, by both roads."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.card import Card, Certainty, CommandLine, Expected, Flag, Given, Keys, Source, Term, Typed
from quizzer.events import (
    Aliased,
    Buried,
    Changed,
    Decided,
    Event,
    FormAccepted,
    Restored,
    Retired,
    Reviewed,
    ReviewKind,
    Suspended,
    Undone,
    Unsuspended,
)
from quizzer.schedule import Kept, Progress, Quality, Schedule
from quizzer.store.expected import expected_from_json, expected_to_json
from quizzer.store.rows import (
    card_to_row,
    event_from_row,
    event_to_row,
    from_sqlite,
    kept_from_rows,
    milliseconds,
    progress_from_row,
    progress_to_row,
)
from tests.builders import an_id, command, reviewed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SIDES = st.sampled_from(Typed)
DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
GIVENS = st.lists(st.builds(Given, TEXT, TEXT, TEXT, st.booleans()), max_size=2).map(tuple)
EXPECTED: st.SearchStrategy[Expected] = st.one_of(
    st.builds(Term, TEXT, TEXT, SIDES),
    st.builds(Flag, TEXT, TEXT, TEXT, SIDES),
    st.builds(CommandLine, TEXT, TEXTS, GIVENS),
    st.builds(Keys, TEXT, TEXTS),
)
CARDS = st.builds(
    Card,
    TEXT,
    EXPECTED,
    st.builds(Source, TEXT, st.integers(1, 9999), TEXTS),
    st.sampled_from(Certainty),
    TEXT,
)
SCHEDULES = st.builds(
    Schedule, DAYS, st.integers(1, 36500), st.integers(130, 900), st.integers(0, 99), st.integers(0, 99)
)
PROGRESS = st.builds(
    Progress,
    schedule=st.none() | SCHEDULES,
    answered=st.none() | DAYS,
    open=st.none() | DAYS,
    buried=st.none() | DAYS,
    suspended=st.booleans(),
    retired=st.booleans(),
    accepted=st.none() | st.booleans(),
    forms=TEXTS,
    version=st.integers(0, 999),
)
HAPPENED: Mapping[str, st.SearchStrategy[Any]] = {
    "id": st.uuids(),
    "card": st.uuids(),
    "at": MOMENTS,
    "offset": st.integers(-840, 840),
    "day": DAYS,
}
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Reviewed,
        **HAPPENED,
        kind=st.sampled_from(ReviewKind),
        verdict=TEXT,
        reasons=TEXTS,
        proposed=st.sampled_from(Quality),
        quality=st.sampled_from(Quality),
        answer=TEXT,
        attempts=st.integers(1, 9),
        hints=st.integers(0, 9),
        milliseconds=st.integers(0, 10**12),
        scheduler=TEXT,
        specs=TEXTS,
    ),
    st.builds(Undone, **HAPPENED, undone=st.uuids()),
    st.builds(FormAccepted, **HAPPENED, form=TEXT),
    st.builds(Decided, **HAPPENED, accepted=st.booleans()),
    st.builds(Aliased, **HAPPENED, alias=st.uuids()),
    *(st.builds(plain, **HAPPENED) for plain in (Suspended, Unsuspended, Buried, Changed, Retired, Restored)),
)


def as_sqlite_has_it(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the columns' types make of a row on its way into the file."""

    def stored(value: Any) -> Any:
        match value:
            case UUID():
                return value.hex
            case date():
                return value.isoformat()
            case list() | dict():
                return json.dumps(value)
            case _:
                return value

    return {name: stored(value) for name, value in row.items()}


@given(CARDS, TEXT, PROGRESS)
def test_a_card_with_its_progress_is_the_same_after_a_row(
    card: Card, meaning: str, progress: Progress
) -> None:
    id_ = an_id()
    place = {
        "line": card.source.line,
        "headings": list(card.source.headings),
        "path": card.source.note,
        "deck": "docker",
    }
    row = card_to_row(id_, card, meaning, 7) | progress_to_row(progress) | place

    expected = Kept(id_, card, "docker", meaning or id_.hex, progress)
    assert kept_from_rows([row]) == (expected,)
    assert kept_from_rows([from_sqlite(as_sqlite_has_it(row))]) == (expected,)


@given(EVENTS)
def test_an_event_is_the_same_after_a_row(event: Event) -> None:
    row = event_to_row(event)

    assert event_from_row(row) == event
    assert event_from_row(from_sqlite(as_sqlite_has_it(row))) == event


def test_a_row_that_the_learner_never_had_is_the_fold_of_no_events() -> None:
    row = dict.fromkeys(progress_to_row(Progress()))

    assert progress_from_row(row) == Progress()


def test_a_card_in_several_notes_is_one_card_from_its_first_row() -> None:
    row = card_to_row(an_id(), command(), "", 1) | progress_to_row(Progress()) | {"headings": [], "deck": "d"}
    rows = [row | {"path": path, "line": line} for path, line in (("a.md", 3), ("b.md", 8))]

    (kept,) = kept_from_rows(rows)

    assert (kept.card.source.note, kept.card.source.line) == ("a.md", 3)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        milliseconds(datetime(2026, 1, 1))  # noqa: DTZ001


def test_half_a_character_in_an_answer_is_kept_as_its_escape() -> None:
    row = event_to_row(reviewed(an_id(), 5, answer="caf\udce9"))

    assert row["answer"] == "caf\\udce9"


def test_a_kind_of_card_that_nobody_knows_is_an_error() -> None:
    assert expected_from_json(expected_to_json(Keys("C-b d"))) == Keys("C-b d")
    with pytest.raises(ValueError, match="poem"):
        expected_from_json({"kind": "poem", "text": "O rose"})
