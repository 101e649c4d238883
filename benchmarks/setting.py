"""A measurement's setting: servers, database, the load generator's connections."""

import functools
import json
import os
import platform
import shutil
import sys
import time

import psutil
import psycopg2

from devtools.servers import Stack
from devtools.standing_shell import StandingShell
from sandbox import defaults
from sandbox.client import MetaControl

from . import citizens, webhooks
from .load import PerThread, run_at_rate

WORKERS = 6
"""Odoo's worker processes: those that run jobs at the same time (see `OPTIONS`), and two more."""

TINY_SECONDS = 1.0
"""Length of a run that only shows that it can be made."""

WAITING = """
SELECT (SELECT count(*) FROM whatsapp_event WHERE kind = 'message' AND state = 'received'),
       (SELECT count(*) FROM whatsapp_message WHERE direction = 'out' AND merged_into_id IS NULL
           AND state IN ('queued', 'sending', 'unknown'))
"""


def has_proxy() -> bool:
    """Return whether nginx or Caddy is installed."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    return any(shutil.which(name, path=path) for name in ("nginx", "caddy"))


class BenchStack(Stack):
    """The servers to measure.

    With workers but without a proxy on a machine that has none.

    Then webhooks and people go to Odoo's port and websockets to the port it has for them.
    """

    def __init__(self, workers: int, **options):
        self.proxied = bool(workers) and has_proxy()
        super().__init__(workers=workers, durable=True, quiet=0, **options)
        self.odoo_options |= {"log_level": "warn"}

    @property
    def websocket_url(self) -> str:
        """Address at which screens open their websocket."""
        direct = self.workers and not self.proxied
        return f"ws://127.0.0.1:{self._gevent_port if direct else self.odoo_port}/websocket"

    @property
    def mode(self) -> str:
        """Odoo's mode, in words."""
        if not self.workers:
            return "one process with threads"
        proxy = "behind a proxy" if self.proxied else "no proxy"
        return f"{self.workers} workers, {proxy}"

    def _write_conf(self) -> None:
        if self.workers and not self.proxied:
            self.odoo_options |= {"http_port": self.odoo_port, "proxy_mode": False}
        super()._write_conf()
        if self.workers and not self.proxied:
            self._inner_port = self.odoo_port

    def _start_proxy(self) -> None:
        if self.proxied:
            super()._start_proxy()


class Bench:
    """Servers under measurement and the load generator's means.

    :param stack: the servers
    :param quick: shorter runs
    :param tiny: runs that show only that a row can be measured; their figures mean nothing
    :param minutes: length of the rows that take minutes; 0: each its own
    :param mail_gateway: folder with OCA's `mail_gateway`, for the row that compares with it
    """

    def __init__(
        self,
        stack: BenchStack,
        quick: bool = False,
        tiny: bool = False,
        minutes: float = 0,
        mail_gateway: str = "",
    ):
        self.stack = stack
        self.minutes = minutes
        self.mail_gateway = mail_gateway
        self.quick = quick
        self.tiny = tiny
        self.meta = MetaControl(stack.meta_url)
        self._groups = iter(range(1, 1000))
        self._connection = psycopg2.connect(stack.db_url)
        self._connection.autocommit = True
        self._shell = StandingShell(stack.databases, stack.db_name, {})
        self._posters = PerThread(lambda: webhooks.Poster(stack.webhook_url, defaults.APP_SECRET))

    def seconds(self, usual: float) -> float:
        """Return the length of a run: a third of the usual one when it has to be quick."""
        return self.pick(usual, usual / 3, TINY_SECONDS)

    def pick(self, usual, quick, tiny):
        """Return the one of three sizes that is wanted."""
        return tiny if self.tiny else quick if self.quick else usual

    @functools.cached_property
    def counts_statements(self) -> bool:
        """Whether this PostgreSQL can say how many statements it was given."""
        try:
            self.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            self.query("SELECT count(*) FROM pg_stat_statements")
        except psycopg2.Error:
            # Not installed, not loaded, or not for us
            return False
        return True

    @staticmethod
    def say(text: str) -> None:
        """Tell what goes on, on standard error."""
        print(f"  {text}", file=sys.stderr, flush=True)

    def query(self, sql: str, values: list = ()) -> list[tuple]:
        """Return the rows of a query on the database."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            return cursor.fetchall()

    def execute(self, sql: str, **values) -> None:
        """Run statements on the database."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values or None)

    def shell(self, script: str, **values) -> str:
        """Run code in an `odoo shell` that stays, and return what it printed.

        See `Stack.shell`.
        """
        return self._shell.run(script, values)

    def json_shell(self, script: str, **values):
        """Run code in `odoo shell`; return the JSON on the last line that it printed."""
        return json.loads(self.shell(script, **values).splitlines()[-1])

    def new_group(self) -> int:
        """Return a number for citizens who have not written yet (see `citizens.wa_id`)."""
        return next(self._groups)

    def write(self, wa_id: str, text: str, wamid: str = "") -> None:
        """Let a citizen write: one signed webhook; raises when it is not answered 200."""
        body = webhooks.body_of(
            [webhooks.text_message(wa_id, text, wamid)],
            phone_number_id=defaults.PHONE_NUMBER_ID,
            waba_id=defaults.WABA_ID,
            display=defaults.DISPLAY_PHONE,
        )
        self._posters.get().post(body)

    def waiting(self) -> tuple[int, int]:
        """Return messages of citizens not processed yet, and messages not sent yet."""
        return self.query(WAITING)[0]

    def drain(self, seconds: float = 120) -> bool:
        """Wait until nothing waits any more; False when that took too long."""
        end = time.monotonic() + seconds
        while any(self.waiting()):
            if time.monotonic() > end:
                return False
            time.sleep(0.5)
        return True

    def warm_up(self) -> None:
        """Have every process load what the first request needs: a first day not measured."""
        self.say("warming up")
        group = self.new_group()
        number = citizens.at_once(8, 2.5)

        def work(index: int) -> None:
            turn = citizens.turn(index, number)
            self.write(citizens.wa_id(turn.citizen, group), turn.text)

        # The runner of jobs starts some seconds after Odoo; then all stages come along
        for seconds in self.pick((2, 20), (2, 20), (TINY_SECONDS,)):
            run_at_rate(work, rate=8, seconds=seconds, threads=8)
            self.drain()

    def close(self) -> None:
        """Give the connections to the database back."""
        self._shell.close()
        self._connection.close()


def machine() -> str:
    """Return processor and memory, in a few words."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.machine()}"


def versions(bench: Bench) -> str:
    """Return PostgreSQL and whether commits wait for the disk."""
    number = bench.query("SHOW server_version")[0][0].split()[0]
    return f"PostgreSQL {number}, commits on disk"
