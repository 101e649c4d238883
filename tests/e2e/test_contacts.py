"""Contacts and templates by real clicks: found, written to; the 24 hours run out."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e import webhooks
from tests.e2e.desk import ACCOUNT, CONVERSATION, admin, clear_desks, person
from tests.e2e.people import IMAGES, People
from tests.e2e.screens_walk import open_app, open_menu, settle

DAY = 24 * 60 * 60


@pytest.fixture(scope="module", autouse=True)
def templates(stack: Stack) -> None:
    """Fetch the number's templates from the sandbox; nobody is served yet."""
    clear_desks(stack)
    client = admin(stack)
    account_ids = client.call(ACCOUNT, "search", [])
    client.call(ACCOUNT, "action_sync_templates", account_ids[:1])


def snapshot(page: Page, name: str) -> None:
    """Take a picture of the page for the documentation."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / f"{name}.png")


def composer(page: Page) -> Locator:
    """Return the composer, once free text may be sent."""
    return page.locator(".o-mail-Composer-input").first


def choose_template(dialog: Locator, name: str) -> None:
    """Choose a template in the dialog that sends one."""
    dialog.locator("[name=template_id] input").fill(name)
    dialog.page.locator(".o-autocomplete--dropdown-item", has_text=name).first.click()


def test_contact_is_found_and_written_to(people: People, stack: Stack) -> None:
    """Found by a number without its ninth digit, written to by a template, answers, free text."""
    name = "Helena Duarte"
    partner_id = person(stack, "joana").call(
        "res.partner",
        "create",
        {
            "name": name,
            "phone": "(31) 97123-4567",
            "email": "helena.duarte@example.com",
            "contact_center_department": "Secretaria de Educação",
        },
    )
    page = people.user("joana")
    open_app(page)
    open_menu(page, "Cidadãos")
    page.locator(".o_searchview_input").fill("7123-4567")
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
    page.keyboard.press("Enter")
    row = page.locator(".o_data_row", has_text=name)
    expect(page.locator(".o_data_row")).to_have_count(1)
    snapshot(page, "contatos-busca")
    row.locator("td[name=name]").click()
    page.locator(".o_form_view button[name=action_whatsapp_write]").wait_for()
    settle(page)
    snapshot(page, "contato")
    page.locator(".o_form_view button[name=action_whatsapp_write]").click()
    dialog = page.locator(".modal")
    choose_template(dialog, "Retomada de atendimento")
    expect(dialog.locator(".o_whatsapp_bubble")).to_contain_text("Olá, Helena!")
    snapshot(page, "modelo-enviar")
    dialog.locator("button[name=action_send]").click()
    expect(page.get_by_test_id("window-closed")).to_be_visible()
    phone = PhoneClient(stack.meta_url, "5531971234567", name)
    message = phone.wait_text("teve novidades", since="start")
    assert message["type"] == "template"
    protocol = admin(stack).search_read(
        CONVERSATION, [("partner_id", "=", partner_id)], ["protocol"]
    )[0]["protocol"]
    assert protocol in message["text"]
    phone.send_option(title="Sim, continuar")
    expect(page.locator(".o-side-citizen", has_text="Sim, continuar")).to_be_visible()
    expect(page.get_by_test_id("window-closed")).to_have_count(0)
    composer(page).fill("Que bom, Helena! Em que posso ajudar?")
    composer(page).press("Enter")
    phone.wait_text("Em que posso ajudar")


def test_window_closes_on_the_screen_and_a_template_goes_on(people: People, stack: Stack) -> None:
    """The citizen wrote almost a day ago: the composer gives way within seconds."""
    number, name = "5531971239999", "Ivo Prates"
    phone = PhoneClient(stack.meta_url, number, name)
    client = person(stack, "joana")
    page = people.agent("joana")
    almost_a_day = str(int(time.time()) - DAY + 20)
    message = webhooks.text(number, "Bom dia", timestamp=almost_a_day)
    contact = {"wa_id": number, "profile": {"name": name}}
    body = webhooks.encoded(
        webhooks.envelope(webhooks.value(contacts=[contact], messages=[message]))
    )
    assert webhooks.post(stack, body) == 200
    mine = [("partner_id.name", "=", name)]
    wait_until(lambda: admin(stack).call(CONVERSATION, "search", mine), "nobody came")
    (partner_id,) = client.call("res.partner", "search", [("name", "=", name)])
    client.call("res.partner", "action_whatsapp_write", [partner_id])
    page.get_by_test_id("desk-mine-row").filter(has_text=name).click()
    expect(composer(page)).to_be_visible()
    expect(page.get_by_test_id("window-closed")).to_be_visible(timeout=45_000)
    expect(composer(page)).to_be_hidden()
    phone.configure(window_open=False)
    template = page.get_by_test_id("window-template").filter(has_text="Retomada de atendimento")
    expect(template).to_contain_text("Olá, Ivo!")
    snapshot(page, "janela-fechada")
    template.click()
    page.locator(".modal button[name=action_send]").click()
    phone.wait_text("Olá, Ivo!", since="start")
    phone.configure(window_open=None)
    phone.send_text("Pode continuar, sim")
    expect(page.get_by_test_id("window-closed")).to_have_count(0)
    expect(composer(page)).to_be_visible()
