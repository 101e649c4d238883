"""`./dev test`: everything, on a clean clone too. Lint, unit and contract tests, Odoo's tests, end
to end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from .chromium import require_chromium
from .console import say
from .databases import process_exists
from .environment import Environment, prepare
from .errors import Problem
from .linting import run_lint
from .logcheck import check_logs
from .moved_clock import MovedClock, choose
from .odoo_tests import run_odoo
from .programs import program_env
from .results import Result, summary
from .settings import ROOT, Settings

PARTS = ("lint", "unit", "odoo", "e2e")
E2E_WORKERS = 2
"""Products on which the end-to-end tests run side by side: half of the time each waits for one."""

UNIT_FOLDERS = ("tests/unit", "tests/contract", "tests/deployment")


def test(settings: Settings, arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Run the parts asked for (all of them by default); exit status 0 only if nothing failed."""
    started = time.monotonic()
    parts = [part for part in PARTS if not arguments.only or part in arguments.only]
    run = new_run_folder(settings)
    os.environ["CONTACT_CENTER_RUN"] = str(run)
    clock = choose(arguments.clock) if {"unit", "odoo"} & set(parts) else MovedClock()
    if "odoo" in parts or "e2e" in parts:
        require_chromium()
    environment = prepare(settings, tools=True)
    if "odoo" in parts or "e2e" in parts:
        # Held for the whole run, so that the parts share one server instead of starting one each.
        environment.server.acquire()
    results = []
    try:
        for part in parts:
            say(f"\n== {part} " + "=" * (56 - len(part)))
            results.append(run_part(part, environment, arguments.k, run, clock))
            say(results[-1].line())
    finally:
        environment.server.release()
    print(summary(results, time.monotonic() - started), flush=True)
    return 0 if all(result.ok for result in results) else 1


def run_part(
    part: str, environment: Environment, words: str, run: Path, clock: MovedClock
) -> Result:
    """Run one part; what stops it as a whole is a failure of that part, and the others still
    run.

    :param clock: of the unit and the Odoo part; browsers and servers keep the real one
    """
    if part in ("unit", "odoo"):
        say(clock.words())
    functions: dict[str, Callable[[], Result]] = {
        "lint": lambda: run_lint(environment),
        "unit": lambda: run_pytest("unit", environment, UNIT_FOLDERS, words, run, clock=clock),
        "odoo": lambda: run_odoo(environment, words, clock),
        "e2e": lambda: run_e2e(environment, words, run),
    }
    try:
        return functions[part]()
    except Problem as problem:
        say(str(problem))
        result = Result(part)
        result.fail(problem.message.splitlines()[0])
        return result


def new_run_folder(settings: Settings) -> Path:
    """A folder for the logs of this run; the last one's is removed."""
    folder = settings.cache / "test-logs"
    for old in folder.glob("*"):
        if not process_exists(int(old.name)):
            shutil.rmtree(old, ignore_errors=True)
    own = folder / str(os.getpid())
    own.mkdir(parents=True, exist_ok=True)
    return own


def run_e2e(environment: Environment, words: str, run: Path) -> Result:
    """End-to-end and browser tests, and the logs of the servers they ran.

    A file's tests run in order on one product; all files are shared out among `E2E_WORKERS`.
    """
    spread = (
        () if words else ("-n", str(E2E_WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
    )
    result = run_pytest("e2e", environment, ("tests/e2e",), words, run, *spread)
    for complaint in check_logs(sorted(run.glob("*/odoo.log")) + sorted(run.glob("*/sandbox.log"))):
        say(f"unexpected in a server's log: {complaint}")
        result.fail(f"log line: {str(complaint).splitlines()[0]}")
    return result


def run_pytest(
    name: str,
    environment: Environment,
    folders: tuple[str, ...],
    words: str,
    run: Path,
    *options: str,
    clock: MovedClock | None = None,
) -> Result:
    """Run pytest on folders, with more of its `options`; counts come from its JUnit report."""
    started = time.monotonic()
    result = Result(name)
    present = [folder for folder in folders if list((ROOT / folder).glob("**/test_*.py"))]
    if not present:
        result.fail(f"no tests in {', '.join(folders)}")
        return result
    report = run / f"{name}.xml"
    command = [
        *(str(environment.env.python), "-m", "pytest", "-q", f"--junitxml={report}"),
        *("-o", f"cache_dir={environment.settings.cache / 'pytest'}"),
        *(("-k", words) if words else ()),
        *options,
        *present,
    ]
    env = {**program_env(environment.settings), "PYTHONDONTWRITEBYTECODE": "1"}
    if clock and clock.moment:
        env |= clock.environment(clock.offset(datetime.now(timezone.utc)), env["PYTHONPATH"])
        result.notes.append(clock.words())
    status = subprocess.run(command, cwd=ROOT, env=env, stdout=sys.stderr).returncode
    result.seconds = time.monotonic() - started
    if report.exists():
        read_junit(report, result)
    # 5: no test has a name with the words given, which is no failure of these folders.
    if status not in (0, 5) and result.ok:
        result.fail(f"pytest ended with status {status}")
    return result


def read_junit(report: Path, result: Result) -> None:
    """Add the counts of a JUnit report."""
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            result.fail(name)
        elif "skipped" in kinds:
            result.skipped += 1
            result.notes.append(f"skipped: {name}")
        else:
            result.passed += 1
