"""A citizen's actions on the page of the simulated telephone, by real clicks."""

import re

from playwright.sync_api import Locator, Page, expect

from devtools.story import PROTOCOL, wait_until


class PhonePage:
    """Hands and eyes of a citizen at ``page``."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def incoming(self) -> Locator:
        """Bubbles of the city, oldest first."""
        return self.page.get_by_test_id("phone-message-in")

    def write(self, text: str) -> None:
        """Type ``text`` and send it."""
        self.page.get_by_test_id("phone-input").fill(text)
        self.page.get_by_test_id("phone-send").click()

    def expect_text(self, text: str | re.Pattern) -> None:
        """Wait until the newest bubble of the city contains ``text``."""
        expect(self.incoming.filter(has_text=text).last).to_be_visible()

    def attach(self, kind: str, name: str, mimetype: str, content: bytes) -> None:
        """Choose a file in the attachment menu; ``kind``: image, video, audio, document."""
        self.page.locator(f"[data-testid=phone-attach-{kind}]").set_input_files(
            {"name": name, "mimeType": mimetype, "buffer": content}
        )

    def choose_row(self, title: str) -> None:
        """Tap the row ``title`` of the newest list.

        One without it is put away, as the next may still be on its way.
        """
        row = self.page.get_by_test_id("phone-list-row").filter(has_text=title)

        def is_offered() -> bool:
            self.page.get_by_test_id("phone-list-open").last.click()
            if not row.count():
                self.page.keyboard.press("Escape")
            return bool(row.count())

        wait_until(is_offered, f"no list offers {title!r}")
        row.click()

    def press(self, title: str | re.Pattern) -> None:
        """Tap the newest reply button ``title``."""
        self.page.get_by_test_id("phone-button").filter(has_text=title).last.click()

    def protocol(self) -> str:
        """Return the newest protocol number that the city wrote."""
        texts = self.incoming.all_inner_texts()
        return next(m.group(1) for m in map(PROTOCOL.search, reversed(texts)) if m)
