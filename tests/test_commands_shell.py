"""Lines of a shell: read as the shell would take them, or refused with the place."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.commands.cleaning import spaced
from quizzer.commands.shell import Unread, programs, read, warm
from quizzer.commands.words import Expansion, Opaque, Script, Simple, Substitution, Text, Word, through_sudo


def simple(line: str) -> Simple:
    script = read(line)
    assert isinstance(script, Script)
    command = script.steps[0].pipeline.commands[0]
    assert isinstance(command, Simple)
    return command


def texts(line: str) -> list[str | None]:
    return [word.text for word in simple(line).words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("docker ps -a", ["docker", "ps", "-a"]),
        ("$ docker ps", ["docker", "ps"]),
        ("❯ docker ps", ["docker", "ps"]),
        ("mira@shop:~/src$ docker ps", ["docker", "ps"]),
        ("[mira@shop src]# docker ps", ["docker", "ps"]),
        ("docker ps; ", ["docker", "ps"]),
        ("docker ps # all's well", ["docker", "ps"]),
        ("docker \\\n  ps", ["docker", "ps"]),
        ("docker\u00a0ps", ["docker", "ps"]),
        ("docker ps\r\n", ["docker", "ps"]),
        ("echo 'a b' \"c d\" e\\ f", ["echo", "a b", "c d", "e f"]),
        ('echo "a \\"b\\" \\$c"', ["echo", 'a "b" $c']),
        ("echo $'a\\tb'", ["echo", "a\tb"]),
        ("echo a'b'\"c\"", ["echo", "abc"]),
        ("docker rmi <image ID>", ["docker", "rmi", "<image ID>"]),
        ("docker tag <owner>/<it's name>:<tag> x", ["docker", "tag", "<owner>/<it's name>:<tag>", "x"]),
        ("docker stop {{my container}}", ["docker", "stop", "{{my container}}"]),
        ("docker ps --format {{.Names}}", ["docker", "ps", "--format", "{{.Names}}"]),
        ("export A=1", ["export", "A=1"]),
    ],
)
def test_a_line_is_split_as_the_shell_splits_it(line: str, words: list[str]) -> None:
    assert texts(line) == words


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("x $A", (Expansion("$A"),)),
        ("x ${A}", (Expansion("$A"),)),
        ('x "$A"', (Expansion("$A", quoted=True),)),
        ("x ~/a", (Expansion("$HOME"), Text("/a"))),
        ("x *.py", (Expansion("*"), Text(".py"))),
        ("x '*.py'", (Text("*.py"),)),
        ("x a[bc]", (Text("a"), Expansion("[bc]"))),
        ("x {a,b}c", (Expansion("{a,b}"), Text("c"))),
        ("x $((1+1))", (Expansion("$((1+1))"),)),
        ("x $'\\x41'", (Expansion("$'\\x41'"),)),
        ("x $(pwd)", (Expansion("$PWD"),)),
    ],
)
def test_what_the_shell_replaces_is_told_from_text(line: str, parts: tuple[object, ...]) -> None:
    assert simple(line).words[1].parts == parts


def test_emptying_a_file_is_no_prompt_sign() -> None:
    assert simple("> access.log").redirects[0].target.text == "access.log"


def test_a_substitution_is_read_inside_and_backticks_are_the_same() -> None:
    first, second = (
        simple(line).words[2] for line in ("docker rm $(docker ps -q)", "docker rm `docker ps -q`")
    )

    assert first == second
    assert isinstance(first.parts[0], Substitution)


@pytest.mark.parametrize(
    ("line", "message", "offset"),
    [
        ("docker stop 'web", "never closed", 12),
        ('docker stop "web', "never closed", 12),
        ("docker run –rm x", "two hyphens", 11),
        ("docker run —rm x", "two hyphens", 11),
        ("docker run “x”", "curly quote", 11),
        ("docker ps )", "cannot read", 10),
        ("<image ID> )", "cannot read", 11),
        ("$ docker stop 'web", "never closed", 14),
        ("", "no command", None),
        ("# only a remark", "no command", None),
        ("x " + "y" * 9000, "longer than", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_line_that_cannot_be_read_says_why_and_where(line: str, message: str, offset: int | None) -> None:
    found = read(line)

    assert isinstance(found, Unread)
    assert message in found.message
    assert found.offset == offset
    assert found.broken


@pytest.mark.parametrize("line", ["docker build - <<END\nx\nEND", "$(" * 70 + "x" + ")" * 70])
def test_what_the_grammar_drops_or_nests_too_deep_is_not_judged_and_not_called_broken(line: str) -> None:
    found = read(line)

    assert isinstance(found, Unread)
    assert not found.broken


@pytest.mark.parametrize(
    "line",
    [
        "for a in b; do c; done",
        "(a; b) > f",
        "[ -f x ]",
        "a && b > f",
        "cat <<END | sort\nx\nEND",
        "a[1]=b",
        "f() { x; }",
    ],
)
def test_other_constructs_are_kept_as_text(line: str) -> None:
    script = read(line)

    assert isinstance(script, Script)
    assert any(isinstance(command, Opaque) for step in script.steps for command in step.pipeline.commands)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("docker ps", {"docker"}),
        ("sudo docker ps", {"docker"}),
        ("sudo -u mira docker ps", {"docker"}),
        ("aws ecr get-login-password | docker login", {"aws", "docker"}),
        ("docker rm $(git ls-files | wc -l)", {"docker", "git", "wc"}),
        ("docker ps -q | xargs -n1 docker rm", {"docker"}),
        ("A=$(git log) make", {"git", "make"}),
        ("ls && pwd; cd x", {"ls", "pwd", "cd"}),
        ("docker stop 'web", {"docker"}),
        ("for a in b; do docker rm $a; done", {"docker"}),
        ("", set()),
        ("/usr/bin/env x", set()),
    ],
)
def test_the_programs_of_a_line_are_found_wherever_they_stand(line: str, expected: set[str]) -> None:
    found = programs(line)

    assert expected <= found
    assert found - expected <= {"for"}


@pytest.mark.parametrize(
    ("line", "sudo", "program"),
    [
        ("sudo ls", "sudo", "ls"),
        ("sudo -n -E ls", "sudo", "ls"),
        ("sudo -u mira ls", "sudo -u mira", "ls"),
        ("sudo -umira ls", "sudo -u mira", "ls"),
        ("sudo --user=mira ls", "sudo -u mira", "ls"),
        ("sudo -i", "", "sudo"),
        ("sudo", "", "sudo"),
        ("ls", "", "ls"),
    ],
)
def test_sudo_is_seen_through_unless_it_does_more(line: str, sudo: str, program: str) -> None:
    told, words = through_sudo(simple(line).words)

    assert (told, words[0].text) == (sudo, program)


def test_spaces_inside_quotes_stay() -> None:
    assert spaced("a   b 'c   d';  # e") == "a b 'c   d'"
    assert spaced("find . -exec x {} \\;") == "find . -exec x {} \\;"
    assert spaced("a \\\n   b") == "a b"
    assert spaced("a\n\n b") == "a\nb"


def test_a_private_character_that_was_typed_means_nothing() -> None:
    assert texts("docker rm \ue0000\ue001") == ["docker", "rm", "\ufffd0\ufffd"]


LINES = st.text(
    st.sampled_from("ab \t\n'\"\\$(){}[]<>|&;#`*?~=-–“”é<image ID>\ue000\ue001\x00\x1b0123"), max_size=60
) | st.text(max_size=40)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_any_text_is_read_or_refused_and_never_a_crash(line: str) -> None:
    found = read(line)

    assert isinstance(found, Script | Unread)
    assert isinstance(programs(line), frozenset)


@pytest.mark.parametrize(
    "line", ["{\U00031860", "x {\U0010cea8l}", "ls \U000e25b5*", "echo $\u00e9 caf\u00e9"]
)
def test_characters_beyond_ascii_never_reach_the_grammar_which_cannot_bear_them(line: str) -> None:
    """tree-sitter-bash 0.25 ends the process on some of them (its issue 337)."""
    assert isinstance(read(line), Script | Unread)


def test_characters_beyond_ascii_are_kept_as_they_are() -> None:
    assert texts("git commit -m 'Füße' naïve.txt") == ["git", "commit", "-m", "Füße", "naïve.txt"]


def test_a_word_without_its_first_characters_keeps_the_rest() -> None:
    word = simple('x "-p$PORT:80"').words[1]

    assert word.after(2).parts == (Expansion("$PORT", quoted=True), Text(":80"))
    assert Word((Text("-n5"),), "-n5").after(2) == Word((Text("5"),))


def test_the_grammar_is_loaded_only_when_it_is_needed() -> None:
    code = "import sys, quizzer.commands.difference as d; print('tree_sitter' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    warm()

    assert done.stdout.strip() == "False"
