"""The running product for end-to-end tests, and people in real browsers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from devtools.chromium import headless_shell
from devtools.databases import of_this_process
from devtools.servers import Stack
from tests.e2e.desk import admin, reset_faults
from tests.e2e.people import People

# Two products and their browsers share the processors, on some machines with others still.
expect.set_options(timeout=60_000)

# Files that take longest, the longest first: begun last, one of them would keep the others waiting.
LONGEST = (
    *("test_screens", "test_benchmarks", "test_faults", "test_dialogs", "test_desk"),
    *("test_files_in_store", "test_first_steps", "test_shift", "test_chaos", "test_composer"),
    *(
        "test_two_nodes",
        "test_distribution",
        "test_two_queues",
        "test_city",
        "test_upgrade",
        "test_bursts",
        "test_kill",
    ),
    *("test_orderly_stop", "test_many_technicians", "test_lists"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the order within a file stays."""

    def place(item: pytest.Item) -> int:
        name = item.path.stem
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Odoo, PostgreSQL and the sandbox on a fresh demo database, for the session.

    The bot answers each message at once; test_bursts.py gives it the usual quiet moment. People
    serve every queue at whatever hour the tests run; a test about hours gives its queue some. Each
    of the processes that share the tests out has a product of its own.
    """
    with Stack(db_name=of_this_process("e2e"), demo=True, quiet=0) as running:
        client = admin(running)
        queues = client.call("contact_center.queue", "search", [])
        client.call("contact_center.queue", "write", queues, {"calendar_id": False})
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium; every person gets a context of their own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=headless_shell(),
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


@pytest.fixture
def well_behaved(stack: Stack) -> Iterator[None]:
    """After the test both far sides behave again, and no number is paused."""
    yield
    reset_faults(stack)
