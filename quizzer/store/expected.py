"""What a card expects, as JSON with a `kind` that says what to make of it."""

from collections.abc import Mapping
from typing import Any

from quizzer.card import CommandLine, Expected, Flag, Given, Keys, Term, Typed, kind


def expected_to_json(expected: Expected) -> dict[str, Any]:
    """Its fields, and its `kind`, which says what to make of them."""
    tagged: dict[str, Any] = {"kind": kind(expected)}
    match expected:
        case Term():
            return tagged | {
                "name": expected.name,
                "definition": expected.definition,
                "typed": expected.typed.value,
            }
        case Flag():
            return tagged | {
                "text": expected.text,
                "meaning": expected.meaning,
                "command": expected.command,
                "typed": expected.typed.value,
            }
        case CommandLine():
            givens = [
                {"text": each.text, "name": each.name, "kind": each.kind, "several": each.several}
                for each in expected.givens
            ]
            return tagged | {"text": expected.text, "also": list(expected.also), "givens": givens}
        case Keys():
            return tagged | {"text": expected.text, "also": list(expected.also)}


def expected_from_json(value: Mapping[str, Any]) -> Expected:
    match value:
        case {"kind": "term", "typed": typed, **fields}:
            return Term(**fields, typed=Typed(typed))
        case {"kind": "flag", "typed": typed, **fields}:
            return Flag(**fields, typed=Typed(typed))
        case {"kind": "command", "also": also, "givens": givens, **fields}:
            return CommandLine(**fields, also=tuple(also), givens=tuple(Given(**given) for given in givens))
        case {"kind": "keys", "also": also, **fields}:
            return Keys(**fields, also=tuple(also))
        case _:
            raise ValueError(f"no card expects a {value.get('kind')!r}")
