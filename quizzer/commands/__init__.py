"""Reads command lines and says how two of them differ. It has no means to run one."""
