"""Flashcards out of your own notes on command-line tools, answered by typing."""

__version__ = "0.1.0"
