"""Transfer, ticket, templates and first messages, at a desk and on a telephone."""

import datetime
import json
import re

import pytest
from playwright.sync_api import Locator, expect

from devtools.servers import Stack
from devtools.story import PHOTO, wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import ACCOUNT, CONVERSATION, admin, clear_desks, expect_in_log, person
from tests.e2e.dialogs import act, choose_reason, confirm, fits, is_online, snapshot, taken
from tests.e2e.people import People
from tests.e2e.screens_people import PASSWORD, PRINTER, Citizen
from tests.e2e.screens_walk import open_app, open_menu, settle

QUEUE = "contact_center.queue"
NOTE = "Já conferi o cabo; falta ver a fila de impressão. jabuticaba"
"""A note for whoever goes on; its last word must never reach the citizen's telephone."""
SIZES = {"desk": {"width": 1366, "height": 768}, "telephone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module", autouse=True)
def calm_desks(stack: Stack) -> None:
    """Clear other stories from the desks, and fetch templates."""
    clear_desks(stack)
    client = admin(stack)
    client.call(ACCOUNT, "action_sync_templates", client.call(ACCOUNT, "search", [])[:1])


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """Return the screen of a desk, and that of a telephone."""
    return SIZES[request.param]


# ------------------------------------------------------------
# Transfer
# ------------------------------------------------------------


def test_transfer_to_somebody_who_is_not_there(
    people: People, stack: Stack, size: dict[str, int]
) -> None:
    """Said before it is confirmed, with the queue as the default; the citizen hears the truth."""
    joana = people.agent("joana", **size)
    citizen = taken(stack, joana)
    dialog = act(joana, "transfer")
    choices = dialog.get_by_test_id("choice").locator("label")
    expect(choices.filter(has_text="Joana")).to_have_count(0)
    sofia = choices.filter(has_text="Sofia")
    expect(sofia).to_contain_text("Fora do sistema")
    sofia.click()
    expect(dialog.locator("[role=alert]")).to_contain_text("Sofia")
    expect(dialog.get_by_label("Encaminhar para a fila")).to_be_checked()
    choose_reason(dialog, "Precisa de quem entende mais")
    dialog.locator("[name=note] textarea").fill(NOTE)
    fits(joana, dialog)
    snapshot(joana, "transferir-ausente")
    confirm(dialog)
    row = wait_until(
        lambda: admin(stack).search_read(
            CONVERSATION,
            [("protocol", "=", citizen.protocol), ("state", "=", "queued")],
            ["queue_id", "agent_id"],
        ),
        "it did not go to the queue",
    )[0]
    assert (row["queue_id"][1], row["agent_id"]) == ("Suporte de TI", False)
    citizen.phone.wait_text("Encaminhamos o seu atendimento para a equipe Suporte de TI")


def test_the_note_is_the_first_thing_that_the_receiver_reads(
    people: People, stack: Stack, size: dict[str, int]
) -> None:
    """From one who is there to one who is there: notification, thread and panel."""
    joana, pedro = people.agent("joana"), people.agent("pedro", **size)
    citizen = taken(stack, joana)
    wait_until(lambda: is_online(stack, "pedro"), "Pedro is not seen online")
    dialog = act(joana, "transfer")
    dialog.get_by_test_id("choice").locator("label").filter(has_text="Pedro").click()
    expect(dialog.locator("[role=alert]")).to_be_hidden()
    choose_reason(dialog, "Meu turno está acabando")
    dialog.locator("[name=note] textarea").fill(NOTE)
    confirm(dialog)
    citizen.phone.wait_text("Você está falando com Pedro")
    # One of an earlier transfer may stand above it.
    notification = pedro.locator(".o-contact-center-Attention.o-kind-handed").last
    expect(notification).to_contain_text("falta ver a fila de impressão")
    notification.get_by_role("button", name=re.compile("Abrir|Em aberto")).click()
    thread = pedro.locator(".o-mail-Thread")
    note = thread.locator(".o-mail-Message").filter(has_text="Meu turno está acabando")
    expect(note).to_contain_text("falta ver a fila de impressão")
    expect(note.get_by_test_id("note-badge")).to_be_visible()
    if size["width"] > 1000:
        panel = pedro.get_by_test_id("panel-transfer")
        expect(panel).to_contain_text("falta ver a fila de impressão")
        first = pedro.get_by_test_id("conversation-panel").locator("details").first
        expect(first).to_have_attribute("data-testid", "panel-transfer")
    snapshot(pedro, "nota-de-passagem")
    assert "jabuticaba" not in json.dumps(citizen.phone.messages(), ensure_ascii=False)
    events = admin(stack).search_read(
        "contact_center.event",
        [("conversation_id.protocol", "=", citizen.protocol), ("kind", "=", "transferred")],
        ["data"],
    )
    assert events[-1]["data"]["reason"] == "shift"
    clear_desks(stack)


def test_a_queue_that_is_closed_says_when_it_opens(people: People, stack: Stack) -> None:
    """In the list of queues, in the warning, and to the citizen."""
    client = admin(stack)
    ombudsman = client.call(QUEUE, "search", [("name", "=", "Ouvidoria")])
    calendar = client.call("resource.calendar", "search", [])[0]
    day = {"kind": "closed", "reason": "Ponto facultativo"}
    client.call(QUEUE, "write", ombudsman, {"calendar_id": calendar})
    today = client.call(QUEUE, "read", ombudsman, ["hours_summary"])
    assert today
    exceptions = client.call(
        "contact_center.queue.exception",
        "create",
        [{**day, "queue_id": ombudsman[0], "date": one} for one in around_today()],
    )
    try:
        joana = people.agent("joana")
        citizen = taken(stack, joana)
        dialog = act(joana, "transfer")
        dialog.get_by_label("Fila", exact=True).first.check()
        field = dialog.locator("[name=queue_id] input")
        field.fill("Ouvidoria")
        option = joana.locator(".o-autocomplete--dropdown-item", has_text="Ouvidoria").first
        expect(option).to_contain_text("fechada, abre")
        option.click()
        expect(dialog.locator("[role=alert]")).to_contain_text("está fechada agora; ela abre")
        choose_reason(dialog, "Assunto de outra equipe")
        snapshot(joana, "transferir-fila-fechada")
        confirm(dialog)
        told = citizen.phone.wait_text("para a equipe Ouvidoria")
        assert "não está em atendimento agora e volta" in told["text"]
        assert "logo" not in told["text"]
    finally:
        client.call("contact_center.queue.exception", "unlink", exceptions)
        client.call(QUEUE, "write", ombudsman, {"calendar_id": False})
        clear_desks(stack)


def around_today() -> list[str]:
    """Return yesterday, today and tomorrow: whatever day it is where the queue is."""
    today = datetime.date.today()
    return [str(today + datetime.timedelta(days=days)) for days in (-1, 0, 1)]


# ------------------------------------------------------------
# Ticket
# ------------------------------------------------------------


def test_a_ticket_begins_with_what_was_said(
    people: People, stack: Stack, size: dict[str, int]
) -> None:
    """Title and description filled in, messages and files ticked, all and none at one touch."""
    joana = people.agent("joana", **size)
    citizen = taken(stack, joana)
    citizen.phone.send_text("O computador também está sem rede desde ontem")
    citizen.phone.send_image(PHOTO, filename="tela.png")
    expect(joana.locator(".o-mail-Thread")).to_contain_text("sem rede desde ontem")
    expect(joana.locator(".o-mail-Thread .o-mail-AttachmentImage").last).to_be_visible()
    dialog = act(joana, "open_ticket")
    expect(dialog.locator("[name=title] input")).not_to_have_value("")
    expect(dialog.locator("[name=description] textarea")).to_have_value(
        re.compile("mancha as receitas")
    )
    expect(dialog.locator("[name=requester_email] input")).to_have_value(PRINTER.email)
    messages = dialog.get_by_test_id("ticks-message")
    rede = messages.filter(has_text="sem rede desde ontem")
    expect(rede.locator("input")).to_be_checked()
    count = dialog.get_by_test_id("ticks-count")
    dialog.get_by_test_id("ticks-none").click()
    expect(count).to_contain_text("0 de")
    expect(rede.locator("input")).not_to_be_checked()
    dialog.get_by_test_id("ticks-all").click()
    expect(rede.locator("input")).to_be_checked()
    dialog.get_by_test_id("ticks-none").click()
    rede.click()
    dialog.get_by_test_id("ticks-message").filter(has=joana.locator(".fa-paperclip")).last.click()
    expect(count).to_contain_text("2 de")
    fits(joana, dialog)
    snapshot(joana, "abrir-chamado")
    dialog.locator("button[name=action_open]").click()
    expect(dialog).to_have_count(0)
    rows = wait_until(
        lambda: [
            row
            for row in admin(stack).search_read(
                "glpi.ticket",
                [("conversation_id.protocol", "=", citizen.protocol), ("state", "=", "open")],
                ["description", "document_ids"],
                order="id",
            )
            if "sem rede" in row["description"]
        ],
        "the ticket is not open",
    )
    assert "sem rede desde ontem" in rows[0]["description"]
    with_file = [("id", "in", rows[0]["document_ids"]), ("message_id.attachment_ids", "!=", False)]
    assert admin(stack).call("glpi.document", "search_count", with_file) == 1
    clear_desks(stack)


def test_what_the_bot_asked_is_in_the_contact(people: People, stack: Stack) -> None:
    """A flow without a step that saves the contact: the agent need not ask again."""
    citizen = Citizen(stack, PASSWORD)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    found = admin(stack).search_read(
        CONVERSATION, [("protocol", "=", citizen.protocol)], ["partner_id"]
    )
    (partner,) = admin(stack).call(
        "res.partner", "read", [found[0]["partner_id"][0]], ["name", "email"]
    )
    assert (partner["name"], partner["email"]) == (PASSWORD.name, PASSWORD.email)
    clear_desks(stack)


# ------------------------------------------------------------
# Templates and first messages
# ------------------------------------------------------------


def template(dialog: Locator, name: str) -> None:
    """Choose a template by its name; on a telephone Odoo opens a list to choose from."""
    field, page = dialog.locator("[name=template_id] input"), dialog.page
    if field.get_attribute("readonly") is None:
        field.fill(name)
    else:
        field.click()
    offered = ".o-autocomplete--dropdown-item, .modal .o_data_row, .modal .o_kanban_record"
    page.locator(offered).filter(has_text=name).first.click()
    expect(page.locator(".modal").locator(".o_kanban_view, .o_list_view")).to_have_count(0)


def test_a_template_asks_in_words(people: People, stack: Stack, size: dict[str, int]) -> None:
    """Variables are asked for in words; the preview is what the citizen reads."""
    joana = people.agent("joana", **size)
    citizen = taken(stack, joana)
    dialog = act(joana, "template")
    template(dialog, "Campanha")
    values = dialog.get_by_test_id("template-value")
    expect(values.first.locator("label")).to_have_text("Nome do cidadão")
    expect(values.first.locator("input")).to_have_value("Antônio")
    expect(values.last.locator("label")).to_contain_text("vai até …")
    bubble = dialog.locator(".o_whatsapp_bubble")
    expect(bubble).to_contain_text("vai até […]")
    fits(joana, dialog)
    assert "{{" not in joana.locator("body").inner_text()
    chosen = {"name": "campanha.png", "mimeType": "image/png", "buffer": PHOTO}
    dialog.locator("[name=header_file] input[type=file]").set_input_files(chosen)
    dialog.locator("button[name=action_send]").click()
    error = joana.locator(".modal").filter(has_text="Preencha o que falta")
    expect(error).to_contain_text("vai até …")
    told = "WARNING odoo.http: Preencha o que falta no modelo"
    expect_in_log(stack, "An agent sends a template with an open place", told)
    error.locator("footer .btn-primary, .modal-footer .btn-primary").last.click()
    expect(error).to_have_count(0)
    values.last.locator("input").fill("30 de junho")
    values.last.locator("input").press("Tab")
    expect(bubble).to_contain_text("vai até 30 de junho")
    snapshot(joana, "modelo-preenchido")
    dialog.locator("button[name=action_send]").click()
    citizen.phone.wait_text("vai até 30 de junho")
    clear_desks(stack)


def test_a_new_message_to_a_number_that_nobody_registered(
    people: People, stack: Stack, size: dict[str, int]
) -> None:
    """From the desk: number as it is pasted, name, template; and no window has closed."""
    last = 1111 + size["width"]
    number, typed = f"553197345{last:04}", f"+55 (31) 97345-{last:04} (recado)"
    joana = people.agent("joana", **size)
    joana.get_by_test_id("desk-write").click()
    dialog = joana.locator(".modal")
    field = dialog.locator("[name=number] input")
    field.fill("97345")
    field.press("Tab")
    expect(dialog.locator("[role=status]")).to_contain_text("não é um telefone")
    field.fill(typed)
    field.press("Tab")
    expect(dialog.locator("[role=status]")).to_be_hidden()
    expect(dialog.locator("[name=number_shown]")).to_contain_text("97345")
    dialog.locator("[name=name] input").fill("Rosa Maria da Silva")
    dialog.locator("[name=name] input").press("Tab")
    template(dialog, "Retomada de atendimento")
    expect(dialog.locator(".o_whatsapp_bubble")).to_contain_text("Olá, Rosa!")
    expect(dialog.locator(".o_whatsapp_bubble")).to_contain_text("[número do protocolo]")
    fits(joana, dialog)
    snapshot(joana, "nova-mensagem")
    dialog.locator("button[name=action_send]").click()
    panel = joana.get_by_test_id("window-closed")
    expect(panel).to_contain_text("ainda não escreveu")
    assert "janela" not in panel.inner_text().lower()
    expect(joana.get_by_test_id("conversation-window")).to_contain_text("Ainda não escreveu")
    snapshot(joana, "nova-mensagem-enviada")
    phone = PhoneClient(stack.meta_url, number, "Rosa")
    message = phone.wait_text("Olá, Rosa!", since="start")
    assert "[" not in message["text"]
    assert "{" not in message["text"]
    phone.send_option(title="Sim, continuar")
    expect(panel).to_have_count(0)
    (partner,) = admin(stack).search_read(
        "res.partner", [("contact_center_find", "ilike", f"97345{last:04}")], ["name"]
    )
    assert partner["name"] == "Rosa Maria da Silva"
    clear_desks(stack)


def test_a_new_message_from_the_contacts_finds_who_is_registered(
    people: People, stack: Stack
) -> None:
    """A number that somebody has already is not registered a second time."""
    person(stack, "joana").call(
        "res.partner", "create", {"name": "Ivete Ramos", "phone": "31 97345-0001"}
    )
    page = people.user("joana")
    open_app(page)
    open_menu(page, "Cidadãos")
    page.locator(".o_control_panel button").filter(has_text="Nova mensagem").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=number] input").fill("031 7345.0001")
    dialog.locator("[name=number] input").press("Tab")
    expect(dialog.locator("[role=status]")).to_contain_text("Já está cadastrado: Ivete Ramos")
    expect(dialog.locator("[name=name] input")).to_have_count(0)
    template(dialog, "Retomada de atendimento")
    expect(dialog.locator(".o_whatsapp_bubble")).to_contain_text("Olá, Ivete!")
    settle(page)
    snapshot(page, "nova-mensagem-contato")
    dialog.locator("button[name=action_send]").click()
    PhoneClient(stack.meta_url, "5531973450001", "Ivete").wait_text("Olá, Ivete!", since="start")
    assert admin(stack).call("res.partner", "search_count", [("name", "=", "Ivete Ramos")]) == 1
    clear_desks(stack)
