"""The simulated Cloud API: the citizen's phone, its client, its page; numbers."""

import threading
import time

import pytest
import requests

from sandbox import __main__ as command
from sandbox.client import NothingCame, SandboxError
from sandbox.meta import MetaSandbox, numbers
from tests.unit.sandbox_meta_helpers import NUMBER, WA_ID

ROWS = [
    {"id": "r1", "title": "Computador"},
    {"id": "r2", "title": "Impressora", "description": "!"},
]
LIST = {
    "type": "list",
    "body": {"text": "Qual?"},
    "action": {"button": "Ver", "sections": [{"rows": ROWS}]},
}
BUTTONS = {
    "type": "button",
    "body": {"text": "Certo?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Sim"}}]},
}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("+55 (31) 98888-7777", "553188887777"),
        ("553188887777", "553188887777"),
        ("5511988887777", "5511988887777"),
        ("551188887777", "5511988887777"),
        ("553133334444", "553133334444"),
        ("5531933334444", "5531933334444"),
        ("16505551234", "16505551234"),
    ],
)
def test_ninth_digit(typed, expected):
    assert numbers.wa_id(typed) == expected


def test_numbers_as_typed_and_no_numbers():
    assert numbers.wa_id("+5531988887777", "keep") == "5531988887777"
    for wrong in ("", "maria", "123", "1" * 16, "٣" * 10):
        with pytest.raises(ValueError, match="not a telephone number"):
            numbers.wa_id(wrong)
    assert numbers.BSUID.match(numbers.user_id(WA_ID))


def test_choosing_from_lists_and_buttons(webhook, api, maria):
    question = api.message("interactive", LIST).json()["messages"][0]["id"]
    maria.choose("impressora")
    api.message("interactive", BUTTONS)
    maria.choose("y")
    maria.send_option("forged", "Inventado")
    webhook.wait(lambda: len(webhook.messages()) == 3)
    chosen, pressed, forged = webhook.messages()
    assert chosen["context"]["id"] == question
    reply = {"id": "r2", "title": "Impressora", "description": "!"}
    assert chosen["interactive"] == {"type": "list_reply", "list_reply": reply}
    assert pressed["interactive"]["button_reply"] == {"id": "y", "title": "Sim"}
    assert forged["interactive"]["button_reply"]["id"] == "forged"
    assert "context" not in forged
    with pytest.raises(NothingCame, match="Qual"):
        maria.choose("Telefone", timeout=0.05)


def test_choosing_waits_for_the_new_question(webhook, api, maria):
    api.message("interactive", BUTTONS)
    maria.send_text("mudei de ideia")
    threading.Timer(0.1, lambda: api.message("interactive", BUTTONS)).start()
    maria.choose("Sim")
    newest = maria.received()[-1]["wamid"]
    webhook.wait(lambda: webhook.messages()[1:])
    assert webhook.messages()[1]["context"]["id"] == newest
    maria.send_text("e agora?")
    maria.choose("Sim", timeout=0.05)


def test_quick_reply_of_a_template(webhook, api, maria):
    value = {"name": "pesquisa_de_satisfacao", "language": {"code": "pt_BR"}}
    api.message("template", value)
    maria.choose("Bom")
    [message] = webhook.wait(webhook.messages)
    assert message["type"] == "button"
    assert message["button"] == {"payload": "Bom", "text": "Bom"}


def test_media_of_citizens(webhook, api, maria, tmp_path):
    photo = tmp_path / "pc.png"
    photo.write_bytes(b"\x89PNG...")
    maria.send_image(photo, "meu computador")
    maria.send_audio(b"OggS")
    maria.send_video(b"mp4")
    maria.send_document(b"%PDF", filename="laudo.pdf")
    webhook.wait(lambda: len(webhook.messages()) == 4)
    image, audio, video, document = (m[m["type"]] for m in webhook.messages())
    assert (image["caption"], image["mime_type"]) == ("meu computador", "image/png")
    assert (audio["voice"], audio["mime_type"]) == (True, "audio/ogg; codecs=opus")
    assert video["mime_type"] == "video/mp4"
    assert document["filename"] == "laudo.pdf"
    assert api.get(image["url"]).content == photo.read_bytes()
    found = api.get(f"/v25.0/{audio['id']}").json()
    assert found["sha256"] == audio["sha256"]
    assert api.get(found["url"]).content == b"OggS"


def test_other_kinds_of_citizens_messages(webhook, maria):
    first = maria.send_text("oi", quoted="wamid.q")
    maria.send_location(-19.9, -43.9, "Praça")
    maria.send(type="reaction", message_id=first, emoji="👍")
    maria.send(type="contacts", contacts=[{"name": {"formatted_name": "Zé"}}])
    maria.send_raw({"type": "unsupported", "errors": [{"code": 131051}]})
    maria.send_raw({"type": "text", "id": "wamid.mine", "timestamp": "1", "text": {"body": "x"}})
    maria.send(type="raw", change={"field": "account_update", "value": {"event": "X"}})
    webhook.wait(lambda: len(webhook.values()) == 7)
    quoted, place, reaction, people, unsupported, mine = webhook.messages()
    assert quoted["context"]["id"] == "wamid.q"
    assert place["location"] == {"latitude": -19.9, "longitude": -43.9, "name": "Praça"}
    assert reaction["reaction"] == {"message_id": first, "emoji": "👍"}
    assert people["contacts"][0]["name"]["formatted_name"] == "Zé"
    assert unsupported["errors"] == [{"code": 131051}]
    assert (mine["id"], mine["timestamp"], mine["from"]) == ("wamid.mine", "1", WA_ID)
    assert webhook.values()[-1] == {"event": "X"}


@pytest.mark.parametrize(
    "request_",
    [
        {"type": "telepathy"},
        {"type": "text"},
        {"type": "image", "base64": "?"},
        {"type": "image"},
        {"type": "location", "latitude": "x"},
        {"type": "option"},
        {"type": "raw", "message": 3},
    ],
)
def test_requests_not_understood(maria, request_):
    with pytest.raises(SandboxError, match="HTTP 400"):
        maria.send(**request_)


def test_wrong_number_is_named(meta):
    with pytest.raises(SandboxError, match="not a telephone number"):
        meta.phone("maria").send_text("oi")


def test_waiting_wakes_as_soon_as_something_comes(api, maria):
    maria.send_text("oi")
    threading.Timer(0.15, api.text).start()
    started = time.monotonic()
    assert maria.wait_text("OLÁ")["text"] == "olá"
    assert 0.1 < time.monotonic() - started < 1
    maria.send_text("de novo")
    with pytest.raises(TimeoutError):
        maria.wait_text("olá", timeout=0.05)
    assert maria.wait_text("olá", since="start")


def test_waiting_survives_a_reset(api, meta, maria):
    api.text()
    threading.Timer(0.1, meta.simulation.reset).start()
    threading.Timer(0.2, lambda: api.text("nova")).start()
    assert maria.wait_text("nova")


def test_both_forms_of_a_number_are_one_phone(meta, api, maria):
    api.text(to=WA_ID)
    assert [m["text"] for m in meta.phone(WA_ID).messages()] == ["olá"]
    assert [m["text"] for m in maria.messages()] == ["olá"]
    assert meta.phone(f"+{NUMBER}").read() == 1


def test_pages(meta):
    for path, part in (("/", "Seja o cidadão"), (f"/phone?wa_id={NUMBER}", "phone-input")):
        page = requests.get(meta.url + path, timeout=5)
        assert part in page.text
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for name in (
        "phone.js",
        "bubbles.js",
        "markup.js",
        "recorder.js",
        "phone.css",
        "bubbles.css",
        "icon.svg",
    ):
        assert requests.get(f"{meta.url}/static/{name}", timeout=5).status_code == 200
    assert requests.get(f"{meta.url}/static/..%2fserver.py", timeout=5).status_code == 404
    assert requests.get(f"{meta.url}/nowhere", timeout=5).status_code == 404


def test_media_for_the_page(meta, maria):
    maria.send_document(b"<script>", filename="a.html")
    media_id = maria.messages()[0]["media_id"]
    url = f"{meta.url}/control/media/{media_id}"
    whole = requests.get(url, timeout=5)
    assert whole.headers["Content-Disposition"] == "attachment"
    part = requests.get(url, headers={"Range": "bytes=0-2"}, timeout=5)
    assert (part.status_code, part.content) == (206, b"<sc")
    assert requests.get(url + "0", timeout=5).status_code == 404


def test_connections_are_kept_and_health_answers():
    with MetaSandbox() as meta, requests.Session() as session:
        for _number in range(3):
            assert session.get(f"{meta.url}/control/health", timeout=5).json()["ok"]
        assert len(meta._server._connections) == 1


def test_port_in_use_is_an_error_in_words(meta, capsys):
    port = meta.url.rpartition(":")[2]
    with pytest.raises(OSError, match="in use"):
        MetaSandbox(port=int(port))
    signals = command.signal.signal
    command.signal.signal = lambda *_arguments: None
    try:
        assert command.main(["--no-glpi", "--meta-port", port]) == 1
        assert command.main(["--no-glpi", "--meta-port", "0", "--set", "colour=red"]) == 1
    finally:
        command.signal.signal = signals
    assert port in capsys.readouterr().err


def test_settings_from_the_command_line():
    found = command._settings(["keep_messages=5", "strict_window=yes", "city_name=Contagem"])
    assert found == {"keep_messages": 5, "strict_window": True, "city_name": "Contagem"}


def test_own_messages_are_corrected_and_deleted(webhook, maria):
    wamid = maria.send_text("sala 12")
    maria.send(type="edit", message_id=wamid, text="sala 21")
    maria.send(type="revoke", message_id=wamid)
    webhook.wait(lambda: len(webhook.messages()) == 3)
    _text, edit, revoke = webhook.messages()
    assert edit["edit"]["original_message_id"] == revoke["revoke"]["original_message_id"] == wamid
    assert edit["edit"]["message"] == {"type": "text", "text": {"body": "sala 21"}}
    shown = next(m for m in maria.messages() if m["wamid"] == wamid)
    assert shown["text"] == "sala 21"
    assert shown["details"] == {"edited": True, "revoked": True}
    with pytest.raises(SandboxError):
        maria.send(type="revoke", message_id="wamid.unknown")


def test_city_writes_from_the_telephone(webhook, maria):
    wamid = maria.send(type="echo", text="Bom dia")
    webhook.wait(webhook.values)
    (echo,) = webhook.values()[0]["message_echoes"]
    assert (echo["id"], echo["to"], echo["text"]) == (wamid, WA_ID, {"body": "Bom dia"})
    assert maria.received()[-1]["text"] == "Bom dia"


def test_forwarded(webhook, maria):
    maria.send(type="text", text="corrente", forwarded=True)
    webhook.wait(webhook.messages)
    assert webhook.messages()[0]["context"] == {"forwarded": True}
