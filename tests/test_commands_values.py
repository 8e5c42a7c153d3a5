"""Values that a program takes for the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.commands.values import NORMALISERS, normal

SAME = [
    ("size", "512m", "0.5g"),
    ("size", "1K", "1024"),
    ("size", "1gb", "1G"),
    ("number", "1.50", "1.5"),
    ("number", "05", "5"),
    ("number", "+5", "5"),
    ("number", "-0", "0"),
    ("duration", "90s", "1m30s"),
    ("duration", "1000ms", "1s"),
    ("imageref", "nginx", "docker.io/library/nginx:latest"),
    ("imageref", "acme/site", "docker.io/acme/site:latest"),
    ("imageref", "index.docker.io/library/nginx", "nginx"),
    ("imageref", "docker.io/nginx", "nginx:latest"),
    ("ports", "8080:80/tcp", "8080:80"),
    ("mount", "type=bind,src=/a,dst=/b", "target=/b,source=/a,type=bind"),
    ("mount", "type=bind,source=/a,target=/b,ro", "type=bind,source=/a,target=/b,readonly=true"),
    ("filter", "Status=exited", "status=exited"),
    ("template", "{{ .Name }}", "{{.Name}}"),
    ("path", "./a//b", "a/b"),
    ("path", "./", "."),
    ("directory", "src/", "src"),
    ("directory", "/", "//"),
    ("folder", "src//", "src"),
    ("folder", "./", "."),
    ("folder", "//", "/"),
    ("unit", "nginx", "nginx.service"),
    ("signal", "SIGHUP", "1"),
    ("mode", "0755", "755"),
    ("mode", "+x", "a+x"),
    ("mode", "ugo+x", "a+x"),
    ("mode", "u=rwx,go=rx", "755"),
    ("mode", "a=r", "444"),
    ("mode", "gu+wr", "ug+rw"),
    ("revision", "HEAD^", "HEAD~1"),
    ("revision", "HEAD^^", "HEAD~2"),
    ("revision", "@~", "HEAD~1"),
    ("set", "b,a", "a,b"),
    ("lower", "JSON", "json"),
    ("address", "https://x.org/", "https://x.org"),
]
OTHER = [
    ("size", "512m", "512"),
    ("size", "many", "few"),
    ("number", "5", "-5"),
    ("number", "x1", "x01"),
    ("duration", "1m", "1h"),
    ("duration", "soon", "later"),
    ("imageref", "nginx:1", "nginx"),
    ("imageref", "localhost:5000/a", "a"),
    ("imageref", "a@sha256:1", "a@sha256:2"),
    ("imageref", "3f2a9c3f2a9c", "docker.io/library/3f2a9c3f2a9c:latest"),
    ("ports", "53:53/udp", "53:53"),
    ("mount", 'type=bind,"src=a"', "src=a,type=bind"),
    ("filter", "label", "LABEL"),
    ("path", "a/b", "ab"),
    ("path", "./-x", "-x"),
    ("folder", "./src", "src"),
    ("unit", "nginx.socket", "nginx"),
    ("signal", "TERM", "KILL"),
    ("mode", "u+x", "+x"),
    ("mode", "u=rw", "u+rw"),
    ("mode", "u=r,u=w", "u=w,u=r"),
    ("mode", "1755", "755"),
    ("revision", "HEAD~2", "HEAD^2"),
    ("revision", "@{u}", "HEAD{u}"),
    ("no such normaliser", "a", "b"),
]


@pytest.mark.parametrize(("name", "one", "other"), SAME)
def test_two_spellings_of_a_value_are_one(name: str, one: str, other: str) -> None:
    assert normal(name, one) == normal(name, other)


@pytest.mark.parametrize(("name", "one", "other"), OTHER)
def test_other_values_stay_apart(name: str, one: str, other: str) -> None:
    assert normal(name, one) != normal(name, other)


@given(st.sampled_from(sorted(NORMALISERS)), st.text(max_size=20) | st.from_regex(r"[a-z./:~^0-9+=,-]{0,12}"))
def test_what_is_normal_stays_as_it_is(name: str, value: str) -> None:
    once = normal(name, value)

    assert normal(name, once) == once
