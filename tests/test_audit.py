"""The core as it runs: told everything, touching nothing."""

import json
import subprocess
import sys

from tests.terminal import ROOT

SCRIPT = """
import json, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from quizzer.schedule import Rules
from quizzer.answer import Answer
from quizzer.judging import judge
from quizzer.card import siblings
from quizzer.commands import shell
from quizzer.commands.givens import find
from quizzer.commands.spec import from_mapping
from quizzer.drill import Drill, accept_form, bury, skip, take_hint, take_verdict, undo
from quizzer.events import fold
from quizzer.notes.cards import read
from quizzer.notes.matching import Known, match
from quizzer.sm2 import sm2
from quizzer.statistics import statistics
from quizzer.turns import Turn, queue
from tests.builders import MONDAY, SM2, command, kept, now, reviewed

specs = {{"docker": from_mapping(json.loads(Path({root!r}, "data/specs/docker.json").read_bytes()))}}
deck = Path({root!r}, "decks/docker.md").read_text()


def everything():
    cards = [each for card in read(deck, "docker.md").cards for each in siblings(card)]
    match([Known(kept().id, card) for card in cards[:9]], (), cards)
    find("docker rmi <image ID>", "", specs)
    lines = ("docker ps -a", "docker container ls", "docker ps '", "rm -rf ~", "docker ps; $(reboot)", "")
    for typed in lines:
        judge(command().expected, typed, specs)
    history = [reviewed(kept().id, quality) for quality in range(6)]
    fold(history, sm2)
    statistics(history, (), MONDAY)
    cards = [kept(card) for card in cards]
    drill = Drill(queue(cards, (), Rules(), MONDAY, "seed", sm2), MONDAY)
    drill = skip(take_hint(drill).drill).drill
    verdict = judge(drill.turn.kept.card.expected, "", specs)
    drill = take_verdict(drill, verdict, Answer("", 1), now(), SM2).drill
    drill = accept_form(drill, "docker ps", now(), SM2).drill
    drill = bury(drill, now(), SM2).drill
    undo(drill, now())


everything()  # whatever is imported or cached at first use, is
seen = []
watched = ("open", "import", "socket.", "subprocess.", "os.", "shutil.", "sqlite3.", "exec", "ctypes.")


def hook(event, args):
    if armed and event.startswith(watched):
        seen.append([event, repr(args)[:80]])


sys.addaudithook(hook)
armed = True
everything()
armed = False
print(json.dumps(seen))
"""


def test_reading_judging_stepping_and_folding_open_nothing_and_start_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "armed = False\n" + SCRIPT.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []


def test_the_hook_sees_what_it_is_to_see() -> None:
    """A test that cannot fail would be no test: the same hook on something that opens a file."""
    broken = SCRIPT.format(root=str(ROOT)).replace(
        "    undo(drill, now())\n", "    undo(drill, now())\n    open('/dev/null').close()\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", "armed = False\n" + broken], capture_output=True, text=True, check=False
    )

    assert [event for event, _ in json.loads(ran.stdout)] == ["open"]
