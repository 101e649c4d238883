"""Firefox for the browser tests: the machine's, fetched where that can be done."""

from __future__ import annotations

import shutil

from .chromium import install_package

NAMES = ("firefox-esr", "firefox")


def provide_firefox() -> str:
    """Return Firefox's path; as root on Debian a missing one is installed.

    :return: "" where there is none and none can be installed: its tests are skipped there, aloud
    """
    found = find_firefox()
    if not found:
        install_package("firefox-esr", "Installing Firefox for the browser tests")
        found = find_firefox()
    return found


def find_firefox() -> str:
    """Return the path of the browser, "" when there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")
