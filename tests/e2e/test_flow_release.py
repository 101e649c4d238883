"""A flow is built by clicks only, tried out, approved by another one, played.

João Monlevade's service desk: name, e-mail, the subject by a menu, a description, a photo for
citizens who want to send one, a summary, the ticket, and a person on request.
"""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import ADMIN, Stack
from devtools.story import PROTOCOL
from tests.e2e.desk import ACCOUNT, CONVERSATION, admin, row
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage
from tests.e2e.screens_look import keep_clear
from tests.e2e.screens_walk import open_app, open_menu, picture, renewed, settle

FLOW = "Chamado de TI feito à mão"
WAITS = "Falar com um atendente"


@dataclasses.dataclass(frozen=True)
class Step:
    """Values typed and chosen in the dialog of a step.

    ``chosen`` are fields with a list of values, ``typed`` fields with text, ``options`` the
    options of a menu with where each leads ("" for the step below).
    """

    name: str
    kind: str
    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    optional: bool = False


STEPS = (
    Step("Boas-vindas", "Mensagem", "{saudacao}! Seu protocolo é {protocolo}."),
    Step("Nome", "Pergunta", "Qual é o seu nome?", typed=(("label", "Nome"),)),
    Step(
        "E-mail",
        "Pergunta",
        "Qual é o seu e-mail, {nomee}?",
        chosen=(("answer_type", "E-mail"),),
        typed=(("label", "E-mail"),),
    ),
    Step(
        "Assunto",
        "Menu",
        "Do que se trata?",
        typed=(("label", "Assunto"),),
        options=(("Impressora", ""), ("Internet", ""), (WAITS, "Atendente")),
    ),
    Step("Descricao", "Pergunta", "Conte o que acontece.", typed=(("label", "Descrição"),)),
    Step(
        "Foto",
        "Pergunta",
        "Se quiser, envie uma foto.",
        chosen=(("answer_type", "Foto ou arquivo"),),
        optional=True,
    ),
    Step("Conferir", "Confirmação", "Confira:"),
    Step(
        "Abrir o chamado",
        "Ação",
        chosen=(("action_name", "Abrir um chamado no GLPI"),),
        typed=(("action_params", "title: {assunto}\ndescription: {descricao}"),),
    ),
    Step("Fim", "Fim", "Pronto, {nome}! O protocolo do seu chamado é {protocolo}."),
)


@pytest.fixture
def number(stack: Stack) -> Iterator[int]:
    """Return the demo's WhatsApp number; afterwards it has its flow again."""
    account = row(admin(stack), ACCOUNT, [("name", "!=", False)], ["flow_id"])
    yield account["id"]
    admin(stack).call(ACCOUNT, "write", [account["id"]], {"flow_id": account["flow_id"][0]})


def test_from_nothing_to_the_telephone(people: People, stack: Stack, number: int) -> None:
    """The story of issue 4: built, mended, tried out, kept as a test, approved, played."""
    page = people.user("adriana")
    keep_clear(page)
    build(page)
    mend(page)
    try_out(page)
    ask(page)
    approve(people)
    admin(stack).call(ACCOUNT, "write", [number], {"flow_id": flow_id(stack)})
    play(people, stack)


def flow_id(stack: Stack) -> int:
    """Return the flow that was built."""
    return row(admin(stack), "chatbot.flow", [("name", "=", FLOW)], ["id"])["id"]


# --- the editor -----------------------------------------------------------------------------------


def build(page: Page) -> None:
    """Build a new flow, step by step."""
    open_app(page)
    open_menu(page, "Fluxos")
    renewed(page, page.get_by_role("button", name="Novo").first.click)
    page.locator("[name=name] :is(input, textarea)").first.fill(FLOW)
    save(page)
    page.locator("[name=step_ids] .o_field_x2many_list_row_add").locator("a, button").first.click()
    for step in STEPS:
        dialog = page.locator(".modal").filter(has_text="Nova etapa")
        fill_step(page, dialog, step)
        last = step is STEPS[-1]
        saves = "Salvar & Fechar" if last else "Salvar & Novo"
        dialog.get_by_role("button", name=saves).click()
        if not last:
            expect(dialog.locator("[name=name] input")).to_have_value("")
    expect(page.locator(".modal")).to_have_count(0)
    save(page)
    # the step that the menu's picker made, and the nine that were typed
    expect(page.locator("[name=step_ids] .o_data_row")).to_have_count(len(STEPS) + 1)


def fill_step(page: Page, dialog: Locator, step: Step) -> None:
    """Type and choose the values in the dialog of a step."""
    dialog.locator("[name=name] input").fill(step.name)
    select(page, dialog, "kind", step.kind)
    for name, words in step.chosen:
        select(page, dialog, name, words)
    if step.text:
        dialog.locator("[name=text] textarea").fill(step.text)
    for name, words in step.typed:
        dialog.locator(f"[name={name}] :is(input, textarea)").fill(words)
    if step.optional:
        dialog.locator("[name=required] input").uncheck()
    for title, goto in step.options:
        add_option(page, dialog, title, goto)


def add_option(page: Page, dialog: Locator, title: str, goto: str) -> None:
    """Add a line of a menu; the picker makes its target if it does not exist yet."""
    options = dialog.locator("[name=option_ids]")
    options.locator(".o_field_x2many_list_row_add").locator("a, button").first.click()
    option = page.locator(".modal").filter(has_text="Nova opção")
    option.locator("[name=name] input").fill(title)
    if goto:
        field = option.locator("[name=goto_id] input")
        field.fill(goto)
        page.locator(".o-autocomplete--dropdown-item").filter(has_text="Criar").first.click()
        expect(field).to_have_value(goto)
    option.get_by_role("button", name="Salvar & Fechar").click()
    expect(option).to_have_count(0)


def select(page: Page, dialog: Locator, name: str, words: str) -> None:
    """Choose a value in a field with a list of them."""
    field = dialog.locator(f"[name={name}]").first
    field.locator("input").click()
    page.locator(".o_select_menu_item").filter(has_text=re.compile(f"^{words}$")).click()
    expect(field.locator("input")).to_have_value(words)


def save(page: Page) -> None:
    """Save the open form by its shortcut: what a field changes may move the button."""
    expect(page.locator(".o_form_button_save")).to_be_visible()
    page.keyboard.press("Alt+s")
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    settle(page)


def mend(page: Page) -> None:
    """Mend the two faults that the checks name, each where the check leads."""
    checks = page.locator(".o_flow_checks")
    expect(checks).to_contain_text("{nomee}")
    checks.get_by_role("button", name=re.compile("nomee")).click()
    dialog = page.locator(".modal")
    dialog.locator("[name=text] textarea").fill("Qual é o seu e-mail, {nome}?")
    dialog.get_by_role("button", name=re.compile("Salvar")).first.click()
    expect(dialog).to_have_count(0)
    checks.get_by_role("button", name=re.compile("Atendente.*falta o texto")).click()
    select(page, dialog, "kind", "Passar para uma pessoa")
    dialog.locator("[name=text] textarea").fill("Vou chamar uma pessoa.")
    dialog.get_by_role("button", name=re.compile("Salvar")).first.click()
    expect(dialog).to_have_count(0)
    expect(checks).to_contain_text("O fluxo pode ser publicado")


# --- the simulator --------------------------------------------------------------------------------


def try_out(page: Page) -> None:
    """Try the flow out on the telephone beside the editor, and keep the run as a test."""
    page.get_by_role("button", name="Simular").click()
    simulator = page.get_by_test_id("simulator")
    talk = simulator.get_by_test_id("simulator-in")
    field = simulator.get_by_test_id("simulator-input")
    for answer, question in (("Maria", "e-mail, Maria?"), ("maria@exemplo.com.br", "se trata")):
        field.fill(answer)
        field.press("Enter")
        expect(talk.last).to_contain_text(question)
    simulator.get_by_test_id("simulator-list").last.click()
    simulator.get_by_test_id("simulator-row").filter(has_text="Impressora").click()
    expect(talk.last).to_contain_text("Conte o que acontece")
    field.fill("Não puxa papel")
    field.press("Enter")
    expect(talk.last).to_contain_text("envie uma foto")
    simulator.get_by_test_id("simulator-clip").click()
    simulator.get_by_test_id("simulator-send-image").click()
    expect(talk.last).to_contain_text("Confira")
    simulator.get_by_test_id("simulator-button").filter(has_text="Confirmar").last.click()
    expect(talk.last).to_contain_text("Pronto, Maria!")
    expect(simulator.get_by_test_id("simulator-values")).to_contain_text("Não puxa papel")
    simulator.get_by_test_id("simulator-tab-tests").click()
    simulator.get_by_label("Guardar esta conversa como teste").fill("Impressora com foto")
    simulator.get_by_test_id("simulator-save-test").click()
    expect(simulator.get_by_test_id("simulator-test")).to_contain_text("Impressora com foto")
    expect(simulator.get_by_test_id("simulator-test").get_by_role("img")).to_have_attribute(
        "aria-label", "Passou"
    )
    picture(page, "flow-tests")
    simulator.get_by_test_id("simulator-close").click()


# --- the approval ---------------------------------------------------------------------------------


def ask(page: Page) -> None:
    """Ask for approval as Adriana, who cannot approve her own request."""
    page.get_by_role("button", name="Pedir aprovação").click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("As verificações não encontraram problemas")
    dialog.locator("[name=note] textarea").fill("Atendimento da TI pelo WhatsApp")
    dialog.get_by_role("button", name="Pedir aprovação").click()
    renewed(page, page.get_by_role("button", name="Ver o pedido").click)
    expect(page.get_by_text("Outra pessoa precisa decidir")).to_be_visible()
    expect(page.get_by_role("button", name="Aprovar e publicar")).to_have_count(0)


def approve(people: People) -> None:
    """Let a second person read the changes and put the flow into service."""
    page = people.user(ADMIN[0])
    open_app(page)
    open_menu(page, "Aprovações de fluxos")
    renewed(page, page.get_by_role("cell", name=FLOW).first.click)
    expect(page.locator("[name=test_names]")).to_contain_text("Impressora com foto")
    picture(page, "flow-approval")
    page.get_by_role("button", name="Aprovar e publicar").click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Aprovado e publicado")


# --- the telephone --------------------------------------------------------------------------------


def play(people: People, stack: Stack) -> None:
    """Play a citizen who goes through the new flow; then one who wants a person."""
    phone = PhonePage(people.citizen("5531977770404", "Rosa"))
    phone.write("oi")
    phone.expect_text("Qual é o seu nome?")
    phone.write("Rosa Lima")
    phone.expect_text("e-mail, Rosa Lima?")
    phone.write("rosa@exemplo.com.br")
    phone.expect_text("Do que se trata?")
    phone.choose_row("Internet")
    phone.expect_text("Conte o que acontece.")
    phone.write("O sinal cai toda hora")
    phone.expect_text("envie uma foto")
    phone.press("Pular")
    phone.expect_text("Confira:")
    phone.press("Confirmar")
    phone.expect_text(re.compile(rf"Pronto, Rosa Lima!.*{PROTOCOL.pattern}"))
    phone.write("oi de novo")
    expect(phone.incoming.filter(has_text="Qual é o seu nome?")).to_have_count(2)
    phone.write("Rosa Lima")
    expect(phone.incoming.filter(has_text="e-mail, Rosa Lima?")).to_have_count(2)
    phone.write("rosa@exemplo.com.br")
    expect(phone.incoming.filter(has_text="Do que se trata?")).to_have_count(2)
    phone.choose_row(WAITS)
    phone.expect_text("Vou chamar uma pessoa.")
    domain = [("protocol", "=", phone.protocol())]
    waiting = row(admin(stack), CONVERSATION, domain, ["state", "flow_id"])
    assert (waiting["state"], waiting["flow_id"][0]) == ("queued", flow_id(stack))
    admin(stack).call(CONVERSATION, "action_close", [waiting["id"]])
