"""An agent's composer: marks, files, voice, quotes, reactions, places."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import PHOTO, VIDEO, VOICE
from sandbox.client import MetaControl, PhoneClient
from tests.e2e.desk import MESSAGE, admin
from tests.e2e.people import People
from tests.e2e.phone_page import PhonePage
from tests.e2e.screens_people import NETWORK, Citizen

MB = 1024 * 1024
NO_WHATSAPP = 131026
# Of the fields of `whatsapp.message`: documents that went out
DOCUMENTS_OUT = [("kind", "=", "document"), ("direction", "=", "out")]


class Desk:
    """Hands and eyes of a technician at the composer of one conversation."""

    def __init__(self, page: Page):
        self.page = page
        self.composer = page.locator(".o-mail-Composer-input").first
        self.thread = page.locator(".o-mail-Thread")

    def write(self, text: str) -> None:
        """Write ``text`` and send it."""
        self.composer.fill(text)
        self.composer.press("Enter")

    def attach(self, *files: dict | Path) -> None:
        """Choose files with the composer's button; large ones by their path."""
        self.page.locator(".o-mail-Composer input[type=file]").first.set_input_files(list(files))

    def send_files(self, count: int) -> None:
        """Send the attachments, once all are uploaded."""
        waiting = self.page.locator(".o-mail-Composer .o-mail-AttachmentContainer")
        expect(waiting).to_have_count(count)
        expect(self.page.locator(".o-mail-Composer .o-isUploading")).to_have_count(0)
        self.composer.press("Enter")
        expect(waiting).to_have_count(0)

    def drop(self, how: str, name: str, mimetype: str, content: bytes) -> None:
        """Paste (``how``: paste) a file into the composer, or drop it on the thread."""
        self.page.evaluate(
            """async ([how, name, type, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name, { type }));
                const fire = (target, kind, Event, more) => target.dispatchEvent(
                    new Event(kind, { bubbles: true, cancelable: true, ...more }));
                if (how === "paste") {
                    const input = document.querySelector(".o-mail-Composer-input");
                    fire(input, "paste", ClipboardEvent, { clipboardData: data });
                    return;
                }
                const thread = document.querySelector(".o-mail-Thread");
                fire(thread, "dragenter", DragEvent, { dataTransfer: data });
                const zones = ".o-mail-Composer-dropzone, .o-Dropzone";
                for (let turn = 0; turn < 600 && !document.querySelector(zones); turn++) {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                const zone = document.querySelector(zones);
                fire(zone, "drop", DragEvent, { dataTransfer: data });
            }""",
            [how, name, mimetype, list(content)],
        )

    def message(self, text: str) -> Locator:
        """Return the newest message that reads ``text``."""
        return self.thread.locator(".o-mail-Message").filter(has_text=text).last

    def act(self, text: str, button: str) -> None:
        """Use one of a message's actions, by the selector of its button."""
        message = self.message(text)
        message.hover()
        message.locator(button).first.click()


def paper(height: int = 280) -> bytes:
    """Return a PDF that Odoo can draw the first page of.

    Another one for each ``height``.

    Odoo's file store refuses two equal files that are uploaded at the same moment.
    """
    target = io.BytesIO()
    Image.new("RGB", (200, height), "white").save(target, "PDF")
    return target.getvalue()


def file(name: str, mimetype: str, content: bytes) -> dict:
    """Return a file as Playwright wants it."""
    return {"name": name, "mimeType": mimetype, "buffer": content}


@pytest.fixture
def served(people: People, stack: Stack) -> tuple[Desk, PhonePage, PhoneClient]:
    """Return a citizen served by joana: her composer, the phone's page, its control."""
    citizen = Citizen(stack, NETWORK)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    citizen.be_taken("joana")
    phone = PhonePage(people.citizen(citizen.phone.number, NETWORK.name))
    page = people.agent("joana")
    row = page.locator(f"[data-testid=desk-mine-row][data-protocol='{citizen.protocol}']")
    row.click()
    desk = Desk(page)
    expect(desk.composer).to_be_visible()
    # The composer's tools come a moment after it; drawing them closes what was opened before
    expect(page.get_by_test_id("composer-bold")).to_be_visible()
    return desk, phone, citizen.phone


def test_text_quote_reaction_and_location(served) -> None:
    """Marks by keys with a preview; an answer to a certain message; reaction; a saved place."""
    desk, phone, client = served
    page = desk.page
    desk.composer.fill("atenção")
    desk.composer.press("ControlOrMeta+a")
    desk.composer.press("ControlOrMeta+b")
    expect(desk.composer).to_have_value("*atenção*")
    preview = page.get_by_test_id("composer-preview")
    expect(preview.locator("strong", has_text="atenção")).to_be_visible()
    page.get_by_test_id("composer-bold").click()
    expect(desk.composer).to_have_value("atenção")
    expect(preview).to_have_count(0)
    desk.composer.fill("palavra " * 600)
    expect(page.get_by_test_id("composer-count")).to_have_text("4799 / 4096")
    expect(preview).to_contain_text("2 mensagens")
    desk.write("*Atenção*: volto já 😀")
    expect(phone.incoming.locator("strong, b", has_text="Atenção")).to_be_visible()
    expect(desk.message("volto já").locator("strong", has_text="Atenção")).to_be_visible()

    phone.write("Onde fica a prefeitura?")
    expect(desk.message("Onde fica a prefeitura?")).to_be_visible()
    desk.act("Onde fica a prefeitura?", "button[name=reply-to]")
    desk.write("Vou mandar o endereço")
    answer = phone.incoming.filter(has_text="Vou mandar o endereço")
    expect(answer.get_by_test_id("phone-quotation")).to_contain_text("Onde fica a prefeitura?")

    desk.act("Onde fica a prefeitura?", ".o-mail-QuickReactionMenu-toggler")
    # By event: in a low window Odoo opens the menu above its edge
    page.locator(".o-mail-QuickReactionMenu-emoji").first.dispatch_event("click")
    reaction = phone.page.get_by_test_id("phone-reaction")
    expect(reaction).to_be_visible()
    desk.message("Onde fica a prefeitura?").locator(".o-mail-MessageReaction").click()
    expect(reaction).to_have_count(0)

    page.get_by_test_id("composer-location").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=place_id] input").click()
    page.locator(".o-autocomplete--dropdown-item", has_text="Prefeitura").click()
    dialog.locator("button[name=action_send]").click()
    expect(phone.page.get_by_test_id("phone-place")).to_contain_text("Prefeitura")
    expect(desk.thread.locator("a[href*=openstreetmap]").last).to_be_visible()
    client.send_location(-19.81, -43.17, place="Minha casa")
    expect(desk.thread.locator("a", has_text="Minha casa")).to_be_visible()


def test_files_of_every_kind_both_ways(served, tmp_path: Path) -> None:
    """By button, pasted and dropped; unsupported files are named before the upload."""
    desk, phone, client = served
    page = desk.page
    sound = file("aviso.ogg", "audio/ogg", VOICE)
    desk.attach(file("manual.pdf", "application/pdf", paper()), sound)
    desk.send_files(2)
    desk.drop("paste", "tela.png", "image/png", PHOTO)
    desk.send_files(1)
    desk.drop("drop", "passo.mp4", "video/mp4", VIDEO)
    desk.send_files(1)
    for kind in ("document", "audio", "image", "video"):
        client.wait_for(lambda m, kind=kind: m["type"] == kind, since="start")

    film = tmp_path / "filme.mp4"
    film.write_bytes(VIDEO + b"\0" * 17 * MB)
    desk.attach(film)
    problem = page.get_by_test_id("file-problem")
    expect(problem).to_contain_text("o WhatsApp aceita até 16 MB")
    page.get_by_test_id("file-cancel").click()
    expect(page.locator(".o-mail-Composer .o-mail-AttachmentContainer")).to_have_count(0)

    noise = Image.effect_noise((2600, 2100), 60).convert("RGB")
    for choice in ("document", "reduce"):
        noise.save(tmp_path / f"{choice}.bmp")
        desk.attach(tmp_path / f"{choice}.bmp")
        expect(problem).to_contain_text("até 5 MB")
        page.get_by_test_id(f"file-{choice}").click()
        desk.send_files(1)
    named = client.wait_for(lambda m: m["details"].get("filename") == "document.pdf", since="start")
    assert client.media(named).startswith(b"%PDF")
    client.wait_for(
        lambda m: m["type"] == "image" and client.media(m).startswith(b"\xff\xd8\xff"),
        since="start",
    )

    phone.attach("image", "rua.png", "image/png", PHOTO)
    phone.attach("audio", "voz.ogg", "audio/ogg", VOICE)
    phone.attach("video", "rua.mp4", "video/mp4", VIDEO)
    phone.attach("document", "conta.pdf", "application/pdf", paper())
    expect(desk.thread.get_by_text("conta.pdf").last).to_be_visible()
    expect(desk.thread.locator("img.o-mail-AttachmentImage").last).to_be_visible()
    expect(desk.thread.locator(".o-mail-VoicePlayer").last).to_be_visible()


def test_voice_is_recorded_and_played_as_voice(served) -> None:
    """Recorded with the browser's (fake) microphone, it arrives as OGG/OPUS, a voice message."""
    desk, phone, client = served
    page = desk.page
    page.context.grant_permissions(["microphone"])
    page.locator(".o-mail-Composer button[name=more-actions]").click()
    page.locator(".o-dropdown--menu [name=voice-start]").click()
    stop = page.locator(".o-mail-VoiceRecorder")
    expect(stop.locator(".recording")).to_have_text(re.compile("0?2$"))
    stop.click()
    expect(page.locator(".o-mail-Composer .o-mail-VoicePlayer")).to_be_visible()
    expect(page.locator(".o-mail-Composer .o-isUploading")).to_have_count(0)
    desk.composer.press("Enter")
    voice = client.wait_for(lambda m: m["type"] == "audio", timeout=30, since="start")
    content = client.media(voice)
    assert voice["details"]["voice"] is True
    assert content.startswith(b"OggS")
    assert b"OpusHead\x01\x01" in content[:512]
    expect(phone.incoming.locator("audio[aria-label='Mensagem de voz']")).to_have_count(1)
    client.play(voice["wamid"])
    tick = page.get_by_test_id("delivery-tick").last
    expect(tick).to_have_attribute("data-state", "played")


def test_only_what_failed_is_sent_again(served, stack: Stack) -> None:
    """Of three files one fails, in words; sending again repeats that one only."""
    desk, _phone, client = served
    page = desk.page
    meta = MetaControl(stack.meta_url)
    meta.faults(error={"code": NO_WHATSAPP, "details": "no WhatsApp", "async": True, "count": 1})
    names = ["um.pdf", "dois.pdf", "tres.pdf"]
    desk.attach(*(file(name, "application/pdf", paper(200 + at)) for at, name in enumerate(names)))
    desk.send_files(3)
    part = page.get_by_test_id("failed-part")
    expect(part).to_have_count(1)
    # They are uploaded side by side: which one goes first is not known
    failed = part.locator("strong").inner_text()
    assert failed in names
    expect(part).to_contain_text("O número não tem WhatsApp")
    sent = admin(stack).call(MESSAGE, "search_count", DOCUMENTS_OUT)
    meta.faults()
    part.get_by_test_id("send-again").click()
    expect(part).to_have_count(0)
    client.wait_for(lambda m: m["details"].get("filename") == failed, since="start")
    shown = [m["details"].get("filename") for m in client.received() if m["type"] == "document"]
    assert sorted(shown) == sorted(names)
    assert sent == admin(stack).call(MESSAGE, "search_count", DOCUMENTS_OUT)
