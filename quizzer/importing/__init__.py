"""Notes into the store: each is read, matched with what it held before, and written in one transaction."""
