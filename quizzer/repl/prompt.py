"""The prompt on a real terminal, by prompt-toolkit, which is imported when the first card is shown."""

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from quizzer.repl.screen import (
    MARK,
    Typed,
    columns,
    goes_on,
    is_choice,
    letters,
    painted,
    wants_colour,
    wrapped,
)
from quizzer.repl.telling import Words

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

_TWICE = 1.0
"""Seconds in which a second Ctrl-C leaves."""


class PromptScreen:
    """Asks without history, suggestion or completion: each of them would give answers away."""

    def __init__(self, when_drawn: Callable[[], None]) -> None:
        """`when_drawn` is called once, when the first prompt stands on the screen."""
        self._when_drawn: Callable[[], None] | None = when_drawn
        self._session: PromptSession[str] | None = None
        self._status = ""
        self._interrupted = -_TWICE
        self._in_colour = wants_colour()

    @property
    def width(self) -> int:
        return columns()

    def say(self, *lines: Words) -> None:
        for words in lines:
            for row in wrapped(words, self.width):
                sys.stdout.write(painted(row, in_colour=self._in_colour) + "\n")
        sys.stdout.flush()

    def ask(self, status: str, default: str = "") -> Typed:
        self._status = status
        started = time.monotonic()
        while True:
            try:
                text = self._prompt().prompt(MARK, default=default)
            except KeyboardInterrupt:
                self._leave_if_twice()
                default = ""
            else:
                self._interrupted = -_TWICE
                return Typed(text, round((time.monotonic() - started) * 1000))

    def choose(self, question: Words, keys: str) -> str:
        self.say(question)
        while not is_choice(said := self.ask(letters(keys)).text.strip().lower(), keys):
            self.say((("dim", f"type {letters(keys)}"),))
        return said

    def _leave_if_twice(self) -> None:
        now = time.monotonic()
        if now - self._interrupted < _TWICE:
            raise EOFError
        self._interrupted = now

    def _prompt(self) -> "PromptSession[str]":
        if self._session is None:
            self._session = self._make()
        return self._session

    def _make(self) -> "PromptSession[str]":
        from prompt_toolkit import PromptSession
        from prompt_toolkit.enums import EditingMode
        from prompt_toolkit.history import DummyHistory
        from prompt_toolkit.styles import Style

        vi = "vi" in os.environ.get("VISUAL", os.environ.get("EDITOR", "")).rsplit("/", 1)[-1].split(" ")[0]
        session: PromptSession[str] = PromptSession(
            history=DummyHistory(),
            enable_history_search=False,
            complete_while_typing=False,
            multiline=True,
            prompt_continuation=lambda width, number, wrapped: " " * (width - 2) + "… ",
            key_bindings=_keys(),
            bottom_toolbar=lambda: self._status,
            editing_mode=EditingMode.VI if vi else EditingMode.EMACS,
            style=Style.from_dict({"bottom-toolbar": "noreverse"}),
            reserve_space_for_menu=0,
        )
        session.app.after_render += lambda _: self._drawn()
        return session

    def _drawn(self) -> None:
        if self._when_drawn:
            start, self._when_drawn = self._when_drawn, None
            start()


def _keys() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("enter")
    def _(event: "KeyPressEvent") -> None:
        r"""As a shell does: a line that ends in `\`, `|` or `&&` goes on, any other is the answer."""
        buffer = event.current_buffer
        if goes_on(buffer.text):
            buffer.newline(copy_margin=False)
        else:
            buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: "KeyPressEvent") -> None:
        event.current_buffer.newline(copy_margin=False)

    return keys
