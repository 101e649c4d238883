# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Let processes distribute and serve, kill -9 and restart them, and compare.

They are killed at random. It is a program of its own, because it forks as Odoo's own server does:
the registry is loaded once, before any thread or connection, and each process opens its own.

    python killed_run.py CONFIGURATION DATABASE PROCESSES EVENTS KILLS SEED [SECONDS]

ends after so many seconds (an hour) with fewer events if need be, and prints as JSON what happened:
{"events", "killed", "seconds", "drained": seconds in which the others were served, "kinds" of the
ledger, "done" by the processes, "wrong": [...]}.
Wrong is also an open offer that does not fit beside what its agent serves.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

DRAIN_SECONDS = 300.0
"""After so long contacts that nobody could serve are lost."""


def main(conf, database, processes, events, kills, seed, seconds=3600):
    """Run it; print what happened."""
    # As a program its own folder comes first, whose modules have the names of others
    sys.path.pop(0)
    from odoo.tools import config

    config.parse_config(["-c", conf, "-d", database, "--no-http"], setup_logging=True)
    from odoo.modules.registry import Registry

    registry = Registry(database)
    from odoo.tools import mute_logger

    # This file once more, as a part of the package
    # pylint: disable-next=odoo-addons-relative-import
    from odoo.addons.contact_center_distribution.tests.killed_run import Run
    from odoo.addons.queue_job.tests.common import trap_jobs

    # Jobs are not enqueued: a server beside this would run them
    with trap_jobs(), mute_logger("odoo.sql_db", "odoo.service.model"):
        run = Run(registry, int(processes), int(events), int(kills), int(seed), float(seconds))
        sys.stdout.write(json.dumps(run.play()) + "\n")


class Run:
    """Processes that are killed and started again.

    :param registry: of the database, where rows are committed and stay
    :param processes: how many at a time
    :param events: how many things they have to do, together
    :param kills: how many of them are killed meanwhile
    :param seed: of what they do, and of who is killed when
    :param seconds: after which it ends, with fewer events
    """

    def __init__(self, registry, processes, events, kills, seed, seconds):
        self.registry = registry
        self.processes, self.events, self.kills = processes, events, kills
        self.seed, self.seconds = seed, seconds
        self.draw = random.Random(seed)
        self.running = {}
        self.started = 0

    def play(self):
        """Do it all; return what happened (see above)."""
        from odoo import SUPERUSER_ID, api
        from odoo.sql_db import close_all

        from . import killed_ledgers, killed_world

        with self.registry.cursor() as cr:
            self.world = killed_world.make(api.Environment(cr, SUPERUSER_ID, {}), self.processes)
        close_all()
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "told"
            self.told = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
            try:
                killed = self._work(path)
            finally:
                self._end_all()
            seconds, begin = time.monotonic() - begin, time.monotonic()
            told = _lines(path)
            with self.registry.cursor() as cr:
                wrong = killed_ledgers.compare(cr, self.world, told, killed + self.processes)
            wrong += [" ".join(words) for words in told if words[1] == "over_capacity"]
            wrong += self._drain(killed_world)
            drained = time.monotonic() - begin
            with self.registry.cursor() as cr:
                kinds = self._kinds(cr)
            os.close(self.told)
        return {
            "events": len(told),
            "killed": killed,
            "seconds": round(seconds, 1),
            "drained": round(drained, 1),
            "kinds": kinds,
            "done": Counter(words[0] for words in told),
            "wrong": wrong[:50],
        }

    def _work(self, path):
        """Let the processes work, kill some; return how many were killed."""
        for number in range(self.processes):
            self._start(number)
        moments = sorted(self.draw.sample(range(self.events // 20, self.events), self.kills))
        end, killed = time.monotonic() + self.seconds, 0
        while (done := _count(path)) < self.events and time.monotonic() < end:
            self._check_alive()
            while killed < self.kills and moments[killed] <= done:
                # Not only between two things that they do
                time.sleep(self.draw.random() * 0.02)
                pid = self.draw.choice(list(self.running))
                number = self.running.pop(pid)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                self._start(number)
                killed += 1
            time.sleep(0.02)
        return killed

    def _start(self, number):
        """Start a process, with everything of its own."""
        self.started += 1
        pid = os.fork()
        if pid:
            self.running[pid] = number
            return
        status = 1
        try:
            from .killed_world import Worker

            seed = self.seed * 10_000 + self.started
            Worker(self.registry, number, self.world, self.told, seed).run()
            status = 0
        except BaseException:  # noqa: BLE001 - a forked process never returns to its parent's code
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)

    def _check_alive(self):
        """Raise RuntimeError if a process ended by itself; its traceback was printed."""
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            self.running.pop(pid)
            raise RuntimeError(f"a process ended with {status}")

    def _end_all(self):
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.running = {}

    def _kinds(self, cr):
        """How often each kind of event stands in the ledger."""
        cr.execute(
            "SELECT kind, count(*) FROM contact_center_event event"
            " JOIN contact_center_conversation one ON one.id = event.conversation_id"
            " WHERE one.partner_id = ANY(%s) GROUP BY kind ORDER BY kind",
            [self.world["people"]],
        )
        return dict(cr.fetchall())

    def _drain(self, killed_world):
        """Serve whoever is left, in one process; return who cannot be served (lost for good).

        Each agent answers what is offered to them, and ends what they serve. Agents drawn at random
        would let most offers expire, and whoever let one pass is not asked again for a minute: the
        last contacts would wait for that.
        """
        from odoo import SUPERUSER_ID, api

        worker = killed_world.Worker(self.registry, 0, self.world, self.told, self.seed)
        end = time.monotonic() + DRAIN_SECONDS
        while True:
            with self.registry.cursor() as cr:
                left = killed_world.left(api.Environment(cr, SUPERUSER_ID, {}), self.world)
            if not left["contacts"]:
                return []
            if time.monotonic() > end:
                return [f"contact {id_} could not be served any more" for id_ in left["contacts"]]
            worker.step("tick")
            for agent in left["resting"]:
                worker.step("come_back", agent)
            for agent in left["offered"]:
                worker.step("answer", agent)
            for agent in left["serving"]:
                worker.step("close", agent)
            if not (left["offered"] or left["serving"]):
                # For a named agent, or for one who let it pass: the time has to go by
                time.sleep(0.2)


def _count(path):
    """Return how many lines there are."""
    return path.read_bytes().count(b"\n")


def _lines(path):
    """Return what was told, without what was looked at and found fine."""
    lines = [line.split() for line in path.read_text().splitlines()]
    return [words for words in lines if words[:2] != ["look", "fine"]]


if __name__ == "__main__":
    main(*sys.argv[1:])
