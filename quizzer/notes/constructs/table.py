"""The constructs, in the order in which they look at a line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quizzer.notes.constructs.commands import code_below, code_first, code_last
from quizzer.notes.constructs.fences import commands_in_fence
from quizzer.notes.constructs.flags import flag_line
from quizzer.notes.constructs.making import Construct
from quizzer.notes.constructs.terms import bold_term

CONSTRUCTS: Final[Mapping[str, Construct]] = MappingProxyType(
    {
        "bold term": bold_term,
        "flag": flag_line,
        "command before its description": code_first,
        "command behind its description": code_last,
        "command below its description": code_below,
        "commands in a code block": commands_in_fence,
    }
)
