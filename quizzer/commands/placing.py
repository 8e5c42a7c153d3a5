"""Arguments in the places that a spec gives them."""

from collections.abc import Callable
from dataclasses import replace

from quizzer.commands.arguments import Split, Taken
from quizzer.commands.grammar import Operand, Verb
from quizzer.commands.meaning import Value, text_key
from quizzer.commands.values import normal, resource
from quizzer.commands.words import Mark, Part, Text, Word, word


def dashed(apart: Split, verb: Verb) -> Split:
    """A first lone `-` as the option that it is short for: `su - name`."""
    if not verb.dash or not apart.operands or apart.operands[0].text != "-":
        return apart
    made = Taken(verb.options[verb.dash], "-")
    return replace(apart, taken=(*apart.taken, made), operands=apart.operands[1:])


def placed(
    words: tuple[Word, ...], verb: Verb, meant: Callable[[Word], Word]
) -> tuple[tuple[Value, ...], tuple[Operand, ...], tuple[Value, ...]]:
    """Arguments with the names that the spec gives them, those that are lacking, those too many."""
    spare = len(words) - verb.least
    places: list[Operand] = []
    for operand in verb.operands:
        more = 0 if spare <= 0 else spare if operand.several else int(not operand.required)
        places += [operand] * (operand.required + more)
        spare -= more
    values = tuple(
        _argument(each, places[at] if at < len(places) else Operand(""), verb, meant)
        for at, each in enumerate(words)
    )
    kept, surplus = values[: len(places)], values[len(places) :]
    if verb.here and len(kept) == 1 and kept[0].meant.text == verb.here:
        kept = ()
    freed = iter(sorted((value for value in kept if value.free), key=lambda value: text_key(value.meant)))
    return tuple(next(freed) if value.free else value for value in kept), tuple(places[len(words) :]), surplus


def _argument(each: Word, operand: Operand, verb: Verb, meant: Callable[[Word], Word]) -> Value:
    read = meant(each)
    normaliser = verb.values.get(operand.name, "")
    if normaliser and read.text is not None:
        read = word(normal(normaliser, read.text))
    return Value(read, each, operand.name, operand.several and verb.any_order)


def first_as_option(apart: Split, verb: Verb) -> tuple[Split, tuple[Operand, ...]]:
    """`grep x file` as `grep -e x file`; what is lacking if there is neither."""
    if not verb.first or any(each.spec is verb.options[name] for each in apart.taken for name in verb.first):
        return apart, ()
    spec = verb.options[verb.first[0]]
    if not apart.operands:
        return apart, (Operand(spec.type),)
    made = Taken(spec, spec.type, apart.operands[0])
    return replace(apart, taken=(*apart.taken, made), operands=apart.operands[1:]), ()


def slashed(words: tuple[Word, ...], verb: Verb) -> tuple[tuple[Word, ...], Verb]:
    """`pod web api` as `pods/web pods/api`, all of them names, and every kind by one name."""
    if not verb.slash or not words:
        return words, verb
    end = next((at for at, each in enumerate(words) if _is_setting(each)), len(words))
    kinds = tuple(_of_kind(each, whole=at == 0) for at, each in enumerate(words[:end]))
    joinable = len(kinds) > 1 and all(_is_plain(each) for each in kinds) and "," not in kinds[0].lead
    if not joinable:
        names_only = bool(kinds) and all("/" in each.lead for each in kinds)
        return kinds + words[end:], replace(verb, operands=verb.operands[names_only:])
    kind, *names = kinds
    glue = (Text("/"),)
    joined = (Word(_merged(kind.parts + glue + each.parts), f"{kind.source} {each.source}") for each in names)
    return (*joined, *words[end:]), replace(verb, operands=verb.operands[1:])


def _of_kind(each: Word, *, whole: bool) -> Word:
    """A kind, or a name with its kind in front, by the kind's one name."""
    if each.text is None or not (whole or "/" in each.text):
        return each
    return word(resource(each.text), each.source)


def _is_plain(each: Word) -> bool:
    """Whether it is surely one name: no slash, nothing that the shell expands."""
    return all(
        isinstance(part, Mark) or (isinstance(part, Text) and "/" not in part.text) for part in each.parts
    )


def _is_setting(each: Word) -> bool:
    """`app=web`, `app-`: what a subcommand sets, not what it sets it on."""
    texts = [part.text for part in each.parts if isinstance(part, Text)]
    return any("=" in text for text in texts) or bool(
        texts and each.parts[-1] == Text(texts[-1]) and texts[-1].endswith("-")
    )


def _merged(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Parts with texts that stand against each other as one."""
    merged: list[Part] = []
    for part in parts:
        before = merged[-1] if merged else None
        if isinstance(part, Text) and isinstance(before, Text):
            merged[-1] = Text(before.text + part.text)
        else:
            merged.append(part)
    return tuple(merged)
