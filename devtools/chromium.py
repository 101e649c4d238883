"""The browser of the tests: Chromium or Chrome, fetched where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess

from .console import Progress
from .errors import Problem

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
"""Programs that Odoo's own tests look for."""


def require_chromium() -> str:
    """Path of the browser; as root on Debian it is installed when it is missing.

    :raise Problem: there is none. Browser tests are never skipped
    """
    found = find_chromium()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        with Progress("Installing Chromium for the browser tests"):
            env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
                subprocess.run(["apt-get", "-q", *words], capture_output=True, env=env)
        found = find_chromium()
    if not found:
        raise Problem(
            "The browser tests need Chromium or Chrome, and none is on the PATH.",
            "on Debian: sudo apt-get install chromium",
            "elsewhere: install Chrome, so that `google-chrome` or `chromium` can be run",
            "without a browser: ./dev test --only lint --only unit",
        )
    return found


def find_chromium() -> str:
    """Path of the browser, "" when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")
