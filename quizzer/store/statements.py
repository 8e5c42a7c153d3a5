"""What a study day holds, in SQL: one text that the cold reads and the store both run.

Parameters are named, so the standard library's sqlite3 and SQLAlchemy's `text` take it alike. `inside` are
the cards of the deck asked for, `touched` those that the learner did something with today, `answered` those
whose answer of today still counts. Of siblings only one is asked in a day: none is due or new whose sibling
was answered, and none is new whose sibling is due. A cross join tells SQLite which table comes first: without
statistics it would begin with all of the learner's progress.
"""

from typing import Final

_TODAY: Final = """
with inside(card_id) as (
    select card_id from place where note_id in (
        select note_id from note where deck = :deck or substr(deck, 1, length(:deck) + 1) = :deck || '/'
    )
),
touched(card_id) as (
    select card_id from event
    where learner_id = :learner and study_day = :day
        and kind not in ('aliased', 'changed', 'retired', 'restored')
),
answered(card_id, meaning) as (
    select card_id, meaning from progress
    where learner_id = :learner and card_id in (select card_id from touched) and answered_day = :day
),
open(card_id, meaning) as (
    select card_id, meaning from progress
    where learner_id = :learner and open_day = :day and standing <> 'asleep'
        and (buried_day is null or buried_day <> :day)
        and (:deck = '' or card_id in (select card_id from inside))
        and (:kind = '' or :kind = (select k.kind from card k where k.card_id = progress.card_id))
),
due(card_id, meaning, due_day, position) as (
    select card_id, meaning, due_day, position from progress
    where learner_id = :learner and standing = 'review' and due_day <= :day
        and (buried_day is null or buried_day <> :day)
        and (:deck = '' or card_id in (select card_id from inside))
        and (:kind = '' or :kind = (select k.kind from card k where k.card_id = progress.card_id))
),
fresh(card_id, meaning, position) as (
    select p.card_id, p.meaning, p.position from progress p
    where p.learner_id = :learner and p.standing = :fresh
        and (p.buried_day is null or p.buried_day <> :day)
        and (:deck = '' or p.card_id in (select card_id from inside))
        and (:kind = '' or :kind = (select k.kind from card k where k.card_id = p.card_id))
)
"""

_COUNT: Final = """,
known(card_id) as (
    select a.card_id from answered a
    join progress p on p.card_id = a.card_id and p.learner_id = :learner
    where p.repetitions > 1 or p.lapses > 0
),
asked(meaning) as (
    select meaning from due where meaning not in (select meaning from answered)
),
begun(meaning) as (
    select f.meaning from fresh f
    where f.meaning not in (select meaning from answered)
        and not exists (
            select 1 from card c cross join progress r
            where c.meaning = f.meaning and r.card_id = c.card_id and r.learner_id = :learner
                and r.standing = 'review' and r.due_day <= :day
                and (r.buried_day is null or r.buried_day <> :day)
                and (:deck = '' or r.card_id in (select card_id from inside))
        )
)
select
    (select count(distinct meaning) from open) as open,
    (select count(*) from known) as known,
    (select count(*) from answered) - (select count(*) from known) as begun,
    (select count(*) from (select distinct meaning from asked limit :due_limit) d) as due,
    (select count(*) from (select distinct meaning from begun limit :new_limit) f) as fresh
"""

_CANDIDATES: Final = """,
picked(card_id) as (
    select card_id from open
    union select card_id from (select card_id from due order by due_day, position limit :many) d
    union select card_id from (select card_id from fresh order by position limit :few) f
    union select card_id from progress
        where learner_id = :learner and card_id in (select card_id from touched)
            and (standing <> 'asleep' or suspended or retired)
)
select
    c.card_id, c.prompt, c.expected, c.contrast, c.certainty, c.meaning,
    p.due_day, p.interval, p.ease, p.repetitions, p.lapses, p.answered_day, p.open_day, p.buried_day,
    p.suspended, p.retired, p.accepted, p.forms, p.version,
    p.position, place.line, place.headings, note.path, note.deck
from picked cross join card c cross join progress p
left join place on place.card_id = c.card_id
left join note on note.note_id = place.note_id
left join root on root.root_id = note.root_id
where c.card_id = picked.card_id and p.card_id = picked.card_id and p.learner_id = :learner
order by p.position, c.card_id, root.switched_off, note.switched_off, note.path
"""

COUNT: Final = _TODAY + _COUNT  # both texts are ours: no value is ever put into one
CANDIDATES: Final = _TODAY + _CANDIDATES

EVENTS_ON: Final = """
select * from event
where learner_id = :learner and study_day = :day
order by at_ms, device_id, device_seq
"""

LOGS_ON: Final = """
select * from event
where learner_id = :learner and card_id in (
    select card_id from event
    where learner_id = :learner and study_day = :day
        and kind not in ('aliased', 'changed', 'retired', 'restored')
)
order by at_ms, device_id, device_seq
"""

WHERE: Final = """
select root.root_id, root.path as root, root.kind, note.path, note.digest, place.line
from place
join note on note.note_id = place.note_id
join root on root.root_id = note.root_id
where place.card_id = :card
order by root.switched_off, note.switched_off, note.path
limit 1
"""

ROOTS: Final = "select root_id, path, kind, switched_off from root order by added_ms, path"

DECKS: Final = "select distinct deck from note order by deck"

LEARNER: Final = "select value from meta where \"key\" = 'learner_id'"
