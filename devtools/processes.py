"""Child processes that end when we do, even if we are killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

from .errors import Problem
from .settings import ROOT


class Guard:
    """A small process that outlives us only to clean up after us.

    It reads from a pipe which process groups we started and ended. When the pipe closes (we ended,
    or somebody killed us with SIGKILL) it ends those that are left, then stops the embedded
    PostgreSQL if nobody uses it. Until it has done so it holds the lock that the next run on the
    same database waits for.
    """

    def __init__(self, lock: IO):
        """Start the guard; it takes over `lock`, an open file with an exclusive lock."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devtools.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lock.fileno()],
            text=True,
        )
        lock.close()

    def tell(self, word: str, group: int) -> None:
        """Report that a process group was `started` or has `ended`."""
        self._write(f"{word} {group}")

    def _write(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()

    def watch_postgres(self, home: Path, binaries: Path) -> None:
        """Have the embedded server stopped too, if nobody else uses it then."""
        self._write(json.dumps({"home": str(home), "binaries": str(binaries)}))

    def dismiss(self) -> None:
        """Dismiss the guard: everything has ended in order."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()


class Child:
    """A server process in its own process group, with its output in a log file.

    :param name: for messages
    :param log: file its output is appended to
    """

    def __init__(
        self, name: str, command: list[str], log: Path, guard: Guard, env: dict | None = None
    ):
        self.name = name
        self.log = log
        self.guard = guard
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=log.parent,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        guard.tell("started", self.process.pid)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the whole process group; after SIGKILL wait for the end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        if number == signal.SIGKILL:
            self.process.wait()
            self.guard.tell("ended", self.process.pid)

    def stop(self, seconds: float = 15) -> None:
        """Ask it to end, and end it with its children if it does not within `seconds`."""
        if self.alive:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.kill()

    def wait_for(self, url: str, seconds: float = 120) -> None:
        """Wait until `url` answers with a status below 500.

        :raise Problem: it ended or did not answer in time; the end of its log is in the message
        """
        deadline = time.monotonic() + seconds
        while True:
            if answers(url):
                return
            if not self.alive:
                raise Problem(
                    f"{self.name} terminou ao iniciar. O fim de {self.log}:\n{log_tail(self.log)}"
                )
            if time.monotonic() > deadline:
                raise Problem(
                    f"{self.name} não respondeu em {url} em {seconds:.0f} s. "
                    f"O fim de {self.log}:\n{log_tail(self.log)}"
                )
            time.sleep(0.1)


def answers(url: str) -> bool:
    """Return whether a GET of the URL is answered, other than by a server's error."""
    # Never through a proxy: these are our own servers.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=30):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def log_tail(path: Path, count: int = 15) -> str:
    """Return the last lines of a log, indented for a message."""
    if not path.exists():
        return "    (vazio)"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-count:])
