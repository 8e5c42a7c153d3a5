"""Words on their way to a screen: made safe, folded, counted."""

import re
import unicodedata
from typing import Final

_MARKS: Final = (
    {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
    | {0x7F: 0x2421}
    | {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
    | {
        code: f"\\u{code:04x}"
        for code in (
            *range(0x202A, 0x202F),  # bidirectional overrides
            *range(0x2066, 0x206A),
            *(0x200E, 0x200F, 0x061C),
            *(0x200B, 0x2060, 0xFEFF),  # zero width
            *(0x2028, 0x2029),
        )
    }
)


def safe(text: str) -> str:
    """Text of a note, a file name or an answer with its controls made visible; tab and newline stay."""
    try:
        raw = text.encode("utf-8", "surrogateescape")  # a file name that is not UTF-8
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "backslashreplace")
    return raw.decode("utf-8", "backslashreplace").translate(_MARKS)


def folded(text: str) -> str:
    """How two pieces of prose are compared: case, accents, marks, articles and space left out.

    Signs that make another name of a word stay (`C++`, `C#`), and so does what would leave nothing.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[\w+#]+", "".join(c for c in plain if not unicodedata.combining(c)))
    kept = [word for word in words if word not in ("a", "an", "the")]
    return " ".join(kept or words) or plain.strip()


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 card`, `2 cards`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
