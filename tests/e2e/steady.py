"""Actions of a story in a browser without Playwright: find, click, type, look.

Firefox (`firefox.py`) and WebKit (`webkit.py`) say how a command reaches them.
"""

import time
from abc import ABC, abstractmethod
from pathlib import Path

SECONDS = 30.0
ENTER = "\ue007"
# The centre of the first element that is shown and has the text or value, in the window's
# coordinates, and whether a click there meets that element: nothing lies above it.
FIND = """(selector, text) => {
    for (const element of document.querySelectorAll(selector)) {
        if (text && !(element.value || element.innerText || "").includes(text)) { continue; }
        element.scrollIntoView({ block: "nearest" });
        const box = element.getBoundingClientRect();
        if (box.width && box.height) {
            const x = Math.round(box.x + box.width / 2);
            const y = Math.round(box.y + box.height / 2);
            return { x, y, free: element.contains(document.elementFromPoint(x, y)) };
        }
    }
    return null;
}"""


class SteadyBrowser(ABC):
    """A browser that clicks elements once they stand still; a context manager.

    :ivar name: for messages
    :ivar complaints: errors of the pages' console
    """

    name = ""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    @abstractmethod
    def __enter__(self) -> "SteadyBrowser": ...

    @abstractmethod
    def __exit__(self, *_exception: object) -> None: ...

    @abstractmethod
    def size(self, width: int, height: int) -> None:
        """Set the size of the visible part of the page in CSS pixels."""

    @abstractmethod
    def goto(self, url: str) -> None:
        """Open an address and wait until its page is loaded."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: object) -> object:
        """Return a JavaScript function's result; arguments and result are JSON values."""

    @abstractmethod
    def press(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse at a point of the window."""

    @abstractmethod
    def keys(self, text: str) -> None:
        """Type into what has the focus, key by key (`ENTER` ends a line)."""

    @abstractmethod
    def screenshot(self, path: Path) -> None:
        """Write a PNG of the visible part."""

    def wait_for(self, selector: str, text: str = "", seconds: float = SECONDS) -> dict:
        """Wait for an element with that text; return its centre `{x, y, free}`.

        :raise AssertionError: there was none in time
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if place := self.evaluate(FIND, selector, text):
                return place
            time.sleep(0.1)
        raise AssertionError(f"{self.name} shows no {selector} {text!r}")

    def wait_gone(self, selector: str, seconds: float = SECONDS) -> None:
        """Wait until no such element is shown.

        :raise AssertionError: it is shown after that time
        """
        end = time.monotonic() + seconds
        while self.evaluate(FIND, selector, ""):
            assert time.monotonic() < end, f"{self.name} still shows {selector}"
            time.sleep(0.1)

    def click(self, selector: str, text: str = "") -> None:
        """Click an element once it stands still and on top."""
        self.press(**self._stable(selector, text))

    def type(self, selector: str, text: str) -> None:
        """Click into a field and type."""
        self.click(selector)
        self.keys(text)

    def _stable(self, selector: str, text: str) -> dict:
        """Return the place of an element once it stands still and nothing covers it."""
        end = time.monotonic() + SECONDS
        before = None
        while time.monotonic() < end:
            place = self.evaluate(FIND, selector, text)
            if place and place == before and place["free"]:
                return {axis: place[axis] for axis in "xy"}
            before = place
            time.sleep(0.1)
        raise AssertionError(f"{self.name} cannot click {selector} {text!r}: {before}")
