"""One option as a help text writes it: `-x, --extract FILE`, `--color[=WHEN]`, `--shout / --no-shout`."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quizzer.commands.grammar import Style


@dataclass(frozen=True, slots=True)
class Row:
    head: str
    about: str
    column: int
    """Where descriptions begin in this text."""


def read_option(row: Row, style: Style) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in a row, and the options they are; none where what they take is unclear."""
    head, default = row.head, None
    if kubectl := _WITH_DEFAULT.fullmatch(head):  # `-f, --filename=[]:`
        head, default = kubectl["names"], kubectl["default"]
    found = spellings(head)
    names = [each["name"] for each in found]
    if not names:
        return (_plain(head),), ()
    shown = tuple(name.replace("[no-]", "") for name in names)
    kinds = {_takes(each["value"] or "") for each in found} - {""}
    if default is not None:
        maybe = "?" if _MAYBE_ALONE.fullmatch(default) else "=VALUE"
        kinds = set() if default in ("true", "false") else {maybe}
    many = any(each["many"] for each in found)
    bare = {each["name"] for each in found if not each["value"]}
    both = any(each["name"] in bare for each in found if each["value"])  # sort: `--check, --check=how`
    if len({kind.startswith("=[") for kind in kinds}) > 1 or "?" in kinds or both or (kinds and many):
        return shown, ()
    takes = max(sorted(kinds), key=len, default="")
    marks = _marks(takes, default, f"{row.about} {'[count]' * many}", style)
    return shown, tuple(f"{each}{marks}" for each in _grouped(found, takes, style))


def spellings(head: str) -> list[re.Match[str]]:
    """The names of an option with what follows each; none where something else is there too."""
    found = list(itertools.islice(_SPELLING.finditer(head), _MOST + 1))
    return found if len(found) <= _MOST and "".join(each[0] for each in found) == head else []


def _plain(head: str) -> str:
    """What an option that cannot be read begins with."""
    return re.split(r"[ =,\[]", head, maxsplit=1)[0][:_LONGEST_KIND]


def _grouped(found: Sequence[re.Match[str]], takes: str, style: Style) -> list[str]:
    """The options of a row: `--on / --off` is two, `--x, --no-x` too, except where git makes it one."""
    if style is Style.GIT:
        return [" ".join(dict.fromkeys(each["name"] for each in found))]
    groups: list[list[str]] = [[]]
    for each in found:
        plain = each["name"].replace("[no-]", "")
        if plain.startswith("--no-") and f"--{plain[5:]}" in groups[-1]:
            groups.append([])  # argparse: `--x, --no-x`
        groups[-1].append(plain)
        if "[no-]" in each["name"] and not takes:
            groups.insert(0, [f"--no-{plain[2:]}"])
        if each[0].rstrip().endswith("/"):
            groups.append([])
    return [" ".join(dict.fromkeys(names)) for names in groups if names]


def _takes(written: str) -> str:
    """What stands behind a name, as `grammar` writes it; `?` for several values or a value that may lack."""
    if not written:
        return ""
    if written == "=":
        return "=VALUE"
    if written[0] in "[=<" and not written.startswith("=["):
        kind = _kind(written)
        return f"=[{kind}]" if written.startswith("[") else f"={kind}"
    if written.startswith("=[") and not written.endswith("]"):  # `--host=[USER@]HOST`
        return f"={_kind(written)}"
    value = written.strip()
    if value.endswith("]") and "[=" in value:  # pflag: `--watch string[="all"]`
        return f"=[{_kind(value.partition('[')[0])}]"
    if written.startswith("=[") or value.endswith("...") or (value.startswith("[") and value.endswith("]")):
        return "?"
    return f"={_kind(value)}"


def _kind(written: str) -> str:
    """A name for what a value is; one that is spelled out (`{a,b}`) has none."""
    word = re.sub(r"[^A-Za-z0-9]+", "-", written).strip("-")
    return word if 0 < len(word) <= _LONGEST_KIND and not set("{|,") & set(written) else "VALUE"


def _marks(takes: str, default: str | None, about: str, style: Style) -> str:
    """Type, on, repeatable. Where nothing is said of repeating, each value counts, in the order given."""
    on = default == "true" or (style is Style.PFLAG and not takes and "(default true)" in about)
    if _REPEATED.search(about) or (
        style is Style.PFLAG and (takes[1:] in _LISTS or default == "[]" or "(default [])" in about)
    ):
        return f"{'!' * on}{takes}*"
    told = default is not None or (style is Style.PFLAG and takes[1:] in _SCALARS)
    return f"{'!' * on}{takes}{'+' if takes and not takes.startswith('=[') and not told else ''}"


_MOST: Final = 8
_LONGEST_KIND: Final = 30
_WORD: Final = r"--(?:\[no-\])?[A-Za-z0-9](?:[\w.-]*\w)?|-[A-Za-z0-9?#@%]"
_PLACE: Final = r"<[^<>]*>(?:\.\.\.)?|\{[^{}]*\}|\[[^\[\]\s]*\]|[A-Za-z0-9(\[@'\"][^\s,<>]*"
_SPELLING: Final = re.compile(
    rf"(?P<name>{_WORD})"
    rf"(?P<value>\[[^\[\]\s]+(?:\[[^\[\]\s]*\])?\]|<[^<>]*>"
    rf"|=(?:<[^<>]*>|\{{[^{{}}]*\}}|[^\s,]*)| (?:{_PLACE}))?"
    r"(?P<many>\.\.\.)?"
    r"(?:,\s*|\s*/\s*|\s*\|\s*| (?=-)|$)",
    re.ASCII,
)
_WITH_DEFAULT: Final = re.compile(r"(?P<names>(?:-\w, )?--[\w.-]+)=(?P<default>[^\s]*):")
_MAYBE_ALONE: Final = re.compile(r"'.+'")
"""kubectl's `--dry-run='none':` may stand without a value; its `--name='me':` may not; both look the same."""
_REPEATED: Final = re.compile(
    r"(?:multiple|several|many) times|more than once|repeatable|\bmay be repeated|can be repeated"
    r"|used up to \d+ times|specified up to \d+ times|\[count\]|additive",
    re.IGNORECASE,
)
_LISTS: Final = frozenset("list strings stringArray stringSlice stringToString ints uints map filter".split())
_SCALARS: Final = frozenset(
    "string int int32 int64 uint uint16 uint32 uint64 float float32 float64 duration".split()
)
