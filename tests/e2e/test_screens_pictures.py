"""The screens around the desk after a working day, as the guide shows them."""

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from tests.e2e.desk import admin, person
from tests.e2e.people import People
from tests.e2e.screens_data import INCIDENT, fill
from tests.e2e.screens_people import NETWORK, PASSWORD, PRINTER, Citizen
from tests.e2e.screens_walk import (
    menu_entries,
    open_app,
    open_dialog,
    open_menu,
    picture,
    renewed,
    settle,
)
from tests.e2e.screens_words import untranslated

FORMS = {
    "lgpd-pedido": "contact_center.privacy.request",
    "lgpd-incidente": "contact_center.privacy.incident",
    "parada": "contact_center.maintenance.window",
    "suporte": "contact_center.support.request",
    "aviso": "contact_center.notice",
}


@pytest.fixture(scope="module")
def served(stack: Stack) -> Citizen:
    """Return a citizen whom Joana serves, while two others talk to Pedro and wait."""
    citizens = [Citizen(stack, wish) for wish in (PASSWORD, PRINTER, NETWORK)]
    for citizen in citizens:
        citizen.open_ticket()
        citizen.ask_for_a_person()
    citizens[0].be_taken("joana")
    citizens[1].be_taken("pedro")
    # Texts are searched once they are indexed; here without waiting for the minute.
    cron = admin(stack).search_read(
        "ir.cron", [("model_id.model", "=", "contact_center.archive.message")], ["id"]
    )
    admin(stack).call("ir.cron", "method_direct_trigger", [cron[0]["id"]])
    return citizens[0]


def take(page: Page, name: str) -> None:
    """Take a picture of the screen, which must be in Portuguese."""
    settle(page)
    assert not untranslated(page), f"{name}: {untranslated(page)}"
    picture(page, name)


def test_pictures_of_records(people: People, stack: Stack, served: Citizen) -> None:
    """Requests about data, incidents, stops, support and notices."""
    conversation = admin(stack).search_read(
        "contact_center.conversation", [("protocol", "=", served.protocol)], ["partner_id"]
    )[0]
    made = fill(stack, conversation["partner_id"][0])
    page = people.user("adriana")
    open_app(page)
    for name, model in FORMS.items():
        page.goto(f"{stack.odoo_url}/odoo/{model}/{made[model]}")
        page.locator(".o_form_renderer").wait_for()
        take(page, name)
    expect(page.locator("[name=receipt_ids] .o_data_row")).not_to_have_count(0)
    incident = person(stack, "adriana").call(
        FORMS["lgpd-incidente"], "read", [made[FORMS["lgpd-incidente"]]], ["display_name"]
    )
    assert INCIDENT["title"] in incident[0]["display_name"]


def test_pictures_of_pages(people: People, stack: Stack, served: Citizen) -> None:
    """The team, the archive's search, the health page, an automatic message, the holidays."""
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Equipe")
    expect(page.get_by_test_id("team-watch").first).to_be_visible()
    take(page, "equipe")
    open_menu(page, "Saúde do sistema")
    take(page, "saude")
    open_menu(page, "Buscar mensagens")
    page.locator(".o_searchview_input").fill("senha e-mail")
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row", has_text=served.protocol).first).to_be_visible()
    take(page, "arquivo-busca")
    open_menu(page, "Mensagens automáticas")
    cell = page.get_by_role("cell", name="Fora do horário de atendimento").first
    renewed(page, cell.click)
    take(page, "mensagem-automatica")
    (entry,) = [entry for entry in menu_entries(page) if entry.text == "Importar feriados"]
    dialog = open_dialog(page, entry)
    take(page, "feriados-importar")
    dialog.locator(".btn-close").click()


def test_picture_of_the_desk(people: People, stack: Stack, served: Citizen) -> None:
    """Joana's lists, the conversation and the panel beside it."""
    page = people.agent("joana")
    page.get_by_text(served.wish.name).first.click()
    expect(page.get_by_test_id("conversation-protocol")).to_have_text(served.protocol)
    take(page, "mesa")
