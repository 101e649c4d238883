"""An administrator changes an automatic message, sees it as citizens do, tests it."""

import re

from playwright.sync_api import expect

from devtools.servers import Stack
from tests.e2e.desk import expect_pattern_in_log
from tests.e2e.people import IMAGES, People
from tests.e2e.phone_page import PhonePage

WA_ID = "5531987650001"
CLOSING = "Encerramento"


def test_edit_preview_and_test_send(people: People, stack: Stack) -> None:
    phone = PhonePage(people.citizen(WA_ID, "Rita"))
    phone.write("oi")
    expect(phone.incoming.first).to_be_visible()
    page = people.agent("adriana")
    page.goto(f"{stack.odoo_url}/odoo/action-contact_center.automatic_message_action")
    page.locator(".o_data_row").filter(has_text=re.compile(CLOSING)).first.click()
    body = page.locator("[name=body] textarea")
    bubble = page.locator(".o_contact_center_bubble")
    expect(bubble).to_contain_text("Maria")

    # A wrong placeholder is named while one types, and refused
    expect_pattern_in_log(
        stack,
        "An unknown placeholder is refused",
        r"WARNING odoo\.http: A mensagem usa .*\{nomee\}.*",
    )
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
    page.screenshot(path=IMAGES / "automatic-message-form.png")

    # The test goes to a telephone of one's own, over the real channel
    page.get_by_role("button", name="Enviar teste").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=recipient] input").fill("31 98765-0001")
    dialog.get_by_role("button", name="Enviar teste").click()
    told = page.locator(".o_notification").filter(has_text="31 98765-0001")
    expect(told).to_be_visible()
    phone.expect_text("Até logo, Maria")


def test_hours_of_a_queue_and_holidays(people: People, stack: Stack) -> None:
    page = people.agent("adriana")
    page.goto(f"{stack.odoo_url}/odoo/action-contact_center.holiday_import_action")
    dialog = page.locator(".modal")
    expect(dialog.locator(".o_data_row").filter(has_text="Sexta-feira Santa").first).to_be_visible()
    page.screenshot(path=IMAGES / "holiday-import.png")
    page.goto(f"{stack.odoo_url}/odoo/action-contact_center.queue_action")
    page.locator(".o_data_row").filter(has_text="Suporte de TI").first.click()
    expect(page.locator(".o_contact_center_hours")).to_contain_text("Quem pede uma pessoa agora")
    page.screenshot(path=IMAGES / "queue-hours.png")
