"""What a description is worth: a task, a remark, or words that mean nothing without their neighbour."""

import re
from typing import Final

from quizzer.notes.spans import prose

_WEAK: Final = re.compile(
    r"^(or|e\.?g\.?|for example|example|examples|then|and|and then|alternatively|usage|output|result|run|run it|start it|like so|like this"
    r"|this|note|also|same|command|commands|syntax|likewise|too|as above|either)\W*$"
    r"|^(or|not|but|and|then|also|alternatively|otherwise|likewise)\b.{0,40}$"
    r"|^in (an? |the )?[\w-]+ (format|form|mode|order)\W*$",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    r"^(necessary|needed|note\b|nb\b|only\b|requires?\b|required|must\b|should\b|useful|works?\b|beware|careful|warning|caution|tip\b"
    r"|important|optional|not needed|if\b|this\b|these\b|it\b|you\b|there\b)",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"^\W*(?i:to ?do|tbd|tbc|fixme|xxx)\W*$|^\W*(TODO|TBD|FIXME)\b")
_ALTERNATIVE: Final = re.compile(
    r"^\W*(or|alternatively|oder|ou|o bien|same as|equivalent(ly)?)\W*$", re.IGNORECASE
)
_EXAMPLE: Final = re.compile(r"\b(e\.g\.?|for example|for instance|such as|example)\W*$", re.IGNORECASE)
_LEAD_IN: Final = re.compile(r"[\s,]*\b(use|using|run|by running|type|with|do)\s*:?\s*$", re.IGNORECASE)

LABELS: Final = frozenset(
    """
    note notes tip tips warning caution important documentation docs reference references source sources
    see also link links purpose description usage command commands significance explanation use case
    cases why output example examples fix result syntax todo
    """.split()
)
"""Bold labels that say what a paragraph is, and name no thing."""


def is_unfinished(text: str) -> bool:
    """TODO and its kin, or nothing at all."""
    bare = prose(text).strip()
    return not re.search(r"\w|\?\?", bare) or bool(_UNFINISHED.match(bare))


def is_alternative(text: str) -> bool:
    """`OR:`, which joins two answers and describes neither."""
    return bool(_ALTERNATIVE.match(prose(text)))


def is_weak(prompt: str) -> bool:
    """Whether it means nothing without the prompt before it."""
    return bool(_WEAK.match(prompt.strip())) or len(prompt.split()) < 2


def is_remark(prompt: str) -> bool:
    """Whether it says something about a task that only the heading names."""
    return bool(_REMARK.match(prompt))


def ends_in_example(text: str) -> bool:
    return bool(_EXAMPLE.search(prose(text)))


def task(text: str) -> str:
    """The task that a description sets: its last sentence where it leads up to the command, marks stripped."""
    bare = prose(text)
    leads = bare.endswith(":")
    bare = bare.rstrip(": ")
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z`\"'(])", bare)
    if len(sentences) > 1 and leads:
        bare = sentences[-1]
    elif len(sentences) > 1 and len(bare) > 200:
        bare = sentences[0]
    cut = _LEAD_IN.sub("", bare) if leads else bare
    return cut if len(cut.split()) > 1 else bare
