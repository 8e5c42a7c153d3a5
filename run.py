#!/usr/bin/env python3
"""Run quizzer, or its tests, from a clean checkout: only Python 3.11 or later is needed first.

    python3 run.py             the program   (python3 run.py drill --limit 5)
    python3 run.py test        the tests     (python3 run.py test -k sm2)

The packages it needs go into `.venv` beside this file, or where QUIZZER_VENV says. Pythons back to 3.6 must
be able to read this file, to be told that they are too old: hence no newer syntax, and type hints in quotes.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PROGRAM = "requirements.txt"
TESTS = "requirements-dev.txt"  # with everything that PROGRAM has, in the same versions
STAMP = ".made-from-"  # with the name of the requirements, in the environment
NEEDED = (3, 11)


class SetUpError(Exception):
    """What stopped the set-up, and what the person can do."""


def main() -> None:
    problem = objection(sys.version_info[:2], os.name)
    if problem:
        sys.exit("run.py: " + problem)
    testing = sys.argv[1:2] == ["test"]
    venv = Path(os.environ.get("QUIZZER_VENV") or ROOT / ".venv").expanduser().resolve()
    requirements = TESTS if testing else PROGRAM
    try:
        if not is_ready(venv, requirements):
            set_up(venv, requirements)
    except KeyboardInterrupt:
        _say("run.py: set-up stopped; the next start begins it again")
        sys.exit(130)
    except SetUpError as error:
        sys.exit(f"run.py: {error}")
    except OSError as error:
        sys.exit(f"run.py: setting up {venv} failed: {error}\nQUIZZER_VENV=FOLDER chooses another folder.")
    if testing:
        os.chdir(ROOT)
        _become(venv, "pytest", sys.argv[2:])
    _become(venv, "quizzer", sys.argv[1:])


def objection(version: "tuple[int, ...]", system: str) -> str:
    """Why quizzer cannot run here; empty if it can."""
    if system != "posix":
        return "quizzer runs on Linux, macOS and in WSL, not on Windows itself"
    if tuple(version) >= NEEDED:
        return ""
    import shutil

    newer = [name for name in (f"python3.{minor}" for minor in range(11, 20)) if shutil.which(name)]
    hint = f"; `{newer[-1]} run.py` would do" if newer else ""
    return f"Python 3.11 or later is needed, this is {version[0]}.{version[1]}{hint}"


def is_ready(venv: Path, requirements: str) -> bool:
    stamp = venv / (STAMP + requirements)
    return (
        (venv / "bin/python").exists()
        and stamp.exists()
        and stamp.read_bytes() == _made_from(venv, requirements)
    )


def set_up(venv: Path, requirements: str) -> None:
    """Make the environment beside its place and move it there whole, so that a killed set-up never counts."""
    import fcntl
    import time

    _refuse_to_overwrite(venv)
    workshop = venv.with_name(venv.name + ".setup")
    workshop.mkdir(parents=True, exist_ok=True)
    with (workshop / "lock").open("w") as turn:  # dropped by the kernel, however we end
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("run.py: waiting for another set-up to end")
            fcntl.flock(turn, fcntl.LOCK_EX)
        if is_ready(venv, requirements):
            return
        if (venv / (STAMP + TESTS)).exists():
            requirements = TESTS  # a developer's: leave the tools in it
        began = time.monotonic()
        outcome = ""
        _say(f"setting up {venv} from {requirements} ... ", end="")
        try:
            _build(workshop / "new", venv, requirements, turn.fileno())
            _move_in(workshop, venv)
            outcome = f"done in {time.monotonic() - began:.0f} s"
        finally:
            _say(outcome)


def _refuse_to_overwrite(venv: Path) -> None:
    """Whatever is there without our stamp is somebody's own: only whole environments are moved there."""
    if venv.exists() and not _is_ours(venv) and not (venv.is_dir() and not any(venv.iterdir())):
        raise SetUpError(
            f"{venv} was not made by run.py, so it is left alone.\n"
            "Remove it if you do not need it, or choose another folder with QUIZZER_VENV=FOLDER."
        )


def _is_ours(venv: Path) -> bool:
    return (venv / (STAMP + PROGRAM)).exists()


def _build(new: Path, venv: Path, requirements: str, turn: int) -> None:
    import importlib.util
    import shutil

    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpError(
            f"{sys.executable} cannot make virtual environments.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    if new.exists():
        shutil.rmtree(str(new))
    stamps = {name: _made_from(venv, name) for name in (PROGRAM, requirements)}
    _call([sys.executable, "-m", "venv", "--prompt", "quizzer", str(new)], turn)
    # Not compiled: what is used is compiled at its first use, which shortens the wait.
    install = ["-m", "pip", "install", "-q", "--no-input", "--no-compile", "--disable-pip-version-check"]
    _call([str(new / "bin/python"), *install, "--require-hashes", "-r", str(ROOT / requirements)], turn)
    _address(new, venv)
    for name, stamp in stamps.items():
        (new / (STAMP + name)).write_bytes(stamp)


def _address(new: Path, venv: Path) -> None:
    """Scripts and pyvenv.cfg hold the folder they were made in: make it the one they are moved to."""
    here, there = os.fsencode(new), os.fsencode(venv)
    for file in [new / "pyvenv.cfg", *(new / "bin").iterdir()]:
        if file.is_symlink() or not file.is_file():
            continue
        content = file.read_bytes()
        if here in content:
            file.write_bytes(content.replace(here, there))


def _move_in(workshop: Path, venv: Path) -> None:
    import shutil

    old = workshop / "old"
    if old.exists():
        shutil.rmtree(str(old))
    if _is_ours(venv):
        venv.rename(old)
    (workshop / "new").rename(venv)
    shutil.rmtree(str(old), ignore_errors=True)


def _call(command: "list[str]", turn: int) -> None:
    """Run a step in silence. It holds our turn too: if only we are killed, the next start waits for it."""
    import subprocess

    # These would make pip take for installed what is not, or put it elsewhere.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PIP_USER"] = "0"
    done = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[turn],
    )
    if done.returncode:
        raise SetUpError(_advice(done.stdout.decode(errors="replace")))


def _advice(output: str) -> str:
    """What pip or venv said at the end, and what to do where we know it."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING:")]
    said = "\n".join(lines[-15:])
    unreached = ("onnection", "timed out", "name resolution", "from versions: none")
    if not any(sign in output for sign in unreached):
        return f"the set-up failed:\n{said}"
    return (
        f"the packages could not be fetched:\n{said}\n"
        "The first start needs a network. To do without one, put the wheels into a folder and set\n"
        "PIP_NO_INDEX=1 and PIP_FIND_LINKS=FOLDER."
    )


def _made_from(venv: Path, requirements: str) -> bytes:
    """All that an environment depends on: when this changes, it must be made anew."""
    parts = [os.fsencode(part) for part in (sys.version, sys.base_prefix, venv)]
    return b"\n".join([*parts, *((ROOT / name).read_bytes() for name in (requirements, "pyproject.toml"))])


def _become(venv: Path, module: str, arguments: "list[str]") -> None:
    """Give this process to the program: its signals, terminal and exit code need no passing on.

    -P: a file named like a module, in the folder one happens to be in, is not taken for it.
    """
    python = str(venv / "bin/python")
    os.execve(python, [python, "-P", "-m", module, *arguments], {**os.environ, "PYTHONPATH": str(ROOT)})  # noqa: S606


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
