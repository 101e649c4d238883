"""The smoke story in Firefox: log in, take a conversation, answer, close."""

import re
from collections.abc import Iterator

import pytest

from devtools.firefox import provide_firefox
from devtools.servers import Stack
from tests.e2e.firefox import ENTER, Firefox
from tests.e2e.people import FOREIGN_MESSAGES, IMAGES
from tests.e2e.screens_people import PRINTER, Citizen

NO_FIREFOX = (
    "Firefox was NOT tested: it is not on the PATH and cannot be installed here "
    "(on Debian: sudo apt-get install firefox-esr)"
)
# A page that is left while it loads lets its fonts go: Firefox calls that an error of the page.
LEFT = re.compile(r"downloadable font: download failed .* status=2152398850")  # NS_BINDING_ABORTED
ANSWER = "Boa tarde! Já estou verificando a impressora do posto."
TABULATION = "Impressora"


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    """A fresh Firefox; afterwards its pages may not have complained."""
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
    """Pedro finds who waits, takes the conversation, answers, and closes it with a tabulation."""
    citizen = Citizen(stack, PRINTER)
    citizen.open_ticket()
    citizen.ask_for_a_person()

    firefox.goto(f"{stack.odoo_url}/web/login")
    firefox.type("input[name=login]", "pedro")
    firefox.type("input[name=password]", f"pedro-demo-2026{ENTER}")
    firefox.wait_for(".o_main_navbar")
    firefox.goto(f"{stack.odoo_url}/odoo/discuss")
    row = f"[data-testid=desk-waiting-row][data-protocol='{citizen.protocol}']"
    firefox.click(f"{row} [data-testid=desk-take]")
    firefox.wait_for("[data-testid=conversation-protocol]", citizen.protocol)

    firefox.type(".o-mail-Composer-input", ANSWER + ENTER)
    citizen.phone.wait_text(ANSWER, since="start")
    firefox.wait_for(".o-mail-Message", ANSWER)
    citizen.phone.read()
    firefox.wait_for("[data-testid=delivery-tick][data-state=read]")
    firefox.screenshot(IMAGES / "firefox-conversation.png")

    firefox.click("[data-testid=conversation-close]")
    firefox.click(".modal [name=tabulation_id] input")
    firefox.click(".o-autocomplete--dropdown-item", TABULATION)
    firefox.wait_for(".modal [name=tabulation_id] input", TABULATION)
    firefox.click(".modal button[name=action_close]")
    firefox.wait_gone(".modal")
    citizen.phone.wait_text("avalia")
    citizen.phone.choose("Muito bom")
    firefox.wait_gone(f"[data-testid=desk-mine-row][data-protocol='{citizen.protocol}']")
