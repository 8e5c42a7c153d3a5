"""A help text becomes a spec: what it says clearly, and nothing else."""

import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.commands.difference import compare
from quizzer.commands.grammar import Arity, OptionSpec, Repeats, Style
from quizzer.commands.helptext import read_help
from quizzer.commands.helpusage import ANY
from quizzer.commands.learning import Learnt, learn
from quizzer.commands.spec import CommandSpec, from_mapping
from quizzer.commands.specwriting import written
from quizzer.errors import QuizzerError

COBRA = """\
Usage:  crate pack [OPTIONS] BOX [COMMAND] [ARG...]

Pack a box

Aliases:
  crate box pack, crate pack

Options:
  -d, --detach               Pack in the background
      --label list           Set a label
  -n, --name string          Its name
      --seal                 Seal it (default true)
      --weight bytes         The most that it may weigh, wrapped
                             --seal or not
"""
KUBECTL = """\
Usage:
  crate get [flags] [options]

Options:
    -A, --all=false:
\tAll of them.

    -f, --filename=[]:
\tFiles.

    -o, --output='':
\tOne of: (json, yaml).

    --dry-run='none':
\tMay stand alone.
"""
GNU = """\
Usage: crate [OPTION]... [BOX]...
Pack the BOXes.

Mandatory arguments to long options are mandatory for short options too.
  -x, --extract, --get       take things out
  -C, --directory=DIR        change to DIR
      --color[=WHEN]         colour the output
      --exclude-crates-under leave out all crates below
  -e script, --expression=script
                             may be given more than once
  -s                         short for --style=plain
      --style=WORD           how
  -q, --style=quiet          say less
  -NUM                       same as --lines=NUM
      --check, --check=HOW   look
      --time                 when
      --time=WORD            which time
"""
ARGPARSE = """\
usage: crate pack [-h] [-o OUT] [--fill | --no-fill] [--size {s,m}] box [box ...]

positional arguments:
  box                   what to pack

options:
  -h, --help            show this help message and exit
  -o OUT, --out OUT     where
  --fill, --no-fill     fill it up
  --size {s,m}          how large
  --tags TAG [TAG ...]  labels
  --log [FILE]          keep a log
"""
CLICK = """\
Usage: crate ship [OPTIONS] BOX...

  Ship boxes.

Options:
  -t, --to TEXT             Where to.
  -f, --fast / -S, --slow   How.
  --track / --no-track      Follow it.
  --help                    Show this message and exit.
"""
GROUP = """\
Usage: crate [OPTIONS] COMMAND [ARGS]...

Options:
  --home PATH  Where crates are.
  --help       Show this message and exit.

Commands:
  pack  Pack a box.
  ship  Ship a box.
"""


def learnt(text: str, command: str, own: Any = None, shipped: Any = None) -> Learnt:
    return learn(text, command.split(), own, shipped, "a test")


def spec(text: str, command: str) -> CommandSpec:
    return from_mapping(learnt(text, command).raw)


def options(text: str, command: str) -> dict[str, OptionSpec]:
    return dict(spec(text, command).verbs[tuple(command.split()[1:])].options)


def test_cobra_says_types_aliases_and_what_is_on() -> None:
    found = spec(COBRA, "crate pack")
    verb = found.verbs[("box", "pack")]

    assert found.style is Style.PFLAG
    assert verb is found.verbs[("pack",)]
    assert [(each.name, each.required, each.several) for each in verb.operands] == [
        ("BOX", True, False),
        ("COMMAND", False, False),
        ("ARG", False, True),
    ]
    assert verb.options["-n"] is verb.options["--name"]
    assert verb.options["--label"].repeats is Repeats.ANY_ORDER
    assert verb.options["--name"].repeats is Repeats.LAST
    assert verb.options["--seal"].on
    assert not verb.stops


def test_where_options_end_is_not_guessed_but_told_to_be_open() -> None:
    assert any("stop = true" in remark for remark in learnt(COBRA, "crate pack").remarks)


def test_kubectl_writes_defaults_where_others_write_types() -> None:
    found = options(KUBECTL, "crate get")

    assert found["--all"].arity is Arity.SWITCH
    assert found["-f"].arity is Arity.VALUE
    assert found["-f"].repeats is Repeats.ANY_ORDER
    assert found["-o"].repeats is Repeats.LAST
    assert "--dry-run" not in found


def test_gnu_writes_values_behind_the_long_name() -> None:
    found = options(GNU, "crate")

    assert found["--get"] is found["-x"]
    assert found["-C"].arity is Arity.VALUE
    assert found["--color"].arity is Arity.OPTIONAL
    assert found["--expression"] is found["-e"]
    assert found["--expression"].repeats is Repeats.ANY_ORDER


def test_a_description_after_one_space_is_no_value() -> None:
    assert options(GNU, "crate")["--exclude-crates-under"].arity is Arity.SWITCH


def test_what_is_short_for_one_value_of_another_option_is_left_out_and_named() -> None:
    found = learnt(GNU, "crate")

    assert found.unclear == ("-q", "-NUM", "--check", "--time")
    assert not {"-q", "--check", "--time"} & options(GNU, "crate").keys()


def test_argparse_options_with_several_values_or_maybe_none_are_left_out() -> None:
    found = options(ARGPARSE, "crate pack")

    assert found["-o"] is found["--out"]
    assert found["--size"].arity is Arity.VALUE
    assert found["--fill"] is not found["--no-fill"]
    assert learnt(ARGPARSE, "crate pack").unclear == ("--tags", "--log")
    assert spec(ARGPARSE, "crate pack").verbs[("pack",)].most is None


def test_click_writes_two_switches_in_one_line_and_takes_no_short_forms_of_long_names() -> None:
    verb = spec(CLICK, "crate ship").verbs[("ship",)]

    assert verb.options["-f"] is verb.options["--fast"]
    assert verb.options["-S"] is verb.options["--slow"]
    assert verb.options["--fast"] is not verb.options["--slow"]
    assert verb.options["--track"] is not verb.options["--no-track"]
    assert verb.exact


@pytest.mark.parametrize(
    "usage",
    [
        "crate pack BOX | CRATE",
        "crate pack [OPTIONS] BOX\n   or: crate pack --all",
        "other BOX",
        "crate pack -f F",
    ],
)
def test_arguments_that_are_not_clear_may_be_any(usage: str) -> None:
    assert read_help(f"Usage: {usage}\n\n  -x  one\n", ("crate", "pack")).arguments == ANY


def test_subcommands_that_were_not_learnt_are_not_judged() -> None:
    found = spec(COBRA, "crate pack")

    assert compare("crate ship a", "crate ship b", {"crate": found}).outcome == "unknown"


def test_a_group_is_learnt_by_its_subcommands_and_then_gives_what_stands_in_front() -> None:
    with pytest.raises(QuizzerError, match="known by its subcommands") as refused:
        learnt(GROUP, "crate")
    found = learnt(GROUP, "crate", learnt(CLICK, "crate ship").raw)

    assert "crate pack --help | quizzer spec add crate pack -" in refused.value.hint
    assert from_mapping(found.raw).options["--home"].arity is Arity.VALUE


def test_the_help_of_a_subcommand_is_not_taken_for_that_of_its_program() -> None:
    with pytest.raises(QuizzerError, match="names none"):
        learnt(COBRA, "crate", learnt(CLICK, "crate ship").raw)


def test_a_program_without_subcommands_gets_none() -> None:
    with pytest.raises(QuizzerError, match="without subcommands"):
        learnt(COBRA, "crate pack", learnt(GNU, "crate").raw)


def test_what_comes_with_quizzer_stays_and_gets_what_is_new() -> None:
    shipped = {
        "format": 1,
        "tool": "crate",
        "style": "pflag",
        "source": "tried",
        "cmd": {"pack": {"pos": "BOX", "stop": True, "opts": ["--label=list*", "--name=name+", "--old"]}},
    }
    found = learnt(COBRA, "crate pack", None, shipped)
    verb = from_mapping(found.raw).verbs[("pack",)]

    assert found.added == 3
    assert verb.options["-n"].type == "name"
    assert verb.stops
    assert "--old" in verb.options
    assert len(verb.operands) == 1
    assert found.raw["source"] == "tried; a test"


def test_a_second_text_replaces_the_first_and_leaves_what_was_written_by_hand() -> None:
    first = learnt(COBRA, "crate pack").raw
    first["cmd"]["pack"]["stop"] = True
    second = from_mapping(learnt(COBRA.replace("--detach", "--away"), "crate box pack", first).raw)

    assert "--away" in second.verbs[("pack",)].options
    assert "--detach" not in second.verbs[("pack",)].options
    assert second.verbs[("pack",)].stops


def test_the_first_subcommand_of_an_unknown_group_leaves_the_others_open() -> None:
    shipped = {"format": 1, "tool": "crate", "style": "pflag", "cmd": {"ls": {}}}
    found = from_mapping(
        learnt(CLICK.replace("crate ship", "crate dock up"), "crate dock up", None, shipped).raw
    )

    assert "*" in found.others


def test_bold_and_colours_are_taken_off() -> None:
    bold = "\x1b[1m  -x, --e\x08extract\x1b[0m  take out\n".replace("e\x08e", "e\x08e")

    assert read_help(bold, ("crate",)).options == ("-x --extract",)


@pytest.mark.parametrize("text", ["", "no such program\n", "\0\0\0", "-", "usage: crate\n", "- one\n- two\n"])
def test_a_text_without_options_is_refused(text: str) -> None:
    with pytest.raises(QuizzerError, match="no options were found"):
        learnt(text, "crate")


WORDS = """-x --extract --no-x , = [ ] <a_b> {a,b} ... FILE / | Usage: crate pack Commands: Aliases: Options:
    (default true) : ' " \\ # -- --[no-]edit é""".split()
PIECES = st.sampled_from(
    [*WORDS, " ", "  ", "\t", "\n", "\n  ", "Usage: crate pack ", "\x7f", "\x1b[1m", "\u202e"]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300))
def test_any_text_is_read_or_refused_and_what_is_learnt_is_a_spec_that_its_file_gives_back(text: str) -> None:
    for path in ("crate", "crate pack"):
        try:
            found = learnt(f"Options:\n  --first  one\n{text}", path)
        except QuizzerError:
            continue
        assert from_mapping(tomllib.loads(written(found.raw))) == from_mapping(found.raw)
        assert written(found.raw).replace("\n", "").isprintable()


@given(st.sampled_from([COBRA, KUBECTL, GNU, ARGPARSE, CLICK, GROUP]), st.data())
def test_a_damaged_text_does_no_harm(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    damaged = text[:at] + data.draw(PIECES) + text[at + cut :]
    with suppress(QuizzerError):
        from_mapping(learnt(damaged, "crate pack").raw)
