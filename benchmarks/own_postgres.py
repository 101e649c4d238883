"""A PostgreSQL server of one's own, to be restarted and killed."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil

from devtools.embedded import OPTIONS, EmbeddedServer
from devtools.errors import Problem
from devtools.postgres import Server


class OwnServer(EmbeddedServer):
    """An embedded server of a folder of its own, deleted with `remove`.

    Without fsync: what a killed process has written the operating system keeps, and a disk that
    others use makes each recovery take a minute otherwise. Loss of power is not tried here.
    """

    options = {**OPTIONS, "fsync": "off"}

    @property
    def pid(self) -> int:
        """Its first process."""
        return int((self.data / "pgdata" / "postmaster.pid").read_text().split()[0])

    def restart(self) -> None:
        """Stop it as a system's update does (connections are cut), and start it again."""
        self._control("stop", "-m", "fast", "-t", "300")
        self._start()

    def kill(self) -> None:
        """End it and all its processes with `kill -9`, and start it again: it recovers."""
        first = psutil.Process(self.pid)
        family = [first, *first.children(recursive=True)]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, 30)
        self._start()

    def kill_connection(self, chance) -> None:
        """Kill -9 one process that serves a connection: PostgreSQL ends all and recovers.

        :param chance: `random.Random`, which chooses
        """
        serving = [
            process
            for process in psutil.Process(self.pid).children()
            if " [local] " in " ".join(process.cmdline())
        ]
        if serving:
            os.kill(chance.choice(serving).pid, signal.SIGKILL)

    def remove(self) -> None:
        """Delete its folder."""
        shutil.rmtree(self.home, ignore_errors=True)


def copy_database(source: Server, name: str, target: OwnServer, copy: str, folder: Path) -> None:
    """Make a copy of another server's database.

    :param folder: for a file that is as large as the database, removed afterwards
    :raise Problem: PostgreSQL's programs refuse it; their words are in the message
    """
    dump = folder / "copy.dump"
    try:
        _run(target, "pg_dump", "-Fc", "-Z1", "-f", str(dump), source.url(name))
        target.run(["create_empty", copy])
        options = ("--no-owner", "--exit-on-error", "--jobs", "2")
        _run(target, "pg_restore", *options, "-d", target.url(copy), str(dump))
    finally:
        dump.unlink(missing_ok=True)


def _run(server: OwnServer, program: str, *words: str) -> None:
    done = subprocess.run(
        [str(server.binaries / program), *words], capture_output=True, text=True, cwd="/"
    )
    if done.returncode:
        raise Problem(f"{program}: {done.stderr.strip()}")
