"""WebKitGTK for the browser tests: Safari's engine.

Driven by WebKitWebDriver on a display of its own. Fetched where that can be done.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from .chromium import install_package

PACKAGES = ("webkit2gtk-driver", "xvfb")
"""Debian's packages: the driver brings the engine and its small browser."""

BROWSERS = ("webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0")
"""Folders of the small browser in the system's library folders, the newest first."""


@dataclass(frozen=True)
class WebKit:
    """Programs that a session needs.

    :param driver: WebKitWebDriver
    :param browser: MiniBrowser, which the driver starts
    :param display: Xvfb, a display without a screen
    """

    driver: str
    browser: str
    display: str


def provide_webkit() -> WebKit | None:
    """Return the programs; as root on Debian they are installed when one is missing.

    :return: None where they are not there and cannot be installed: the tests are skipped, aloud
    """
    found = find_webkit()
    if not found:
        for package in PACKAGES:
            install_package(package, f"Installing {package} for the browser tests")
        found = find_webkit()
    return found


def find_webkit() -> WebKit | None:
    """Return the programs, None unless all of them are there."""
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = find_browser()
    return WebKit(driver, browser, display) if driver and browser and display else None


def find_browser(libraries: Path = Path("/usr")) -> str:
    """Return the newest MiniBrowser's path below the library folders, "" without one."""
    for name in BROWSERS:
        for pattern in (f"lib/*/{name}/MiniBrowser", f"lib*/{name}/MiniBrowser"):
            if found := sorted(libraries.glob(pattern)):
                return str(found[0])
    return ""
