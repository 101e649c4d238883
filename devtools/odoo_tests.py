"""Odoo's own test runner on our addons: TransactionCase, HttpCase and tours in Chromium, with its
log checked.
"""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
import time
from datetime import datetime, timezone
from pathlib import Path

from .checks import free_port
from .console import Progress, say
from .databases import QUICK, Databases
from .environment import Environment
from .errors import Problem
from .install import remove
from .logcheck import check_logs
from .moved_clock import MovedClock
from .processes import log_tail
from .results import Result
from .settings import ROOT, own_addons

TOTAL = re.compile(r"odoo\.tests\.result: (\d+) failed, (\d+) error\(s\) of (\d+) tests")
BROKEN = re.compile(r" ERROR \S+ odoo\.addons\.[\w.]+: (?:FAIL|ERROR): (.+)$", re.MULTILINE)
SKIPPED = re.compile(r" INFO \S+ odoo\.addons\.[\w.]+: skipped (\S+) : (.*)$", re.MULTILINE)
OF_THE_RUNNER = re.compile(
    r"ERROR odoo\.(tests\.result|modules\.loading|addons\.\S+: (FAIL|ERROR))\b"
)
"""Lines of the runner about broken tests, which are counted already."""

UNMOVED = MovedClock()

METHOD = re.compile(r"^    def (test_\w+)\(", re.MULTILINE)
STARTED = re.compile(r" INFO \S+ odoo\.addons\.([\w.]+): Starting (\S+) \.\.\.", re.MULTILINE)


def run_odoo(environment: Environment, words: str = "", clock: MovedClock = UNMOVED) -> Result:
    """Install our addons into a fresh database with their tests, then look for untranslated terms.

    :param words: only tests whose method has one of these words in its name
    :param clock: the moment at which the tests believe to begin
    """
    started = time.monotonic()
    result = Result("odoo")
    tags = tags_for(own_addons(), words)
    if not tags:
        result.notes.append(f"no test of an addon has {words!r} in its name")
        return result
    databases = Databases(environment)
    name = f"contact_center_test_{os.getpid()}"
    template = databases.template(own=False, demo=False)
    databases.clone(template, name)
    offset = clock.offset(datetime.now(timezone.utc))
    if clock.moment:
        databases.server.run(["move_clock", name, offset])
        result.notes.append(clock.words())
    try:
        log = run_tests(
            databases, name, tags, clock.environment(offset, os.environ.get("PYTHONPATH", ""))
        )
        judge(log.read_text(encoding="utf-8", errors="replace"), result, partial=bool(words))
        for complaint in check_logs([log]):
            if not OF_THE_RUNNER.match(complaint.text):
                say(f"unexpected in the log: {complaint}")
                result.fail(f"log line: {str(complaint).splitlines()[0]}")
        if not words:
            check_terms(databases, name, result)
    finally:
        databases.drop(name)
    result.seconds = time.monotonic() - started
    return result


def run_tests(databases: Databases, name: str, tags: str, variables: dict[str, str]) -> Path:
    """Install the addons with tests enabled and return the log.

    :param variables: of the environment, for Odoo alone
    :raise Problem: Odoo did not come to the point of running tests
    """
    addons = own_addons()
    conf = databases.conf(name, {"http_port": free_port()})
    command = [
        *databases.environment.env.odoo,
        *("-c", str(conf), "-d", name, "-i", ",".join(addons)),
        *("--test-enable", "--test-tags", tags, "--stop-after-init"),
    ]
    log = databases.run_dir / "odoo-tests.log"
    with Progress("Odoo tests") as progress, open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=databases.run_dir,
            env={**os.environ, **QUICK, **variables},
        )
        try:
            while process.poll() is None:
                progress.show(0, note=doing(log))
                time.sleep(0.5)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    if not TOTAL.search(log.read_text(encoding="utf-8", errors="replace")):
        raise Problem(
            f"Odoo ended (status {process.returncode}) without a test result. "
            f"The end of {log}:\n{log_tail(log, 30)}"
        )
    return log


def tags_for(addons: tuple[str, ...], words: str, root: Path = ROOT) -> str:
    """Value of --test-tags: all tests of our addons, or the methods that `-k` asks for.

    :return: "" when no method has one of the words in its name
    """
    if not words:
        return ",".join(f"/{addon}" for addon in addons)
    tags = []
    for addon in addons:
        for path in sorted((root / "addons" / addon / "tests").glob("test_*.py")):
            for method in METHOD.findall(path.read_text(encoding="utf-8")):
                if any(word in method for word in words.split()):
                    tags.append(f"/{addon}.{method}")
    return ",".join(tags)


def judge(text: str, result: Result, partial: bool = False) -> None:
    """Add what the log of a test run says: its total, the broken tests, the skipped ones.

    A skipped test is a failure: nothing here may be left unproven because, say, a browser is
    missing. So is an addon that has tests of which none was run (unless only some were asked for).
    """
    failed, errors, total = (
        sum(map(int, column)) for column in zip(*TOTAL.findall(text), strict=True)
    )
    broken = BROKEN.findall(text)
    skipped = SKIPPED.findall(text)
    for line in broken:
        result.failures.append(line)
    result.failed += max(failed + errors, len(broken))
    for name, reason in skipped:
        result.fail(f"{name} was skipped: {reason}")
    result.passed += max(0, total - result.failed)
    ran = {module.split(".")[0] for module, _name in STARTED.findall(text)}
    for addon in own_addons():
        if not partial and addon not in ran and has_tests(addon):
            result.fail(f"{addon} has tests, and none of them was run")


def has_tests(addon: str) -> bool:
    """Whether an addon has test files."""
    return bool(list((ROOT / "addons" / addon / "tests").glob("test_*.py")))


def doing(log: Path) -> str:
    """The test that runs now, from the end of the log."""
    with open(log, "rb") as handle:
        handle.seek(max(0, log.stat().st_size - 20_000))
        found = STARTED.findall(handle.read().decode(errors="replace"))
    return found[-1][1] if found else "installing"


def check_terms(databases: Databases, name: str, result: Result) -> None:
    """Every term that Odoo exports from our addons has an entry in pt_BR.po; counts as one test."""
    folder = databases.run_dir / "terms"
    remove(folder)
    folder.mkdir()
    archive = folder / "terms.tgz"
    env = databases.environment.env
    command = [*env.odoo, "i18n", "export", "-c", str(databases.conf(name)), "-d", name]
    command += ["-l", "pot", "-o", str(archive), *own_addons()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    if done.returncode or not archive.exists():
        result.fail(f"the terms could not be exported: {done.stderr.strip()[-300:]}")
        return
    with tarfile.open(archive) as terms:
        for member in terms.getmembers():
            target = folder / f"{Path(member.name).parts[0]}.pot"
            target.write_bytes(terms.extractfile(member).read())
    addons = [str(ROOT / "addons" / addon) for addon in own_addons()]
    check = subprocess.run(
        [str(env.python), "-m", "devtools.translations", "--exported", str(folder), *addons],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if check.returncode:
        say(check.stdout + check.stderr)
        result.fail(f"pt_BR: {len(check.stdout.splitlines())} terms without translation")
    else:
        result.passed += 1
