"""Check that every term that Odoo exports from an addon has its entry in pt_BR.po."""

from __future__ import annotations

import subprocess

from .console import say
from .databases import SCRIPTS, Databases
from .errors import Problem
from .install import remove
from .results import Result
from .settings import ROOT


def check_terms(databases: Databases, name: str, addon: str, result: Result) -> None:
    """Check one addon; see `check_all_terms`."""
    check_all_terms(databases, name, [addon], result)


def check_all_terms(databases: Databases, name: str, addons: list[str], result: Result) -> None:
    """Export the terms of addons and compare; each counts as one test.

    :param name: of a database that has the addons
    """
    folder = databases.run_dir / "terms" / name
    remove(folder)
    folder.mkdir(parents=True)
    values = {"addons": addons, "folder": str(folder)}
    try:
        databases.shell(name, SCRIPTS / "terms.py", values)
    except Problem as problem:
        result.fail(f"terms of {', '.join(addons)} could not be exported: {problem.message[-300:]}")
        return
    check = subprocess.run(
        [
            *(str(databases.environment.env.python), "-m", "devtools.translations"),
            *("--exported", str(folder)),
            *(str(ROOT / "addons" / addon) for addon in addons),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    said = (check.stdout + check.stderr).splitlines()
    if check.returncode:
        say("\n".join(said))
    missing = {addon: [line for line in said if f"/{addon}/" in line] for addon in addons}
    if check.returncode and not any(missing.values()):
        result.fail(f"terms of {', '.join(addons)} could not be compared: {said[-1:]}")
    for addon, lines in missing.items():
        if lines:
            result.fail(f"{addon}: {len(lines)} terms without translation")
        else:
            result.passed += 1
