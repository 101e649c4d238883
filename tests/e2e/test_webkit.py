"""The smoke story in Safari's engine."""

from collections.abc import Iterator

import pytest

from devtools.servers import Stack
from devtools.webkit import provide_webkit
from tests.e2e.people import FOREIGN_MESSAGES
from tests.e2e.smoke_story import play
from tests.e2e.webkit import Safari

NO_WEBKIT = (
    "Safari's engine was NOT tested: WebKitGTK's driver is not here and cannot be installed "
    "(on Debian: sudo apt-get install webkit2gtk-driver xvfb)"
)


@pytest.fixture
def safari() -> Iterator[Safari]:
    """Open a fresh WebKit browser; afterwards its pages may not have complained."""
    programs = provide_webkit()
    if not programs:
        pytest.skip(NO_WEBKIT)
    with Safari(programs) as running:
        running.size(1366, 768)
        yield running
        running.gather()
        complaints = [text for text in running.complaints if not FOREIGN_MESSAGES.search(text)]
        assert complaints == []


def test_smoke_story(safari: Safari, stack: Stack) -> None:
    """A technician serves a citizen from the waiting list to the survey."""
    play(safari, stack, "webkit-conversation")
