"""Webhook payloads: known shapes are read, others kept, nothing raises."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import events, messages, sanitize

NUMBER = "200000000000001"
PERSON = {"profile": {"name": "Maria"}, "wa_id": "553188887777", "user_id": "BR.111"}


def call(value, field="messages", **entry):
    value = {"metadata": {"phone_number_id": NUMBER}, **value}
    change = {"field": field, "value": value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "3", "changes": [change], **entry}],
    }


def message(**fields):
    return {"from": "553188887777", "id": "wamid.1", "timestamp": "1790000000", **fields}


def read(**fields):
    (item,) = events.split(call({"contacts": [PERSON], "messages": [message(**fields)]}))
    return messages.parse_message(item.payload)


def test_message_finds_its_contact_by_any_id():
    other = {"profile": {"name": "Outro"}, "wa_id": "5511900000000", "user_id": "BR.222"}
    value = {"contacts": [other, PERSON], "messages": [message(type="text", text={"body": "oi"})]}
    (item,) = events.split(call(value))
    assert (item.kind, item.key) == ("message", f"message:{NUMBER}:wamid.1")
    assert item.contact_key == f"{NUMBER}:BR.111"
    assert item.at == datetime.fromtimestamp(1790000000, UTC)
    parsed = messages.parse_message(item.payload)
    assert (parsed.name, parsed.text, parsed.bsuid) == ("Maria", "oi", "BR.111")
    assert parsed.wa_id == "553188887777"


def test_same_person_has_one_key_with_and_without_phone():
    bare = {"from_user_id": "BR.111", "id": "wamid.2", "type": "text", "text": {"body": "x"}}
    first = events.split(call({"contacts": [PERSON], "messages": [message(type="text")]}))
    second = events.split(call({"messages": [bare]}))
    assert first[0].contact_key == second[0].contact_key


def test_bsuid_where_a_phone_is_expected():
    value = {"messages": [{**message(type="text", text={"body": "x"}), "from": "BR.111"}]}
    parsed = messages.parse_message(events.split(call(value))[0].payload)
    assert (parsed.bsuid, parsed.wa_id) == ("BR.111", "")


def test_two_deliveries_have_the_same_keys():
    payload = call(
        {"messages": [message(type="text")], "statuses": [{"id": "w", "status": "read"}]}
    )
    again = copy.deepcopy(payload)
    assert [i.key for i in events.split(payload)] == [i.key for i in events.split(again)]
    assert len({item.key for item in events.split(payload)}) == 2


def test_account_news_are_told_apart_by_time():
    first = events.split(call({"event": "X"}, field="account_update", time=1))
    second = events.split(call({"event": "X"}, field="account_update", time=2))
    assert first[0].kind == "account" and first[0].key != second[0].key


def test_mixed_batch_keeps_order_and_the_unknown():
    payload = call(
        {"messages": [message(type="text")], "statuses": [{"id": "w", "status": "sent"}]}
    )
    payload["entry"][0]["changes"].append({"field": "future_field", "value": {"a": 1}})
    payload["entry"][0]["changes"].append("garbage")
    payload["entry"].append(None)
    assert [i.kind for i in events.split(payload)] == [
        "message",
        "status",
        "other",
        "other",
        "other",
    ]


TYPES = [
    ({"type": "text", "text": {"body": "oi"}}, {"text": "oi"}),
    (
        {"type": "button", "button": {"text": "Sim", "payload": "y"}},
        {"text": "Sim", "option_id": "y"},
    ),
    (
        {
            "type": "interactive",
            "interactive": {"type": "list_reply", "list_reply": {"id": "a", "title": "A"}},
        },
        {"text": "A", "option_id": "a"},
    ),
    (
        {
            "type": "interactive",
            "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "B"}},
            "context": {"id": "wamid.0"},
        },
        {"text": "B", "option_id": "b", "quoted": "wamid.0"},
    ),
    (
        {
            "type": "interactive",
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": {"body": "Sent", "response_json": '{"flow_token":"t","nome":"Ana"}'},
            },
        },
        {"text": "Sent\nnome: Ana"},
    ),
    (
        {
            "type": "interactive",
            "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "[1,"}},
        },
        {"text": "[1,"},
    ),
    ({"type": "reaction", "reaction": {"message_id": "w", "emoji": "👍"}}, {"emoji": "👍"}),
    ({"type": "reaction", "reaction": {"message_id": "w"}}, {"target": "w", "emoji": ""}),
    ({"type": "revoke", "revoke": {"original_message_id": "w"}}, {"target": "w"}),
    (
        {
            "type": "edit",
            "edit": {
                "original_message_id": "w",
                "message": {"type": "text", "text": {"body": "novo"}},
            },
        },
        {"target": "w", "text": "novo"},
    ),
    (
        {
            "type": "unsupported",
            "unsupported": {"type": "poll_creation"},
            "errors": [{"code": 131051}],
        },
        {"unsupported": "poll_creation", "error_code": "131051"},
    ),
    ({"type": "hologram", "hologram": {"x": 1}}, {"type": "hologram", "text": ""}),
    (
        {
            "type": "order",
            "order": {"text": "q", "product_items": [{"quantity": 2, "product_retailer_id": "p"}]},
        },
        {"text": "q\n2 x p"},
    ),
    ({"type": "text", "text": {"body": "g"}, "group_id": "G1"}, {"group_id": "G1"}),
]


@pytest.mark.parametrize(("fields", "expected"), TYPES)
def test_every_type(fields, expected):
    parsed = read(**fields)
    assert {name: getattr(parsed, name) for name in expected} == expected


@pytest.mark.parametrize("kind", messages.MEDIA_TYPES)
def test_media(kind):
    part = {
        "id": "9",
        "mime_type": "a/b; codecs=opus",
        "sha256": "x",
        "caption": "c",
        "filename": "f",
    }
    media = read(**{"type": kind, kind: part}).media
    assert (media.kind, media.media_id, media.mimetype) == (kind, "9", "a/b")


def test_voice_is_told_from_audio():
    assert read(type="audio", audio={"id": "9", "voice": True}).media.kind == "voice"


def test_location():
    part = {"latitude": -19.9, "longitude": -43.9, "name": "Praça", "address": "Rua A"}
    parsed = read(type="location", location=part)
    assert parsed.place == messages.Place(-19.9, -43.9, "Praça", "Rua A")
    assert read(type="location", location={"latitude": 99, "longitude": 0}).place is None
    assert read(type="location", location={"latitude": "x"}).place is None


def test_only_a_requested_card_is_the_senders_own():
    card = {"name": {"formatted_name": "Zé"}, "phones": [{"phone": "+55 31 3333"}]}
    cards = read(type="contacts", contacts=[card, {**card, "origin": "contact_request"}]).cards
    assert [c.own for c in cards] == [False, True]
    assert cards[0].phones == ("+55 31 3333",)


@pytest.mark.parametrize(
    "system",
    [
        {"type": "user_changed_user_id", "user_id": "BR.2", "previous_user_id": "BR.1"},
        {"type": "user_changed_user_id", "new_user_id": "BR.2"},
    ],
)
def test_changed_user_id(system):
    raw = {"from_user_id": "BR.1", "id": "w", "type": "system", "system": system}
    parsed = messages.parse_message({"message": raw})
    assert (parsed.old_bsuid, parsed.bsuid) == ("BR.1", "BR.2")


@pytest.mark.parametrize("name", ["wa_id", "new_wa_id"])
def test_changed_number(name):
    raw = {"from": "551100", "id": "w", "type": "system", "system": {name: "551199"}}
    parsed = messages.parse_message({"message": raw})
    assert (parsed.old_wa_id, parsed.wa_id) == ("551100", "551199")


def test_status():
    raw = {
        "id": "w",
        "status": "failed",
        "timestamp": "1790000000",
        "recipient_id": "553188887777",
        "biz_opaque_callback_data": "o",
        "errors": [{"code": 131047, "title": "t", "error_data": {"details": "d"}}],
    }
    (item,) = events.split(call({"statuses": [raw]}))
    status = messages.parse_status(item.payload)
    assert (status.status, status.opaque, status.error_code) == ("failed", "o", "131047")
    assert status.error_text == "d"


def test_nul_and_half_surrogates_are_replaced():
    loaded = sanitize.load(b'{"a\\u0000": ["x\\u0000y", "\\ud83d", "\\ud83d\\ude00", 1e999]}')
    assert loaded == {"a\ufffd": ["x\ufffdy", "\ufffd", "😀", "inf"]}
    assert sanitize.readable(b"\xff\x00a") == "\\xff\ufffda"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", b"[" * 200_000, b"1" * 10_000])
def test_what_is_not_json_is_told_by_one_error(body):
    with pytest.raises(ValueError, match=r"\w"):
        sanitize.load(body)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=9)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                "entry changes value messages statuses contacts id from type text body metadata "
                "timestamp interactive system errors user_id wa_id context reaction image".split()
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=30,
)


def _read_all(payload):
    for item in events.split(payload):
        assert item.key and len(item.key) <= 250 and len(item.contact_key) <= 250
        json.dumps(item.payload)
        messages.parse_message(item.payload)
        messages.parse_message(item.payload, echo=True)
        messages.parse_status(item.payload)


@given(JSON)
def test_garbage_never_raises(payload):
    _read_all(payload)


@given(st.dictionaries(st.sampled_from(["messages", "statuses", "errors", "contacts"]), JSON))
def test_garbage_in_a_well_formed_envelope_never_raises(value):
    _read_all(call(value))


@given(st.sampled_from(sorted(messages._READERS) + ["text", "image"]), JSON)
def test_garbage_in_every_type_never_raises(kind, part):
    parsed = read(**{"type": kind, kind: part})
    assert parsed.type == kind
