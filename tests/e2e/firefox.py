"""A person in Firefox, driven by WebDriver BiDi over one WebSocket.

Playwright drives a Firefox of its own build, which is not what people use, and Debian has no
geckodriver; Firefox itself speaks BiDi (https://www.w3.org/TR/webdriver-bidi/), and what a story
needs of it is small: go to a page, find, click, type, look.
"""

import base64
import json
import re
import subprocess
import tempfile
from pathlib import Path

import websocket

from tests.e2e.steady import SECONDS, SteadyBrowser

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES = """\
user_pref("intl.accept_languages", "pt-BR,pt");
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


class BidiError(Exception):
    """Firefox refused a command, or did not answer in time."""


class Firefox(SteadyBrowser):
    """One headless Firefox with a fresh profile and one tab."""

    name = "Firefox"

    def __init__(self, program: str):
        super().__init__()
        self.program = program
        self._count = 0

    def __enter__(self) -> "Firefox":
        self._folder = tempfile.TemporaryDirectory(prefix="contact-center-firefox-")
        profile = Path(self._folder.name)
        (profile / "user.js").write_text(PREFERENCES)
        command = [self.program, "--headless", "--no-remote", "--profile", str(profile)]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            self._socket = websocket.create_connection(
                f"{self._address()}/session", timeout=SECONDS, suppress_origin=True
            )
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded"])
            self._tab = self.send("browsingContext.create", type="tab")["context"]
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._socket.close()
        self._stop()

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stderr.close()
        self._folder.cleanup()

    def _address(self) -> str:
        """Return the address at which it listens, by its own output."""
        for line in self._process.stderr:
            if found := LISTENING.search(line):
                return found[1]
        raise BidiError(f"{self.program} ended without listening")

    def send(self, method: str, **parameters: object) -> dict:
        """Carry out one command of BiDi and return its result."""
        self._count += 1
        order = {"id": self._count, "method": method, "params": parameters}
        self._socket.send(json.dumps(order))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._count:
                break
            self._note(answer)
        if answer["type"] == "error":
            raise BidiError(f"{method}: {answer['error']}: {answer.get('message')}")
        return answer["result"]

    def _note(self, event: dict) -> None:
        """Keep the page's complaints."""
        entry = event.get("params", {})
        if event.get("method") == "log.entryAdded" and entry.get("level") == "error":
            self.complaints.append(entry.get("text") or "")

    def size(self, width: int, height: int) -> None:
        """Set the size of the visible part of the page in CSS pixels."""
        viewport = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._tab, viewport=viewport)

    def goto(self, url: str) -> None:
        """Open an address and wait until its page is loaded."""
        self.send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, function: str, *arguments: object) -> object:
        """Return a JavaScript function's result; arguments and result are JSON values."""
        call = f"() => JSON.stringify((({function})(...{json.dumps(arguments)})) ?? null)"
        answer = self.send(
            "script.callFunction",
            functionDeclaration=call,
            awaitPromise=True,
            target={"context": self._tab},
        )
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse at a point of the window."""
        actions = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": actions})

    def keys(self, text: str) -> None:
        """Type into what has the focus, key by key."""
        kinds = ("keyDown", "keyUp")
        actions = [{"type": kind, "value": key} for key in text for kind in kinds]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def _act(self, source: dict) -> None:
        self.send("input.performActions", context=self._tab, actions=[source])

    def screenshot(self, path: Path) -> None:
        """Write a PNG of the visible part."""
        path.parent.mkdir(parents=True, exist_ok=True)
        answer = self.send("browsingContext.captureScreenshot", context=self._tab)
        path.write_bytes(base64.b64decode(answer["data"]))
