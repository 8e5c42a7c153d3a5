"""The shipped specs load, and a wrong one says which key is wrong."""

import json
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from quizzer.commands.givens import KINDS
from quizzer.commands.grammar import Arity, Repeats, operands, option
from quizzer.commands.spec import CommandSpec, Specs, from_mapping
from quizzer.commands.values import NORMALISERS
from quizzer.errors import DataError

FOLDER = Path(__file__).parent.parent / "data" / "specs"


def load(path: Path) -> CommandSpec:
    text = path.read_text(encoding="utf-8")
    return from_mapping(json.loads(text) if path.suffix == ".json" else tomllib.loads(text))


FILES = sorted(FOLDER.iterdir())
SPECS: Specs = MappingProxyType({spec.tool: spec for spec in map(load, FILES)})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_spec_is_named_after_its_program_and_says_where_it_comes_from(path: Path) -> None:
    spec = load(path)

    assert path.stem == spec.tool
    assert spec.version in spec.source
    assert "2026" in spec.source


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_spec_names_only_normalisers_and_kinds_that_there_are(path: Path) -> None:
    for verb in load(path).verbs.values():
        assert set(verb.values.values()) - {""} <= NORMALISERS.keys()
        assert set(verb.kinds.values()) - {""} <= KINDS.keys()


def test_the_whole_of_docker_is_known_by_every_name() -> None:
    docker = SPECS["docker"]

    assert len({id(verb) for verb in docker.verbs.values()}) > 130
    assert docker.verbs[("container", "ls")] is docker.verbs[("ps",)]
    assert docker.verbs[("run",)].stops
    assert ("container",) in docker.groups


@pytest.mark.parametrize(
    ("text", "arity", "repeats"),
    [
        ("-d --detach", Arity.SWITCH, Repeats.LAST),
        ("-e --env=list*", Arity.VALUE, Repeats.ANY_ORDER),
        ("-m --message=text+", Arity.VALUE, Repeats.IN_ORDER),
        ("--color=[when]", Arity.OPTIONAL, Repeats.LAST),
        ("-v --verbose*", Arity.SWITCH, Repeats.ANY_ORDER),
    ],
)
def test_an_option_is_one_string(text: str, arity: Arity, repeats: Repeats) -> None:
    read = option(text)

    assert read is not None
    assert (read.arity, read.repeats) == (arity, repeats)


def test_an_option_may_be_on_have_a_default_be_negatable_and_count_for_what_follows() -> None:
    on, default, negatable, placed = (
        option(text) for text in ("--pause!", "--pull=string(missing)", "--[no-]edit", "-C --directory=DIR+^")
    )

    assert on is not None
    assert on.on
    assert default is not None
    assert default.default == "missing"
    assert negatable is not None
    assert negatable.negatable
    assert negatable.names == ("--edit",)
    assert placed is not None
    assert placed.counts_for_what_follows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "IMAGE [COMMAND] [ARG...]",
            [("IMAGE", True, False), ("COMMAND", False, False), ("ARG", False, True)],
        ),
        ("CONTAINER [CONTAINER...]", [("CONTAINER", True, True)]),
        (
            "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
            [("SOURCE_IMAGE", True, False), ("TARGET_IMAGE", True, False)],
        ),
        ("[USER [ARGUMENT...]]", [("USER", False, False), ("ARGUMENT", False, True)]),
        ("PATH | URL | -", [("PATH|URL|-", True, False)]),
        ("SOURCE... DEST", [("SOURCE", True, True), ("DEST", True, False)]),
        ("[REPOSITORY[:TAG]]", [("REPOSITORY", False, False)]),
        ("", []),
    ],
)
def test_arguments_are_written_as_in_a_usage_line(text: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert [(each.name, each.required, each.several) for each in operands(text)] == expected


GOOD: dict[str, Any] = {"format": 1, "tool": "x", "style": "gnu"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tool": ""}, "`tool` is missing"),
        ({"tool": 3}, "`tool` must be a text"),
        ({"format": 2}, "`format` must be 1"),
        ({"style": "dos"}, "`style` is 'dos'"),
        ({"colour": 1}, "unknown key `colour`"),
        ({"opts": "-a"}, "`opts` must be a list"),
        ({"opts": ["a b"]}, "`a b` is not an option"),
        ({"cmd": []}, "`cmd` must be a table"),
        ({"cmd": {"a": 1}}, "`a` must be a table"),
        ({"cmd": {"a": {"what": 1}}}, "cmd.a: unknown key `what`"),
        ({"extra": {"what": 1}}, "extra: unknown key `what`"),
        ({"cmd": {"a": {}}, "extra": {"cmd": {"b": {}}}}, "b is no subcommand"),
        ({"cmd": {"a": {}}, "extra": {"same_cmd": {"c": "b"}}}, "b is no subcommand"),
        ({"extra": {"rule": "x"}}, "`rule` must be a list"),
        ({"extra": {"rule": [{"from": "--x", "to": ""}]}}, "`--x` is none of its options"),
        (
            {"cmd": {"a": {}}, "extra": {"rule": [{"from": "a --x", "to": "b --y"}]}},
            "are not of one subcommand",
        ),
        ({"extra": {"value": {"A": 1}}}, "`value` must be a table of texts"),
        ({"digits": "--lines"}, "--lines is none of its options"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_spec_names_the_key(change: dict[str, Any], says: str) -> None:
    with pytest.raises(DataError, match="spec") as raised:
        from_mapping({**GOOD, **change})

    assert says in str(raised.value)


def test_what_is_written_by_hand_is_added_to_what_was_generated() -> None:
    spec = from_mapping(
        {
            **GOOD,
            "cmd": {"go": {"opts": ["--far"], "pos": "PLACE"}},
            "extra": {
                "hidden": {"go": ["--near"]},
                "same_opt": {"--distant": "--far"},
                "same_cmd": {"walk": "go"},
                "cmd": {"go": {"any_order": True}},
                "rule": [{"from": "go --near", "to": "go"}],
            },
        }
    )

    verb = spec.verbs[("walk",)]

    assert verb is spec.verbs[("go",)]
    assert verb.any_order
    assert set(verb.options) == {"--far", "--near", "--distant"}
    assert len(verb.rules) == 1
