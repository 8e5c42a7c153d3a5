"""Progress follows a card through the edits of its note, and never strays to another one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.card import (
    Card,
    CommandLine,
    Expected,
    Flag,
    Keys,
    Source,
    Term,
    Typed,
    card_id,
    fingerprint,
    siblings,
)
from quizzer.notes.cards import read
from quizzer.notes.matching import Known, Matching, match

IMAGES = "## Images\n\nList the images\n`docker images`\n\nRemove an image\n`docker rmi <image>`\n"


def cards_of(text: str, note: str = "docker.md") -> list[Card]:
    return [each for card in read(text, note).cards for each in siblings(card)]


def known_of(cards: Iterable[Card]) -> list[Known]:
    """The cards as the store has them after their first import."""
    return [Known(id_, card) for id_, card in match([], [], cards).new]


def edited(before: str, after: str) -> tuple[list[Known], Matching]:
    here = known_of(cards_of(before))
    return here, match(here, [], cards_of(after))


def ids(matching: Matching) -> list[UUID]:
    """Of all of today's cards, in the order of lines."""
    every = [(pair.card, pair.id) for pair in matching.pairs] + [(card, id_) for id_, card in matching.new]
    return [id_ for _, id_ in sorted(every, key=lambda each: each[0].source.line)]


def assert_all_new(matching: Matching, *, gone: int) -> None:
    assert not matching.pairs
    assert len(matching.gone) == gone


def test_the_first_import_makes_every_card_new() -> None:
    matching = match([], [], cards_of(IMAGES))

    assert [card.prompt for _, card in matching.new] == ["List the images", "Remove an image"]
    assert [id_ for id_, _ in matching.new] == [card_id(fingerprint(card)) for card in cards_of(IMAGES)]


def test_an_unchanged_note_keeps_every_card() -> None:
    here, matching = edited(IMAGES, IMAGES)

    assert ids(matching) == [known.id for known in here]
    assert not any(pair.is_changed for pair in matching.pairs)
    assert not matching.new
    assert not matching.gone


def test_lines_that_move_take_their_cards_with_them() -> None:
    here, matching = edited(IMAGES, "# Docker\n\nSome words.\n\n" + IMAGES)

    assert ids(matching) == [known.id for known in here]
    assert not any(pair.is_changed for pair in matching.pairs)


def test_an_edited_answer_keeps_the_history_and_is_a_change() -> None:
    here, matching = edited(IMAGES, IMAGES.replace("docker images", "docker image ls"))

    assert ids(matching) == [known.id for known in here]
    assert [pair.card.expected for pair in matching.pairs if pair.is_changed] == [
        CommandLine("docker image ls")
    ]


def test_a_reworded_prompt_keeps_the_history() -> None:
    here, matching = edited(IMAGES, IMAGES.replace("List the images", "Which images are there?"))

    assert set(ids(matching)) == {known.id for known in here}
    assert [pair.card.prompt for pair in matching.pairs if pair.is_changed] == ["Which images are there?"]


def test_prompt_and_answer_both_changed_a_bit_keep_the_history() -> None:
    after = IMAGES.replace("Remove an image", "Remove an image by its ID").replace("<image>", "-f <image>")
    here, matching = edited(IMAGES, after)

    assert set(ids(matching)) == {known.id for known in here}


def test_a_card_changed_a_bit_under_another_heading_is_a_new_one() -> None:
    before = "## Images\n\nRemove an image\n`docker rmi <image>`\n"
    after = "## Cleaning\n\nRemove an image by its ID\n`docker rmi -f <image>`\n"

    _, matching = edited(before, after)

    assert_all_new(matching, gone=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("List the images\n`docker images`", "List the volumes\n`docker volume ls`"),
        ("Start a container\n`docker start <container>`", "Stop a container\n`docker stop <container>`"),
        (
            "Copy a file from host to container\n`docker cp a b`",
            "Copy a file from container to host\n`docker cp b a`",
        ),
        ("Install a package\n`apt install <package>`", "Uninstall a package\n`apt remove <package>`"),
        ("Publish port 8080\n`docker run -p 8080:80 x`", "Publish port 8081\n`docker run -p 8081:80 x`"),
        (
            "Delete a branch with x\n`git branch -d <branch>`",
            "Delete a branch with X\n`git branch -D <branch>`",
        ),
        ("- `-a` : Show all of them", "- `-A` : Show almost all of them"),
        ("**Docker client** - a program one types into", "**Docker daemon** - a program one talks to"),
        ("**Image** - a template for containers", "List the images\n`docker images`"),
    ],
)
def test_a_merely_similar_card_gets_nobodys_history(before: str, after: str) -> None:
    here, matching = edited(before, after)

    assert_all_new(matching, gone=len(here))


def test_of_two_close_candidates_neither_is_chosen() -> None:
    before = "List all the images here\n`docker images`\n\nList all the images there\n`docker images there`\n"
    after = "List all the images\n`docker images --all`\n"

    _, matching = edited(before, after)

    assert_all_new(matching, gone=2)


def test_a_flag_is_known_by_its_name_and_command() -> None:
    before = "`docker ps`\n- `-a` : Show all of them\n"
    after = "`docker ps`\n- `-a`, `--all` : Show the stopped containers too\n"

    here, matching = edited(before, after)

    assert {pair.id for pair in matching.pairs} == {known.id for known in here}
    assert not matching.new


def test_a_term_keeps_its_history_when_name_or_definition_is_edited() -> None:
    before = "**Images** - a template for containers\n"
    after = "**Image** - a read-only template from which containers are made\n"

    here, matching = edited(before, after)

    assert {pair.id for pair in matching.pairs} == {known.id for known in here}


def test_two_cards_that_are_swapped_keep_their_own_history() -> None:
    after = "## Images\n\nRemove an image\n`docker rmi <image>`\n\nList the images\n`docker images`\n"
    here, matching = edited(IMAGES, after)

    assert ids(matching) == [known.id for known in reversed(here)]


def test_prompts_that_swap_their_answers_keep_their_history() -> None:
    before = "Do the first thing\n`docker ps`\n\nDo the second thing\n`docker images`\n"
    after = "Do the first thing\n`docker images`\n\nDo the second thing\n`docker ps`\n"
    here, matching = edited(before, after)

    assert ids(matching) == [known.id for known in here]
    assert all(pair.is_changed for pair in matching.pairs)


def test_case_makes_two_cards() -> None:
    cards = cards_of("`git branch`\n- `-d` : Delete it\n- `-D` : Delete it\n")
    here = known_of(cards)

    assert len({known.id for known in here}) == len(cards) == 4
    assert ids(match(here, [], cards)) == [known.id for known in here]


def test_the_same_text_in_another_note_is_the_same_card() -> None:
    elsewhere = known_of(cards_of(IMAGES, "other.md"))

    matching = match([], elsewhere, cards_of(IMAGES, "docker.md"))

    assert ids(matching) == [known.id for known in elsewhere]
    assert not matching.new
    assert not matching.gone


def test_the_same_prompt_with_another_answer_in_another_note_is_another_card() -> None:
    elsewhere = known_of(cards_of("List all\n`docker ps`\n", "other.md"))

    matching = match([], elsewhere, cards_of("List all\n`docker images`\n"))

    assert_all_new(matching, gone=0)
    assert matching.new[0][0] != elsewhere[0].id


def test_a_retired_card_comes_back_with_its_text_in_whatever_note() -> None:
    retired = [replace(known, is_retired=True) for known in known_of(cards_of(IMAGES, "old.md"))]

    matching = match([], retired, cards_of(IMAGES, "new.md"))

    assert [pair.id for pair in matching.pairs] == [known.id for known in retired]
    assert all(pair.before.is_retired for pair in matching.pairs)


def test_a_card_that_vanished_is_gone_and_the_others_stay() -> None:
    here, matching = edited(IMAGES, "## Images\n\nRemove an image\n`docker rmi <image>`\n")

    assert [known.id for known in matching.gone] == [here[0].id]
    assert ids(matching) == [here[1].id]


def test_the_same_prompt_with_two_answers_keeps_two_identities() -> None:
    text = "List them\n`docker ps`\n\nList them\n`docker images`\n"
    here = known_of(cards_of(text))

    again = match(here, [], cards_of(text))
    one_edited = match(here, [], cards_of(text.replace("docker images", "docker image ls")))

    assert len({known.id for known in here}) == 2
    assert ids(again) == ids(one_edited) == [known.id for known in here]


def test_the_same_card_twice_in_a_note_is_one() -> None:
    matching = match([], [], cards_of(IMAGES + IMAGES))

    assert [card.source.line for _, card in matching.new] == [4, 7]


def test_an_answer_that_two_cards_share_decides_nothing() -> None:
    before = "Ask it one way\n`docker ps`\n\nPut it in other words\n`docker ps`\n"
    after = "Completely new\n`docker ps`\n\nAs new as that\n`docker ps`\n"

    _, matching = edited(before, after)

    assert_all_new(matching, gone=2)


def test_keys_are_matched_like_commands() -> None:
    before = "## tmux keys\n- `<C-b>` : the prefix of all others\n"

    here, matching = edited(before, before.replace("<C-b>", "<C-a>"))

    assert ids(matching) == [known.id for known in here]
    assert isinstance(matching.pairs[0].card.expected, Keys)


def test_a_note_rewritten_all_at_once_matches_nothing_by_likeness_and_takes_no_time() -> None:
    here = known_of(cards_of("".join(f"Show thing {n} of it\n`docker ps {n}`\n\n" for n in range(300))))

    matching = match(
        here, [], cards_of("".join(f"Show it {n} all\n`docker ps -{n}`\n\n" for n in range(300)))
    )

    assert_all_new(matching, gone=300)


LAW = settings(deadline=None, max_examples=60)  # a busy machine is no failure
NAMES = st.sampled_from(["List images", "Remove it", "-a", "Image", "Start it all", "список", "镜像"])
ANSWERS = st.sampled_from(["docker ps", "docker images", "git branch -d", "git branch -D", "one two three"])
SOURCES = st.builds(Source, st.just("n.md"), st.integers(1, 99), st.sampled_from([(), ("A",), ("A", "B")]))
EXPECTED = st.one_of(
    st.builds(Term, NAMES, ANSWERS, st.sampled_from(Typed)),
    st.builds(Flag, st.sampled_from(["-a", "-A", "-a, --all"]), NAMES, ANSWERS, st.sampled_from(Typed)),
    st.builds(CommandLine, ANSWERS, st.lists(ANSWERS, max_size=1).map(tuple)),
    st.builds(Keys, NAMES),
)
CARDS = st.lists(st.builds(Card, NAMES, EXPECTED, SOURCES), max_size=12)


@LAW
@given(CARDS, st.randoms(use_true_random=False))
def test_any_order_of_the_same_cards_keeps_all_ids(cards: list[Card], chance: object) -> None:
    here = known_of(cards)
    shuffled = [known.card for known in here]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives its Random without a type

    matching = match(here, [], shuffled)

    assert {(pair.id, pair.card) for pair in matching.pairs} == {(known.id, known.card) for known in here}
    assert not matching.new
    assert not matching.gone


@LAW
@given(CARDS, CARDS, CARDS)
def test_every_card_is_matched_once_and_no_history_is_given_twice(
    before: list[Card], other: list[Card], after: list[Card]
) -> None:
    here = known_of(before)
    mine = {known.id for known in here}
    elsewhere = [known for known in known_of(other) if known.id not in mine]

    matching = match(here, elsewhere, after)

    given_ids = [pair.id for pair in matching.pairs] + [id_ for id_, _ in matching.new]
    assert len(given_ids) == len(set(given_ids)) == len(known_of(after))
    assert {known.id for known in matching.gone} == mine - {pair.id for pair in matching.pairs}
    assert {id_ for id_, _ in matching.new}.isdisjoint(mine | {known.id for known in elsewhere})


GOLDEN: Sequence[tuple[str, Expected, str, str]] = [
    (
        "Image",
        Term("Image", "A template"),
        "0996f5ab4aa8d95bd08d3dde0641a5ec31328cce34706ec9ca21eed47a3e3c24",
        "8ee0aa78-1e93-5604-9ffc-79709dad1521",
    ),
    (
        "A template",
        Term("Image", "A template", Typed.NAME),
        "ffb9dcc94ce7a2f2c3c8ac49ff03183118e3fa32f0fa9c9f683f4615a8a30d9a",
        "71821b8e-8e88-5f72-a5cd-97d96a876efd",
    ),
    (
        "-d",
        Flag("-d", "Delete it", "git branch"),
        "d6087d3fcd9ebcf9758a1071f62d18a13d222b34c454063b5e5cdf0f16c21609",
        "26276dae-cff7-537d-9394-e1c372c9f213",
    ),
    (
        "-D",
        Flag("-D", "Delete it", "git branch"),
        "1cfc6a3b9b1971964b22788eac02adce230d4f467999e4982a5ec0c26af4f7b7",
        "a28e66f9-58c7-56bd-a279-c02f0f7ba3bc",
    ),
    (
        "Delete it",
        Flag("-d", "Delete it", "git branch", Typed.NAME),
        "91bef9bf4f44c86d6f14c12bbf833e8b92191653077152af2f507c1e4cf203aa",
        "17a53846-c439-5395-9261-e228abde48d9",
    ),
    (
        "List the images",
        CommandLine("docker images"),
        "953debd6fd662f1a8b8e45ec018493676d90b85d5a59c50384790d11c2586a84",
        "49261f9a-7e9b-57f4-8991-9f53c49c0186",
    ),
    (
        "Abbilder  auflisten",
        CommandLine("sudo docker images"),
        "d0df2378eaae3936c398c93e522a55c1563faa4fd65dfba89b6e45b6d9966c13",
        "2cc778b4-c92b-5e6a-8dca-23711dd16c77",
    ),
    (
        "leave",
        Keys("^d"),
        "cdf9f487dd9c36225022c4130495a4db4b0f08a4b23f24695171aef3aa6bffd7",
        "aefd137c-a4dc-5036-beaf-e4412631fd19",
    ),
]


@pytest.mark.parametrize(("prompt", "expected", "print_", "id_"), GOLDEN)
def test_fingerprints_and_ids_never_change(prompt: str, expected: Expected, print_: str, id_: str) -> None:
    """Another hash in a later version would orphan every card that anybody has learnt."""
    card = Card(prompt, expected, Source("any.md", 7, ("Any",)))

    assert (fingerprint(card), str(card_id(fingerprint(card)))) == (print_, id_)


def test_ids_of_cards_that_ask_alike_never_change() -> None:
    print_ = GOLDEN[5][2]

    assert [str(card_id(print_, copy)) for copy in (1, 2)] == [
        "c192b222-236d-5879-83f2-d90fe6bf24b0",
        "67067ff1-c212-5533-8a3e-e6d197dc8d21",
    ]


def test_parts_of_a_fingerprint_do_not_run_together() -> None:
    one = Card("c", Flag("-x", "m", "ab"), Source("n.md", 1))
    other = Card("bc", Flag("-x", "m", "a"), Source("n.md", 1))

    assert fingerprint(one) != fingerprint(other)
