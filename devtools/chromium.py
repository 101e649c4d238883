"""The browser of the tests: Chromium or Chrome, fetched where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess

from .console import Progress
from .errors import Problem

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
"""Programs that Odoo's own tests look for."""


SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""Programs with Chromium's engine and nothing around it: half of the work for the same page."""


def headless_shell() -> str:
    """Return the path of a browser for pages that nobody looks at.

    As root on Debian its headless shell is installed when it is missing. Without one it is the
    whole browser.

    :raise Problem: there is neither
    """
    found = find(SHELLS)
    if not found:
        install_package(SHELLS[0], "Installing Chromium's headless shell for the browser tests")
    return found or find(SHELLS) or require_chromium()


def require_chromium() -> str:
    """Return the browser's path; as root on Debian a missing one is installed.

    :raise Problem: there is none. Browser tests are never skipped
    """
    found = find(NAMES)
    if not found:
        install_package("chromium", "Installing Chromium for the browser tests")
        found = find(NAMES)
    if not found:
        raise Problem(
            "The browser tests need Chromium or Chrome, and none is on the PATH.",
            "on Debian: sudo apt-get install chromium",
            "elsewhere: install Chrome, so that `google-chrome` or `chromium` can be run",
            "without a browser: ./dev test --only lint --only unit",
        )
    return found


def find(names: tuple[str, ...]) -> str:
    """Return the path of the first program that is there, "" when none is."""
    return next((path for name in names if (path := shutil.which(name))), "")


def install_package(name: str, words: str) -> None:
    """Install one package of Debian, where this is root on Debian; else do nothing.

    :param words: what is said meanwhile
    """
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    with Progress(words):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", name]):
            subprocess.run(["apt-get", "-q", *command], capture_output=True, env=env)
