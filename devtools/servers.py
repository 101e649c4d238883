"""The whole product running: PostgreSQL, the sandbox (Meta and GLPI), Odoo.

Used by `up`, demo, bench and tests.

>>> with Stack() as stack:                                   # doctest: +SKIP
...     print(stack.odoo_url, stack.meta_url, stack.glpi_url)
...     stack.shell("print(env['contact_center.conversation'].search_count([]))")
...     stack.kill_odoo()
...     stack.start_odoo()
"""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import IO

from .checks import free_port, require_port
from .console import say
from .databases import QUICK, Databases
from .embedded import EmbeddedServer
from .environment import Environment, prepare
from .errors import Problem
from .processes import Child, Guard
from .proxy import proxy_command
from .set_up import set_up
from .settings import ROOT, Settings

PORTS = {
    "--port": "o Odoo",
    "--meta-port": "o WhatsApp simulado",
    "--glpi-port": "o GLPI simulado",
}
"""Option of `./dev up` -> what listens there."""

STOP_SECONDS = 45
"""Time for Odoo to stop in; it waits 30 s for work in the background (`orderly_stop`)."""

ADDRESSES = "addresses.json"
"""File in a stack's folder that says where it answers, while it runs."""

_counter = itertools.count(1)

ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""As in the Dockerfile: threads share arenas, since Odoo limits the address space of processes."""

ADMIN = ("admin", "admin")
"""Login and password of the administrator in databases made here."""


class Stack:
    """Servers of one database, as a context manager.

    Everything is started on entering and stopped on leaving.

    Servers listen on 127.0.0.1; a port 0 means any free one. The database is a fresh clone of the
    template with our addons (made on the first use, about two minutes) and dropped at the end,
    unless `keep`.

    :param db_name: name of the database; "" for one of its own
    :param demo: with the addons' demonstration data (flow, queue, users with passwords)
    :param empty: as after an installation: no demonstration data, nothing connected, the rules of
        access of production, and `FIRST` as the first administrator of the center
    :param working_hours: let the demo's queues act as if it were Monday, ten o'clock
    :param workers: Odoo's worker processes; 0 is the threaded server. More need nginx or caddy
    :param keep: keep the database, and use it again (updated) when it exists
    :param durable: commits wait for the disk, as in production; otherwise only for a kept database
    :param sandbox: start the sandbox and point the demo's WhatsApp number and GLPI server to it
    :param odoo_options: more options for odoo.conf
    :param quiet: caps the seconds of quiet that a flow's bot waits for before it answers; 0
        answers each message at once, None leaves it to the flows
    :param environment: what `prepare` returned, when the caller has it; else it is prepared here
    :param settings: what the user chose, when there is no environment yet; else from variables
    """

    odoo_env: dict[str, str] = {}
    """More variables of Odoo's environment, of stacks that need some."""

    def __init__(
        self,
        db_name: str = "",
        demo: bool = True,
        empty: bool = False,
        working_hours: bool = False,
        workers: int = 0,
        odoo_port: int = 0,
        meta_port: int = 0,
        glpi_port: int = 0,
        keep: bool = False,
        durable: bool | None = None,
        sandbox: bool = True,
        host: str = "127.0.0.1",
        odoo_options: dict[str, object] | None = None,
        quiet: float | None = None,
        environment: Environment | None = None,
        settings: Settings | None = None,
    ):
        self.db_name = db_name or f"contact_center_{os.getpid()}_{next(_counter)}"
        self.demo = demo and not empty
        self.empty = empty
        self.working_hours = working_hours
        self.workers = workers
        self.keep = keep
        self.durable = keep if durable is None else durable
        self.sandbox = sandbox
        self.host = host
        self.odoo_port = odoo_port or free_port()
        self.meta_port = meta_port or free_port()
        self.glpi_port = glpi_port or free_port()
        self.odoo_options = odoo_options or {}
        self.quiet = quiet
        self.environment = environment
        self.settings = settings or (environment.settings if environment else Settings.from_env())
        self.databases: Databases | None = None
        self.run_dir: Path | None = None
        self._guard: Guard | None = None
        self._odoo: Child | None = None
        self._sandbox = self._proxy = None  # a Child each, where there is one
        self._conf: Path | None = None
        self._claimed: IO | None = None
        self._made_database, self._inner_port, self._gevent_port = False, 0, 0
        others = {"--meta-port": meta_port, "--glpi-port": glpi_port} if sandbox else {}
        self._asked_ports = {"--port": odoo_port} | others

    # --- addresses and files --------------------------------------------------------------------

    @property
    def odoo_url(self) -> str:
        """Address at which people and webhooks reach Odoo."""
        return f"http://127.0.0.1:{self.odoo_port}"

    @property
    def meta_url(self) -> str:
        """The sandbox's Cloud API, its control API and the phone's page."""
        return f"http://127.0.0.1:{self.meta_port}"

    @property
    def glpi_url(self) -> str:
        """The sandbox's GLPI (`/apirest.php` below it)."""
        return f"http://127.0.0.1:{self.glpi_port}"

    @property
    def webhook_url(self) -> str:
        """Address to which Meta (the sandbox) sends its webhooks."""
        return f"{self.odoo_url}/whatsapp/webhook"

    @property
    def db_url(self) -> str:
        """URL of the database, for psycopg2."""
        return self.environment.server.url(self.db_name)

    @property
    def odoo_log(self) -> Path:
        """Log of Odoo since entering, restarts included."""
        return self.run_dir / "odoo.log"

    @property
    def sandbox_log(self) -> Path:
        """Output of the sandbox since entering."""
        return self.run_dir / "sandbox.log"

    @property
    def _glpi_rows(self) -> Path:
        """File in which the simulated GLPI keeps its rows for a kept database."""
        return self.run_dir / "glpi.json"

    # --- life -----------------------------------------------------------------------------------

    def __enter__(self) -> Stack:
        try:
            self._enter()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, kind, error, trace):
        self._leave()

    def _enter(self) -> None:
        self.run_dir = self.settings.run_dir(self.db_name)
        self._claim()
        self._check_ports()
        self.environment = self.environment or prepare(self.settings)
        server = self.environment.server
        if isinstance(server, EmbeddedServer):
            self._guard.watch_postgres(server.home, server.binaries)
        server.acquire()
        self.databases = Databases(self.environment)
        if isinstance(server, EmbeddedServer):
            self.databases.drop_abandoned()
        for log in (self.odoo_log, self.sandbox_log):
            log.unlink(missing_ok=True)
        self._make_database()
        if self.sandbox:
            self._start_sandbox()
        self._set_up()
        self._write_conf()
        if self.workers:
            self._start_proxy()
        self.start_odoo()
        if self._sandbox:
            self._sandbox.wait_for(f"{self.meta_url}/phone", 30)
            self._sandbox.wait_for(f"{self.glpi_url}/", 30)
        addresses = {"odoo_url": self.odoo_url, "meta_url": self.meta_url}
        (self.run_dir / ADDRESSES).write_text(json.dumps(addresses), encoding="utf-8")

    def _leave(self) -> None:
        if self._guard:  # else another stack is running here
            (self.run_dir / ADDRESSES).unlink(missing_ok=True)
        for child in (self._proxy, self._odoo, self._sandbox):
            if child:
                child.stop()
        if self.databases and self._made_database and not self.keep:
            self.databases.drop(self.db_name)
        if self.environment:
            self.environment.server.release()
        if self._guard:
            self._guard.dismiss()
        if self._claimed:
            self._claimed.close()

    # --- Odoo -----------------------------------------------------------------------------------

    def start_odoo(self) -> None:
        """Start Odoo on the same database and ports, and wait until it answers."""
        options = {**ARENAS, **({} if self.durable else QUICK), **self.odoo_env}
        command = [*self.environment.env.odoo, "-c", str(self._conf)]
        self._odoo = Child("Odoo", command, self.odoo_log, self._guard, env=options)
        self._odoo.wait_for(f"http://127.0.0.1:{self._inner_port}/web/login", 180)
        if self.workers:
            self._odoo.wait_for(f"http://127.0.0.1:{self._gevent_port}/web/health", 60)

    def stop_odoo(self) -> None:
        """Stop Odoo in order: scheduled work may take up to half a minute to end."""
        self._odoo.stop(STOP_SECONDS)

    def kill_odoo(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to Odoo and all its processes; after SIGKILL it is gone on return."""
        self._odoo.kill(number)

    @property
    def odoo_pid(self) -> int:
        """Odoo's first process."""
        return self._odoo.process.pid

    @property
    def odoo_alive(self) -> bool:
        """Whether Odoo's process runs."""
        return bool(self._odoo) and self._odoo.alive

    def wait(self) -> None:
        """Return when a server ends by itself (in a foreground run that is a failure)."""
        while all(child.alive for child in self._children()):
            time.sleep(0.5)

    def dead(self) -> list[Child]:
        """Return servers that have ended by themselves."""
        return [child for child in self._children() if not child.alive]

    def _children(self) -> list[Child]:
        return [child for child in (self._odoo, self._sandbox, self._proxy) if child]

    def shell(self, script: str, **values) -> str:
        """Run code in `odoo shell` on the database and return what it printed.

        The code has `env` (commit with `env.cr.commit()`), and `values` as JSON in the variable
        `$CONTACT_CENTER_VALUES`.
        """
        return self.databases.shell(self.db_name, script, values, {} if self.durable else QUICK)

    # --- parts of entering ----------------------------------------------------------------------

    def _claim(self) -> None:
        """Be the only stack on this database; wait for the guard of one that was killed."""
        self._claimed = open(self.run_dir / "stack.lock", "a+")  # noqa: SIM115 - held until _leave
        try:
            fcntl.flock(self._claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = running_pid(self.run_dir)
            self._claimed.close()
            raise Problem(
                f"Já está em execução, como processo {pid}.",
                "use esse, ou encerre-o antes: ./dev stop",
            ) from None
        self._claimed.truncate(0)
        self._claimed.write(str(os.getpid()))
        self._claimed.flush()
        guard = open(self.run_dir / "guard.lock", "w")  # noqa: SIM115 - the guard takes it over
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("A execução anterior foi interrompida; esperando os servidores dela terminarem ...")
            fcntl.flock(guard, fcntl.LOCK_EX)
        self._guard = Guard(guard)

    def _check_ports(self) -> None:
        """Check that ports asked for by number are free."""
        for option, port in self._asked_ports.items():
            if port:
                require_port(port, PORTS[option], option)

    def _make_database(self) -> None:
        if self.keep:
            if self.databases.bring_up_to_date(self.db_name):
                self._glpi_rows.unlink(missing_ok=True)
        else:
            template = self.databases.template(demo=self.demo)
            self.databases.drop(self.db_name)
            self.databases.clone(template, self.db_name)
        self._made_database = True

    def _set_up(self) -> None:
        set_up(self)

    def _write_conf(self) -> None:
        self._inner_port = free_port() if self.workers else self.odoo_port
        options: dict[str, object] = {
            "http_interface": "127.0.0.1" if self.workers else self.host,
            "http_port": self._inner_port,
            "workers": self.workers,
            **self.odoo_options,
        }
        if self.workers:
            options |= {"gevent_port": free_port(), "proxy_mode": True}
        self._gevent_port = options.get("gevent_port", 0)
        self._conf = self.databases.conf(self.db_name, options, self.run_dir / "odoo.conf")

    def _start_sandbox(self) -> None:
        command = [
            *(str(self.environment.env.python), "-m", "sandbox"),
            *("--meta-port", str(self.meta_port), "--glpi-port", str(self.glpi_port)),
            *("--webhook-url", self.webhook_url),
            # Tickets of a kept database must still be there when it is started again.
            *(("--glpi-keep", str(self._glpi_rows)) if self.keep else ()),
        ]
        if self.keep:
            # A kept database knows ticket numbers that GLPI must not give out again.
            command += ["--glpi-keep", str(self.run_dir / "glpi.json")]
        self._sandbox = Child(
            "The sandbox", command, self.sandbox_log, self._guard, env={"PYTHONPATH": str(ROOT)}
        )

    def _start_proxy(self) -> None:
        command = proxy_command(self.run_dir, self.odoo_port, self._inner_port, self._gevent_port)
        self._proxy = Child("The reverse proxy", command, self.run_dir / "proxy.log", self._guard)


def running_pid(run_dir: Path) -> int:
    """Return the process that runs the stack of this folder, 0 when none does."""
    lock = run_dir / "stack.lock"
    if not lock.exists():
        return 0
    with open(lock) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(handle.read() or 0)
    return 0


def main() -> None:
    """Run a stack until it is interrupted; print its addresses.

    `python -m devtools.servers`.
    """
    with Stack() as stack:
        addresses = {
            name: str(getattr(stack, name))
            for name in ("odoo_url", "meta_url", "glpi_url", "db_url", "odoo_log")
        }
        print(json.dumps(addresses), flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        stack.wait()


if __name__ == "__main__":
    main()
