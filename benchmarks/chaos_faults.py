"""What goes wrong during `./dev bench --chaos`, when, and what waits after a kill."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg2

from .both_sides import glpi
from .chaos_stack import ChaosBench

EVERYWHERE = {"duplicate_webhooks": 1, "disorder": True}
"""Faults of Meta during the whole run: every webhook comes twice, and not in order."""

HOUR = 3600
WATCHED = 60.0
"""Seconds for which it is watched after a kill whether the work goes on."""

WAITING = """
SELECT count(*) FROM whatsapp_event
WHERE kind = 'message' AND state = 'received' AND id <= %s
"""
NEWEST = "SELECT COALESCE(max(id), 0) FROM whatsapp_event"


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong.

    :param name: in words, for the report
    :param begin: lets it begin
    :param end: ends it; None where it is over when `begin` returns
    """

    name: str
    begin: Callable[[], object]
    end: Callable[[], object] | None = None


@dataclass
class Waited:
    """What waited when Odoo was killed, and for how long once Odoo answered again.

    :param count: citizens' messages, stored and not yet processed
    :param first: seconds until the first of them was processed; None: not while it was watched
    :param all: seconds until all of them were
    """

    count: int
    first: float | None = None
    all: float | None = None


@dataclass
class Trouble:
    """Lets things go wrong, and keeps count.

    :param seconds: length of a fault that has one
    :param seed: of the order in which they come
    """

    bench: ChaosBench
    seconds: float
    seed: int
    happened: dict[str, int] = field(default_factory=dict)
    waited: list[Waited] = field(default_factory=list)

    def __post_init__(self):
        self.stack = self.bench.stack
        self.chance = random.Random(self.seed)  # nosec B311 - a schedule that can be repeated
        self._watching: list[threading.Thread] = []
        self._meta: dict = {}

    # --- the schedule -----------------------------------------------------------------------------

    def run(self, seconds: float, gap: float) -> None:
        """Let one thing after another go wrong for so long.

        Each at least once, and all of them before any comes again.

        :param gap: seconds from the end of one to the beginning of the next
        """
        end = time.monotonic() + seconds
        clock = Fault("the clock steps an hour", lambda: self.stack.step_clock(HOUR))
        for number, fault in enumerate(self._endless()):
            if number >= len(self.kinds()) and time.monotonic() + gap > end:
                return
            time.sleep(gap)
            self._happen(fault)
            if clock.name not in self.happened and (
                number + 1 >= len(self.kinds()) or time.monotonic() > end - seconds / 2
            ):
                self._happen(clock)

    def over(self) -> None:
        """Nothing goes wrong any more."""
        self.bench.meta.faults()
        glpi(self.bench, "DELETE", "/control/faults")
        self.stack.fill_disk(False)
        for thread in self._watching:
            thread.join()

    def _endless(self) -> Iterator[Fault]:
        for _round in itertools.count():
            faults = self.kinds()
            self.chance.shuffle(faults)
            yield from faults

    def _happen(self, fault: Fault) -> None:
        self.bench.say(fault.name)
        self.happened[fault.name] = self.happened.get(fault.name, 0) + 1
        fault.begin()
        if fault.end:
            time.sleep(self.seconds)
            fault.end()

    # --- what can go wrong ------------------------------------------------------------------------

    def kinds(self) -> list[Fault]:
        """Return everything that can go wrong, once each."""
        stack, seconds = self.stack, self.seconds
        faults = [
            Fault("kill -9 of Odoo", self._kill_odoo),
            Fault("PostgreSQL restarts", stack.postgres.restart),
            Fault("kill -9 of PostgreSQL", stack.postgres.kill),
            Fault(
                "kill -9 of a connection of PostgreSQL",
                lambda: stack.postgres.kill_connection(self.chance),
            ),
            Fault(
                "the filestore's disk is full",
                lambda: stack.fill_disk(True),
                lambda: stack.fill_disk(False),
            ),
            self._of_meta("Meta is slow", delay_ms=1500),
            self._of_meta("Meta refuses", error={"code": 131000, "http": 500, "count": 20}),
            self._of_meta(
                "Meta accepts and does not answer",
                send_timeout={"after_accept": True, "count": 3, "seconds": seconds + 8},
            ),
            self._of_meta(
                "Meta does not take and does not answer",
                send_timeout={"after_accept": False, "count": 3, "seconds": seconds + 8},
            ),
            self._of_meta("Meta is down", down=True),
            self._of_glpi("GLPI is slow", {"delay_ms": 2000}),
            self._of_glpi("GLPI answers 500", {"error_500": 5}),
            self._of_glpi(
                "GLPI makes a ticket and does not say so", {"lose_answer_after_create": 2}
            ),
            Fault(
                "GLPI is down",
                lambda: glpi(self.bench, "PUT", "/control/down", {"down": True}),
                lambda: glpi(self.bench, "PUT", "/control/down", {"down": False}),
            ),
        ]
        if stack.workers:
            faults.append(
                Fault(
                    "kill -9 of one of Odoo's processes",
                    lambda: stack.kill_odoo_process(self.chance),
                )
            )
        return faults

    def _of_meta(self, name: str, **faults) -> Fault:
        meta = self.bench.meta
        return Fault(
            name,
            lambda: meta.faults(**EVERYWHERE, **faults),
            lambda: meta.faults(**EVERYWHERE),
        )

    def _of_glpi(self, name: str, faults: dict) -> Fault:
        return Fault(
            name,
            lambda: glpi(self.bench, "PUT", "/control/faults", faults),
            lambda: glpi(self.bench, "DELETE", "/control/faults"),
        )

    def _kill_odoo(self) -> None:
        newest = self.bench.query(NEWEST)[0][0]
        self.stack.kill_odoo()
        waiting = self.bench.query(WAITING, [newest])[0][0]
        self.stack.start_odoo()
        if waiting:
            thread = threading.Thread(target=self._watch, args=(newest, Waited(waiting)))
            thread.start()
            self._watching.append(thread)

    def _watch(self, newest: int, waited: Waited) -> None:
        """Look how long what waited before a kill goes on waiting, on a connection of its own."""
        self.waited.append(waited)
        began = time.monotonic()
        try:
            connection = psycopg2.connect(self.stack.db_url)
            connection.autocommit = True
            with connection.cursor() as cursor:
                while (passed := time.monotonic() - began) < WATCHED and waited.all is None:
                    cursor.execute(WAITING, [newest])
                    left = cursor.fetchone()[0]
                    if left < waited.count and waited.first is None:
                        waited.first = round(passed, 1)
                    if not left:
                        waited.all = round(passed, 1)
                    time.sleep(0.2)
            connection.close()
        except psycopg2.Error:
            # PostgreSQL was the next to be killed: nothing can be said of this one
            self.waited.remove(waited)
