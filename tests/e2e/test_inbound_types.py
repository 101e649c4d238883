"""One citizen sends every type of message; the technician's screen shows each."""

import base64
import re

from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import PHOTO, Story
from sandbox.client import PhoneClient
from tests.e2e.desk import calm
from tests.e2e.people import People
from tests.e2e.test_story_in_browsers import snapshot, waiting_row

NUMBER = "5531977770042"
CARD = {
    "name": {"formatted_name": "José Carlos"},
    "phones": [{"phone": "+55 31 97777-1234", "type": "CELL"}],
    "emails": [{"email": "jose@exemplo.com.br"}],
}
ADDRESS = '{"values": {"rua": "Rua das Flores", "numero": 12}}'
# As Meta gives them; messages that the sandbox can make are sent through its requests
RAW = {
    "enquete": {
        "type": "unsupported",
        "unsupported": {"type": "poll_creation"},
        "errors": [{"code": 131051}],
    },
    "grande demais": {"type": "unsupported", "errors": [{"code": 131052}]},
    "rua: Rua das Flores": {
        "type": "interactive",
        "interactive": {
            "type": "nfm_reply",
            "nfm_reply": {"name": "address_message", "response_json": ADDRESS},
        },
    },
    "2 x sku9": {
        "type": "order",
        "order": {"product_items": [{"product_retailer_id": "sku9", "quantity": 2}]},
    },
    "Quero participar": {"type": "button", "button": {"payload": "p", "text": "Quero participar"}},
    "hologram": {"type": "hologram", "hologram": {"beam": 7}},
    "Vacinação no sábado": {
        "type": "text",
        "text": {"body": "vim pelo anúncio"},
        "referral": {"headline": "Vacinação no sábado", "source_url": "https://example.org/x"},
    },
}


def waiting_citizen(stack: Stack) -> Story:
    """Return a citizen who talked to the assistant and asked for a person."""
    story = Story(stack, NUMBER)
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.hand_over()
    return story


def message(page: Page, text: str) -> Locator:
    """Return the newest message of the thread that contains a text."""
    return page.locator(".o-mail-Thread .o-mail-Message").filter(has_text=text).last


def send_everything(phone: PhoneClient) -> dict[str, str]:
    """Let the citizen send one of each; returns the wamids of those that change later."""
    wamids = {"text": phone.send_text("A sala é a 12")}
    phone.send_image(PHOTO, caption="a placa da sala")
    phone.send(
        type="sticker",
        base64=base64.b64encode(PHOTO).decode(),
        mimetype="image/webp",
        filename="s.webp",
    )
    phone.send_location(-19.8125, -43.1735, "Praça Sete", "Rua Nova, 10")
    phone.send(type="contacts", contacts=[CARD])
    phone.send(type="text", text="corrente da sorte", forwarded=True)
    wamids["secret"] = phone.send_text("isto eu não devia dizer")
    for raw in RAW.values():
        phone.send_raw(raw)
    phone.send(type="echo", text="Respondi pelo celular")
    phone.send_text("e a resposta", quoted=wamids["text"])
    return wamids


def test_every_type_and_the_panel(people: People, stack: Stack) -> None:
    """Types of facts 1.5 in Discuss, changes at their message, contact card into the contacts."""
    story = waiting_citizen(stack)
    phone = story.phone
    desk = people.agent("joana")
    waiting_row(desk, story.protocol).get_by_test_id("desk-take").click()
    expect(desk.get_by_test_id("conversation-state")).to_have_text("Em atendimento")
    wamids = send_everything(phone)
    calm(stack)

    for words in (*RAW, "a placa da sala", "Rua Nova, 10", "97777-1234", "jose@exemplo.com.br"):
        expect(message(desk, words)).to_be_visible()
    link = message(desk, "Praça Sete").locator("a[href*='openstreetmap.org']")
    expect(link).to_have_attribute("target", "_blank")
    expect(message(desk, "corrente da sorte")).to_contain_text("Encaminhada")
    expect(message(desk, "Respondi pelo celular")).to_contain_text("Enviada pelo telefone")
    expect(message(desk, "e a resposta").locator(".o-mail-MessageInReply")).to_be_visible()

    phone.send(type="reaction", message_id=wamids["text"], emoji="👍")
    phone.send(type="edit", message_id=wamids["text"], text="A sala é a 21")
    phone.send(type="revoke", message_id=wamids["secret"])
    corrected = message(desk, re.compile("^(?!.*e a resposta).*A sala é a 21", re.DOTALL))
    edited = desk.get_by_test_id("mark-edited").first
    edited.locator("summary").click()
    expect(edited).to_contain_text("A sala é a 12")
    expect(corrected).to_be_visible()
    expect(desk.get_by_test_id("mark-revoked").first).to_contain_text("Apagada pelo cidadão")
    expect(desk.locator(".o-mail-MessageReaction").first).to_contain_text("👍")

    desk.get_by_test_id("card-add").click()
    expect(desk.locator(".o_notification").filter(has_text="contatos").first).to_be_visible()
    snapshot(desk, "inbound-types")
    panel_is_filled(desk)


def panel_is_filled(desk: Page) -> None:
    """Check tags, files and data in the panel, and correct them on the spot."""
    panel = desk.get_by_test_id("conversation-panel")
    expect(panel.get_by_test_id("panel-file").first).to_be_attached()
    panel.get_by_test_id("citizen-edit").click()
    form = desk.get_by_test_id("citizen-form")
    form.locator("input[name=contact_center_department]").fill("Secretaria de Obras")
    form.locator("button[type=submit]").click()
    expect(panel.get_by_test_id("panel-citizen")).to_contain_text("Secretaria de Obras")
    panel.get_by_test_id("tag-add").click()
    panel.get_by_test_id("tag-choice").filter(has_text="Urgente").click()
    expect(panel.get_by_test_id("conversation-tags")).to_contain_text("Urgente")
    snapshot(desk, "conversation-panel")
