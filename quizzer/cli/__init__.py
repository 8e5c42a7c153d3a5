"""The command line: the only room with a calendar. Each command is imported when it is asked for."""
