"""The line `Usage: ...` of a help text: what arguments a command takes, or that it is a group of others."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

ANY: Final = "[ARGUMENT...]"
"""Where a text leaves open what arguments there are: any number, compared in their order."""


def usage(lines: Sequence[str], paths: Sequence[Sequence[str]]) -> str:
    """The arguments of a command known by any of the paths, as `grammar.operands` reads them."""
    forms = list(_forms(lines))
    if len(forms) != 1:
        return ANY
    tokens = _tokens(forms[0])
    rest = next((left for path in paths if (left := _after(tokens, path)) is not None), None)
    if rest is None:
        return ANY
    made = [_argument(token) for token in rest if not _NO_ARGUMENT.fullmatch(token)]
    if not all(made):
        return ANY
    return " ".join(each for each in made if each)


def group_of_usage(lines: Sequence[str]) -> tuple[str, ...]:
    """argparse: `usage: crate [-h] {pack,ship} ...`."""
    for form in _forms(lines):
        tokens = _tokens(form)
        for token, following in pairwise(tokens):
            if following == "..." and (names := _CHOICES.fullmatch(token)):
                return tuple(names[1].split(","))
    return ()


def names_a_command(arguments: str) -> bool:
    """Whether the first argument is a subcommand, or another program (`nohup COMMAND [ARG]...`)."""
    return bool(re.match(r"\[?(?:sub)?(?:command|cmd)\b", arguments, re.IGNORECASE))


def _forms(lines: Sequence[str]) -> Iterator[str]:
    """Each way in which a usage is given, on one line."""
    at = next((at for at, line in enumerate(lines) if _USAGE.match(line)), None)
    if at is None:
        return
    label = _USAGE.match(lines[at])
    form = lines[at][label.end() :].strip() if label else ""
    first = form.split(" ")[0]
    for line in lines[at + 1 : at + _LONGEST]:
        if not line.strip() or not line.startswith(" ") or line.strip().startswith("--help"):
            break
        words = line.split()
        if form and (words[0] == "or:" or words[0] == first):
            yield form
            form = ""
        first = first or words[0]
        form = " ".join((form, *words[words[0] == "or:" :])).strip()
    if form:
        yield form


def _tokens(form: str) -> list[str]:
    """Words, with all that stands in one pair of brackets kept together."""
    tokens: list[str] = []
    depth = 0
    for word in form.split():
        if depth > 0 and tokens:
            tokens[-1] += f" {word}"
        else:
            tokens.append(word)
        depth += sum(map(word.count, "[(<{")) - sum(map(word.count, "])>}"))
    return tokens


def _after(tokens: Sequence[str], path: Sequence[str]) -> Sequence[str] | None:
    """What follows the words of the command; options may stand between them."""
    words = list(path)
    for at, token in enumerate(tokens):
        if not words:
            return tokens[at:]
        if token.rpartition("/")[2] == words[0]:
            words.pop(0)
        elif not _NO_ARGUMENT.fullmatch(token) and len(words) < len(path):
            return None
    return None if words else ()


def _argument(token: str) -> str:
    """One argument as `grammar` writes it; empty where it is not clear which words it stands for."""
    found = _ARGUMENT.fullmatch(token)
    if found is None:
        return ""
    name = re.sub(r"\s+", "_", (found["name"] or found["marked"]).strip())
    several = bool(found["inner"] or found["outer"] or found["again"])
    if found["again"] and re.sub(r"[\[\]<>. ]", "", found["again"]) != name.strip("<>"):
        return ""
    whole = f"{name}{'...' * several}"
    return f"[{whole}]" if found["open"] else whole


_LONGEST: Final = 40
_USAGE: Final = re.compile(r"\s*usage:\s*", re.IGNORECASE)
_CHOICES: Final = re.compile(r"\{([a-z0-9][\w:-]*(?:,[a-z0-9][\w:-]*)*)\}")
_NO_ARGUMENT: Final = re.compile(
    r"\[(?:options?|flags?|opts?|global options|global flags)(?:\.\.\.)?\](?:\.\.\.)?"
    r"|\[-.*\](?:\.\.\.)?|options|--",
    re.IGNORECASE,
)
"""What stands in a usage for the options."""
_ARGUMENT: Final = re.compile(
    r"(?P<open>\[)?(?:<(?P<marked>[A-Za-z][\w:/@ .-]{0,40})>|(?P<name>[A-Za-z][\w:/@-]{0,40}))"
    r"(?: ?(?P<inner>\.\.\.))?(?P<again> \[[^\[\]]* ?\.\.\.\])?(?(open)\])(?P<outer>\.\.\.)?"
)
