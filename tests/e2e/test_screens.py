"""Every screen of every role by real clicks, with pictures for the documentation."""

import dataclasses
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import MetaControl
from tests.e2e.desk import ACCOUNT, admin, expect_pattern_in_log
from tests.e2e.people import People
from tests.e2e.screens_data import fill
from tests.e2e.screens_look import (
    Findings,
    keep_clear,
    told,
)
from tests.e2e.screens_people import NETWORK, PASSWORD, PRINTER, Citizen, crowd
from tests.e2e.screens_roles import APPS, ROLES
from tests.e2e.screens_visit import PORTRAYED, walk_app
from tests.e2e.screens_walk import (
    offers_app,
    open_app,
    open_menu,
    picture,
    renewed,
    settle,
    switch_view,
)
from tests.e2e.screens_words import untranslated

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "administrador" / "telas.md"
FLOW = "Suporte de TI: abertura de chamado"


@dataclasses.dataclass(frozen=True)
class Day:
    """The day's activity while the screens are visited."""

    served: Citizen
    waiting: Citizen
    answering: Citizen
    ticket_id: int


@pytest.fixture(scope="module")
def day(stack: Stack) -> Day:
    """Fill a day: one citizen served by Joana, one waits, one at the bot; tickets."""
    served, waiting, answering = (Citizen(stack, wish) for wish in (PRINTER, NETWORK, PASSWORD))
    ticket_id = served.open_ticket()
    served.ask_for_a_person()
    served.be_taken("joana")
    waiting.open_ticket()
    waiting.ask_for_a_person()
    answering.open_ticket()
    conversation = admin(stack).search_read(
        "contact_center.conversation", [("protocol", "=", served.protocol)], ["partner_id"]
    )
    fill(stack, conversation[0]["partner_id"][0])
    return Day(served, waiting, answering, ticket_id)


def looks_right(page: Page, where: str) -> None:
    """Check that nothing went wrong and nothing of ours is in English."""
    settle(page)
    assert not untranslated(page), f"{where}: {untranslated(page)}"


def notice(page: Page) -> Locator:
    """Return the newest notice in a corner of the screen."""
    return page.locator(".o_notification").last


@pytest.mark.parametrize("login", ROLES)
def test_every_screen_of_a_role(people: People, day: Day, login: str) -> None:
    """Exactly the role's menus are offered; every screen behind them opens, in Portuguese."""
    findings = Findings()
    page = people.user(login)
    keep_clear(page)
    entries = []
    for app, roles in APPS.items():
        if login in roles:
            entries += walk_app(page, app, login, findings)
        else:
            assert not offers_app(page, app), f"{login} is offered {app}"
    findings.check()
    if login == PORTRAYED:
        guide = GUIDE.read_text(encoding="utf-8")
        missing = [entry.text for entry in entries if f"/{entry.picture}.png)" not in guide]
        assert not missing, f"the guide shows no picture of {missing}"


def test_flow_editor(people: People) -> None:
    """Adriana checks, tries out, changes and publishes the flow, and sees it as a picture."""
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Fluxos")
    renewed(page, page.get_by_role("cell", name=FLOW, exact=True).click)
    expect(page.locator("[name=step_ids] .o_data_row")).not_to_have_count(0)
    picture(page, "flow-form")

    page.get_by_role("button", name="Verificar").click()
    expect(notice(page)).to_contain_text("pode ser publicado")
    simulate(page)

    page.locator("[name=step_ids] .o_data_row").filter(has_text="Boas-vindas").first.click()
    step = page.locator(".modal")
    expect(step.locator(".modal-title")).to_have_text("Etapa")
    text = step.locator("[name=text] textarea")
    text.fill(text.input_value() + "\n\nConte comigo.")
    looks_right(page, "step")
    step.get_by_role("button", name=re.compile("Salvar")).first.click()
    expect(step).to_have_count(0)
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Alterado desde a publicação")
    page.get_by_role("button", name="Pedir aprovação").click()
    expect(page.locator(".modal")).to_contain_text("Conte comigo.")
    looks_right(page, "approval")
    page.locator(".modal .btn-primary").click()
    expect(page.get_by_role("button", name="Ver o pedido")).to_be_visible()

    drawing = page.locator(".o_flow_picture svg")
    for words in ("Boas-vindas", "Pergunta o e-mail", "Abre o chamado"):
        expect(drawing).to_contain_text(words)
    looks_right(page, "picture of the flow")
    picture(page, "flow-picture")


def test_windows_of_lines_are_called_by_one_line(people: People) -> None:
    """A new step and a new option are called so, not by the list's plural."""
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Fluxos")
    renewed(page, page.get_by_role("cell", name=FLOW, exact=True).click)
    page.locator("[name=step_ids]").get_by_role("button", name="Adicionar etapa").click()
    step = page.locator(".modal").first
    expect(step.locator(".modal-title")).to_have_text("Nova etapa")
    step.locator("[name=kind] input").click()
    page.locator(".o_select_menu_item").get_by_text("Menu", exact=True).click()
    step.locator("[name=option_ids]").get_by_role("button", name="Adicionar opção").click()
    option = page.locator(".modal").last
    expect(option.locator(".modal-title")).to_have_text("Nova opção")


def simulate(page: Page) -> None:
    """Play the citizen in the simulator for two answers."""
    page.get_by_role("button", name="Simular").click()
    simulator = page.get_by_test_id("simulator")
    bubbles = simulator.get_by_test_id("simulator-in")
    answers = {"Maria das Graças Souza": "e-mail", "maria@exemplo.com.br": "Sobre o que é"}
    for answer, question in answers.items():
        simulator.get_by_test_id("simulator-input").fill(answer)
        simulator.get_by_test_id("simulator-input").press("Enter")
        expect(simulator.get_by_test_id("simulator-out").last).to_have_text(answer)
        expect(bubbles.last).to_contain_text(question)
    expect(simulator.get_by_test_id("simulator-values")).to_contain_text("maria@exemplo.com.br")
    looks_right(page, "simulator")
    picture(page, "flow-simulator")
    simulator.get_by_test_id("simulator-close").click()
    expect(simulator).to_have_count(0)


def test_ticket_here_and_in_glpi(people: People, day: Day, stack: Stack) -> None:
    """The ticket that the bot opened: its form in Odoo, and GLPI's page one click further."""
    page = people.user("joana")
    open_app(page)
    open_menu(page, "Chamados no GLPI")
    cell = page.get_by_role("cell", name=str(day.ticket_id), exact=True)
    renewed(page, cell.click)
    expect(page.locator("[name=glpi_status]")).to_have_text("Novo")
    expect(page.locator("[name=protocol]").last).to_have_text(day.served.protocol)
    picture(page, "ticket-form")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Abrir no GLPI").click()
    glpi = opened.value
    glpi.set_viewport_size({"width": 1366, "height": 768})
    glpi.wait_for_load_state()
    assert glpi.url.startswith(stack.glpi_url)
    for words in (PRINTER.description, PRINTER.category, PRINTER.location, PRINTER.email):
        expect(glpi.get_by_text(words).first).to_be_visible()
    picture(glpi, "glpi-ticket")


def test_connection_to_glpi(people: People) -> None:
    """Adriana tests the connection and fetches the catalogues."""
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Servidores")
    renewed(page, page.get_by_role("cell", name="GLPI (demonstração)").first.click)
    page.get_by_role("button", name="Testar conexão").click()
    expect(notice(page)).to_contain_text("Conectado")
    page.get_by_role("button", name="Buscar catálogos").click()
    expect(page.locator(".o_notification").filter(has_text="categorias")).to_be_visible()
    looks_right(page, "GLPI server")


def test_pictures_of_the_desk(people: People, day: Day, stack: Stack) -> None:
    """Queue with its hours, automatic messages, and the board of conversations."""
    crowd(stack)
    client = admin(stack)
    queue = client.call("contact_center.queue", "search", [("name", "=", "Suporte de TI")])
    (hours,) = client.call("resource.calendar", "search", [("name", "ilike", "7h às 11h")])
    page = people.user("adriana")
    open_app(page)
    open_menu(page, "Filas")
    client.call("contact_center.queue", "write", queue, {"calendar_id": hours})
    renewed(page, page.get_by_role("cell", name="Suporte de TI", exact=True).click)
    expect(page.locator("[name=calendar_id] input")).to_have_value(re.compile("7h às 11h"))
    picture(page, "queue-form")
    client.call("contact_center.queue", "write", queue, {"calendar_id": False})
    open_menu(page, "Mensagens automáticas")
    expect(page.get_by_role("cell", name="Fora do horário de atendimento")).to_be_visible()
    picture(page, "automatic-messages")
    open_menu(page, "Todos os atendimentos")
    for citizen in (day.served, day.waiting, day.answering):
        expect(page.locator(".o_kanban_record", has_text=citizen.protocol)).to_be_visible()
    picture(page, "conversations")


def test_dialogs_of_a_conversation(people: People, day: Day) -> None:
    """Transferring, closing, a new ticket and giving back to the bot ask in Portuguese."""
    page = people.user("joana")
    open_app(page)
    open_menu(page, "Meus atendimentos")
    renewed(page, page.get_by_role("cell", name=day.served.protocol).click)
    buttons = (
        "Transferir",
        "Encerrar atendimento",
        "Abrir chamado no GLPI",
        "Devolver ao assistente virtual",
    )
    for name in buttons:
        page.locator(".o_statusbar_buttons").get_by_role("button", name=name).click()
        dialog = page.locator(".modal")
        expect(dialog).to_be_visible()
        looks_right(page, name)
        dialog.get_by_role("button", name=re.compile("Cancelar|Descartar")).last.click()
        expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Abrir a conversa").click()
    expect(page.get_by_test_id("conversation-protocol")).to_have_text(day.served.protocol)
    looks_right(page, "desk")
    side = page.locator(".o-mail-DiscussSidebar")
    expect(side.get_by_test_id("desk-colleagues")).to_be_visible()
    expect(side.locator(".o-mail-DiscussSidebarCategory, .o-mail-Mailbox")).to_have_count(0)


def test_lists_are_live(people: People, stack: Stack) -> None:
    """New waiting citizens show in the list and on the board without a reload."""
    pages = {kind: people.user("pedro") for kind in ("list", "kanban")}
    for kind, page in pages.items():
        open_app(page)
        open_menu(page, "Aguardando")
        switch_view(page, kind)
        page.evaluate("() => (window.notReloaded = true)")
    citizen = Citizen(stack, PASSWORD)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    rows = {"list": ".o_data_row", "kanban": ".o_kanban_record"}
    for kind, page in pages.items():
        row = page.locator(rows[kind], has_text=citizen.protocol)
        expect(row).to_be_visible()
        assert page.evaluate("() => window.notReloaded")
    row.get_by_role("button", name="Atender").click()
    expect(pages["kanban"].get_by_test_id("conversation-protocol")).to_have_text(citizen.protocol)
    expect(pages["list"].locator(rows["list"], has_text=citizen.protocol)).to_have_count(0)


def test_on_a_telephone(people: People, stack: Stack) -> None:
    """A technician with a telephone takes a conversation that waits, and answers it."""
    citizen = Citizen(stack, NETWORK)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    page = people.user("pedro", width=390, height=844)
    page.goto(f"{stack.odoo_url}/odoo/atendimentos")
    page.locator(".o_kanban_renderer").wait_for()
    page.locator(".o_menu_toggle").click()
    page.locator(".o_burger_menu, .o_app_menu_sidebar").get_by_text("Aguardando").click()
    card = page.locator(".o_kanban_record", has_text=citizen.protocol)
    expect(card).to_be_visible()
    looks_right(page, "waiting, on a telephone")
    picture(page, "mobile-waiting")
    card.get_by_role("button", name="Atender").click()
    chat = page.locator(".o-mail-ChatWindow")
    expect(chat).to_contain_text(citizen.protocol)
    looks_right(page, "conversation, on a telephone")
    answer = "Bom dia! Já estou verificando a internet da escola."
    chat.locator(".o-mail-Composer-input").fill(answer)
    chat.locator("button[name=send-message]").click()
    citizen.phone.wait_text(answer, since="start")
    picture(page, "mobile-conversation")


@pytest.mark.usefixtures("well_behaved")
def test_health_of_the_number(people: People, stack: Stack) -> None:
    """A token that Meta no longer accepts is named in words; sending resumes by a click."""
    expect_pattern_in_log(
        stack,
        "A test lets the access token expire",
        r"whatsapp_account_health: WhatsApp account \d+ is paused: error 190",
    )
    meta = MetaControl(stack.meta_url)
    citizen = Citizen(stack, NETWORK)
    page = people.user("adriana")
    keep_clear(page)
    open_app(page)
    meta.faults(token_expired=True)
    try:
        citizen.phone.send_text("oi")
        paused = [("state", "=", "paused")]
        wait_until(lambda: admin(stack).call(ACCOUNT, "search", paused), "nothing is paused")
        open_menu(page, "Números")
        expect(page.locator(".o_data_row [name=state]", has_text="Pausado").first).to_be_visible()
        renewed(page, page.locator(".o_data_row .o_data_cell[name=name]").first.click)
        expect(page.locator(".alert-danger")).to_contain_text("token de acesso")
        picture(page, "whatsapp-account")
        page.get_by_role("button", name="Testar conexão").click()
        told(page, "token de acesso")
        looks_right(page, "number, paused")
    finally:
        meta.faults()
    page.get_by_role("button", name="Retomar os envios").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Funcionando")
    citizen.phone.wait_text("nome")
