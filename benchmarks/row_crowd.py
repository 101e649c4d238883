"""Row 5: as the screen's row, with 200 agents logged in and 20 messages a second."""

from dataclasses import replace

from .result import Result
from .row_screen import Crowd, measure_crowd
from .setting import Bench

NAME = "crowd"
CROWD = Crowd(NAME, agents=200, each=1, rate=20)


def measure(bench: Bench) -> Result:
    """Let 200 agents serve one conversation each, with 20 messages a second."""
    return measure_crowd(bench, bench.pick(CROWD, CROWD, replace(CROWD, agents=3, rate=5)))
