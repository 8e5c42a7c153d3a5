"""The only room that knows of a database."""
