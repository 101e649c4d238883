"""Check that every term that Odoo exports from an addon has its entry in pt_BR.po."""

from __future__ import annotations

import subprocess

from .console import say
from .databases import Databases
from .install import remove
from .results import Result
from .settings import ROOT


def check_terms(databases: Databases, name: str, addon: str, result: Result) -> None:
    """Export an addon's terms and compare; counts as one test.

    :param name: of a database that has the addon
    """
    folder = databases.run_dir / "terms" / addon
    remove(folder)
    folder.mkdir(parents=True)
    env = databases.environment.env
    command = [*env.odoo, "i18n", "export", "-c", str(databases.conf(name)), "-d", name]
    command += ["-l", "pot", "-o", str(folder / f"{addon}.pot"), addon]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        result.fail(f"{addon}: its terms could not be exported: {done.stderr.strip()[-300:]}")
        return
    check = subprocess.run(
        [
            *(str(env.python), "-m", "devtools.translations", "--exported", str(folder)),
            str(ROOT / "addons" / addon),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if check.returncode:
        say(check.stdout + check.stderr)
        result.fail(f"{addon}: {len(check.stdout.splitlines())} terms without translation")
    else:
        result.passed += 1
