"""People of the end-to-end tests, each in a real browser of their own."""

import dataclasses
import os
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from devtools.servers import Stack

# The documentation's pictures change with every run: they are taken over only when asked for.
UPDATING = bool(os.environ.get("UPDATE_IMAGES"))
IMAGES = (
    Path(__file__).resolve().parents[2] / "docs" / "images"
    if UPDATING
    else Path(tempfile.gettempdir()) / "contact-center-images"
)
# Debian's package of Odoo lacks a library for blurring the background of video calls; Odoo's
# preview of a video leaves its frame to the browser.
FOREIGN_MESSAGES = re.compile(r"selfie_segmentation|VideoFrame was garbage collected")


@dataclasses.dataclass
class People:
    """Opens pages for people and remembers every complaint of their browsers."""

    browser: Browser
    stack: Stack
    complaints: list[str] = dataclasses.field(default_factory=list)

    def page(self, who: str, width: int = 1366, height: int = 768) -> Page:
        """An empty page of a new context; errors of its console are remembered."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="pt-BR",
            timezone_id="America/Sao_Paulo",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self._complain(who, str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and self._complain(who, message.text),
        )
        return page

    def _complain(self, who: str, text: str) -> None:
        if not FOREIGN_MESSAGES.search(text):
            self.complaints.append(f"{who}: {text}")

    def agent(self, login: str, **size: int) -> Page:
        """A demo user, logged in, with Discuss open."""
        page = self.page(login, **size)
        page.goto(f"{self.stack.odoo_url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", f"{login}-demo-2026")
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        page.goto(f"{self.stack.odoo_url}/odoo/discuss")
        page.wait_for_selector("[data-testid=desk-waiting]")
        return page

    def citizen(self, wa_id: str, name: str) -> Page:
        """The page of the simulated telephone."""
        page = self.page(name, width=480, height=860)
        page.goto(f"{self.stack.meta_url}/phone?wa_id={wa_id}&name={name}")
        page.wait_for_selector("[data-testid=phone-input]")
        return page
