"""Key strokes in the notations that people write them in, as one: `<C-w>v`, `Ctrl-w v`, `^W v`."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MODIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("c", "ctrl", "control"), "C")
    | dict.fromkeys(("m", "a", "alt", "meta"), "M")
    | dict.fromkeys(("s", "shift"), "S")
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("cr", "return", "enter"), "Enter")
    | dict.fromkeys(("esc", "escape"), "Esc")
    | dict.fromkeys(("spc", "space"), "Space")
    | dict.fromkeys(("bs", "backspace"), "Backspace")
    | dict.fromkeys(("del", "delete"), "Delete")
    | {name: name.capitalize() for name in ("tab", "up", "down", "left", "right", "home", "end")}
)
_CHORD: Final = re.compile(
    r"<(?P<angled>[^<>\s]+)>"
    r"|\^(?P<caret>[A-Za-z\[\]\\_@])"
    r"|(?P<dashed>(?:ctrl|control|alt|meta|shift|[CMAS])[-+](?:\S[-+])*\S+)",
    re.IGNORECASE,
)


def strokes(text: str) -> tuple[str, ...]:
    """The strokes one by one. Case counts, but not that of a letter pressed with Ctrl."""
    found: list[str] = []
    at = 0
    for chord in _CHORD.finditer(text):
        found += _plain(text[at : chord.start()])
        caret = chord["caret"]
        found.append(_named(f"C-{caret}" if caret else chord["angled"] or chord["dashed"]))
        at = chord.end()
    return tuple(found + _plain(text[at:]))


def _plain(text: str) -> list[str]:
    words = [[_NAMES[word.casefold()]] if word.casefold() in _NAMES else list(word) for word in text.split()]
    return [stroke for word in words for stroke in word]


def _named(chord: str) -> str:
    *modifiers, key = re.split(r"[-+](?=.)", chord)
    held = sorted({_MODIFIERS.get(name.casefold(), name) for name in modifiers})
    key = _NAMES.get(key.casefold(), key)
    if "C" in held and len(key) == 1:
        key = key.casefold()
    return "-".join([*held, key]) if held or key in _NAMES.values() else f"<{key}>"
