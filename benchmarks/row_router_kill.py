"""Row: eight processes distribute and serve 20,000 events.

Meanwhile they are killed with `kill -9`.
"""

import json
import os
from pathlib import Path

from devtools.databases import QUICK
from devtools.errors import Problem
from devtools.install import run

from .result import Result
from .setting import Bench

NAME = "router-kill"
PROGRAM = (
    Path(__file__).resolve().parent.parent
    / "addons/contact_center_distribution/tests/killed_run.py"
)
SEED = 2026
LONGEST = 3600.0
"""Seconds after which it ends with fewer events."""


def measure(bench: Bench) -> Result:
    """Play it on a database of its own, and compare the ledgers."""
    processes, events, kills = bench.pick((8, 20_000, 80), (8, 3_000, 20), (4, 120, 2))
    found = play(bench.stack.databases, f"{bench.stack.db_name}_kill", processes, events, kills)
    return Result(
        NAME,
        f"{found['events']:,} events in {processes} processes, {found['killed']} killed",
        "0 doubled, 0 lost, 0 over capacity",
        f"{len(found['wrong'])} wrong, {found['seconds']:.0f} s",
        not found["wrong"] and found["events"] >= events * 0.9,
        found,
    )


def play(
    databases, name: str, processes: int, events: int, kills: int, seconds: float = LONGEST
) -> dict:
    """Return what `killed_run.py` found on a new database, removed afterwards.

    :param databases: `devtools.databases.Databases`
    :param seconds: after which it ends with fewer events
    :raise Problem: it could not be played to the end
    """
    databases.clone(databases.template(), name)
    try:
        conf = databases.conf(name, path=databases.run_dir / f"{name}.conf")
        python = databases.environment.env.python
        words = [python, PROGRAM, conf, name, processes, events, kills, SEED, seconds]
        done = run(
            [str(word) for word in words],
            capture_output=True,
            text=True,
            cwd=databases.run_dir,
            env={**os.environ, **QUICK},
        )
    finally:
        databases.drop(name)
    if done.returncode:
        raise Problem(f"The processes did not play to the end:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])
