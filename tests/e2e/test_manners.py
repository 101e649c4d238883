"""The citizen's small talk on the telephone is answered kindly, without protocol."""

import re
import tempfile
import uuid
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from devtools.servers import Stack
from devtools.settings import ROOT
from devtools.story import PROTOCOL
from sandbox.client import PhoneClient
from tests.e2e.desk import person
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage

CONVERSATION = "contact_center.conversation"
STORIES = yaml.safe_load(
    Path(ROOT, "addons/glpi_connector/data/flows/it_support.yaml").read_text(encoding="utf-8")
)["tests"]
#: What the telephone shows for rows of the table
REPLIES = {
    "thanks": "Por nada!",
    "lacks": "seguimos sem isso",
    "insult": "Entendo que algo desagradou",
    "person": "um atendente|uma pessoa",
    "cancel": "Você quer encerrar",
    "who": "Sou o assistente virtual",
    "foreign": "This service speaks Portuguese",
    "greeting": ".",
    "laughter": ".",
    "hello": "Estou aqui!",
    "ok": "Certo!",
}


def number() -> str:
    """Return a telephone number that nobody has used."""
    return f"55319{uuid.uuid4().int % 10**8:08}"


def conversations(stack: Stack, wa_id: str) -> list[dict]:
    """Return the conversations of a number, oldest first.

    WhatsApp may leave its 9 out.
    """
    fields = ["protocol", "state", "collected"]
    domain = [("whatsapp_identity_id.wa_id", "=like", f"%{wa_id[-8:]}")]
    return person(stack, "adriana").search_read(CONVERSATION, domain, fields, order="id")


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_a_story_of_the_ready_flow_on_the_telephone(stack: Stack, story: dict) -> None:
    """The telephone shows the texts that the flow test expects, in one conversation."""
    wa_id = number()
    phone = PhoneClient(stack.meta_url, wa_id, "Maria", timeout=90)
    phone.send_text("oi")
    phone.wait_text("nome completo")
    for item in story["talk"]:
        phone.send_text(item["text"])
        wanted = REPLIES[item["manner"]] if item.get("manner") else "."
        phone.wait_for(lambda m, wanted=wanted: re.search(wanted, m["text"]))
    assert len(conversations(stack, wa_id)) == 1


def test_small_talk_by_real_clicks_up_to_a_person(people: People, stack: Stack) -> None:
    """Nothing is a wrong answer; the agent sees the insult beside the conversation."""
    wa_id = number()
    phone = PhonePage(people.citizen(wa_id, "Clara"))
    phone.write("oi")
    phone.expect_text("nome completo")
    protocol = phone.protocol()
    phone.write("valeuuu 🙏")
    phone.expect_text("Por nada! 😊")
    phone.write("seu idiota")
    phone.expect_text("Entendo que algo desagradou")
    phone.write("Clara Nunes")
    phone.expect_text("Se não tiver, toque em Pular")
    phone.write("não tenho e-mail")
    phone.expect_text("Sobre o que é o seu pedido?")
    phone.write("kkkkkk")
    phone.write("deixa pra lá")
    phone.expect_text("Você quer encerrar o atendimento?")
    phone.press("Não, continuar")
    phone.write("Eu quero falar com gente, por favor")
    phone.expect_text(re.compile("Nossa equipe volta|logo uma pessoa da nossa equipe"))
    desk = people.agent("sofia")
    row = desk.locator(f"[data-testid=desk-waiting-row][data-protocol='{protocol}']")
    expect(row).to_be_visible()
    collected = conversations(stack, wa_id)[-1]["collected"]
    collected = {entry["label"]: entry["value"] for entry in collected}
    assert collected["Ofensa"] == "seu idiota"


def test_thanks_after_the_end_open_no_protocol(people: People, stack: Stack) -> None:
    """One kind reply, whatever comes; a new wish opens a new conversation."""
    wa_id = number()
    phone = PhonePage(people.citizen(wa_id, "Rosa"))
    phone.write("oi")
    phone.expect_text("nome completo")
    first = phone.protocol()
    phone.write("tchau")
    phone.expect_text("Você quer encerrar o atendimento?")
    phone.press("Sim, encerrar")
    phone.expect_text("encerramos por aqui")
    before = phone.incoming.count()
    phone.write("muito obrigada!")
    phone.expect_text("Por nada! 😊")
    for text in ("👍", "ok", "tchau", "❤️"):
        phone.write(text)
    phone.page.wait_for_timeout(4_000)
    assert phone.incoming.count() == before + 1
    assert [one["protocol"] for one in conversations(stack, wa_id)] == [first]
    phone.write("minha rua está sem luz")
    newest = phone.incoming.filter(has_text=PROTOCOL).last
    expect(newest).not_to_contain_text(first)
    assert len(conversations(stack, wa_id)) == 2


def test_a_first_message_that_is_no_request_opens_no_protocol(stack: Stack) -> None:
    """It is kept, answered once, and the next conversation begins with it."""
    wa_id = number()
    phone = PhoneClient(stack.meta_url, wa_id, "Braz", timeout=90)
    phone.send_text("👍")
    phone.wait_text("é só escrever aqui")
    phone.send_text("seu idiota")
    assert conversations(stack, wa_id) == []
    kept = person(stack, "adriana").search_read(
        "whatsapp.message",
        [("identity_id.wa_id", "=like", f"%{wa_id[-8:]}")],
        ["kept_body", "direction"],
    )
    assert "👍" in " ".join(row["kept_body"] or "" for row in kept)
    phone.send_text("oi")
    phone.wait_text("nome completo")
    assert len(conversations(stack, wa_id)) == 1


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_table_is_edited_in_place(people: People, stack: Stack, size: tuple[int, int]) -> None:
    """An administrator reads the table in the flow's form and changes a reply."""
    flows = person(stack, "adriana").search_read(
        "chatbot.flow", [("code", "=", "suporte_ti")], ["id"]
    )
    page = people.agent("adriana", width=1366, height=768)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{stack.odoo_url}/odoo/chatbot.flow/{flows[0]['id']}")
    page.get_by_role("tab", name="Conversa do dia a dia").click()
    table = page.locator("[name=manner_ids]")
    expect(table.get_by_text("Agradecimento").first).to_be_visible()
    page.wait_for_timeout(500)
    page.screenshot(path=Path(tempfile.gettempdir()) / f"manners-{size[0]}.png")
    if size[0] < 1000:
        return
    row = table.locator("tr.o_data_row").first
    row.locator("td[name=reply]").click()
    row.locator("td[name=reply] :is(input, textarea)").fill("Disponha! 😊")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    expect(row).to_contain_text("Disponha! 😊")
    row.locator("td[name=reply]").click()
    row.locator("td[name=reply] :is(input, textarea)").fill("Por nada! 😊")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
