"""Markdown to cards."""
