"""What a program's own help text says of its grammar: options, arguments, subcommands. Facts, no prose.

Read are the shapes of GNU, cobra (pflag), argparse, click, clap and git. What a text does not say clearly is
left out and named: an option that is not there is not judged, one that is wrong would be judged wrongly.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quizzer.commands.grammar import OptionSpec, Style, option
from quizzer.commands.helpoptions import Row, read_option, spellings
from quizzer.commands.helpusage import ANY, group_of_usage, usage

LARGEST: Final = 1_000_000
"""Characters. curl's whole manual is a third of that."""


@dataclass(frozen=True, slots=True)
class Help:
    """What was found in one text."""

    options: tuple[str, ...] = ()
    """As `grammar.option` reads them."""
    arguments: str = ANY
    aliases: tuple[tuple[str, ...], ...] = ()
    """Other paths of the subcommand."""
    subcommands: tuple[str, ...] = ()
    style: Style = Style.GNU
    abbreviates: bool | None = None
    """Whether long names may be shortened; None where nothing tells."""
    unclear: tuple[str, ...] = ()
    """Options whose way of being written leaves open what they take."""

    @property
    def is_empty(self) -> bool:
        return not (self.options or self.subcommands)


def read_help(text: str, path: Sequence[str]) -> Help:
    """The help of `path`, which is the program and its subcommand."""
    lines = _lines(text)
    aliases = tuple(_aliases(lines, path))
    style, abbreviates = _style(lines, path[0])
    options, unclear = _options(lines, style)
    paths = (tuple(path), *((path[0], *alias) for alias in aliases))
    found = tuple(dict.fromkeys((*_subcommands(lines), *group_of_usage(lines))))
    return Help(
        options[:_MOST_OPTIONS],
        usage(lines, paths),
        aliases,
        found,
        style,
        abbreviates,
        unclear,
    )


def _options(lines: Sequence[str], style: Style) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that are clear, and the names of those that are not."""
    clear: dict[str, OptionSpec] = {}
    unclear: dict[str, None] = {}
    texts: dict[OptionSpec, str] = {}
    for row in _rows(lines):
        names, written = read_option(row, style)
        read = {made: text for text in written if (made := option(text))}
        known = [clear[name] for name in names if name in clear]
        arities = {each.arity for each in (*known, *read)}
        if not known and read and not unclear.keys() & set(names):
            texts |= read
            clear |= {name: each for each in read for name in each.names}
        elif read and len(arities) > 1:  # `--time`, and further down `--time=WORD`
            unclear |= dict.fromkeys((*(name for each in known for name in each.names), *names))
            clear = {name: each for name, each in clear.items() if each not in known}
        else:  # `-p, --style=slash` below `--style=WORD` is short for one value of it
            unclear |= dict.fromkeys(name for name in names if name not in clear)
    kept = dict.fromkeys(clear.values())
    return tuple(texts[each] for each in kept), tuple(unclear)


def _lines(text: str) -> list[str]:
    """Without what a terminal would make bold or coloured, and without any other control."""
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|.\x08", "", text[:LARGEST])
    lines = (line[:_WIDEST].expandtabs(8) for line in plain.splitlines()[:_LONGEST])
    return ["".join(each if each.isprintable() else " " for each in line).rstrip() for line in lines]


def _style(lines: Sequence[str], tool: str) -> tuple[Style, bool | None]:
    """The conventions that a text shows, and whether they allow long names to be shortened."""
    if tool == "git":
        return Style.GIT, True
    text = "\n".join(lines)
    for mark, style, abbreviates in _MARKS:
        if mark.search(text):
            return style, abbreviates
    return Style.GNU, None


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    """The lines that describe an option, each with all that is said of it."""
    starts = [at for at, line in enumerate(lines) if _OPTION_LINE.match(line)]
    ends = [*starts, len(lines)][1:]
    column = _column(lines[at] for at in starts)
    skipped = _examples(lines)
    for at, following in zip(starts, ends, strict=bool(starts)):
        indent = len(lines[at]) - len(lines[at].lstrip())
        if at in skipped or (column and indent >= column):
            continue
        head, gap, about = _parted(lines[at].strip())
        if not gap and " " in head and column > indent and lines[at][column - 1 : column] == " ":
            rest = lines[at][column:]  # a long name, and its description after a single space
            if spellings(lines[at][:column].strip()) and len(rest.split()) > 1:
                head, about = lines[at][:column].strip(), rest
        more = _below(lines[at + 1 : following], indent)
        yield Row(head, f"{about} {more}", column)


def _parted(line: str) -> tuple[str, str, str]:
    found = _GAP.search(line)
    return (line[: found.start()], found[0], line[found.end() :]) if found else (line, "", "")


def _below(lines: Sequence[str], indent: int) -> str:
    """What stands further in below an option."""
    said: list[str] = []
    for line in lines[:40]:
        if line and len(line) - len(line.lstrip()) <= indent:
            break
        said.append(line.strip())
    return " ".join(said)


def _column(lines: Iterator[str]) -> int:
    """Where most descriptions begin; 0 where they stand on lines of their own."""
    counts: Counter[int] = Counter()
    for line in lines:
        if found := _GAP.search(line, len(line) - len(line.lstrip())):
            counts[found.end()] += 1
    return counts.most_common(1)[0][0] if counts else 0


def _examples(lines: Sequence[str]) -> set[int]:
    """Lines below a heading that is about something else than options."""
    skipped: set[int] = set()
    inside = False
    for at, line in enumerate(lines):
        if line and not line.startswith("  "):  # tar indents its headings by one
            inside = bool(_ELSEWHERE.match(line.strip()))
        if inside:
            skipped.add(at)
    return skipped


def _subcommands(lines: Sequence[str]) -> Iterator[str]:
    """Names in the lists below `Commands:` and its like."""
    inside, indent = False, 0
    for line in lines:
        found = _COMMAND_ROW.match(line)
        if line and not line.startswith(" "):
            inside, indent = bool(_COMMANDS.match(line)), 0
        elif inside and found:
            indent = indent or len(found["indent"])
            if len(found["indent"]) == indent:
                yield found["name"]


def _aliases(lines: Sequence[str], path: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Below `Aliases:` stand whole command lines (docker), or other words for the last one (cobra)."""
    starts = [at for at, line in enumerate(lines) if line == "Aliases:"]
    if not starts or len(path) < _PAIR:
        return
    for line in lines[starts[0] + 1 : starts[0] + 8]:
        if not line.startswith(" "):
            break
        for words in (each.split() for each in line.split(",")):
            whole = words[1:] if words[:1] == [path[0]] else [*path[1:-1], *words]
            if 0 < len(whole) <= _MOST and list(path[1:]) != whole and all(map(NAME.fullmatch, whole)):
                yield tuple(whole)


NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,60}")
"""A subcommand."""
_PAIR: Final = 2
_MOST: Final = 8
_MOST_OPTIONS: Final = 3_000
_WIDEST: Final = 1_000
_LONGEST: Final = 20_000
_OPTION_LINE: Final = re.compile(r" {0,8}--?[A-Za-z0-9?#@%\[]")
_GAP: Final = re.compile(r"(?<![,\s])\s{2,}(?=\S)")
_ELSEWHERE: Final = re.compile(r"(?:.*\b)?(?:examples?|environment|exit (?:status|codes?))\b", re.IGNORECASE)
_COMMANDS: Final = re.compile(r"[^.]{0,60}\b(?:sub)?commands?\b[^.]{0,40}:$", re.IGNORECASE)
_COMMAND_ROW: Final = re.compile(
    r"(?P<indent> {1,8})(?P<name>[a-z0-9][\w:-]{0,60})(?:, [\w-]+)*\*?(?: [\[<A-Z][^ ]*)*(?: {2,}\S|$)",
    re.ASCII,
)
_MARKS: Final = tuple(
    (re.compile(mark, re.MULTILINE), style, abbreviates)
    for mark, style, abbreviates in (
        (r"show this help message and exit", Style.GNU, True),  # argparse
        (r"Show this message and exit\.", Style.GNU, False),  # click
        (r"^\s+-h, --help\n? +Print help", Style.GNU, False),  # clap
        (r"\[flags\]|^(?:Aliases|(?:Global )?Flags|Available Commands):$", Style.PFLAG, False),
        (r"^(?:Run|Use) ['\"].+--help['\"] for more information", Style.PFLAG, False),
        (r"^Usage: .*\[OPTIONS?\]?\.\.\.|^Mandatory arguments to long options", Style.GNU, True),
        (r"(?:display|give|print|show) this help(?: text| list)?(?:,? and exit)?", Style.GNU, True),
    )
)
