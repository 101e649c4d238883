"""An administrator changes an automatic message, sees it as the citizen will, and tests it."""

import re

from playwright.sync_api import expect

from devtools.servers import Stack
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage

WA_ID = "5531987650001"
CLOSING = "Encerramento"


def test_edit_preview_and_test_send(people: People, stack: Stack) -> None:
    phone = PhonePage(people.citizen(WA_ID, "Rita"))
    phone.write("oi")
    expect(phone.incoming.first).to_be_visible(timeout=30_000)
    page = people.agent("adriana")
    page.goto(f"{stack.odoo_url}/odoo/action-contact_center.automatic_message_action")
    page.locator(".o_data_row").filter(has_text=re.compile(CLOSING)).first.click()
    body = page.locator("[name=body] textarea")
    bubble = page.locator(".o_contact_center_bubble")
    expect(bubble).to_contain_text("Maria")

    # A wrong placeholder is named while one types, and refused
    body.fill("Até logo, {nomee}!")
    expect(page.locator(".o_contact_center_bubble_frame .alert")).to_contain_text("{nomee}")
    page.locator(".o_form_button_save").click()
    refusal = page.locator(".modal")
    expect(refusal).to_contain_text("{nomee}")
    expect(refusal).to_contain_text("{nome}")
    refusal.locator(".modal-footer .btn-primary").click()

    # The preview follows the text; a click puts a placeholder in
    body.fill("*Até logo*, ")
    page.locator(".o_contact_center_placeholders button").filter(has_text="{nome}").first.click()
    expect(body).to_have_value("*Até logo*, {nome}")
    expect(bubble.locator("strong")).to_have_text("Até logo")
    expect(bubble).to_contain_text("Até logo, Maria")

    # The test goes to a telephone of one's own, over the real channel
    page.get_by_role("button", name="Enviar teste").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=recipient] input").fill("31 98765-0001")
    dialog.get_by_role("button", name="Enviar teste").click()
    expect(page.locator(".o_notification")).to_contain_text("31 98765-0001")
    phone.expect_text("Até logo, Maria")
