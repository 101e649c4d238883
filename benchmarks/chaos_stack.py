"""Servers that can be treated badly: PostgreSQL, filestore, a clock of their own."""

import contextlib
import dataclasses
import shutil
import time
from pathlib import Path

import psutil
import psycopg2

from devtools.databases import Databases
from devtools.embedded import binaries_of
from devtools.environment import Environment, prepare
from devtools.logcheck import EXPECTED
from devtools.settings import Settings

from .own_postgres import OwnServer, copy_database
from .setting import Bench, BenchStack

HOSTILE = Path(__file__).with_name("hostile")
SECRET_KEYS = "contact_center_secret_keys"
PATIENCE = 90.0
"""Seconds in which a database that was restarted answers again."""

# Lines of Odoo's log that a database which dies under it, or a full disk, leaves
PROVOKED = (
    r"OperationalError|InterfaceError|AdminShutdown|CrashShutdown|connection to server",
    r"odoo\.sql_db: (bad query|Connection to the database failed)",
    r"(connection|cursor) already closed|server closed the connection unexpectedly|DatabaseError",
    r"jobrunner\.runner: (exception: sleeping|exception in GET|Re-queued dead job)",
    r"ConnectionRefusedError|RemoteDisconnected|ConnectionResetError|BrokenPipeError",
    r"queue_job\.controllers\.main: was requested to run job",
    r"No space left on device",
    r"WhatsApp webhook: a delivery goes the ordinary way",
    r"OperationalErrorWithoutCode|could not serialize access",
)


@dataclasses.dataclass(frozen=True)
class OwnEnvironment(Environment):
    """An environment whose filestore is in a folder of its own."""

    folder: Path = Path()

    @property
    def data_dir(self) -> Path:
        """Odoo's data_dir."""
        return self.folder


class ChaosStack(BenchStack):
    """The servers with a PostgreSQL, a filestore and a clock of their own.

    :param workers: Odoo's worker processes; 0: one process with threads
    """

    def __init__(self, workers: int, settings: Settings | None = None):
        self._shared = prepare(settings or Settings.from_env(), tools=True)
        super().__init__(workers, settings=self._shared.settings)
        self.folder = self.settings.run_dir(self.db_name)
        binaries = binaries_of(self._shared.env.site_packages)
        self.postgres = OwnServer(self._shared.env.python, self.folder / "postgres", binaries)
        shared = {
            one.name: getattr(self._shared, one.name) for one in dataclasses.fields(Environment)
        }
        self.environment = OwnEnvironment(
            **{**shared, "server": self.postgres}, folder=self.folder / "data"
        )
        self.hostile = self.folder / "hostile"
        self.odoo_env = {"PYTHONPATH": str(HOSTILE), "HOSTILE_FOLDER": str(self.hostile)}

    def _make_database(self) -> None:
        for folder in (self.hostile, self.environment.data_dir):
            folder.mkdir(exist_ok=True)
        expected = "".join(f"# The bench provokes it\n{line}\n" for line in PROVOKED)
        self.odoo_log.with_name(EXPECTED.name).write_text(expected, encoding="utf-8")
        shutil.copy2(self._shared.data_dir / SECRET_KEYS, self.environment.data_dir)
        server = self._shared.server
        server.acquire()
        try:
            databases = Databases(self._shared)
            template = databases.template(demo=True)
            copy_database(server, template, self.postgres, self.db_name, self.folder)
            shutil.copytree(databases.filestore(template), self.databases.filestore(self.db_name))
        finally:
            server.release()
        # From now on `now()` can be moved (devtools.pg_admin)
        self.step_clock(0)
        self._made_database = True

    def _leave(self) -> None:
        super()._leave()
        self.postgres.remove()
        shutil.rmtree(self.environment.data_dir, ignore_errors=True)

    # --- what is done to them ---------------------------------------------------------------------

    def step_clock(self, seconds: int) -> None:
        """Let Odoo's and PostgreSQL's clock be so far ahead of the far sides'."""
        self.postgres.run(["move_clock", self.db_name, seconds])
        (self.hostile / "clock").write_text(str(seconds))

    def fill_disk(self, full: bool) -> None:
        """Let the disk of the filestore be full, or have space again."""
        path = self.hostile / "full"
        path.touch() if full else path.unlink(missing_ok=True)

    def kill_odoo_process(self, chance) -> bool:
        """Kill -9 one of the processes that Odoo's first one started; False without any."""
        children = psutil.Process(self.odoo_pid).children()
        if children:
            with contextlib.suppress(psutil.NoSuchProcess):
                chance.choice(children).kill()
        return bool(children)


class ChaosBench(Bench):
    """Asks the database again when it was restarted meanwhile."""

    def query(self, sql: str, values: list = ()) -> list[tuple]:
        """Return the rows of a query, once the database answers."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return super().query(sql, values)
            except psycopg2.Error as error:
                # What the server itself finds wrong has a code; one that was killed while it
                # answered leaves a DatabaseError without one, on a connection not known as closed
                gone = isinstance(error, psycopg2.OperationalError) or not error.pgcode
                if not gone or time.monotonic() > end:
                    raise
                time.sleep(0.5)
                with contextlib.suppress(psycopg2.OperationalError):
                    self._connection = psycopg2.connect(self.stack.db_url)
                    self._connection.autocommit = True
