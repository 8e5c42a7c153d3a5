"""Invocations: equal when they mean the same, whatever the spelling."""

import shlex
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.commands.invocation import Invocation, key, reading, spellings
from quizzer.commands.shell import read
from quizzer.commands.spec import from_mapping
from quizzer.commands.words import Script
from tests.test_commands_specs import SPECS


def invocation(line: str) -> Invocation:
    script = read(line)
    assert isinstance(script, Script)
    found = reading(script.steps[0].pipeline.commands[0], SPECS)
    assert isinstance(found, Invocation)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("docker rmi <image ID>", "docker image rm '<image ID>'"),
        ("docker ps -aq", "docker container ls --quiet -a"),
        ("git commit -am x", "git commit --message=x --all"),
        ("tar czf a.tgz b", "tar -c -z --file a.tgz b"),
        ("systemctl --now enable a", "systemctl enable a.service --now"),
        ("docker ps -q | xargs docker rm", "docker rm $(docker ps --quiet)"),
    ],
)
def test_lines_that_mean_the_same_have_one_key(one: str, other: str) -> None:
    assert key(one, SPECS) == key(other, SPECS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("git branch -d a", "git branch -D a"),
        ("docker rmi <image ID>", "docker rmi <image name>"),
        ("docker ps", "docker ps -a"),
        ("docker ps", "sudo -u mira docker ps"),
        ("docker ps", "docker ps > f"),
        ("docker ps && git status", "docker ps || git status"),
        ("docker tag a b", "docker tag b a"),
        ("docker rm $(docker ps -q)", "docker rm $(docker ps -aq)"),
        ("docker exec web", "docker exec web sh"),
        ("A=1 docker ps", "A=2 docker ps"),
        ("! docker ps", "docker ps"),
        ("git checkout -- a", "git checkout a"),
    ],
)
def test_lines_that_mean_something_else_have_other_keys(one: str, other: str) -> None:
    assert key(one, SPECS) != key(other, SPECS)


@pytest.mark.parametrize(
    "line",
    [
        "unheard-of  --of   x",
        "docker stop  'web",
        "docker ps --wrong",
        "docker compose   up",
        "ls |  unheard-of",
    ],
)
def test_the_key_of_what_is_not_understood_is_the_text_with_single_spaces(line: str) -> None:
    assert key(line, SPECS) == " ".join(line.split())


@pytest.mark.parametrize(
    ("command", "name", "names"),
    [
        ("docker run", "-t", ("-t", "--tty")),
        ("docker container run", "--tty", ("--tty", "-t")),
        ("sudo docker run", "-t", ("-t", "--tty")),
        ("docker", "-D", ("-D", "--debug")),
        ("systemctl enable", "-q", ("-q", "--quiet")),
        ("ls", "-a", ("-a", "--all")),
        ("docker run", "--no-such", ("--no-such",)),
        ("unheard-of", "-x", ("-x",)),
        ("", "-x", ("-x",)),
    ],
)
def test_an_option_is_known_by_all_its_names_the_asked_one_first(
    command: str, name: str, names: tuple[str, ...]
) -> None:
    assert spellings(command, name, SPECS) == names


def test_what_a_program_refuses_is_kept_apart_from_what_is_lacking() -> None:
    assert invocation("docker run --wrong x").misused[0].spelled == "--wrong"
    assert [operand.name for operand in invocation("docker exec web").lacking] == ["COMMAND"]
    assert [value.typed.text for value in invocation("docker ps web").surplus] == ["web"]
    assert invocation("docker image").group == ("image",)
    assert invocation("docker image burn").strange == "burn"


def test_a_list_of_aws_runs_to_the_next_option_and_its_options_may_be_abbreviated() -> None:
    spec = from_mapping(
        {
            "format": 1,
            "tool": "aws",
            "style": "aws",
            "anywhere": True,
            "opts": ["--region=name", "--debug"],
            "cmd": {"ec2 stop": {"opts": ["--instance-ids=list*", "--force"]}},
        }
    )

    def stops(line: str) -> str:
        return key(line, {"aws": spec})

    assert stops("aws ec2 stop --instance-ids a b --force") == stops("aws ec2 stop --force --inst b a")
    assert stops("aws --region x ec2 stop") == stops("aws ec2 stop --region=x")
    assert stops("aws ec2 stop --instance-ids a b") != stops("aws ec2 stop --instance-ids a")


WORDS = st.sampled_from(["web", "a b", "it's", "$HOME", "*", "1.5", "x=y", "-5", ""])
SWITCHES = ["-d", "-i", "-t", "--rm", "--privileged", "--read-only"]
VALUED = ["--name", "--user", "--workdir"]
LISTED = ["--env", "--label", "--add-host"]
SHORT = {"--user": "-u", "--workdir": "-w", "--env": "-e", "--label": "-l"}


@st.composite
def commands(draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
    """Options of `docker run`, each with its value, and the arguments."""
    switches = draw(st.lists(st.sampled_from(SWITCHES), unique=True))
    valued = draw(st.lists(st.sampled_from(VALUED), unique=True))
    listed = draw(st.lists(st.sampled_from(LISTED), max_size=3))
    groups = [[name] for name in switches]
    groups += [[name, draw(WORDS)] for name in (*valued, *listed)]
    return groups, ["image", *draw(st.lists(WORDS, max_size=3))]


def spelled(groups: Sequence[Sequence[str]], arguments: Sequence[str], data: st.DataObject) -> str:
    """One of the ways to write it: short or long names, with or without `=`, clustered, quoted."""
    words: list[str] = []
    letters = ""
    for name, *value in groups:
        short = SHORT.get(name, name)
        if not value:
            if not name.startswith("--") and data.draw(st.booleans()):
                letters += name[1:]
            else:
                words.append(name)
        elif data.draw(st.booleans()):
            words.append(f"{name}={value[0]}")
        else:
            words += [data.draw(st.sampled_from([name, short])), value[0]]
    cluster = [f"-{letters}"] if letters else []
    return shlex.join(["docker", "run", *cluster, *words, *arguments])


@settings(max_examples=150, deadline=None)
@given(commands(), st.data())
def test_an_invocation_equals_itself_under_reordering_clustering_and_quoting(
    command: tuple[list[list[str]], list[str]], data: st.DataObject
) -> None:
    groups, arguments = command
    shuffled = data.draw(st.permutations(groups))

    one = spelled(groups, arguments, data)
    other = spelled(shuffled, arguments, data)

    assert invocation(one) == invocation(other)
    assert key(one, SPECS) == key(other, SPECS)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "docker git tar ls grep chmod su aws - -- -x -xzf --all run ps a <b> $C ; | ' \" $( )".split()
        )
    )
)
def test_a_key_is_always_had(words: list[str]) -> None:
    line = " ".join(words)

    assert isinstance(key(line, SPECS), str)
    assert spellings(line, "-x", SPECS)[0] == "-x"
