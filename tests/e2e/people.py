"""People of the end-to-end tests, each in a real browser of their own."""

import dataclasses
import os
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from devtools.servers import Stack
from tests.e2e.desk import person

# The documentation's pictures change with every run: they are taken over only when asked for.
UPDATING = bool(os.environ.get("UPDATE_IMAGES"))
IMAGES = (
    Path(__file__).resolve().parents[2] / "docs" / "images"
    if UPDATING
    else Path(tempfile.gettempdir()) / "contact-center-images"
)
# Debian's package of Odoo lacks a library for blurring the background of video calls; Odoo's
# preview of a video leaves its frame to the browser.
FOREIGN_MESSAGES = re.compile(
    r"selfie_segmentation|VideoFrame was garbage collected"
    # Letters of other scripts: Odoo would fetch them from its own servers, which our policy closes
    r"|Loading the font 'https://fonts\.odoocdn\.com"
)


@dataclasses.dataclass
class People:
    """Opens pages for people and remembers every complaint of their browsers."""

    browser: Browser
    stack: Stack
    complaints: list[str] = dataclasses.field(default_factory=list)

    def page(self, who: str, width: int = 1366, height: int = 768) -> Page:
        """Return an empty page of a new context; errors of its console are remembered."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="pt-BR",
            timezone_id="America/Sao_Paulo",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self._complain(who, str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and self._complain(who, message.text),
        )
        return page

    def _complain(self, who: str, text: str) -> None:
        if not FOREIGN_MESSAGES.search(text):
            self.complaints.append(f"{who}: {text}")

    def user(self, login: str, path: str = "/odoo", **size: int) -> Page:
        """Return a demo user or `admin`, logged in, where ``path`` leads.

        The session is the one that `desk.person` opened: the form of the login is filled in by
        test_first_steps.py, and costs more than the page that is wanted.
        """
        page = self.page(login, **size)
        session = person(self.stack, login).session_id
        page.context.add_cookies(
            [{"name": "session_id", "value": session, "url": self.stack.odoo_url}]
        )
        page.goto(self.stack.odoo_url + path)
        page.wait_for_selector(".o_main_navbar")
        return page

    def agent(self, login: str, **size: int) -> Page:
        """Return a demo user, logged in, at the desk."""
        page = self.user(login, "/odoo/mesa", **size)
        page.wait_for_selector("[data-testid=desk-waiting]")
        return page

    def citizen(self, wa_id: str, name: str) -> Page:
        """Return the page of the simulated telephone."""
        page = self.page(name, width=480, height=860)
        page.goto(f"{self.stack.meta_url}/phone?wa_id={wa_id}&name={name}")
        page.wait_for_selector("[data-testid=phone-input]")
        return page
