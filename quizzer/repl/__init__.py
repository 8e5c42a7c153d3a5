"""The only room that knows of a terminal prompt."""
