"""Contents of messages: cards, forms with files, calls, types that are not known."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import calls, cards, forms, messages

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Souza;Ana;;Dra.;\r\nFN:Dra. Ana Souza\r\n"
    "item1.TEL;waid=5531988887777;type=CELL:+55 31 98888-7777\r\n"
    "EMAIL;type=INTERNET:ana@example.org\r\nORG:PMJM;TI\\, redes\r\nTITLE:Diretora\r\n"
    "ADR;type=WORK:;;Rua B\\, 20;Monlevade;MG;35930;Brasil\r\nURL:https://x.example\r\n"
    "BDAY:1990-02-03\r\nNOTE:primeira linha\r\n  segunda\r\nEND:VCARD\r\n"
)


def test_vcard_is_read_where_there_is_nothing_else():
    card = cards.read({"vcard": VCARD})
    assert card.name == "Dra. Ana Souza"
    assert card.phones == ("+55 31 98888-7777",)
    assert card.emails == ("ana@example.org",)
    assert (card.organization, card.department, card.title) == ("PMJM", "TI, redes", "Diretora")
    assert card.addresses == ("Rua B, 20, Monlevade, MG, 35930, Brasil",)
    assert (card.links, card.birthday) == (("https://x.example",), "03/02/1990")


def test_metas_own_fields_come_first():
    card = cards.read({"vcard": VCARD, "name": {"formatted_name": "Ana"}, "phones": []})
    assert (card.name, card.phones) == ("Ana", ("+55 31 98888-7777",))


def test_vcard_of_old_telephones():
    text = "BEGIN:VCARD\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=A1;Jo=C3=A3o\nTEL:190\n"
    card = cards.read({"vcard": text})
    assert (card.name, card.phones) == ("João Sá", ("190",))


@pytest.mark.parametrize(
    "card",
    [
        {},
        {"vcard": "nonsense"},
        {"name": {"first_name": "Rui", "last_name": "Dias"}},
        {"birthday": "someday", "addresses": [None, {"street": "R. A", "country_code": "br"}]},
    ],
)
def test_incomplete_cards(card):
    assert isinstance(cards.read(card), cards.Card)


def test_name_in_parts():
    name = {"prefix": "Sr.", "first_name": "Rui", "last_name": "Dias"}
    assert cards.read({"name": name}).name == "Sr. Rui Dias"


@given(st.one_of(st.none(), st.text(), st.dictionaries(st.text(max_size=9), st.text())))
def test_any_card_reads(value):
    assert cards.read(value).details() is not None
    assert cards.read({"vcard": value}).name is not None


def reply(**answers):
    return {"body": "Sent", "response_json": json.dumps(answers)}


def test_files_of_a_form_are_files():
    picture = {"id": 790, "mime_type": "image/jpeg", "file_name": "p.jpg", "sha256": "x"}
    text, files = forms.read(reply(flow_token="t", nome="Ana", fotos=[picture, picture]))
    assert text == "Sent\nnome: Ana"
    assert [(file.media_id, file.kind, file.filename) for file in files] == [
        ("790", "image", "p.jpg")
    ] * 2


def test_file_that_is_encrypted_for_an_endpoint_is_named():
    file = {"file_name": "a.pdf", "cdn_url": "https://x", "encryption_metadata": {"iv": "1"}}
    assert forms.read(reply(doc=[file]))[0] == "Sent\ndoc: 📎 a.pdf"


def test_answers_that_are_no_text():
    assert forms.read({"response_json": {"a": 1}})[0] == "a: 1"
    assert forms.read({"response_json": "{"})[0] == "{"
    assert forms.read({}) == ("", ())


def call(**fields):
    return calls.parse({"call": {"id": "c", "event": "terminate", "from": "5531", **fields}})


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"status": "FAILED"}, calls.MISSED),
        ({"status": ["FAILED"]}, calls.MISSED),
        ({}, calls.MISSED),
        ({"status": "COMPLETED", "duration": 60}, calls.ANSWERED),
        ({"duration": "12"}, calls.ANSWERED),
        ({"direction": "BUSINESS_INITIATED", "to": "5511"}, calls.UNANSWERED),
        ({"event": "connect"}, calls.RUNNING),
        ({"event": None}, calls.RUNNING),
        ({"event": "recording"}, calls.RUNNING),
    ],
)
def test_what_became_of_a_call(fields, result):
    assert call(**fields).result == result


def test_whose_call_it_is():
    assert call(direction="USER_INITIATED", to="5511").wa_id == "5531"
    assert call(direction="BUSINESS_INITIATED", to="5511").wa_id == "5511"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": "voice", "voice": {"id": "9", "mime_type": "audio/ogg"}}, ("voice", "9")),
        ({"type": "voice", "audio": {"id": "9", "mime_type": "audio/ogg"}}, ("voice", "9")),
        (
            {"type": "ptv", "ptv": {"id": "9", "mime_type": "video/mp4"}},
            ("video", "9"),
        ),
        ({"image": {"id": "9", "mime_type": "image/png"}}, ("image", "9")),
    ],
)
def test_files_of_unusual_types(raw, expected):
    media = messages.parse_message({"message": raw}).media
    assert (media.kind, media.media_id) == expected


def test_texts_of_a_type_that_is_not_known():
    raw = {"type": "event", "event": {"title": "Festa", "place": {"name": "Praça"}, "id": "x"}}
    assert messages.parse_message({"message": raw}).text == "Festa\nPraça"
