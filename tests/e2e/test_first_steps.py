"""From an empty database to the first answered message, by “first steps” alone.

The user is an administrator of the center without any right on the system. Meta and GLPI
are the sandbox's; nothing is prepared but what the person in charge of the server prepares.
"""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from devtools.databases import of_this_process
from devtools.servers import Stack
from devtools.set_up import FIRST
from devtools.story import wait_until
from sandbox import defaults
from sandbox.client import MetaControl
from tests.e2e.logins import enter, first_login
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage
from tests.e2e.screens_walk import open_app, open_menu, picture, settle

PASSWORD = "girafa-telhado-marmelo-9"
TECHNICIAN = ("Tiago Lima", "tiago@cidade.gov.br")
SUPERVISOR = ("Sônia Dias", "sonia@cidade.gov.br")
QUEUE = "Suporte de TI"
FLOW = "Central de serviços de TI com GLPI"
ANSWER = "Bom dia! Já estou vendo o seu pedido."
PAGE = "/odoo/primeiros-passos"


@pytest.fixture(scope="module")
def empty() -> Iterator[Stack]:
    """Start the product as after an installation: nothing connected, one person.

    The administrator.
    """
    with Stack(db_name=of_this_process("empty"), empty=True) as running:
        yield running


@pytest.fixture
def crowd(browser: Browser, empty: Stack) -> Iterator[People]:
    """Open people's browsers on the empty product; none may complain in the end."""
    people = People(browser, empty)
    yield people
    for context in browser.contexts:
        context.close()
    assert people.complaints == []


def test_from_nothing_to_the_first_answer(crowd: People, empty: Stack) -> None:
    """Every step, in order; the citizen, the technician and the second person are others."""
    page = enter(crowd, FIRST["login"], FIRST["password"])
    open_app(page)
    page.locator("a[data-menu-xmlid='contact_center.first_steps_menu']").click()
    expect(page.get_by_test_id("first-steps-headline")).to_contain_text("0 de ")
    picture(page, "primeiros-passos")
    health_is_red(page)
    fill_in_city_hall(page)
    links = add_people(page)
    make_queue(page)
    citizen = PhonePage(crowd.citizen("5531977770001", "Rosa"))
    connect_number(page, empty, citizen)
    connect_glpi(page, empty)
    desk = first_login(crowd, *links[TECHNICIAN], PASSWORD)
    serve(desk, citizen, "Recebemos o seu teste.")
    choose_flow(page)
    approve(crowd, links[SUPERVISOR])
    use_flow(page)
    talk(desk, PhonePage(crowd.citizen("5531977770002", "Maria")))
    expect(step(page, "done")).to_have_attribute("data-state", "done")
    expect(page.get_by_test_id("first-steps-headline")).to_contain_text("Tudo pronto")
    page.goto(f"{empty.odoo_url}/odoo/pessoas")
    expect(page.get_by_role("cell", name=SUPERVISOR[0]).first).to_be_visible()
    picture(page, "pessoas")


def test_on_a_telephone_nothing_is_cut(crowd: People, empty: Stack) -> None:
    """The page at 390 x 844, as on a telephone: read and pressed without moving sideways."""
    page = enter(crowd, FIRST["login"], FIRST["password"], width=390, height=844)
    page.goto(f"{empty.odoo_url}{PAGE}")
    expect(page.get_by_test_id("first-step").first).to_be_visible()
    open_step(page, "people")
    content = page.get_by_test_id("first-steps")
    assert content.evaluate("it => it.scrollWidth <= it.clientWidth")
    for button in step(page, "people").get_by_role("button").all():
        box = button.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390, button.inner_text()


def test_only_administrators_are_offered_it(crowd: People, empty: Stack) -> None:
    """A technician has no such menu, and the address shows nothing."""
    page = enter(crowd, TECHNICIAN[1], PASSWORD)
    open_app(page)
    entry = page.locator("a[data-menu-xmlid='contact_center.first_steps_menu']")
    expect(entry).to_have_count(0)


# --- the page -------------------------------------------------------------------------------------


def step(page: Page, key: str) -> Locator:
    """Return a step of the page."""
    return page.locator(f"[data-testid=first-step][data-key={key}]")


def open_step(page: Page, key: str) -> Locator:
    """Open a step, and return it.

    The page opens the next one by itself when it learns that one is done; that may be the click's
    moment, and the step is closed again.
    """
    head = step(page, key).get_by_role("button").first

    def is_open() -> bool:
        if head.get_attribute("aria-expanded") == "true":
            return True
        head.click()
        return False

    wait_until(is_open, f"step {key} stays closed")
    return step(page, key)


def press(page: Page, key: str, label: str) -> None:
    """Press a button of a step.

    The step is opened again if the page went on to another one.
    """

    def is_pressed() -> bool:
        try:
            open_step(page, key).get_by_role("button", name=label).click(timeout=5_000)
        except TooLateError:
            return False
        return True

    wait_until(is_pressed, f"step {key} has no button {label}")


def is_done(page: Page, key: str) -> None:
    """Wait until a step knows that it is done; the next one is open then."""
    expect(step(page, key)).to_have_attribute("data-state", "done")


def save(dialog: Locator) -> None:
    """Save a dialog; it closes."""
    dialog.get_by_role("button", name=re.compile("^Salvar")).first.click()
    expect(dialog).to_have_count(0)


def fill(dialog: Locator, **values: str) -> None:
    """Fill the fields of a dialog."""
    for name, value in values.items():
        dialog.locator(f"[name={name}] :is(input, textarea)").first.fill(value)


def pick(page: Page, dialog: Locator, name: str, words: str) -> None:
    """Choose a record in a field."""
    field = dialog.locator(f"[name={name}] input").first
    field.click()
    field.fill(words)
    page.locator(".o-autocomplete--dropdown-item").filter(has_text=words).first.click()


def shown_once(page: Page) -> dict[str, str]:
    """Return the values that a dialog shows only once, by label, and close it."""
    dialog = page.locator(".modal").filter(has=page.get_by_test_id("show-once"))
    expect(dialog).to_be_visible()
    rows = {
        one.get_attribute("data-label") or "": one.inner_text().strip()
        for one in dialog.locator("code").all()
    }
    dialog.locator("footer .btn-primary").click()
    expect(page.locator(".modal")).to_have_count(0)
    return rows


# --- the steps ------------------------------------------------------------------------------------


def health_is_red(page: Page) -> None:
    """Check that the page of health names the gap, and leads to the step."""
    back = page.url
    page.goto(page.url.replace("primeiros-passos", "saude"))
    expect(page.get_by_test_id("health-next-step")).to_contain_text("Prefeitura")
    number = page.locator("[data-testid=health-check][data-key=whatsapp_number]")
    expect(number).to_have_attribute("data-level", "error")
    queues = page.locator("[data-testid=health-check][data-key=queues]")
    expect(queues).to_have_attribute("data-level", "error")

    number.get_by_role("button", name="Ir para este passo").click()
    expect(step(page, "whatsapp").get_by_role("button").first).to_have_attribute(
        "aria-expanded", "true"
    )
    page.goto(back)


def fill_in_city_hall(page: Page) -> None:
    """Fill in name, city, state and area code."""
    press(page, "company", "Preencher")
    dialog = page.locator(".modal")
    fill(dialog, name="Prefeitura de Exemplo", city="Exemplo", area_code="31")
    pick(page, dialog, "state_id", "Minas Gerais")
    save(dialog)
    is_done(page, "company")


def add_people(page: Page) -> dict[tuple[str, str], tuple[str, str]]:
    """Add an agent, and a supervisor who approves; return {person: (login, link)}."""
    links = {}
    for person, supervisor in ((TECHNICIAN, False), (SUPERVISOR, True)):
        press(page, "people", "Adicionar uma pessoa")
        dialog = page.locator(".modal")
        fill(dialog, name=person[0], email=person[1])
        if supervisor:
            dialog.get_by_label("Supervisor", exact=False).first.check()
            dialog.locator("[name=is_flow_approver] input").check()
            picture(page, "pessoa")
        dialog.get_by_role("button", name="Adicionar e convidar").click()
        rows = shown_once(page)
        links[person] = (rows["Usuário"], rows["Link para escolher a senha"])
    is_done(page, "people")
    return links


def make_queue(page: Page) -> None:
    """Make a queue with the agent, the holidays and the subjects."""
    press(page, "queue", "Nova fila")
    dialog = page.locator(".modal")
    fill(dialog, name=QUEUE)
    pick(page, dialog, "member_ids", TECHNICIAN[0])
    save(dialog)
    press(page, "queue", "Importar feriados")
    page.locator(".modal .o_form_renderer").wait_for()
    settle(page)
    page.locator(".modal footer .btn-primary").click()
    expect(page.locator(".modal")).to_have_count(0)
    press(page, "queue", "Usar os assuntos usuais")
    is_done(page, "queue")


def connect_number(page: Page, stack: Stack, citizen: PhonePage) -> None:
    """Connect the number: ids, tokens, webhook, subscription, a message both ways."""
    press(page, "whatsapp", "Informar o número")
    dialog = page.locator(".modal")
    fill(
        dialog,
        name="Central 156",
        display_phone_number=defaults.DISPLAY_PHONE,
        phone_number_id=defaults.PHONE_NUMBER_ID,
        waba_id=defaults.WABA_ID,
        new_access_token=defaults.ACCESS_TOKEN,
        new_app_secret=defaults.APP_SECRET,
    )
    pick(page, dialog, "queue_id", QUEUE)
    save(dialog)
    press(page, "whatsapp", "Testar conexão")
    expect(open_step(page, "whatsapp")).to_contain_text("A Meta responde por este número")
    press(page, "whatsapp", "Gerar um token de verificação")
    rows = shown_once(page)
    assert rows["URL de callback"] == stack.webhook_url
    meta = MetaControl(stack.meta_url)
    answer = meta.verify(rows["Token de verificação"])
    assert answer["status"] == 200, answer
    press(page, "whatsapp", "Assinar as mensagens")
    expect(open_step(page, "whatsapp")).to_contain_text("A Meta entrega as mensagens")
    assert defaults.ACCESS_TOKEN not in page.content()
    citizen.write("oi, é um teste")
    is_done(page, "whatsapp")
    expect(citizen.incoming.first).to_be_visible()


def connect_glpi(page: Page, stack: Stack) -> None:
    """Connect GLPI: address and tokens, rights, catalogues, a test ticket."""
    press(page, "glpi", "Informar o GLPI")
    dialog = page.locator(".modal")
    fill(
        dialog,
        name="GLPI da prefeitura",
        url=stack.glpi_url,
        new_app_token=defaults.GLPI_APP_TOKEN,
        new_user_token=defaults.GLPI_USER_TOKEN,
    )
    save(dialog)
    press(page, "glpi", "Testar conexão")
    press(page, "glpi", "Buscar catálogos")
    expect(open_step(page, "glpi")).to_contain_text("Categorias: ")
    press(page, "glpi", "Abrir um chamado de teste")
    is_done(page, "glpi")
    with urllib.request.urlopen(f"{stack.glpi_url}/control/state", timeout=30) as answer:
        tickets = json.load(answer)["tickets"]
    assert any("Teste da central" in ticket["name"] for ticket in tickets)


def choose_flow(page: Page) -> None:
    """Choose a ready flow, and ask for approval; the page says who may give it."""
    press(page, "flow", "Fluxos prontos")
    card = page.locator(".o_kanban_record").filter(has_text="GLPI").first
    card.get_by_role("button", name=re.compile("Começar")).click()
    expect(page.locator(".o_form_view [name=name] :is(input, textarea)").first).to_have_value(FLOW)
    settle(page)
    page.locator("a[data-menu-xmlid='contact_center.first_steps_menu']").click()
    press(page, "flow", "Publicar")
    dialog = page.locator(".modal")
    dialog.get_by_role("button", name="Pedir aprovação").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(open_step(page, "flow")).to_contain_text(SUPERVISOR[0])


def approve(people: People, invitation: tuple[str, str]) -> None:
    """Let the second person set password and app, read the changes, and approve."""
    page = first_login(people, *invitation, PASSWORD)
    open_app(page)
    open_menu(page, "Aprovações de fluxos")
    page.get_by_role("cell", name=FLOW).first.click()
    page.get_by_role("button", name="Aprovar e publicar").click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Aprovado e publicado")
    page.context.close()


def use_flow(page: Page) -> None:
    """Let the published flow answer on the number."""
    press(page, "flow", "Usar no número")
    is_done(page, "flow")


# --- the first conversation -----------------------------------------------------------------------


def serve(desk: Page, citizen: PhonePage, words: str) -> None:
    """Let the agent take the waiting conversation, answer and close it."""
    desk.goto(f"{desk.url.partition('/odoo')[0]}/odoo/mesa")
    row = desk.get_by_test_id("desk-waiting-row").first
    row.get_by_test_id("desk-take").click()
    expect(desk.get_by_test_id("conversation-close")).to_be_visible()
    composer = desk.locator(".o-mail-Composer-input").first
    composer.fill(words)
    composer.press("Enter")
    citizen.expect_text(words)
    desk.get_by_test_id("conversation-close").click()
    dialog = desk.locator(".modal")
    dialog.locator("[name=disposition_id] input").click()
    desk.locator(".o-autocomplete--dropdown-item").filter(has_text="Informação").first.click()
    dialog.locator("button[name=action_close]").click()
    expect(dialog).to_have_count(0)


def talk(desk: Page, citizen: PhonePage) -> None:
    """Let the citizen talk to the bot, ask for a person, and read the agent's answer."""
    citizen.write("oi")
    citizen.expect_text("protocolo")
    citizen.expect_text(re.compile("nome"))
    citizen.write("atendente")
    row = desk.get_by_test_id("desk-waiting-row").first
    expect(row).to_be_visible()
    serve(desk, citizen, ANSWER)
