"""An `odoo shell` that stays.

Odoo is loaded once, and each piece of code runs in a copy of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from pathlib import Path

from .databases import SCRIPTS, Databases
from .errors import Problem

SCRIPT = SCRIPTS / "standing.py"


class StandingShell:
    """The shell of one database, started with the first code.

    Close it before the database goes.

    :param databases: where the database is
    :param name: of the database
    :param variables: more of the environment
    """

    def __init__(self, databases: Databases, name: str, variables: dict[str, str]):
        self.databases, self.name, self.variables = databases, name, variables
        self._process: subprocess.Popen | None = None

    def run(self, code: str, values: dict) -> str:
        """Run code as `Databases.shell` does, and return what it printed.

        :raise Problem: the code failed, or Odoo could not be loaded
        """
        if not self._process:
            self._start()
        out, err = (self._file(name) for name in ("out", "err"))
        request = {"code": code, "values": values, "out": str(out), "err": str(err)}
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps(request), file=self._requests, flush=True)
        answer = self._answers.readline()
        if answer.strip() == "0":
            return out.read_text(encoding="utf-8")
        said = err if answer else self._file("log")
        if not answer:
            self.close()
        tail = "\n".join(
            f"    {line}" for line in said.read_text(errors="replace").splitlines()[-15:]
        )
        raise Problem(f"Um script no shell do Odoo, no banco {self.name}, falhou:\n{tail}")

    def close(self) -> None:
        """End it, if it was started."""
        if self._process:
            for pipe in (self._requests, self._answers):
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
            self._process.wait()
            self._process = None

    def _start(self) -> None:
        theirs, ours = os.pipe()
        answers, their_answers = os.pipe()
        conf = self.databases.conf(self.name, path=self._file("conf"))
        values = json.dumps({"requests": theirs, "answers": their_answers})
        with open(SCRIPT, encoding="utf-8") as script, open(self._file("log"), "wb") as log:
            odoo = self.databases.environment.env.odoo
            self._process = subprocess.Popen(
                [*odoo, "shell", "-c", str(conf), "-d", self.name, "--no-http"],
                stdin=script,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.databases.run_dir,
                env={**os.environ, **self.variables, "CONTACT_CENTER_VALUES": values},
                pass_fds=(theirs, their_answers),
            )
        os.close(theirs)
        os.close(their_answers)
        self._requests, self._answers = os.fdopen(ours, "w"), os.fdopen(answers)

    def _file(self, ending: str) -> Path:
        return self.databases.run_dir / f"{self.name}-standing.{ending}"
