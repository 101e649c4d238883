"""The smoke story for other browsers: log in, take a conversation, answer, close."""

from devtools.servers import Stack
from tests.e2e.people import IMAGES
from tests.e2e.screens_people import PRINTER, Citizen
from tests.e2e.steady import ENTER, SteadyBrowser

ANSWER = "Boa tarde! Já estou verificando a impressora do posto."
DISPOSITION = "Impressora"


def play(browser: SteadyBrowser, stack: Stack, picture: str) -> None:
    """Let Pedro take a waiting conversation, answer, and close it with a disposition.

    :param picture: name of the screenshot, without its ending
    """
    citizen = Citizen(stack, PRINTER)
    citizen.open_ticket()
    citizen.ask_for_a_person()

    browser.goto(f"{stack.odoo_url}/web/login")
    browser.type("input[name=login]", "pedro")
    browser.type("input[name=password]", f"pedro-demo-2026{ENTER}")
    browser.wait_for(".o_main_navbar")
    browser.goto(f"{stack.odoo_url}/odoo/mesa")
    row = f"[data-testid=desk-waiting-row][data-protocol='{citizen.protocol}']"
    browser.click(f"{row} [data-testid=desk-take]")
    browser.wait_for("[data-testid=conversation-protocol]", citizen.protocol)

    browser.type(".o-mail-Composer-input", ANSWER)
    browser.wait_for(".o-mail-Composer-input", ANSWER)
    browser.keys(ENTER)
    citizen.phone.wait_text(ANSWER, since="start")
    browser.wait_for(".o-mail-Message", ANSWER)
    citizen.phone.read()
    browser.wait_for("[data-testid=delivery-tick][data-state=read]")
    browser.wait_for(".o-mail-Message", ANSWER)
    browser.screenshot(IMAGES / f"{picture}.png")

    browser.click("[data-testid=conversation-close]")
    browser.click(".modal [name=disposition_id] input")
    browser.click(".o-autocomplete--dropdown-item", DISPOSITION)
    browser.wait_for(".modal [name=disposition_id] input", DISPOSITION)
    browser.click(".modal button[name=action_close]")
    browser.wait_gone(".modal")
    citizen.phone.wait_text("avalia")
    citizen.phone.choose("Ótimo")
    browser.wait_gone(f"[data-testid=desk-mine-row][data-protocol='{citizen.protocol}']")
