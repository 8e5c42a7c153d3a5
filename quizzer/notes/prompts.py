"""What a description is worth: a task, a remark, or words that mean nothing without their neighbour."""

import re
from itertools import pairwise
from typing import Final

from quizzer.notes.spans import COLONS, code_spans, prose

_WEAK: Final = re.compile(
    r"^(or|e\.?g\.?|for example|examples?|then|and|and then|alternatively|usage|output|result|run|run it"
    r"|start it|like so|like this|this|note|also|same|commands?|syntax|likewise|too|as above|either)\W*$"
    r"|^(or|not|but|and|then|also|alternatively|otherwise|likewise"
    r"|oder|nicht|aber|dann|sonst|ou|puis|pero|luego|или|но|затем)\b.{0,40}$"
    r"|^in (an? |the )?[\w-]+ (format|form|mode|order)\W*$",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    r"^(necessary|needed|note\b|nb\b|only\b|requires?\b|required|must\b|should\b|useful|works?\b|beware|careful"
    r"|warning|caution|tip\b|important|optional|not needed|if\b|this\b|these\b|it\b|you\b|there\b)",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"^\W*(?i:to ?do|tbd|tbc|fixme|xxx)\W*$|^\W*(TODO|TBD|FIXME)\b")
_ALTERNATIVE: Final = re.compile(
    r"^\W*(or|alternatively|same as|equivalent(ly)?"
    r"|oder|ou|ou bien|o|o bien|oppure|of|eller|lub|albo|nebo|veya|vagy|sau|или|ή|或|或者|または|또는)\W*$",
    re.IGNORECASE,
)
_EXAMPLE: Final = re.compile(r"\b(e\.g\.?|for example|for instance|such as|example)\W*$", re.IGNORECASE)
_LEAD_IN: Final = re.compile(r"\b(use|using|run|by running|type|with|do)$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|(?<=[。\uff01\uff1f])")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")

LONG: Final = 200
"""Characters beyond which a description is rather a text."""

LABELS: Final = frozenset(
    label.strip()
    for label in """
    note, notes, tip, tips, warning, caution, important, documentation, docs, reference, references, source,
    sources, see, see also, link, links, purpose, description, usage, command, commands, significance,
    explanation, use case, use cases, why, output, example, examples, fix, result, results, syntax, todo,
    step, steps,
    hinweis, achtung, wichtig, tipp, beispiel, beispiele, siehe auch, quelle, quellen,
    remarque, astuce, exemple, exemples, voir aussi, nota, importante, consejo, ejemplo, ejemplos,
    ver también,
    примечание, важно, пример, примеры, 注意, 提示, 例, 示例
    """.split(",")
)
"""Bold labels that say what a paragraph is, and name no thing."""


def words(text: str) -> int:
    """How many there are; of scripts without spaces, two characters count as one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def is_unfinished(text: str) -> bool:
    """TODO and its kin, `???`, or nothing at all."""
    bare = prose(text)
    is_empty = not re.search(r"\w", bare) and not code_spans(bare)
    return is_empty or bool(_UNFINISHED.match(bare))


def is_alternative(text: str) -> bool:
    """`OR:`, which joins two answers and describes neither."""
    return bool(_ALTERNATIVE.match(prose(text)))


def is_weak(prompt: str) -> bool:
    """Whether it means nothing without the prompt before it."""
    return bool(_WEAK.match(prompt.strip()))


def is_short(prompt: str) -> bool:
    """Whether it is a single word, which says little without the heading above it."""
    return words(prompt) < 2


def is_remark(prompt: str) -> bool:
    """Whether it says something about a task that only the heading names."""
    return bool(_REMARK.match(prompt))


def ends_in_example(text: str) -> bool:
    return bool(_EXAMPLE.search(prose(text)))


def leads(text: str) -> bool:
    """Whether it ends in a colon, and so belongs to what follows it, in whatever language."""
    return text.rstrip("*_ ").endswith(COLONS)


def without_colon(text: str) -> str:
    return text.rstrip(" " + "".join(COLONS))


def repeats(prompt: str, answer: str) -> bool:
    """Whether the prompt is the answer itself."""
    return " ".join(prompt.replace("`", "").split()) == " ".join(answer.split())


def task(text: str) -> str:
    """The task that a description sets: its last sentence where it leads up to the command."""
    bare = prose(text)
    is_leading = leads(bare)
    bare = without_colon(bare)
    sentences = _sentences(bare)
    if len(sentences) > 1 and is_leading:
        bare = sentences[-1]
    elif len(sentences) > 1 and len(bare) > LONG:
        bare = sentences[0]
    cut = _LEAD_IN.sub("", bare).rstrip(" ,") if is_leading else bare
    return cut if words(cut) > 1 else bare


def _sentences(text: str) -> list[str]:
    """Split where a full stop is followed by something other than a small letter or a number."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    cuts = [at for at in ends if not text[at : at + 1].islower() and not text[at : at + 1].isdigit()]
    parts = (text[start:end].strip() for start, end in pairwise((0, *cuts, len(text))))
    return [part for part in parts if part]
