"""`./dev test`: everything, on a clean clone too.

Lint, unit and contract tests, Odoo's tests, end to end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path

from .chance import seed
from .changed import UNIT_FOLDERS, Selection, base_commit, describe, select
from .chromium import headless_shell, require_chromium
from .console import say
from .databases import Databases, process_exists
from .environment import Environment, prepare
from .errors import Problem
from .junit import read_junit
from .linting import run_lint
from .logcheck import check_logs
from .moved_clock import MovedClock, choose
from .odoo_tests import run_odoo
from .programs import program_env
from .results import Result, summary
from .settings import ROOT, Settings

PARTS = ("lint", "unit", "odoo", "e2e")
UNIT_WORKERS = 2
"""Processes of the unit part."""

E2E_WORKERS = 4
"""Products on which the end-to-end tests run side by side: half of the time each waits, so that
two fill one processor."""

PLAYED_AGAIN = 3
"""Files of end-to-end tests with failures that are played once more; with more of them something
is broken."""


def test(settings: Settings, arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Run the parts asked for, by default all; exit status 0 if nothing failed."""
    started = time.monotonic()
    parts = [part for part in PARTS if not arguments.only or part in arguments.only]
    selection = None
    if arguments.changed is not None:
        base = base_commit(arguments.changed)
        selection = select(base)
        parts = [part for part in parts if part == "lint" or getattr(selection, part)]
        say(describe(selection, base))
    run = new_run_folder(settings)
    os.environ["CONTACT_CENTER_RUN"] = str(run)
    clock = choose(arguments.clock, seed()) if {"unit", "odoo"} & set(parts) else MovedClock()
    if "odoo" in parts or "e2e" in parts:
        require_chromium()
    if "e2e" in parts:
        headless_shell()
    environment = prepare(settings, tools=True)
    if "odoo" in parts or "e2e" in parts:
        # Held for the whole run, so that the parts share one server instead of starting one each.
        environment.server.acquire()

    def work_off(parts: list[str]) -> list[Result]:
        done = []
        for part in parts:
            say(f"\n== {part} " + "=" * (56 - len(part)))
            done.append(run_part(part, environment, arguments.k, run, clock, selection))
            say(done[-1].line())
        return done

    try:
        results = [
            result
            for group in groups_of(parts, bool(selection))
            for result in beside_each_other(work_off, group)
        ]
    finally:
        environment.server.release()
    if selection:
        results[-1].notes += selection.notes
    print(summary(results, time.monotonic() - started), flush=True)
    return 0 if all(result.ok for result in results) else 1


def groups_of(parts: list[str], few: bool) -> list[list[list[str]]]:
    """Return groups of parts, which run one after the other.

    The lists of a group run side by side. Alone they keep both processors busy, but for lint and
    the unit part, in which some tests wait.

    :param few: only some tests run: then Odoo's, which install addons one after the other at
        first, run beside all the rest
    """
    if few:
        return [[[part for part in parts if part != "odoo"], ["odoo"] if "odoo" in parts else []]]
    quick = [[part] for part in parts if part in ("lint", "unit")]
    return [quick, *([[part]] for part in parts if part not in ("lint", "unit"))]


def beside_each_other(
    work_off: Callable[[list[str]], list[Result]], lists: list[list[str]]
) -> list[Result]:
    """Work lists of parts off side by side; the results in their order."""
    with ThreadPoolExecutor(max(1, len(lists))) as lanes:
        return [result for done in lanes.map(work_off, lists) for result in done]


def run_part(
    part: str,
    environment: Environment,
    words: str,
    run: Path,
    clock: MovedClock,
    selection: Selection | None = None,
) -> Result:
    """Run one part; what stops it is its failure, and the others still run.

    :param clock: of the unit and the Odoo part; browsers and servers keep the real one
    :param selection: the tests to run, all of them without it
    """
    if part in ("unit", "odoo"):
        say(clock.words())
    unit, odoo, e2e = UNIT_FOLDERS, None, ("tests/e2e",)
    if selection:
        unit, odoo, e2e = selection.unit, selection.odoo, selection.e2e
    functions: dict[str, Callable[[], Result]] = {
        "lint": lambda: run_lint(environment),
        "unit": lambda: run_pytest(
            "unit",
            environment,
            unit,
            words,
            run,
            *spread(0 if words else UNIT_WORKERS),
            f"--hypothesis-seed={seed()}",
            clock=clock,
        ),
        "odoo": lambda: run_odoo(environment, words, clock, odoo),
        "e2e": lambda: run_e2e(environment, words, run, e2e),
    }
    try:
        return functions[part]()
    except Problem as problem:
        say(str(problem))
        result = Result(part)
        result.fail(problem.message.splitlines()[0])
        return result


def new_run_folder(settings: Settings) -> Path:
    """Return a folder for the logs of this run; the last one's is removed."""
    folder = settings.cache / "test-logs"
    for old in folder.glob("*"):
        if not process_exists(int(old.name)):
            shutil.rmtree(old, ignore_errors=True)
    own = folder / str(os.getpid())
    own.mkdir(parents=True, exist_ok=True)
    return own


def run_e2e(
    environment: Environment, words: str, run: Path, paths: tuple[str, ...] = ("tests/e2e",)
) -> Result:
    """Run end-to-end and browser tests, and check the logs of their servers.

    A file's tests run in order on one product; files are shared out among `E2E_WORKERS`. What fails
    beside three other products is played once more alone
    (docs/decisions/browser-tests-twice.md).
    """
    files = E2E_WORKERS if paths == ("tests/e2e",) else len(paths)
    workers = 0 if words or files < 2 else min(files, E2E_WORKERS)
    started = time.monotonic()
    if workers == E2E_WORKERS:
        Databases(environment).own_templates()
    made = time.monotonic() - started
    result = run_pytest("e2e", environment, paths, words, run, *spread(workers))
    result.seconds += made
    failed = files_of(result.failures)
    if workers and 0 < len(failed) <= PLAYED_AGAIN:
        say(f"once more, alone: {', '.join(failed)}")
        result = second_verdict(result, run_pytest("e2e-again", environment, failed, words, run))
    for complaint in check_logs(sorted(run.glob("*/odoo.log")) + sorted(run.glob("*/sandbox.log"))):
        say(f"unexpected in a server's log: {complaint}")
        result.fail(f"log line: {str(complaint).splitlines()[0]}")
    return result


def files_of(failures: list[str]) -> tuple[str, ...]:
    """Return the files of failed tests, each once; none when something else failed.

    A test is `tests.e2e.test_desk::test_x`.
    """
    modules = [failure.partition("::")[0] for failure in failures]
    files = sorted({module.replace(".", "/") + ".py" for module in modules})
    return tuple(files) if all((ROOT / file).is_file() for file in files) else ()


def second_verdict(first: Result, again: Result) -> Result:
    """Return the first result without failures that a second attempt did not repeat.

    Each of those is noted.
    """
    verdict = Result(
        first.name,
        passed=first.passed,
        skipped=first.skipped,
        seconds=first.seconds + again.seconds,
        notes=first.notes + again.notes,
    )
    for failure in dict.fromkeys(first.failures + again.failures):
        if again.passed and failure not in again.failures:
            verdict.passed += 1
            verdict.notes.append(f"failed once, passed when played alone: {failure}")
        else:
            verdict.fail(failure)
    return verdict


def spread(workers: int) -> tuple[str, ...]:
    """Return pytest's options for sharing files among processes; none for 0 of them."""
    shared = ("--dist", "loadfile", "--no-loadscope-reorder")
    return ("-n", str(workers), *shared) if workers else ()


def run_pytest(
    name: str,
    environment: Environment,
    paths: tuple[str, ...],
    words: str,
    run: Path,
    *options: str,
    clock: MovedClock | None = None,
) -> Result:
    """Run pytest on folders and files with `options`; JUnit's report is counted."""
    started = time.monotonic()
    result = Result(name)
    present = [
        path
        for path in paths
        if (ROOT / path).is_file() or list((ROOT / path).glob("**/test_*.py"))
    ]
    if not present:
        result.fail(f"no tests in {', '.join(paths)}")
        return result
    report = run / f"{name}.xml"
    command = [
        *(str(environment.env.python), "-m", "pytest", "-q", f"--junitxml={report}"),
        *("-o", f"cache_dir={environment.settings.cache / 'pytest'}"),
        *(("-k", words) if words else ()),
        *options,
        *present,
    ]
    env = program_env(environment.settings)
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
