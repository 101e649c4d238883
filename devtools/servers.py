"""The whole product running: PostgreSQL, the sandbox (Meta and GLPI), Odoo. Used by `up`, demo, bench and tests.

>>> with Stack() as stack:                                   # doctest: +SKIP
...     print(stack.odoo_url, stack.meta_url, stack.glpi_url)
...     stack.shell("print(env['contact_center.conversation'].search_count([]))")
...     stack.kill_odoo()
...     stack.start_odoo()
"""

from __future__ import annotations

import itertools
import json
import os
import runpy
import signal
import sys
import time
from pathlib import Path

from .checks import free_port
from .databases import QUICK, SCRIPTS, Databases
from .embedded import EmbeddedServer
from .environment import Environment, prepare
from .install import fingerprint
from .processes import Child, Guard
from .proxy import proxy_command
from .settings import ROOT, Settings

_counter = itertools.count(1)

ADMIN = ("admin", "admin")
"""Login and password of the administrator in databases made here."""


class Stack:
    """Servers of one database, as a context manager. Everything is started on entering and stopped on leaving.

    Servers listen on 127.0.0.1; a port 0 means any free one. The database is a fresh clone of the template with our
    addons (made on the first use, about two minutes) and dropped at the end, unless `keep`.

    :param db_name: name of the database; "" for one of its own
    :param demo: with the addons' demonstration data (flow, queue, users with passwords)
    :param workers: Odoo's worker processes; 0 is the threaded server. More need nginx or caddy
    :param keep: keep the database, and use it again (updated) when it exists
    :param durable: commits wait for the disk, as in production; otherwise only for a kept database
    :param sandbox: start the sandbox and point the demo's WhatsApp number and GLPI server to it
    :param odoo_options: more options for odoo.conf
    :param environment: what `prepare` returned, when the caller has it; else it is prepared here
    """

    def __init__(
        self,
        db_name: str = "",
        demo: bool = True,
        workers: int = 0,
        odoo_port: int = 0,
        meta_port: int = 0,
        glpi_port: int = 0,
        keep: bool = False,
        durable: bool | None = None,
        sandbox: bool = True,
        host: str = "127.0.0.1",
        odoo_options: dict[str, object] | None = None,
        environment: Environment | None = None,
    ):
        self.db_name = db_name or f"contact_center_{os.getpid()}_{next(_counter)}"
        self.demo = demo
        self.workers = workers
        self.keep = keep
        self.durable = keep if durable is None else durable
        self.sandbox = sandbox
        self.host = host
        self.odoo_port = odoo_port or free_port()
        self.meta_port = meta_port or free_port()
        self.glpi_port = glpi_port or free_port()
        self.odoo_options = odoo_options or {}
        self.environment = environment
        self.databases: Databases | None = None
        self.run_dir: Path | None = None
        self._guard: Guard | None = None
        self._odoo: Child | None = None
        self._sandbox: Child | None = None
        self._proxy: Child | None = None
        self._conf: Path | None = None
        self._made_database = False

    # --- addresses and files --------------------------------------------------------------------

    @property
    def odoo_url(self) -> str:
        """Where people and webhooks reach Odoo."""
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
        """Where Meta (the sandbox) sends its webhooks."""
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
        self.environment = self.environment or prepare(Settings.from_env())
        server = self.environment.server
        self.run_dir = self.environment.run_dir(self.db_name)
        self._guard = Guard(
            {"home": str(server.home), "binaries": str(server.binaries)}
            if isinstance(server, EmbeddedServer)
            else None
        )
        server.acquire()
        self.databases = Databases(self.environment)
        for log in (self.odoo_log, self.sandbox_log):
            log.unlink(missing_ok=True)
        if self.sandbox:
            self._start_sandbox()
        self._make_database()
        self._set_up()
        self._write_conf()
        if self.workers:
            self._start_proxy()
        self.start_odoo()
        if self._sandbox:
            self._sandbox.wait_for(f"{self.meta_url}/phone", 30)
            self._sandbox.wait_for(f"{self.glpi_url}/", 30)

    def _leave(self) -> None:
        for child in (self._proxy, self._odoo, self._sandbox):
            if child:
                child.stop()
        if self.databases and self._made_database and not self.keep:
            self.databases.drop(self.db_name)
        if self.environment:
            self.environment.server.release()
        if self._guard:
            self._guard.dismiss()

    # --- Odoo -----------------------------------------------------------------------------------

    def start_odoo(self) -> None:
        """Start Odoo on the same database and ports, and wait until it answers."""
        options = {} if self.durable else QUICK
        command = [*self.environment.env.odoo, "-c", str(self._conf)]
        self._odoo = Child("Odoo", command, self.odoo_log, self._guard, env=options)
        self._odoo.wait_for(f"http://127.0.0.1:{self._inner_port}/web/login", 180)

    def stop_odoo(self) -> None:
        """Stop Odoo in order."""
        self._odoo.stop()

    def kill_odoo(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to Odoo and all its processes; after SIGKILL it is gone on return."""
        self._odoo.kill(number)

    def restart_odoo(self) -> None:
        """Stop Odoo in order and start it again."""
        self.stop_odoo()
        self.start_odoo()

    @property
    def odoo_alive(self) -> bool:
        """Whether Odoo's process runs."""
        return bool(self._odoo) and self._odoo.alive

    def wait(self) -> None:
        """Return when one of the servers ends by itself (in a foreground run that is a failure)."""
        while all(child.alive for child in self._children()):
            time.sleep(0.5)

    def dead(self) -> list[Child]:
        """Servers that have ended by themselves."""
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

    def _make_database(self) -> None:
        if self.keep:
            self.databases.bring_up_to_date(self.db_name)
        else:
            template = self.databases.template(demo=self.demo)
            self.databases.drop(self.db_name)
            self.databases.clone(template, self.db_name)
        self._made_database = True

    def _set_up(self) -> None:
        """Point the demo's records to the sandbox; skipped on a kept database set up alike."""
        script = SCRIPTS / "sandbox.py"
        values = {"odoo_url": self.odoo_url}
        if self.sandbox:
            constants = runpy.run_path(str(ROOT / "sandbox" / "defaults.py"))
            values["meta_url"] = self.meta_url
            values["glpi_url"] = self.glpi_url
            values["defaults"] = {
                name: value for name, value in constants.items() if name.isupper()
            }
        done = fingerprint(script.read_bytes(), json.dumps(values, sort_keys=True))
        if self.keep and self.databases.notes(self.db_name).get("set_up") == done:
            return
        self.databases.shell(self.db_name, script, values, {} if self.durable else QUICK)
        if self.keep:
            self.databases.note(self.db_name, set_up=done)

    def _write_conf(self) -> None:
        self._inner_port = free_port() if self.workers else self.odoo_port
        options = {
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
        ]
        self._sandbox = Child(
            "The sandbox", command, self.sandbox_log, self._guard, env={"PYTHONPATH": str(ROOT)}
        )

    def _start_proxy(self) -> None:
        command = proxy_command(self.run_dir, self.odoo_port, self._inner_port, self._gevent_port)
        self._proxy = Child("The reverse proxy", command, self.run_dir / "proxy.log", self._guard)


def main() -> None:
    """Run a stack until it is interrupted; prints its addresses (`python -m devtools.servers`)."""
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
