"""The kinds of values that nobody can know: which ones fit, and a fresh realistic one.

A generator is told a number (from a seeded hash) and gives a value; other numbers mostly give others.
`fits` is generous: it is there to tell a value from an option or from nothing, not to check it.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from quizzer.card import Given


@dataclass(frozen=True, slots=True)
class Kind:
    fresh: Callable[[int], str]
    fits: Callable[[str], bool]


def drawn(*seed: str) -> int:
    """A number out of texts, the same on every machine."""
    return int.from_bytes(hashlib.sha256("\x1f".join(seed).encode()).digest()[:8], "big")


def _one_of(*values: str) -> Callable[[int], str]:
    return lambda number: values[number % len(values)]


def _joined(*lists: tuple[str, ...], by: str) -> Callable[[int], str]:
    """One out of each list; the number is used up on the way, so that the choices are independent."""

    def fresh(number: int) -> str:
        pieces: list[str] = []
        for each in lists:
            number, at = divmod(number, len(each))
            pieces.append(each[at])
        return by.join(pieces)

    return fresh


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(rf"(?!-)(?:{pattern})")
    return lambda value: compiled.fullmatch(value) is not None


_NAMES: Final = (
    "web",
    "api",
    "db",
    "cache",
    "worker",
    "proxy",
    "mail",
    "search",
    "queue",
    "shop",
    "blog",
    "auth",
)
_OWNERS: Final = ("acme", "nordlys", "kestrel", "lumen", "orchid", "basalt", "quill", "harbor")
_HOSTS: Final = ("ghcr.io", "registry.example.org", "quay.io", "docker.example.com")
_TAGS: Final = ("1.4", "2.1", "3", "stable", "2024.2", "0.9", "v5", "edge")
_USERS: Final = ("mira", "tomas", "ines", "jonas", "leila", "oskar", "petra", "sven", "anouk", "pavel")
_FILES: Final = (
    "notes",
    "report",
    "access",
    "data",
    "backup",
    "config",
    "photos",
    "draft",
    "sales",
    "letters",
)
_SUFFIXES: Final = ("txt", "log", "csv", "md")
_FOLDERS: Final = ("projects", "srv", "archive", "work", "shared", "music", "docs", "build")
_WORDS: Final = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "iris", "juniper")
_TEXTS: Final = ("fix the build", "add a readme", "tidy up", "first draft", "new logo", "faster start")
_WORD: Final = r"[^\s'\"`|;&<>()]+"


def _ports(number: int) -> str:
    return f"{8000 + number % 1000}:{(80, 443, 5432, 6379, 3000, 8080)[number // 1000 % 6]}"


def _address(number: int) -> str:
    return f"10.{number % 200}.{number // 200 % 200}.{number // 40000 % 250 + 1}"


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "id": Kind(lambda number: f"{number % 0xF00000 + 0x100000:06x}", _matching(r"[A-Za-z0-9][\w.:-]*")),
        "image": Kind(
            lambda number: (
                f"{_joined(_HOSTS, _OWNERS, _NAMES, by='/')(number)}:{_TAGS[number // 999 % len(_TAGS)]}"
            ),
            _matching(r"[a-z0-9][a-z0-9._/:@-]*[A-Za-z0-9][\w.-]*|[a-z0-9]+"),
        ),
        "name": Kind(
            _joined(_NAMES, ("1", "2", "eu", "test", "old", "blue"), by="-"),
            _matching(r"[A-Za-z0-9][\w.@-]*"),
        ),
        "user": Kind(_one_of(*_USERS), _matching(r"[A-Za-z_][\w.-]*")),
        "tag": Kind(_one_of(*_TAGS), _matching(r"[A-Za-z0-9_][\w.-]*")),
        "path": Kind(lambda number: f"/{_joined(_FOLDERS, _FILES, by='/')(number)}", _matching(_WORD)),
        "file": Kind(_joined(_FILES, _SUFFIXES, by="."), _matching(_WORD)),
        "directory": Kind(_one_of(*_FOLDERS), _matching(_WORD)),
        "number": Kind(lambda number: str(2 + number % 97), _matching(r"[+-]?\d+(?:\.\d+)?")),
        "port": Kind(lambda number: str(1024 + number % 48000), _matching(r"\d{1,5}")),
        "ports": Kind(_ports, _matching(r"(?:[\w.\[\]]+:)*\d[\d-]*(?:/\w+)?")),
        "profile": Kind(_joined(_OWNERS, ("dev", "prod", "test"), by="-"), _matching(_WORD)),
        "registry": Kind(
            lambda number: f"{100000000000 + number % 899999999999}.dkr.ecr.eu-west-1.amazonaws.com",
            _matching(r"[\w.-]+(?::\d+)?(?:/[\w./-]+)?"),
        ),
        "host": Kind(
            lambda number: f"{_NAMES[number % len(_NAMES)]}.example.org", _matching(r"[\w.:\[\]-]+")
        ),
        "address": Kind(_address, _matching(r"[\w.:/\[\]-]+")),
        "url": Kind(
            lambda number: f"https://git.example.org/{_joined(_OWNERS, _NAMES, by='/')(number)}.git",
            _matching(r"[\w.+-]+(?:://|@|/|:|\.)\S*"),
        ),
        "setting": Kind(
            lambda number: f"{_joined(('MODE', 'LEVEL', 'STAGE', 'REGION'), _WORDS, by='=')(number)}",
            _matching(r"[A-Za-z_][\w.-]*(?:=.*)?"),
        ),
        "volume": Kind(
            lambda number: f"{_NAMES[number % len(_NAMES)]}-data:/srv", _matching(r"[^\s-][^\s]*:/[^\s]*")
        ),
        "text": Kind(_one_of(*_TEXTS), _matching(r".+")),
        "branch": Kind(
            _joined(("feature", "fix", "topic"), _WORDS, by="/"), _matching(r"[\w@][\w./@^~{}-]*")
        ),
        "word": Kind(_one_of(*_WORDS), _matching(_WORD)),
    }
)

_SUFFIX: Final = re.compile(r"(?:\.tar)?\.[A-Za-z][A-Za-z0-9]{0,4}$")


def values(givens: Sequence[Given], seed: str) -> tuple[str, ...]:
    """A fresh fitting value for each, the same for one seed, no two alike; two where several may stand."""
    used: set[str] = set()
    return tuple(
        " ".join(
            _fresh(given, f"{seed}\x1f{at}\x1f{copy}", used) for copy in range(2 if given.several else 1)
        )
        for at, given in enumerate(givens)
    )


def _fresh(given: Given, seed: str, used: set[str]) -> str:
    """A value that no given of the card has yet, with the suffix that the note's own file has."""
    kind = KINDS.get(given.kind, KINDS["word"])
    value = ""
    for attempt in range(64):
        value = kind.fresh(drawn(seed, given.kind, str(attempt)))
        suffix = _SUFFIX.search(given.text)
        if suffix and given.kind in ("file", "path"):
            value = f"{_SUFFIX.sub('', value)}{suffix[0]}"
        if value not in used and value != given.text:
            break
    used.add(value)
    return value
