"""The running product for end-to-end tests, and people in real browsers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from devtools.chromium import require_chromium
from devtools.servers import Stack
from tests.e2e.people import People


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Odoo, PostgreSQL and the sandbox on a fresh demo database, for the whole session."""
    with Stack(db_name="contact_center_e2e", demo=True) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium; every person gets a context of their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=require_chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
            ],
        )
        yield launched
        launched.close()


@pytest.fixture
def people(browser: Browser, stack: Stack) -> Iterator[People]:
    """People of one test; afterwards no browser may have complained."""
    crowd = People(browser, stack)
    yield crowd
    for context in browser.contexts:
        context.close()
    assert crowd.complaints == []
