"""The flow's editor as administrators use it: picture, checks, search.

Checks open their step.
"""

import re

from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from tests.e2e.desk import person
from tests.e2e.people import People
from tests.e2e.screens_walk import picture

STEPS = (
    {"name": "Boas-vindas", "kind": "message", "text": "{saudacao}! Aqui é a Prefeitura."},
    {"name": "Assunto", "kind": "menu", "text": "Qual é o assunto, {nmoe}?"},
    {"name": "Qual é a rua?", "kind": "question", "text": "Em que rua?", "label": "Rua"},
    {"name": "Despedida", "kind": "end", "text": "Anotado: {qual_e_a_rua}. Até logo!"},
    {"name": "Atendente", "kind": "hand_over", "text": "Vou chamar uma pessoa."},
    {"name": "Bairros", "kind": "menu", "text": "Em que bairro?"},
)
DISTRICTS = [f"Bairro {number}" for number in range(61)]
WRONG = re.compile(r"\bo_wrong\b")
MARKED = re.compile(r"\bo_marked\b")
OPTIONS = {
    "Iluminação": "Qual é a rua?",
    "Falar com um atendente": "Atendente",
    "Coleta de lixo": "Bairros",
}


def make_flow(stack: Stack) -> int:
    """Make a flow with a mistake in its menu and many steps; return its id."""
    client = person(stack, "adriana")
    (flow,) = client.call("chatbot.flow", "create", [{"name": "Zeladoria"}])
    steps = [*STEPS, *({"name": name, "kind": "end", "text": name} for name in DISTRICTS)]
    ids = client.call(
        "chatbot.flow.step",
        "create",
        [
            {**step, "flow_id": flow, "sequence": 10 * number}
            for number, step in enumerate(steps, 1)
        ],
    )
    by_name = dict(zip((step["name"] for step in steps), ids, strict=True))
    client.call(
        "chatbot.flow.option",
        "create",
        [
            {"step_id": by_name[menu], "name": title, "goto_id": by_name[target]}
            for menu, titles in (
                ("Assunto", OPTIONS),
                ("Bairros", {name: name for name in DISTRICTS}),
            )
            for title, target in titles.items()
        ],
    )
    return flow


def box(page: Page, title: str) -> Locator:
    """Return the box of a step in the picture."""
    return page.locator(".o_flow_box").filter(has_text=title)


def save_step(page: Page) -> None:
    """Save the dialog of a step; the form behind it is read again."""
    page.locator(".modal").get_by_role("button", name="Salvar").first.click()
    expect(page.locator(".modal")).to_have_count(0)


def test_picture_checks_and_search(people: People, stack: Stack) -> None:
    """A mistake is seen in the picture, mended through it, and the history tells it."""
    flow = make_flow(stack)
    page = people.user("adriana")
    page.goto(f"{stack.odoo_url}/odoo/chatbot.flow/{flow}")

    expect(page.locator(".o_flow_box")).to_have_count(len(STEPS))
    page.get_by_role("button", name="Mostrar mais 61 etapas").click()
    expect(page.locator(".o_flow_box")).to_have_count(len(STEPS) + len(DISTRICTS))
    page.get_by_role("button", name="Recolher o que vem depois desta etapa").last.click()
    expect(page.locator(".o_flow_box")).to_have_count(len(STEPS))
    page.locator(".o_flow_picture_fit").click()
    expect(page.locator(".o_flow_edge").filter(has_text="Iluminação")).to_have_count(1)
    menu = box(page, "Assunto")
    expect(menu).to_have_class(WRONG)
    checks = page.locator(".o_flow_checks")
    expect(checks).to_contain_text("1 erro impede a publicação")
    expect(checks).to_contain_text("{nmoe}")
    picture(page, "flow-checks")

    # The finding opens its step, and so does the box.
    checks.get_by_role("button", name="nmoe").click()
    text = page.locator(".modal [name=text] textarea")
    expect(text).to_have_value(STEPS[1]["text"])
    text.fill("Qual é o assunto?")
    save_step(page)
    expect(checks).to_contain_text("O fluxo pode ser publicado")
    expect(menu).not_to_have_class(WRONG)
    box(page, "Qual é a rua?").get_by_role("button").first.press("Enter")
    expect(page.locator(".modal [name=name] input")).to_have_value("Qual é a rua?")
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)

    # A name typed into "next step" becomes a step, with one entry.
    box(page, "Boas-vindas").get_by_role("button").first.click()
    goto = page.locator(".modal [name=goto_id] input").first
    goto.fill("Aviso de horário")
    page.get_by_role("option", name="Criar").first.click()
    save_step(page)
    expect(box(page, "Aviso de horário")).to_have_count(1)
    expect(page.locator(".o_flow_picture_legend")).to_contain_text("de 68 etapas")

    page.locator(".o_flow_picture_search").fill("iluminacao")
    page.locator(".o_flow_picture_found button").first.click()
    expect(menu).to_have_class(MARKED)
    history = page.locator(".o-mail-Message")
    expect(history.filter(has_text="Qual é o assunto?").first).to_contain_text("Etapa “Assunto”")
    expect(history.filter(has_text="Aviso de horário").first).to_be_visible()
