"""`./dev lint`: linters, and whether every text is translated.

Also the first part of `./dev test`.
"""

from __future__ import annotations

import argparse
import glob
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .console import say
from .environment import Environment, prepare
from .results import Result
from .settings import ROOT, Settings, own_addons

PYLINT = (
    "--disable=all",
    "--enable=odoolint,unknown-option-value",
    # One model may be extended in several files, each about one idea and under 400 lines; but
    # none of its methods in two of them (devtools/one_place.py).
    # README.rst is made from the readme/ fragments by OCA's bot.
    "--disable=consider-merging-classes-inherited,missing-readme",
    # Module constants are translated lazily (LazyTranslate); tables of few rows are read whole.
    "--disable=prefer-env-translation,no-search-all",
)
CODE = ("addons", "benchmarks", "deploy", "devtools", "sandbox")
"""Folders with programs, for bandit; tests are left out by its settings."""
AT_ONCE = 2
"""Checks that run side by side; each but ruff keeps one processor busy."""
PRETTIER = ("prettier@3.6.2",)
ESLINT = ("eslint@9.39.1", "globals@16.5.0", "@eslint/js@9.39.1")


@dataclass(frozen=True)
class Check:
    """One linter: its name, and the command that ends with 0 when all is well."""

    name: str
    command: list[str]
    optional: bool = False


def lint(settings: Settings, arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Run every linter; exit status 1 if one of them complains."""
    environment = prepare(settings, tools=True)
    if arguments.fix:
        fix(environment)
    result = run_lint(environment)
    say(result.line())
    return 0 if result.ok else 1


def run_lint(environment: Environment, execute: Callable = subprocess.run) -> Result:
    """Run the checks; each counts as one test.

    What a failing one printed is shown, in their order.
    """
    started = time.monotonic()
    result = Result("lint")
    variables = lint_env(environment)

    def done(check: Check) -> subprocess.CompletedProcess:
        return execute(check.command, cwd=ROOT, capture_output=True, text=True, env=variables)

    found = checks(environment)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for check, outcome in zip(found, pool.map(done, found), strict=True):
            _note(check, outcome, result)
    if not shutil.which("npx"):
        result.notes.append("prettier, eslint: not run, Node.js is not installed")
    result.seconds = time.monotonic() - started
    return result


def _note(check: Check, outcome: subprocess.CompletedProcess, result: Result) -> None:
    """Count what a check found, and show what a failing one printed."""
    output = (outcome.stdout + outcome.stderr).strip()
    if outcome.returncode == 0:
        result.passed += 1
        say(f"  {check.name}: ok")
    elif check.optional and _npx_failed(output):
        result.notes.append(f"{check.name}: not run, npx could not fetch it")
    else:
        result.failed += 1
        result.failures.append(f"{check.name}: {_last(output)}")
        say(f"  {check.name}: FAILED\n{_indent(output)}")


def checks(environment: Environment) -> list[Check]:
    """Return every check that can be run here."""
    bin_dir = environment.env.folder / "bin"
    python = str(environment.env.python)
    addons = [f"addons/{name}" for name in own_addons()]
    found = [
        Check("ruff check", [str(bin_dir / "ruff"), "check", "--output-format=concise", "."]),
        Check("ruff format", [str(bin_dir / "ruff"), "format", "--check", "--quiet", "."]),
        Check(
            "pylint-odoo", [str(bin_dir / "pylint"), "--rcfile=pyproject.toml", *PYLINT, *addons]
        ),
        Check("OCA checks of addons", [str(bin_dir / "oca-checks-odoo-module"), *addons]),
        Check("OCA checks of translations", [str(bin_dir / "oca-checks-po"), *translation_files()]),
        Check("pt_BR complete", [python, "-m", "devtools.translations", *addons]),
        Check("sizes and purity", [python, "-m", "devtools.shape"]),
        Check("one method, one file", [python, "-m", "devtools.one_place"]),
        Check("arrows go up only", [python, "-m", "devtools.arrows"]),
        Check(
            "bandit",
            [
                str(bin_dir / "bandit"),
                "--quiet",
                "--recursive",
                "-ll",
                "-c",
                "pyproject.toml",
                *CODE,
            ],
        ),
        Check("advisories", [python, "-m", "devtools.advisories"]),
        Check("licences", [python, "-m", "devtools.licences", *foreign_addons(environment)]),
    ]
    scripts = javascript()
    if shutil.which("npx") and scripts:
        found.append(Check("prettier", npx(PRETTIER, "prettier", "--check", *scripts), True))
        found.append(Check("eslint", npx(ESLINT, "eslint", *scripts), True))
    return found


def foreign_addons(environment: Environment) -> list[str]:
    """Return folders of the addons of others: Odoo's own and OCA's."""
    return [*map(str, environment.odoo.addons), str(environment.env.oca_addons)]


def fix(environment: Environment) -> None:
    """Let the formatters rewrite files."""
    ruff = str(environment.env.folder / "bin" / "ruff")
    subprocess.run([ruff, "check", "--fix", "--quiet", "."], cwd=ROOT)
    subprocess.run([ruff, "format", "--quiet", "."], cwd=ROOT)
    scripts = javascript()
    if shutil.which("npx") and scripts:
        command = npx(PRETTIER, "prettier", "--write", "--log-level=warn", *scripts)
        subprocess.run(command, cwd=ROOT, env=lint_env(environment))


def javascript() -> list[str]:
    """Return JavaScript files of ours, of the addons and of the sandbox's pages."""
    return [
        name
        for pattern in ("addons/*/static/**/*.js", "sandbox/**/*.js")
        for name in sorted(glob.glob(pattern, root_dir=ROOT, recursive=True))
        if "/lib/" not in name
    ]


def translation_files() -> list[str]:
    """Return the addons' .po and .pot files."""
    return sorted(glob.glob("addons/*/i18n/*.po*", root_dir=ROOT))


def npx(packages: tuple[str, ...], *command: str) -> list[str]:
    """Return a command of npm packages, which npx fetches into its cache.

    >>> npx(("prettier@3",), "prettier", "--check", "a.js")
    ['npx', '--yes', '--package=prettier@3', '--', 'prettier', '--check', 'a.js']
    """
    return ["npx", "--yes", *(f"--package={name}" for name in packages), "--", *command]


def lint_env(environment: Environment) -> dict[str, str]:
    """Return variables for linters: their caches outside the work tree."""
    cache = environment.settings.cache / "lint"
    return {
        **os.environ,
        "RUFF_CACHE_DIR": str(cache / "ruff"),
        "PYLINTHOME": str(cache / "pylint"),
        "npm_config_cache": str(cache / "npm"),
        "npm_config_update_notifier": "false",
    }


def _npx_failed(output: str) -> bool:
    return "npm error" in output or "npm ERR!" in output


def _indent(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(f"    {line}" for line in lines[-80:])


def _last(text: str) -> str:
    return text.splitlines()[-1].strip() if text else "no output"
