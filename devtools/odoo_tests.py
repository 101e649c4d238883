"""The addons' tests, run by pytest-odoo, with Odoo's log checked.

Each addon has a database with it and its dependencies; several databases run side by side.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from .addon_files import own_depends
from .checks import free_port
from .console import Progress, say
from .databases import QUICK, Databases
from .environment import Environment
from .junit import read_junit
from .lanes import Job, Lanes
from .logcheck import check_logs
from .moved_clock import MovedClock
from .odoo_terms import check_all_terms
from .reach import reached
from .results import Result
from .settings import NEIGHBOURS, ROOT, own_addons

UNMOVED = MovedClock()

LANES = 2
"""Databases on which tests run at the same time."""

SHARE = 320
"""Tests that one process runs on one database, a minute and a half of them: more processes would
load Odoo more often, fewer would leave one processor idle in the end.
"""

METHOD = re.compile(r"^    def (test_\w+)\(", re.MULTILINE)
WORD = re.compile(r"\w+")
OPERATORS = {"and", "or", "not"}
"""Of the expressions that pytest's -k knows."""

Chosen = Mapping[str, tuple[Path, ...]]
"""Addon -> those of its test files that are to be run."""

TERMS = 4
"""Weight of an addon's terms: as long as so many tests."""

INSTALLING = 1e6
"""Weight of an installation: others wait for it."""

BESIDE = "neighbours"
"""The database with other applications of Odoo and all our addons, and its share of tests."""

BESIDE_TESTS = Path("addons/test_contact_center/tests/test_neighbours.py")
"""Run there and nowhere else."""


@dataclass(frozen=True)
class Share:
    """Test files of one addon that one process runs.

    :param count: of their tests
    """

    addon: str
    number: int
    files: tuple[Path, ...]
    count: int

    @property
    def name(self) -> str:
        """`contact_center-2`: also the name of its log."""
        return f"{self.addon}-{self.number}"


class OdooTests:
    """One run of the part."""

    def __init__(
        self, environment: Environment, words: str, clock: MovedClock, chosen: Chosen | None = None
    ):
        self.databases = Databases(environment)
        self.words = words
        self.chosen = chosen
        self.clock = clock
        self.offset = clock.offset(datetime.now(timezone.utc))
        self.result = Result("odoo")
        self._adding = threading.Lock()
        self.started = time.monotonic()

    def run(self) -> Result:
        """Install, test, drop the databases."""
        result = self.result
        addons = own_addons()
        shares = self._shares(addons)
        beside = self._beside()
        if not shares and not beside:
            result.notes.append(f"no test of an addon has {self.words!r} in its name")
            return result
        if self.clock.moment:
            result.notes.append(self.clock.words())
        self.template = self.databases.template(own=False, demo=False)
        lanes = Lanes(LANES)
        try:
            lanes.run([*self._jobs(addons, shares), *self._jobs_beside(beside)])
        finally:
            made = [*addons, BESIDE, *(share.name for share in (*shares, *beside))]
            self.databases.drop(*map(self._database, made))
        for name, error in lanes.failed:
            result.fail(f"{name}: {error}")
        for name in lanes.left_out:
            result.fail(f"{name} was left out: what it needs failed")
        result.seconds = time.monotonic() - self.started
        return result

    def _shares(self, addons: tuple[str, ...]) -> list[Share]:
        if self.chosen is None:
            return [share for addon in addons for share in shares_of(addon, self.words)]
        return [
            share
            for addon, files in self.chosen.items()
            for share in shares_of(addon, size=SHARE // LANES, files=files)
        ]

    def _beside(self) -> list[Share]:
        """Return the tests beside other applications: none where only others are asked for."""
        chosen = [path for files in (self.chosen or {}).values() for path in files]
        if self.chosen is not None and ROOT / BESIDE_TESTS not in chosen:
            return []
        text = (ROOT / BESIDE_TESTS).read_text(encoding="utf-8")
        if not has_a_word(self.words, f"{BESIDE_TESTS.stem}\n{text}"):
            return []
        return [Share(BESIDE, 1, (ROOT / BESIDE_TESTS,), len(METHOD.findall(text)))]

    def _jobs_beside(self, shares: list[Share]) -> list[Job]:
        jobs = [Job(BESIDE, self._install_beside, (), INSTALLING)] if shares else []
        return jobs + [
            Job(share.name, lambda share=share: self._test(share), (BESIDE,), share.count)
            for share in shares
        ]

    def _jobs(self, addons: tuple[str, ...], shares: list[Share]) -> list[Job]:
        wanted = with_dependencies({share.addon for share in shares})
        jobs = [
            Job(addon, lambda addon=addon: self._install(addon), bases(addon), INSTALLING)
            for addon in addons
            if addon in wanted
        ]
        jobs += [
            Job(share.name, lambda share=share: self._test(share), (share.addon,), share.count)
            for share in shares
        ]
        if not self.words:
            asked = wanted if self.chosen is None else wanted.intersection(self.chosen)
            checked = [addon for addon in addons if addon in asked]
            jobs += [
                Job(
                    f"terms in {top}",
                    lambda top=top, found=found: self._terms(top, found),
                    (top,),
                    TERMS * len(found),
                )
                for top, found in together(checked).items()
            ]
        return jobs

    def _database(self, name: str) -> str:
        return f"contact_center_test_{os.getpid()}_{name.replace('-', '_')}"

    def _clone(self, source: str, name: str) -> None:
        self.databases.clone(source, name)
        if self.clock.moment:
            self.databases.server.run(["move_clock", name, self.offset])

    def _environment(self) -> dict[str, str]:
        path = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
        moved = self.clock.environment(self.offset, path)
        return {**os.environ, **QUICK, "PYTHONPATH": path, **moved}

    def _install(self, addon: str) -> None:
        """Make the database of an addon: that of what it depends on, and the addon."""
        name = self._database(addon)
        below = bases(addon)
        self._clone(self._database(below[0]) if below else self.template, name)
        say(f"installing {addon}")
        self.databases.install(name, [addon], variables=self._environment())

    def _install_beside(self) -> None:
        """Install ours where other applications are; counts as a test: no line of the log warns."""
        name = self._database(BESIDE)
        self._clone(self.databases.neighbours(self.template), name)
        say(f"installing our addons beside {', '.join(NEIGHBOURS)}")
        log = self.databases.install(name, list(own_addons()), variables=self._environment())
        counted = Result(BESIDE)
        _complain(log, counted)
        counted.passed += counted.ok
        self._add(counted)

    def _test(self, share: Share) -> None:
        """Run a share's tests on a copy of its addon's database and count them."""
        started = time.monotonic()
        name = self._database(share.name)
        self._clone(self._database(share.addon), name)
        log, report, output = (
            self.databases.run_dir / f"{share.name}{ending}" for ending in (".log", ".xml", ".txt")
        )
        with open(output, "wb") as written:
            status = subprocess.run(
                self._command(share, name, log, report),
                stdout=written,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=self._environment(),
            ).returncode
        self.databases.drop(name)
        counted = Result(share.name)
        count(share.name, status, report, self.words, counted)
        _complain(log, counted)
        if not counted.ok:
            say(output.read_text(encoding="utf-8", errors="replace")[-20_000:])
        self._add(counted)
        say(
            f"{share.name}: {counted.passed} passed, {counted.failed} failed "
            f"({time.monotonic() - started:.0f} s)"
        )

    def _command(self, share: Share, name: str, log: Path, report: Path) -> list[str]:
        settings = self.databases.environment.settings
        log.unlink(missing_ok=True)
        report.unlink(missing_ok=True)
        conf = self.databases.conf(name, {"http_port": free_port(), "logfile": log})
        return [
            *(str(self.databases.environment.env.python), "-m", "pytest", "-q"),
            *("-c", str(ROOT / "addons" / "pytest.ini"), f"--rootdir={ROOT}"),
            *("-o", f"cache_dir={settings.cache / 'pytest' / share.name}"),
            *(f"--junitxml={report}", f"--odoo-config={conf}", f"--odoo-database={name}"),
            *("--odoo-http", "--odoo-log-level=info"),
            *(("-k", self.words) if self.words else ()),
            *map(str, share.files),
        ]

    def _add(self, counted: Result) -> None:
        with self._adding:
            self.result.add(counted)

    def _terms(self, top: str, addons: list[str]) -> None:
        counted = Result(top)
        check_all_terms(self.databases, self._database(top), addons, counted)
        self._add(counted)


def _complain(log: Path, counted: Result) -> None:
    """Report unexpected lines of a log, and let the test fail."""
    for complaint in check_logs([log] if log.exists() else []):
        say(f"unexpected in the log: {complaint}")
        counted.fail(f"log line: {str(complaint).splitlines()[0]}")


def run_odoo(
    environment: Environment,
    words: str = "",
    clock: MovedClock = UNMOVED,
    chosen: Chosen | None = None,
) -> Result:
    """Run the addons' tests, then look for untranslated terms.

    :param words: as of pytest's -k
    :param clock: the moment at which the tests believe to begin
    :param chosen: the test files to run, all of them without it
    """
    with Progress("Odoo tests"):
        return OdooTests(environment, words, clock, chosen).run()


def count(name: str, status: int, report: Path, words: str, counted: Result) -> None:
    """Add what a share's report and pytest's status say.

    A skipped test is a failure: nothing may be left unproven because, say, a browser is missing. So
    is a share of which nothing ran, unless only some tests were asked for.
    """
    if report.exists():
        read_junit(report, counted)
    for note in counted.notes:
        counted.fail(note)
    counted.notes, counted.skipped = [], 0
    none_of_that_name = words and status == 5
    if status and counted.ok and not none_of_that_name:
        counted.fail(f"pytest ended with status {status}")
    elif not words and not counted.passed + counted.failed:
        counted.fail(f"{name} has tests, and none of them was run")


def bases(addon: str, root: Path = ROOT) -> tuple[str, ...]:
    """Return our addon on whose database this one is installed.

    The highest that it depends on.

    :return: none or one; what else it depends on is installed with it
    """
    return own_depends(addon, own_addons(), root)[-1:]


def together(addons: Iterable[str], root: Path = ROOT) -> dict[str, list[str]]:
    """Return as few of the addons as can be whose databases have all of them.

    Each with those of them that it has: Odoo is loaded once for each.

    :param addons: the lowest first
    """
    left = list(addons)
    found: dict[str, list[str]] = {}
    while left:
        top = left[-1]
        has = reached([top], lambda name: own_depends(name, own_addons(), root))
        found[top] = [addon for addon in left if addon in has]
        left = [addon for addon in left if addon not in has]
    return found


def with_dependencies(addons: set[str]) -> set[str]:
    """Return the addons and those whose databases theirs are made from."""
    return reached(addons, bases)


def shares_of(
    addon: str,
    words: str = "",
    root: Path = ROOT,
    size: int = SHARE,
    files: Iterable[Path] | None = None,
) -> list[Share]:
    """Cut an addon's test files into shares of about as many tests each.

    :param words: only files that have one of these words, in their name too
    :param files: these in place of all
    """
    counted = []
    if files is None:
        files = (root / "addons" / addon / "tests").glob("test_*.py")
    for path in sorted(set(files) - {root / BESIDE_TESTS}):
        text = path.read_text(encoding="utf-8")
        if has_a_word(words, f"{path.stem}\n{text}"):
            counted.append((path, len(METHOD.findall(text))))
    total = sum(count for _path, count in counted)
    parts = max(1, round(total / size))
    shares: list[list[tuple[Path, int]]] = [[] for _ in range(parts)]
    for path, count in sorted(counted, key=lambda item: -item[1]):
        min(shares, key=lambda share: sum(number for _path, number in share)).append((path, count))
    return [
        Share(
            addon,
            number,
            tuple(sorted(path for path, _count in share)),
            sum(count for _path, count in share),
        )
        for number, share in enumerate(shares, 1)
        if share
    ]


def has_a_word(expression: str, text: str) -> bool:
    """Return whether a text may hold what -k asks for; any does for "not ..."."""
    words = WORD.findall(expression)
    if not words or "not" in words:
        return True
    return any(word.lower() in text.lower() for word in words if word not in OPERATORS)
