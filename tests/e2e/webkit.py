"""A person in Safari's engine: WebKitGTK's small browser by WebKitWebDriver.

Selenium speaks the protocol (https://www.w3.org/TR/webdriver2/); the display is a virtual one.
"""

import json
import os
import subprocess
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.service import Service

from devtools.webkit import WebKit
from tests.e2e.steady import SECONDS, SteadyBrowser

SCREEN = "1600x1200x24"
# The driver hands out no console, so that the page gathers its errors itself.
LISTEN = """() => {
    if (window.gatheredErrors) { return; }
    window.gatheredErrors = [];
    const keep = (text) => window.gatheredErrors.push(String(text));
    window.addEventListener("error", (event) => keep(event.message));
    window.addEventListener("unhandledrejection", (event) => keep(event.reason));
    const say = console.error.bind(console);
    console.error = (...words) => { keep(words.join(" ")); say(...words); };
}"""
GATHERED = "() => window.gatheredErrors?.splice(0) ?? []"
INNER_SIZE = "() => [window.innerWidth, window.innerHeight]"


class Safari(SteadyBrowser):
    """One WebKit browser with a fresh profile and one window.

    :param programs: the result of `provide_webkit`
    """

    name = "WebKit"

    def __init__(self, programs: WebKit):
        super().__init__()
        self.programs = programs
        self._service: Service | None = None

    def __enter__(self) -> "Safari":
        self._display = subprocess.Popen(
            [self.programs.display, "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            self._driver = self._start(self._display.stdout.readline().strip())
        except BaseException:
            self._stop()
            raise
        self._driver.set_script_timeout(SECONDS)
        self._driver.set_page_load_timeout(SECONDS * 2)
        return self

    def _start(self, display: str) -> webdriver.Remote:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = self.programs.browser
        options.add_argument("--automation")
        # WebKit's sandbox needs rights to make namespaces, which containers do not give.
        variables = {"DISPLAY": f":{display}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        variables |= {"LANG": "pt_BR.UTF-8", "LANGUAGE": "pt_BR"}
        self._service = Service(self.programs.driver, env={**os.environ, **variables})
        self._service.start()
        where = ClientConfig(remote_server_addr=self._service.service_url)
        return webdriver.Remote(RemoteConnection(client_config=where), options=options)

    def __exit__(self, *_exception: object) -> None:
        try:
            self._driver.quit()
        finally:
            self._stop()

    def _stop(self) -> None:
        if self._service:
            self._service.stop()
        self._display.terminate()
        self._display.wait(timeout=10)
        self._display.stdout.close()

    def size(self, width: int, height: int) -> None:
        """Set the size of the visible part of the page in CSS pixels."""
        self._driver.set_window_size(width, height)
        shown_width, shown_height = self.evaluate(INNER_SIZE)
        self._driver.set_window_size(2 * width - shown_width, 2 * height - shown_height)

    def goto(self, url: str) -> None:
        """Open an address and wait until its page is loaded."""
        self.gather()
        self._driver.get(url)
        self.evaluate(LISTEN)

    def gather(self) -> None:
        """Collect the page's complaints since the last time."""
        if self._driver.current_url.startswith("http"):
            self.complaints += self.evaluate(GATHERED)

    def evaluate(self, function: str, *arguments: object) -> object:
        """Return the result of a JavaScript function."""
        call = f"return JSON.stringify((({function})(...{json.dumps(arguments)})) ?? null)"
        return json.loads(self._driver.execute_script(call))

    def press(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse at a point of the window."""
        actions = ActionBuilder(self._driver)
        actions.pointer_action.move_to_location(x, y).click()
        actions.perform()

    def keys(self, text: str) -> None:
        """Type into what has the focus, key by key."""
        ActionChains(self._driver).send_keys(text).perform()

    def screenshot(self, path: Path) -> None:
        """Write a PNG of the visible part."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._driver.get_screenshot_as_png())
