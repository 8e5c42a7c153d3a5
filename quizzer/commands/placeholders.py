"""Placeholders in a note's command: where they stand, what they are called, which kind of value they are."""

import re
from collections.abc import Iterator
from typing import Final

from quizzer.card import Given
from quizzer.commands.cleaning import PLACEHOLDERS


def placeholders(command: str) -> tuple[Given, ...]:
    """`<image ID>`, `{{name}}`, `[file]`, `$VAR` that the line does not set, `IMAGE`; each once, in order."""
    found: dict[str, Given] = {}
    for match in _ANY.finditer(command):
        text = match[0]
        if text in found or _not_one(match, command):
            continue
        found[text] = Given(text, _name(text), kind_of(_name(text)), _several(text))
    return tuple(found.values())


def kind_of(name: str) -> str:
    """The kind of value that a name speaks of: `container ID` is an `id`."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    for pattern, kind in _BY_PHRASE:
        if re.search(pattern, " ".join(words)):
            return kind
    return "word"


def _not_one(match: re.Match[str], command: str) -> bool:
    """Whether it only looks like a placeholder where it stands."""
    text, before, after = match[0], command[: match.start()], command[match.end() :]
    if text.startswith("$"):
        name = text.strip("${}")
        assigned = re.search(rf"(?:^|[\s;]){name}=|\b(?:read|for)\s+{name}\b", before)
        return bool(assigned) or name in _EVERYWHERE or _in_single_quotes(before)
    if text.startswith("["):
        return _quoted(before)
    if text[0].isupper():  # `PATH=...` sets a variable, `-e KEY=VALUE` does not
        sets = after.startswith("=") and text not in ("KEY", "NAME")
        return sets or _quoted(before)
    return False


def _in_single_quotes(before: str) -> bool:
    return re.sub(r'"[^"]*"?', "", before).count("'") % 2 == 1


def _quoted(before: str) -> bool:
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1


def _name(text: str) -> str:
    """What the learner is told: `image ID`, `ECR_REGISTRY`, `image` for `IMAGE`."""
    inner = text.strip("<>{}$").strip()
    if text.startswith("["):
        inner = text[1:-1]
    if text[0].isupper():
        inner = re.sub(r"\[.*", "", text).lower().replace("_", " ")
    return inner.removesuffix("...").strip(" .") or text


def _several(text: str) -> bool:
    """`<container IDs>`, `<file...>`; not `<seconds>`, which count, nor `<address>`."""
    name = _name(text)
    last = re.split(r"[ _-]", name)[-1]
    plural = re.fullmatch(r"IDs|ids|[A-Za-z]{3,}[^su]s", last) is not None and last.lower() not in _COUNTED
    return "..." in text or plural


def _phrases() -> Iterator[tuple[str, str]]:
    for line in _PHRASES.strip().splitlines():
        kind, _, words = line.strip().partition(" ")
        yield rf"\b(?:{words.strip()})$", kind


_CAPITALS: Final = """
    IMAGE_ID IMAGE CONTAINER_ID CONTAINER NAME FILENAME FILE PATH DIRECTORY DIR FOLDER USERNAME USER
    GROUPNAME GROUP HOSTNAME HOST PORT TAG REPOSITORY REPO VOLUME NETWORK SERVICE UNIT URL BRANCH COMMIT
    PID PROFILE REGION REGISTRY NAMESPACE POD DEPLOYMENT SOURCE SRC TARGET DESTINATION DEST MESSAGE
    PATTERN KEY VALUE NUMBER NUM ARCHIVE ID
""".split()
_EVERYWHERE: Final = frozenset(
    "HOME PWD OLDPWD USER LOGNAME PATH SHELL HOSTNAME UID EUID RANDOM LANG EDITOR TERM IFS SECONDS".split()
)
"""Variables that every shell has: knowing them is part of the answer."""
_ANY: Final = re.compile(
    rf"{PLACEHOLDERS}"
    r"|(?<!\S)\[[A-Za-z][\w -]*\w(?:\.\.\.)?\](?!\S)"
    r"|\$(?:[A-Z][A-Z0-9_]*\b|\{[A-Z][A-Z0-9_]*\})"
    rf"|(?<![\w$<{{./-])(?:{'|'.join(_CAPITALS)})(?:\[:[A-Z]+\])?(?![\w-])"
)
_COUNTED: Final = frozenset(
    "seconds minutes hours days lines bytes times columns chars characters args".split()
)
_PHRASES: Final = """
number  n|num|number|count|lines?|seconds?|minutes?|hours?|days?|size|depth|limit|replicas|times|pid|columns?
image   image(?: tag| ref| reference)?s?|tagged image
id      ids?|sha|hash|commit|digest|uuid
ports   ports mapping|port mapping
port    ports?
address ip|ips|address|cidr|subnet|ip address
tag     tags?|version
user    users?|username|user name|login|owner
profile profile|awsprofile
registry registry|server|registry url
url     url|uri|link|remote url|repo url
host    host|hosts|hostname|domain|host name
branch  branch|branches|branch name|base|upstream|ref
file    files?|filename|file name|archive|archives|tarball|dockerfile|script|key file
directory directory|dir|dirs|directories|folder|folders|context|dest dir
path    paths?|path to file|source|src|dest|destination|target|mountpoint|location
text    message|msg|commit message|text|comment|description
setting key value|variable|env|var
name    names?|containers?|services?|unit|pods?|networks?|volumes?|groups?|namespace|deployment
name    repo|repository|cluster|node|job|secret|process|packages?|session|window
"""
"""How a name ends, by the kind of value that it speaks of; the first that fits counts."""
_BY_PHRASE: Final = tuple(_phrases())
