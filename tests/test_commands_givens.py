"""The values that nobody can know: found in a command, made up, put in and taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.card import Given
from quizzer.commands.givens import KINDS, emptied, filled, find
from quizzer.commands.kinds import values
from tests.test_commands_specs import SPECS


def told(command: str, known: str = "") -> list[tuple[str, str, str]]:
    return [(each.text, each.name, each.kind) for each in find(command, known, SPECS)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("docker rmi <image ID>", [("<image ID>", "image ID", "id")]),
        ("docker rmi <image name>:<tag>", [("<image name>", "image name", "name"), ("<tag>", "tag", "tag")]),
        ("docker stop {{container}}", [("{{container}}", "container", "name")]),
        ("docker stop [container]", [("[container]", "container", "name")]),
        ("docker stop CONTAINER", [("CONTAINER", "container", "name")]),
        ("docker pull IMAGE[:TAG]", [("IMAGE[:TAG]", "image", "image")]),
        ("docker login $ECR_REGISTRY", [("$ECR_REGISTRY", "ECR_REGISTRY", "registry")]),
        ('docker login "${REGISTRY_URL}"', [("${REGISTRY_URL}", "REGISTRY_URL", "registry")]),
        ("unheard-of <port> $NAME x", [("<port>", "port", "port"), ("$NAME", "NAME", "name")]),
        (
            "docker run -e KEY=VALUE x",
            [("KEY", "key", "word"), ("VALUE", "value", "word"), ("x", "image", "image")],
        ),
    ],
)
def test_every_placeholder_is_a_given(command: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(command) == expected


@pytest.mark.parametrize(
    "command",
    [
        "docker ps --format '{{.Names}}'",
        "docker ps --format '{{json .}}'",
        "unheard-of $HOME $PATH $PWD",
        "A=1 && unheard-of $A",
        "OUT=f; unheard-of $OUT",
        "unheard-of '$NOT_ONE'",
        "awk '{print $NF}'",
        "unheard-of 'FILE' \"IMAGE\"",
        "export PATH=/x",
        "sort < in > out",
        "unheard-of x y",
    ],
)
def test_what_only_looks_like_a_placeholder_is_none(command: str) -> None:
    assert told(command) == []


@pytest.mark.parametrize(
    ("command", "known", "expected"),
    [
        ("su - mira", "Log back in", [("mira", "user", "user")]),
        ("sudo usermod -aG docker mira", "Add user mira to the docker group", []),
        ("docker build -t acme/site:1 .", "Build and tag", [("acme/site:1", "image", "image")]),
        ("docker run --rm -it acme/site:1 /bin/sh", "Launch", [("acme/site:1", "image", "image")]),
        ("docker login --username AWS", "AWS registry › log in", []),
        ("head -n 5 access.log", "Show the first five lines", [("access.log", "file", "file")]),
        (
            "head -n 5 access.log",
            "Show the first lines",
            [("5", "lines", "number"), ("access.log", "file", "file")],
        ),
        ("docker ps -f status=exited --format json", "", []),
        ("docker run -p 8080:80 nginx", "nginx on port 8080, in it 80", []),
        ("docker run -p 8080:80 nginx", "run nginx", [("8080:80", "ports", "ports")]),
        ("git commit -m 'first draft'", "Commit", [("first draft", "message", "text")]),
        ("git reset --hard HEAD~1", "Undo the last commit", []),
        ("git push origin main", "Push", []),
        ("git push origin topic", "Push", [("topic", "branch", "branch")]),
        ("chmod 755 run.sh", "", [("run.sh", "file", "file")]),
        ("systemctl start nginx", "Start a service", [("nginx", "unit", "name")]),
        ("cp notes.txt copy.txt", "Copy", [("notes.txt", "source", "file"), ("copy.txt", "dest", "path")]),
        ("docker exec web ls; docker stop web", "", [("web", "container", "name")]),
        ("unheard-of mira", "", []),
        ("docker stop 'web", "", []),
        ("docker build .", "", []),
        ("docker", "", []),
    ],
)
def test_a_literal_value_that_the_prompt_does_not_say_is_a_given(
    command: str, known: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(command, known) == expected


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("<container IDs>", True),
        ("<files>", True),
        ("<file...>", True),
        ("<container ID>", False),
        ("<seconds>", False),
        ("<ip address>", False),
        ("<status>", False),
    ],
)
def test_a_plural_may_be_several_words(text: str, several: bool) -> None:
    assert [each.several for each in find(f"docker rm {text}", "", SPECS)] == [several]


def test_two_givens_of_one_name_are_told_apart() -> None:
    names = [each.name for each in find("cp <file> {{file}}", "", SPECS)]

    assert names == ["file", "file 2"]


def test_values_are_fresh_for_each_seed_and_the_same_for_the_same() -> None:
    givens = find("docker tag <image> <user>/<repo>:<tag>", "", SPECS)

    once, again, other = (values(givens, seed) for seed in ("a", "a", "b"))

    assert once == again != other
    assert len(set(once)) == len(once) == 4


def test_where_several_may_stand_two_different_words_are_given() -> None:
    (value,) = values(find("docker rm <container IDs>", "", SPECS), "seed")

    assert len(set(value.split())) == 2


def test_a_file_keeps_the_suffix_that_the_note_has() -> None:
    (value,) = values([Given("site.tar.gz", "file", "file")], "seed")

    assert value.endswith(".tar.gz")
    assert value != "site.tar.gz"


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(number=st.integers(0, 2**64 - 1))
def test_a_made_up_value_fits_its_kind_and_is_no_option(kind: str, number: int) -> None:
    value = KINDS[kind].fresh(number)

    assert KINDS[kind].fits(value)
    assert not KINDS[kind].fits("")
    assert not KINDS[kind].fits("-x")


@pytest.mark.parametrize(
    ("command", "shown", "expected"),
    [
        ("docker rmi <image name>:<tag>", ("web", "2.1"), "docker rmi web:2.1"),
        ("docker rm <container IDs>", ("a b",), "docker rm a b"),
        ("git commit -m <message>", ("first draft",), "git commit -m 'first draft'"),
        ('git commit -m "<message>"', ("first draft",), 'git commit -m "first draft"'),
        ("docker login \\\n  $REGISTRY", ("r.example.org",), "docker login \\\n  r.example.org"),
        ("cp <file> <file>.bak", ("notes",), "cp notes notes.bak"),
    ],
)
def test_values_go_into_the_command_and_out_again(
    command: str, shown: tuple[str, ...], expected: str
) -> None:
    givens = find(command, command, SPECS)

    full = filled(command, givens, shown)

    assert full == expected
    assert emptied(full, givens, shown).replace("'", "") == command


def test_a_given_is_never_put_in_the_place_of_the_program() -> None:
    givens = [Given("docker", "user", "user")]

    assert filled("docker ps; sudo docker x docker", givens, ["mira"]) == "docker ps; sudo docker x mira"


def test_an_accepted_form_is_kept_with_the_notes_own_texts() -> None:
    givens = find("docker rmi <image name>:<tag>", "", SPECS)

    assert emptied("docker image rm web:2.1", givens, ("web", "2.1")) == "docker image rm <image name>:<tag>"
