"""The simulated Cloud API: the city's messages, accepted or refused as by Meta."""

import pytest

from sandbox import defaults
from tests.unit.sandbox_meta_helpers import NUMBER, WA_ID, Api, error, wamid


def _button(title="Sim", option_id="y"):
    return {"type": "reply", "reply": {"id": option_id, "title": title}}


def _buttons(*buttons, body="Confirma?", **more):
    return {
        "type": "button",
        "body": {"text": body},
        "action": {"buttons": list(buttons) or [_button()]},
        **more,
    }


def _list(rows=2, sections=1, **more):
    made = [
        {
            "title": f"Parte {number}",
            "rows": [{"id": f"{number}.{row}", "title": f"Opção {row}"} for row in range(rows)],
        }
        for number in range(sections)
    ]
    action = {"button": "Ver opções", "sections": made}
    return {"type": "list", "body": {"text": "Escolha"}, "action": action, **more}


def _interactive(kind, name, **parameters):
    action = {"name": name, **({"parameters": parameters} if parameters else {})}
    return {"type": kind, "body": {"text": "Toque"}, "action": action}


CONTACT = {"name": {"formatted_name": "Suporte", "first_name": "Suporte"}, "phones": []}
ACCEPTED = [
    ("text", {"body": "a" * 4096, "preview_url": False}, "a" * 4096),
    ("image", {"link": "https://example.org/a.jpg", "caption": "foto"}, "foto"),
    ("document", {"link": "https://example.org/a.pdf", "filename": "a.pdf"}, ""),
    ("audio", {"link": "https://example.org/a.ogg"}, ""),
    ("video", {"link": "https://example.org/a.mp4"}, ""),
    ("sticker", {"link": "https://example.org/a.webp"}, ""),
    ("location", {"latitude": "-19.9", "longitude": "-43.9", "name": "Praça"}, "Praça"),
    ("contacts", [CONTACT], "Suporte"),
    ("reaction", {"message_id": "wamid.abc", "emoji": "👍"}, "👍"),
    ("interactive", _buttons(_button(), _button("Não", "n")), "Confirma?"),
    ("interactive", _list(5, 2), "Escolha"),
    (
        "interactive",
        _interactive("cta_url", "cta_url", display_text="Abrir", url="https://x.br"),
        "Toque",
    ),
    ("interactive", _interactive("location_request_message", "send_location"), "Toque"),
    ("interactive", _interactive("request_contact_info", "request_contact_info"), "Toque"),
]


@pytest.mark.parametrize(("kind", "value", "text"), ACCEPTED)
def test_accepts_every_kind_of_message(api, maria, kind, value, text):
    answer = api.message(kind, value)
    assert answer.json()["contacts"] == [{"input": f"+{NUMBER}", "wa_id": WA_ID}]
    [shown] = maria.messages()
    assert shown["wamid"] == wamid(answer)
    assert (shown["type"], shown["text"], shown["from"]) == (kind, text, "city")
    assert shown["direction"] == "in"


def test_shows_options_with_ids_titles_and_descriptions(api, maria):
    value = _list(1)
    value["action"]["sections"][0]["rows"][0]["description"] = "Mais"
    wamid(api.message("interactive", value))
    [option] = maria.messages()[0]["options"]
    assert option == {"id": "0.0", "title": "Opção 0", "description": "Mais", "section": "Parte 0"}


REFUSED = [
    ("text", {"body": "a" * 4097}, 100),
    ("text", {"body": ""}, 131008),
    ("text", {}, 131008),
    ("text", {"body": "a", "colour": "red"}, 100),
    ("text", {"body": 7}, 100),
    ("text", "olá", 100),
    ("image", {}, 131008),
    ("image", {"id": "1", "link": "https://example.org"}, 131008),
    ("image", {"link": "ftp://example.org/a.jpg"}, 131009),
    ("image", {"link": "https://example.org", "caption": "a" * 1025}, 100),
    ("image", {"id": "123456"}, 100),
    ("audio", {"link": "https://example.org", "caption": "a"}, 100),
    ("location", {"longitude": 1}, 131008),
    ("location", {"latitude": 91, "longitude": 1}, 131009),
    ("location", {"latitude": "NaN", "longitude": 1}, 131009),
    ("contacts", [{"name": {"formatted_name": "Só"}}], 131008),
    ("contacts", [], 131008),
    ("reaction", {"message_id": "abc", "emoji": "👍"}, 131009),
    ("hologram", {"a": 1}, 131051),
    ("interactive", _buttons(*[_button(str(n), str(n)) for n in range(4)]), 131009),
    ("interactive", _buttons(_button("a" * 21)), 131009),
    ("interactive", _buttons(_button("a", "i" * 257)), 131009),
    ("interactive", _buttons(_button("a", "1"), _button("a", "2")), 131009),
    ("interactive", _buttons(_button("a", "1"), _button("b", "1")), 131009),
    ("interactive", _buttons(body="a" * 1025), 131009),
    ("interactive", _buttons(footer={"text": "a" * 61}), 131009),
    ("interactive", _buttons(header={"type": "text", "text": "a" * 61}), 131009),
    ("interactive", _buttons(header={"type": "image", "image": {"id": "404"}}), 100),
    ("interactive", _buttons(header="x"), 100),
    ("interactive", {"type": "button", "body": {"text": "a"}, "action": {"buttons": "x"}}, 100),
    ("interactive", {"type": "button", "body": {"text": "a"}, "action": {"buttons": [1]}}, 100),
    ("interactive", {"type": "button", "action": {"buttons": [_button()]}}, 131008),
    ("interactive", {"type": "poll", "body": {"text": "a"}, "action": {}}, 100),
    ("interactive", _list(11), 131009),
    ("interactive", _list(6, 2), 131009),
    ("interactive", _list(1, 11), 131009),
    ("interactive", _list(header={"type": "image", "image": {"id": "1"}}), 131009),
    ("interactive", _interactive("cta_url", "cta_url", display_text="a", url="x"), 131009),
]


@pytest.mark.parametrize(("kind", "value", "code"), REFUSED)
def test_refuses_what_meta_refuses(api, maria, kind, value, code):
    assert error(api.message(kind, value)) == (400, code)
    assert maria.messages() == []


@pytest.mark.parametrize(
    ("part", "value"),
    [("title", "a" * 25), ("description", "a" * 73), ("id", "a" * 201), ("title", "")],
)
def test_limits_of_list_rows(api, part, value):
    message = _list(1)
    message["action"]["sections"][0]["rows"][0][part] = value
    assert error(api.message("interactive", message))[0] == 400


def test_one_section_needs_no_title_but_two_do(api):
    for sections, status in ((1, 200), (2, 400)):
        value = _list(1, sections)
        for section in value["action"]["sections"]:
            del section["title"]
        assert api.message("interactive", value).status_code == status


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": None}, 100),
        ({"to": ""}, 100),
        ({"to": "maria"}, 131009),
        ({"to": defaults.DISPLAY_PHONE}, 131021),
        ({"to": None, "recipient": "553188887777"}, 131009),
        ({"recipient_type": "group"}, 100),
        ({"surprise": 1}, 100),
        ({"biz_opaque_callback_data": "a" * 513}, 100),
        ({"context": {"message_id": "?"}}, 131009),
    ],
)
def test_refuses_wrong_common_parameters(api, change, code):
    assert error(api.text(**change)) == (400, code)


def test_body_that_is_no_json(api, meta):
    url = f"{meta.url}{api.number}/messages"
    assert error(api.session.post(url, data=b"{", timeout=5)) == (400, 100)
    assert error(api.session.post(url, data=b"[1]", timeout=5)) == (400, 100)


def test_wrong_token_number_and_path(meta, api):
    stranger = Api(meta, "wrong")
    refused = stranger.text()
    stranger.session.close()
    assert error(refused) == (401, 190)
    assert refused.json()["error"]["type"] == "OAuthException"
    api.number = "/v25.0/999"
    unknown = api.text()
    assert error(unknown) == (400, 100)
    assert unknown.json()["error"]["error_subcode"] == 33
    assert error(api.get("/v25.0/1/2/3")) == (400, 2500)


def test_fields_of_the_number(api):
    found = api.get(api.number, fields="verified_name,display_phone_number,quality_rating").json()
    assert found == {
        "verified_name": defaults.CITY_NAME,
        "display_phone_number": "+" + defaults.DISPLAY_PHONE,
        "quality_rating": "GREEN",
        "id": defaults.PHONE_NUMBER_ID,
    }
    assert error(api.get(api.number, fields="shoe_size")) == (400, 100)
    assert api.get(f"{api.account}/phone_numbers").json()["data"][0]["id"] == found["id"]
    assert api.get(api.account).json()["id"] == defaults.WABA_ID


def test_recipient_by_user_id(api, meta, maria):
    maria.send_text("oi")
    user_id = maria.control.call("GET", f"/control/phones/{NUMBER}")["user_id"]
    answer = api.text(to=None, recipient=user_id)
    assert answer.json()["contacts"] == [{"input": user_id, "user_id": user_id}]
    assert maria.wait_text("olá")["wamid"] == wamid(answer)
    assert error(api.text(to=None, recipient="BR.1234")) == (400, 131009)


def test_templates_page_by_page_and_filled_in(api, maria):
    names, url, params = [], f"{api.account}/message_templates", {"limit": 3, "fields": "name"}
    while url:
        page = api.get(url, **params).json()
        names += [template["name"] for template in page["data"]]
        url, params = page["paging"].get("next"), {}
    assert len(names) == len(set(names)) == 8
    approved = api.get(f"{api.account}/message_templates", status="APPROVED").json()["data"]
    assert "aviso_pausado" not in {template["name"] for template in approved}
    wamid(_template(api, "retomada_de_atendimento", ["Maria", "2026000123"]))
    [shown] = maria.messages()
    assert "Maria" in shown["text"] and "2026000123" in shown["text"]
    assert [option["title"] for option in shown["options"]] == ["Sim, continuar", "Agora não"]


def test_template_with_variables_in_header_and_address(api, maria):
    def parts(*query):
        button = {"type": "button", "sub_type": "url", "index": "0"}
        texts = {"header": ["4711"], "body": ["Maria", "10/12 às 14h"]}
        filled = [
            {"type": kind, "parameters": [{"type": "text", "text": text} for text in given]}
            for kind, given in texts.items()
        ]
        address = [{"type": "text", "text": text} for text in query]
        return [*filled, *([{**button, "parameters": address}] if query else [])]

    value = {"name": "agendamento_confirmado", "language": {"code": "pt_BR"}}
    assert error(api.message("template", {**value, "components": parts()})) == (400, 132000)
    wamid(api.message("template", {**value, "components": parts("Centro")}))
    [shown] = maria.messages()
    assert shown["details"]["header"] == "Protocolo 4711"
    assert shown["details"]["url"].endswith("query=Centro")
    assert shown["details"]["url_text"] == "Ver no mapa"


def _template(api, name, texts, language="pt_BR"):
    parameters = [{"type": "text", "text": text} for text in texts]
    components = [{"type": "body", "parameters": parameters}]
    value = {"name": name, "language": {"code": language}, "components": components}
    return api.message("template", value)


@pytest.mark.parametrize(
    ("name", "texts", "language", "expected"),
    [
        ("retomada_de_atendimento", ["Maria"], "pt_BR", (400, 132000)),
        ("retomada_de_atendimento", ["Maria", ""], "pt_BR", (400, 132012)),
        ("retomada_de_atendimento", ["Maria", "1"], "en_US", (404, 132001)),
        ("nenhum", [], "pt_BR", (404, 132001)),
        ("aviso_pausado", ["x"], "pt_BR", (400, 132015)),
        ("aviso_recusado", ["x"], "pt_BR", (400, 132016)),
        ("chamado_atualizado", ["a", "b", "c"], "pt_BR", (400, 132012)),
        ("campanha_de_vacinacao", ["a", "b"], "pt_BR", (400, 132012)),
    ],
)
def test_templates_refused(api, name, texts, language, expected):
    assert error(_template(api, name, texts, language)) == expected


def test_subscribed_apps(api, meta):
    url = f"{meta.url}{api.account}/subscribed_apps"
    assert api.session.delete(url, timeout=5).json() == {"success": True}
    assert api.get(url).json() == {"data": []}
    assert api.session.post(url, timeout=5).json() == {"success": True}
    assert len(api.get(url).json()["data"]) == 1


def test_mark_as_read_and_typing(api, maria):
    first, second = maria.send_text("oi"), maria.send_text("tem alguém?")
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": second}
    assert api.post({**body, "typing_indicator": {"type": "text"}}).json() == {"success": True}
    phone = maria.control.call("GET", f"/control/phones/{NUMBER}")
    assert {m["wamid"]: m["status"] for m in phone["messages"]} == {first: "read", second: "read"}
    assert phone["typing"]
    api.text()
    assert not maria.control.call("GET", f"/control/phones/{NUMBER}")["typing"]
    assert error(api.post({**body, "message_id": "nonsense"})) == (400, 131009)
    assert error(api.post({**body, "status": "delivered"})) == (400, 100)
