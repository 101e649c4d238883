"""Several Odoo servers on one database, as in docker-compose.ha.yml.

There on several machines.

>>> with Nodes() as nodes:                                     # doctest: +SKIP
...     nodes.kill_node("node1")
...     print(nodes.odoo_url)                                  # still answers
"""

from __future__ import annotations

import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from .balancer import Balancer
from .checks import free_port
from .databases import QUICK
from .logcheck import EXPECTED
from .processes import Child
from .servers import ARENAS, STOP_SECONDS, Stack

PROVOKED = """# The node that was to run the job stops or was killed; it is handed out again
jobrunner\\.runner: exception in GET
"""
"""What any node may log while another one goes, in the form of `expected_log_lines.txt`."""

SERVER_WIDE = "base,rpc,web,queue_job,session_db"
"""Modules that each process loads; `session_db` keeps sessions where `SESSION_DB_URI` says."""


@dataclass
class Node:
    """One of the servers.

    :param name: as the database sees it (`application_name` without the process)
    :param port: where it answers itself; people go through the balancer
    :param folder: its configuration, its log, and a data folder that no other node uses
    :param child: its process, once started
    """

    name: str
    port: int
    folder: Path
    child: Child | None = None

    @property
    def log(self) -> Path:
        """Its log."""
        return self.folder / "odoo.log"

    @property
    def conf(self) -> Path:
        """Its odoo.conf."""
        return self.folder / "odoo.conf"

    @property
    def data_dir(self) -> Path:
        """Return its data folder: shared files (a store in production), the rest its own."""
        return self.folder / "data"

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.child is not None and self.child.alive

    def handled(self, text: str) -> int:
        """Return how many lines of its log have `text`: what it was asked to do."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return sum(text in line for line in lines)


class Nodes(Stack):
    """Servers of one database behind a balancer; `odoo_url` is the balancer's.

    They share PostgreSQL, the files and the folder of data exports, nothing else: sessions are in a
    database of their own, and each has its own data folder. Jobs are handed out through the
    balancer, by whichever node's runner leads.

    :param names: of the nodes
    :param own_files: no folder of files is shared: they must be in a store
    """

    def __init__(
        self,
        names: tuple[str, ...] = ("node1", "node2"),
        own_files: bool = False,
        **options: object,
    ):
        super().__init__(**options)
        self.own_files = own_files
        self.nodes = [
            Node(name, free_port(), self.settings.run_dir(f"{self.db_name}_{name}"))
            for name in names
        ]
        self._balancer: Balancer | None = None

    @property
    def sessions_db(self) -> str:
        """Name of the database in which the sessions are."""
        return f"{self.db_name}_sessions"

    def node(self, name: str) -> Node:
        """Return the node of that name."""
        return next(node for node in self.nodes if node.name == name)

    # --- life -----------------------------------------------------------------------------------

    def _make_database(self) -> None:
        super()._make_database()
        self.databases.drop(self.sessions_db)
        self.databases.server.run(["create_empty", self.sessions_db])

    def _leave(self) -> None:
        for node in self.nodes:
            if node.child:
                node.child.stop()
            shutil.rmtree(node.data_dir, ignore_errors=True)
        if self._balancer:
            self._balancer.server_close()
        if self.run_dir:
            shutil.rmtree(self.run_dir / "exports", ignore_errors=True)
        if self.databases:
            self.databases.drop(self.sessions_db)
        super()._leave()

    def _write_conf(self) -> None:
        exports = self.run_dir / "exports"
        shared = {"contact_center_data_export": exports}
        if not self.own_files:
            shared["filestore"] = self.environment.data_dir / "filestore"
        for node in self.nodes:
            node.log.unlink(missing_ok=True)
            shutil.rmtree(node.data_dir, ignore_errors=True)
            node.data_dir.mkdir()
            for name, folder in shared.items():
                folder.mkdir(parents=True, exist_ok=True)
                (node.data_dir / name).symlink_to(folder)
            options = {
                "http_interface": "127.0.0.1",
                "http_port": node.port,
                "workers": 0,
                "server_wide_modules": SERVER_WIDE,
                "data_dir": node.data_dir,
                "db_app_name": f"{node.name}-{{pid}}",
                **self.odoo_options,
            }
            self.databases.conf(self.db_name, options, node.conf)

    def start_odoo(self) -> None:
        """Start the nodes that do not run, and wait until each answers."""
        if self._balancer is None:
            self._balancer = Balancer(self.odoo_port, [node.port for node in self.nodes])
        for node in self.nodes:
            if not node.alive:
                command = [*self.environment.env.odoo, "-c", str(node.conf)]
                node.log.with_name(EXPECTED.name).write_text(PROVOKED, encoding="utf-8")
                node.child = Child(node.name, command, node.log, self._guard, env=self._variables())
        for node in self.nodes:
            node.child.wait_for(f"http://127.0.0.1:{node.port}/web/login", 180)

    def _variables(self) -> dict[str, str]:
        """Return the environment of each node, that of docker-compose.ha.yml in small."""
        return {
            **ARENAS,
            **({} if self.durable else QUICK),
            "SESSION_DB_URI": self.sessions_db,
            "ODOO_QUEUE_JOB_HOST": "127.0.0.1",
            "ODOO_QUEUE_JOB_PORT": str(self.odoo_port),
            "CONTACT_CENTER_SECRET_KEYS_FILE": str(
                self.environment.data_dir / "contact_center_secret_keys"
            ),
        }

    def steer(self, *names: str) -> None:
        """Let new connections go to these nodes only; to all of them without names."""
        wanted = names or tuple(node.name for node in self.nodes)
        self._balancer.targets = tuple(self.node(name).port for name in wanted)

    def stop_odoo(self) -> None:
        """Stop all nodes in order."""
        for node in self.nodes:
            node.child.stop(STOP_SECONDS)

    def kill_node(self, name: str) -> None:
        """``kill -9`` of one node, whatever it is doing; it is gone on return."""
        self.node(name).child.kill(signal.SIGKILL)

    def kill_odoo(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to all nodes."""
        for node in self.nodes:
            node.child.kill(number)

    @property
    def odoo_alive(self) -> bool:
        """Whether a node runs."""
        return any(node.alive for node in self.nodes)

    def _children(self) -> list[Child]:
        return [*super()._children(), *(node.child for node in self.nodes if node.child)]
