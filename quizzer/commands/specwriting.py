"""A spec as the TOML text of the learner's own file; `spec` reads it back."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any, Final


def written(raw: Mapping[str, Any]) -> str:
    """With each subcommand a table of its own, which a person can read and mend."""
    plain = {key: value for key, value in raw.items() if key not in _TABLES}
    lines = [MARK, *_entries(plain)]
    for name, table in raw.get("cmd", {}).items():
        lines += ["", f"[cmd.{_text(name)}]", *_entries(table)]
    if extra := raw.get("extra"):
        lines += ["", "[extra]", *_entries({key: value for key, value in extra.items() if key != "cmd"})]
        for name, table in extra.get("cmd", {}).items():
            lines += ["", f"[extra.cmd.{_text(name)}]", *_entries(table)]
    return "\n".join(lines) + "\n"


def _entries(table: Mapping[str, Any]) -> list[str]:
    return [f"{_text(key) if not _is_bare(key) else key} = {_value(value)}" for key, value in table.items()]


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _text(value)
        case list() | tuple():
            return _listed([_value(each) for each in value])
        case Mapping():
            return f"{{{', '.join(f'{_text(key)} = {_value(each)}' for key, each in value.items())}}}"
        case _:
            return str(value)


def _listed(values: list[str]) -> str:
    """On one line, or filled into several."""
    line = f"[{', '.join(values)}]"
    if len(line) <= _WIDTH:
        return line
    rows: list[str] = [""]
    for value in values:
        if len(rows[-1]) + len(value) > _WIDTH:
            rows.append("")
        rows[-1] += f"{value}, "
    return "[\n" + textwrap.indent("\n".join(row.rstrip() for row in rows), "  ") + "\n]"


def _text(value: str) -> str:
    """JSON's strings are TOML's, but for the one control that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_bare(key: str) -> bool:
    return key.isascii() and key.replace("_", "").isalnum()


MARK: Final = "# Made by `quizzer spec add`, which writes it anew each time; comments are not kept."
_TABLES: Final = ("cmd", "extra")
_WIDTH: Final = 100
