"""The smoke story in Firefox."""

import re
from collections.abc import Iterator

import pytest

from devtools.firefox import provide_firefox
from devtools.servers import Stack
from tests.e2e.firefox import Firefox
from tests.e2e.people import FOREIGN_MESSAGES
from tests.e2e.smoke_story import play

NO_FIREFOX = (
    "Firefox was NOT tested: it is not on the PATH and cannot be installed here "
    "(on Debian: sudo apt-get install firefox-esr)"
)
# A page that is left while it loads lets its fonts go: Firefox calls that an error of the page.
LEFT = re.compile(r"downloadable font: download failed .* status=2152398850")  # NS_BINDING_ABORTED


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    """Open a fresh Firefox; afterwards its pages may not have complained."""
    program = provide_firefox()
    if not program:
        pytest.skip(NO_FIREFOX)
    with Firefox(program) as running:
        running.size(1366, 768)
        yield running
        harmless = (FOREIGN_MESSAGES, LEFT)
        complaints = [
            text for text in running.complaints if not any(known.search(text) for known in harmless)
        ]
        assert complaints == []


def test_smoke_story(firefox: Firefox, stack: Stack) -> None:
    """A technician serves a citizen from the waiting list to the survey."""
    play(firefox, stack, "firefox-conversation")
