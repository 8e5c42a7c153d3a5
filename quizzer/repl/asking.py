"""Questions outside of a sitting."""


def ask_path(mark: str) -> str:
    """A line, with Tab completing paths. Raises EOFError or KeyboardInterrupt when the person leaves."""
    from prompt_toolkit import prompt
    from prompt_toolkit.completion import PathCompleter

    return prompt(mark, completer=PathCompleter(expanduser=True), complete_while_typing=False)
