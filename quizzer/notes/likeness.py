"""Whether two cards are so alike that one must be the other, edited. A merely similar card never is."""

import re
from difflib import SequenceMatcher
from typing import Final

from quizzer.card import Card, Flag, Term

_PROMPTS: Final = 0.7
_ANSWERS: Final = 0.6
_SPELLINGS: Final = 0.75
"""How much of two prompts, answers and words must agree (difflib's ratio)."""
_SHORT: Final = 3
"""Letters below which two words are the same or are not."""
_ARTICLES: Final = frozenset(
    "a an the der die das den dem ein eine einen le la les un une des el los las uno una il lo".split()
)


def is_close(one: Card, other: Card, answer: str, other_answer: str) -> bool:
    """Of two cards under one heading, about one command and asked the same way round."""
    match one.expected, other.expected:
        case Flag() as flag, Flag() as before:
            return not set(flag.spellings).isdisjoint(before.spellings)
        case Term() as term, Term() as before:
            return _same_words(term.name, before.name)
        case _:
            return (
                _agree(one.prompt, other.prompt, _PROMPTS)
                and _agree(answer, other_answer, _ANSWERS)
                and _same_words(one.prompt, other.prompt)
            )


def _agree(one: str, other: str, least: float) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def _same_words(one: str, other: str) -> bool:
    """Whether words were only added, or only left out, or respelled; articles do not count.

    "List images" and "List volumes" agree in most letters, and are two cards.
    """
    mine, others = _words(one), _words(other)
    added = left_out = False
    for what, start, end, from_, to in SequenceMatcher(None, others, mine, autojunk=False).get_opcodes():
        if what == "replace":
            before, now = others[start:end], mine[from_:to]
            if len(before) != len(now) or not all(map(_respelled, before, now)):
                return False
        added |= what == "insert"
        left_out |= what == "delete"
    return not (added and left_out)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if word not in _ARTICLES]


def _respelled(one: str, other: str) -> bool:
    """`Atach` and `Attach`; but not `install` and `uninstall`, `8080` and `8081`, `x` and `X`."""
    if min(len(one), len(other)) < _SHORT or any(map(str.isdigit, one + other)):
        return False
    if one[0].casefold() != other[0].casefold():
        return False
    return SequenceMatcher(None, one[1:], other[1:], autojunk=False).ratio() >= _SPELLINGS
