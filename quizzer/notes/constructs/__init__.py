"""One module a family of shapes of Markdown that make cards."""
