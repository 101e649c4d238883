"""A ticket's whole way: opened, answered and solved in GLPI, refused, accepted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from devtools.servers import Stack
from devtools.story import CATEGORY, DESCRIPTION, EMAIL, LOCATION, NAME, TICKET, wait_until
from tests.e2e.desk import admin, clear_desks
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage
from tests.e2e.screens_people import PRINTER, Citizen
from tests.e2e.technician import Technician, at_work


@pytest.fixture
def technician(stack: Stack) -> Technician:
    """GLPI's technician, with GLPI's webhook switched on."""
    return at_work(stack)


def open_ticket(phone: PhonePage) -> int:
    """Let the citizen go through the flow; return the number of the ticket."""
    answers: list[tuple[str, Callable[[], None]]] = [
        ("nome completo", lambda: phone.write(NAME)),
        ("e-mail", lambda: phone.write(EMAIL)),
        ("Sobre o que", lambda: phone.choose_row(CATEGORY)),
        ("Em qual local", lambda: phone.choose_row(LOCATION)),
        ("acontecendo", lambda: phone.write(DESCRIPTION)),
        ("envie uma foto", lambda: phone.press("Pular")),
        ("Confira os seus dados", lambda: phone.press("Confirmar")),
    ]
    phone.write("oi")
    for question, answer in answers:
        phone.expect_text(question)
        answer()
    phone.expect_text(TICKET)
    texts = phone.incoming.all_inner_texts()
    return next(int(m.group(1)) for m in map(TICKET.search, reversed(texts)) if m)


def test_round_trip(stack: Stack, people: People, technician: Technician) -> None:
    page = people.page("citizen", width=420, height=800)
    page.goto(f"{stack.meta_url}/phone?wa_id=5531970990001&name=Maria")
    phone = PhonePage(page)
    number = open_ticket(phone)
    phone.choose_row("Encerrar")
    phone.expect_text("Obrigado pelo contato")

    technician.write(number, "ITILFollowup", "<p>Qual o <b>patrimônio</b>?</p>")
    phone.expect_text("Qual o patrimônio?")
    phone.write("É o 1234")
    phone.expect_text(re.compile("resposta ao chamado"))
    phone.press("Sim, responder")
    phone.expect_text("Anotado no chamado")
    phone.press("Concluir")
    said = wait_until(
        lambda: [
            one
            for one in technician.call("GET", f"Ticket/{number}/ITILFollowup?range=0-50")
            if "É o 1234" in one["content"]
        ],
        "GLPI does not have the citizen's answer",
    )
    assert len(said) == 1

    technician.write(number, "ITILSolution", "<p>Cabo trocado.</p>")
    phone.expect_text("Seu chamado foi resolvido?")
    phone.press(re.compile("^Não$"))
    phone.expect_text("o que ainda não está resolvido")
    phone.write("Continua sem ligar")
    phone.expect_text("volta para a equipe técnica")
    wait_until(lambda: technician.status(number) in (1, 2), "GLPI did not reopen the ticket")

    technician.write(number, "ITILSolution", "<p>Fonte trocada.</p>")
    phone.expect_text("Fonte trocada.")
    phone.press(re.compile("^Sim$"))
    phone.expect_text("Vamos encerrar o chamado")
    wait_until(lambda: technician.status(number) == 6, "GLPI did not close the ticket")
    phone.choose_row("Ótimo")
    conversation = wait_until(
        lambda: next(
            iter(
                admin(stack).search_read(
                    "contact_center.conversation",
                    [("partner_id.name", "=", NAME), ("satisfaction", "!=", False)],
                    ["satisfaction", "state"],
                )
            ),
            None,
        ),
        "the survey's answer did not arrive",
    )
    assert conversation["state"] == "closed"
    expect(phone.incoming.filter(has_text="Fonte trocada.")).to_have_count(1)


def test_ticket_from_the_desk(stack: Stack, people: People, technician: Technician) -> None:
    """The agent opens a ticket and follows it in the panel, and writes to it, without a reload."""
    clear_desks(stack)
    citizen = Citizen(stack, PRINTER)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    joana = people.agent("joana")
    joana.get_by_test_id("desk-waiting-row").filter(has_text=PRINTER.name).get_by_test_id(
        "desk-take"
    ).click()
    joana.get_by_role("button", name="Abrir chamado no GLPI").click()
    dialog = joana.locator(".modal")
    dialog.locator("[name=title] input").fill("Monitor piscando")
    dialog.locator("[name=description] textarea").fill("Desde ontem à tarde")
    dialog.get_by_role("button", name="Abrir chamado").click()
    expect(dialog).to_have_count(0)
    ticket = joana.get_by_test_id("panel-ticket").filter(has_text="Monitor piscando")
    expect(ticket).to_contain_text(re.compile(r"Nº \d+"))
    number = int(re.search(r"Nº (\d+)", ticket.inner_text()).group(1))

    technician.write(number, "ITILFollowup", "<p>Levem o cabo novo</p>")
    expect(ticket).to_contain_text("Levem o cabo novo")

    ticket.get_by_role("button", name=f"Nº {number}").click()
    joana.get_by_role("button", name="Enviar conversa ao GLPI").click()
    told = joana.locator(".o_notification").filter(has_text="a caminho do GLPI")
    expect(told).to_have_count(1)
    joana.get_by_role("button", name="Mudar situação").click()
    dialog.get_by_label("Pendente", exact=True).check()
    dialog.get_by_role("button", name="Enviar ao GLPI").click()
    expect(dialog).to_have_count(0)
    wait_until(lambda: technician.status(number) == 4, "GLPI did not get the status")
    followups = f"Ticket/{number}/ITILFollowup?range=0-50"
    wait_until(
        lambda: any(
            one["is_private"] and "Conversa do protocolo" in one["content"]
            for one in technician.call("GET", followups)
        ),
        "GLPI did not get the conversation",
    )
