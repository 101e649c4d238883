"""`./dev demo`, `./dev bench` and `./dev fuzz`, with options of their own.

They run in the prepared environment.
"""

from __future__ import annotations

import argparse
import os

from .environment import prepare
from .settings import ROOT, Settings


def demo(settings: Settings, _arguments: argparse.Namespace, rest: list[str]) -> int:
    """Become `devtools.demo`."""
    return become("devtools.demo", settings, rest)


def bench(settings: Settings, _arguments: argparse.Namespace, rest: list[str]) -> int:
    """Become `benchmarks.run`."""
    return become("benchmarks.run", settings, rest, tools=True)


def fuzz(settings: Settings, _arguments: argparse.Namespace, rest: list[str]) -> int:
    """Become `tests.fuzz.program`."""
    return become("tests.fuzz.program", settings, rest, tools=True)


def become(module: str, settings: Settings, words: list[str], tools: bool = False) -> int:
    """Replace this process by `module.main(words)` in the environment's Python.

    It has the packages that the module imports.

    The settings travel as environment variables, so that `Stack` finds them.

    :param tools: it needs the packages of the tests as well (browsers, websockets)
    """
    python = prepare(settings, tools=tools).env.python
    code = f"import sys; from {module} import main; sys.exit(main(sys.argv[1:]))"
    os.execve(python, [str(python), "-c", code, *words], program_env(settings))
    return 1


def program_env(settings: Settings) -> dict[str, str]:
    """Return environment variables for a program of ours: import path and settings."""
    return {
        **os.environ,
        **settings.to_env(),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'addons'}",
        "PYTHONUNBUFFERED": "1",
    }
