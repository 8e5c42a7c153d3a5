"""Key strokes in the notations that people write them in, as one: `<C-w>v`, `Ctrl-w v`, `^W v`."""

import re
from typing import Final

_MODIFIERS: Final = {
    "c": "C",
    "ctrl": "C",
    "control": "C",
    "^": "C",
    "m": "M",
    "a": "M",
    "alt": "M",
    "meta": "M",
    "s": "S",
    "shift": "S",
}
_NAMES: Final = {"cr": "Enter", "return": "Enter", "enter": "Enter", "esc": "Esc", "escape": "Esc", "spc": "Space", "space": "Space",
                 "tab": "Tab", "bs": "Backspace", "backspace": "Backspace", "del": "Delete", "delete": "Delete",
                 "up": "Up", "down": "Down", "left": "Left", "right": "Right", "home": "Home", "end": "End"}  # fmt: skip
_CHORD: Final = re.compile(
    r"<([^<>\s]+)>|\^([A-Za-z\[\]\\_@])|((?:ctrl|control|alt|meta|shift|[CMAS])[-+](?:\S[-+])*\S+)",
    re.IGNORECASE,
)


def strokes(text: str) -> tuple[str, ...]:
    """The strokes one by one; the case of a letter that is pressed with Ctrl is no matter, of any other it is."""
    found: list[str] = []
    at = 0
    for chord in _CHORD.finditer(text):
        found += _plain(text[at : chord.start()])
        found.append(_named(chord[1] or (f"C-{chord[2]}" if chord[2] else chord[3])))
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
