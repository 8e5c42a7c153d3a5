"""How answers are scheduled. Apart from `program`, so that a glance at what is due loads none of it."""

from typing import Final

from quizzer.drill import Scheduling
from quizzer.sm2 import sm2

SCHEDULING: Final = Scheduling("sm2", sm2)
