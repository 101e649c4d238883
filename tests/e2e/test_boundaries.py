"""Input from outside is refused in words, or kept; nothing is lost or breaks."""

import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from devtools.servers import Stack
from devtools.story import PROTOCOL, wait_until
from sandbox import defaults
from sandbox.client import PhoneClient
from tests.e2e import webhooks
from tests.e2e.desk import CONVERSATION, EVENT, MESSAGE, admin, calm, row
from tests.e2e.webhooks import SIGNED, encoded, envelope, new_id, post, sign, text, value

COUNTED = (
    EVENT,
    MESSAGE,
    "whatsapp.identity",
    CONVERSATION,
    "discuss.channel",
    "mail.message",
    "res.partner",
)
ORDINARY = envelope(value(messages=[text("5531971999999", "oi")]))
FORGED = {
    "missing": None,
    "empty": "",
    "without a digest": "sha256=",
    "truncated": sign(encoded(ORDINARY))[:40],
    "one digit short": sign(encoded(ORDINARY))[:-1],
    "without its kind": sign(encoded(ORDINARY)).removeprefix("sha256="),
    "of another kind": sign(encoded(ORDINARY)).replace("sha256", "sha1"),
    "of another secret": sign(encoded(ORDINARY), "another secret"),
    "of an empty secret": sign(encoded(ORDINARY), ""),
    "of another body": sign(encoded(ORDINARY) + b" "),
    "not a text": "sha256=" + "é" * 64,
}
MEGABYTE = 1024 * 1024


def counts(stack: Stack) -> dict[str, int]:
    """Return the number of records of each kind that a webhook could create."""
    calm(stack)
    context = {"active_test": False}
    return {
        model: admin(stack).call(model, "search_count", [], context=context) for model in COUNTED
    }


def greeted(stack: Stack, number: str) -> str:
    """Check that an ordinary citizen still gets an answer; return the protocol."""
    phone = PhoneClient(stack.meta_url, number, "José", timeout=90)
    phone.send_text("oi")
    return PROTOCOL.search(phone.wait_for(lambda m: PROTOCOL.search(m["text"]))["text"]).group(1)


def events(stack: Stack, wamid: str) -> list[dict]:
    """Return the inbox's events of a message, once processed."""
    calm(stack)
    fields = ["kind", "state", "note", "error", "payload", "phone_number_id", "tries"]
    return admin(stack).search_read(EVENT, [("unique_key", "like", wamid)], fields)


def newest_events(stack: Stack, after: int) -> list[dict]:
    """Return the inbox's events after the one with this id, once processed."""
    calm(stack)
    fields = ["kind", "state", "note", "error", "next_try_at", "unique_key"]
    return admin(stack).search_read(EVENT, [("id", ">", after)], fields, order="id")


def settled(event: dict) -> bool:
    """Return whether an event was processed; a foreign message's status waits.

    It waits a minute.
    """
    patient = event["kind"] == "status" and event["next_try_at"]
    return event["state"] == "processed" or (event["state"] == "received" and bool(patient))


def last_event(stack: Stack) -> int:
    """Return the id of the newest event."""
    calm(stack)
    found = admin(stack).search_read(EVENT, [], ["kind"], limit=1, order="id desc")
    return found[0]["id"] if found else 0


def conversations_of(stack: Stack, number: str) -> list[dict]:
    """Return conversations with a telephone number."""
    domain = [("whatsapp_identity_id.wa_id", "=", number)]
    return admin(stack).search_read(CONVERSATION, domain, ["protocol", "state"])


# --- signatures -----------------------------------------------------------------------------------


def test_forged_signatures_leave_nothing_behind(stack: Stack) -> None:
    before = counts(stack)
    answers = {name: post(stack, encoded(ORDINARY), given) for name, given in FORGED.items()}
    assert answers == dict.fromkeys(FORGED, 403)
    assert counts(stack) == before
    refusals = admin(stack).search_read(
        "whatsapp.rejection", [("reason", "=", "signature")], ["count"]
    )
    assert refusals, "the refused calls were not counted"


def test_changed_body_is_refused(stack: Stack) -> None:
    before = counts(stack)
    changed = encoded(ORDINARY).replace(b"oi", b"ai")
    assert post(stack, changed, sign(encoded(ORDINARY))) == 403
    assert counts(stack) == before


# --- sizes ----------------------------------------------------------------------------------------


def test_text_of_four_megabytes_is_kept_and_the_conversation_goes_on(stack: Stack) -> None:
    number = "5531971000001"
    protocol = greeted(stack, number)
    phone = PhoneClient(stack.meta_url, number, "José", timeout=90)
    wa_id = phone.control.call("GET", f"/control/phones/{number}")["wa_id"]
    seen = len(phone.received())
    huge = text(wa_id, "A" * (4 * MEGABYTE))
    assert post(stack, encoded(envelope(value(messages=[huge])))) == 200
    phone.wait_for(lambda m: len(phone.received()) > seen, since="start")
    (event,) = events(stack, huge["id"])
    assert (event["state"], event["error"]) == ("processed", False)
    assert len(event["payload"]["message"]["text"]["body"]) == 4 * MEGABYTE
    phone.send_text("José da Silva")
    phone.wait_text("e-mail")
    assert [one["protocol"] for one in conversations_of(stack, wa_id)] == [protocol]


def test_body_above_the_limit_is_refused_whole(stack: Stack) -> None:
    before = counts(stack)
    huge = envelope(value(messages=[text("5531971999998", "A" * (9 * MEGABYTE))]))
    assert post(stack, encoded(huge)) == 413
    assert counts(stack) == before
    greeted(stack, "5531971000002")


def test_thousand_items_in_one_body(stack: Stack) -> None:
    before = last_event(stack)
    numbers = [f"55319711{index:05}" for index in range(10)]
    messages = [text(number, word) for word in ("oi", "José da Silva") for number in numbers]
    statuses = [
        {
            "id": new_id(),
            "status": "delivered",
            "timestamp": str(1_790_000_000 + index),
            "recipient_id": numbers[0],
        }
        for index in range(980)
    ]
    assert post(stack, encoded(envelope(value(messages=messages, statuses=statuses)))) == 200
    sent = {item["id"] for item in [*messages, *statuses]}
    # Beside them came the statuses of what was answered.
    found = [
        event
        for event in newest_events(stack, before)
        if sent & set(event["unique_key"].split(":"))
    ]
    assert len(found) == len(sent) == 1000
    assert not [event for event in found if not settled(event)]
    for number in numbers:
        (conversation,) = conversations_of(stack, number)
        domain = [("conversation_id", "=", conversation["id"])]
        kept = admin(stack).search_read(MESSAGE, domain, ["direction"], order="id")
        inbound = [one for one in kept if one["direction"] == "in"]
        assert len(inbound) == 2
        assert kept[-1]["direction"] == "out", "the second message was not answered"


# --- contents -------------------------------------------------------------------------------------


UNREADABLE = {
    "empty": b"",
    "not JSON": b"isto n\xc3\xa3o \xc3\xa9 JSON",
    "cut off": encoded(ORDINARY)[:-20],
    "raw NUL bytes": b'{"entry": "\x00"}',
    "only NUL bytes": bytes(64),
    "not UTF-8": b'{"entry": "\xff\xfe"}',
    "nested too deeply": b"[" * 200_000 + b"]" * 200_000,
    "number of 5,000 digits": b'{"entry": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_json_is_kept_for_people(stack: Stack, body: bytes) -> None:
    before = last_event(stack)
    assert post(stack, body) == 200
    assert post(stack, body) == 200, "the same delivered again"
    (event,) = newest_events(stack, before)
    assert (event["kind"], event["state"]) == ("unreadable", "failed")
    assert event["error"], "it does not say what is wrong"


def test_calls_still_work_after_unreadable_ones(stack: Stack) -> None:
    greeted(stack, "5531971000003")


UNKNOWN = {
    "null": None,
    "a number": 42,
    "a text": "oi",
    "a list": [1, "dois", None],
    "an empty object": {},
    "entry is a text": {"entry": "oi"},
    "entry has no changes": {"entry": [{"id": "1"}]},
    "changes of other types": {"entry": [{"id": 1, "changes": [None, 1, "x", [], {}]}]},
    "value is a list": {"entry": [{"changes": [{"field": "messages", "value": [1]}]}]},
    "unknown field": envelope({"color": "azul"}, field="flying_carpets"),
    "lists of other types": envelope(value(messages="oi", statuses=7, contacts={"a": 1})),
    "elements of other types": envelope(value(messages=[None, 5, "x", []], statuses=[[]])),
    "message without anything": envelope(value(messages=[{}])),
    "message from nobody": envelope(value(messages=[text("", "oi")])),
    "fields of other types": envelope(
        value(
            messages=[
                {"id": 5, "from": {"a": 1}, "timestamp": [], "type": {}, "text": "oi"},
                {"id": None, "from": [None], "timestamp": "ontem", "type": 7, "text": None},
                text("5531971000004", "oi", timestamp="9" * 30),
                text("5531971000004", "oi", timestamp="-1", context=[], referral="x"),
            ],
            contacts=[None, {"profile": "Maria", "wa_id": 1}],
        )
    ),
    "infinite numbers": envelope(value(statuses=[{"id": new_id(), "n": float("inf")}])),
    "half a surrogate pair": envelope({"texto": "\ud83d"}, field="\udc00"),
    "NUL in names and values": envelope({"a\x00b": "c\x00d"}, field="campo\x00"),
    "status of an unknown message": envelope(
        value(
            statuses=[
                {
                    "id": new_id(),
                    "status": "teleported",
                    "timestamp": "1",
                    "recipient_id": "5531971000004",
                }
            ]
        )
    ),
}


@pytest.mark.parametrize("payload", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_shapes_are_kept(stack: Stack, payload: object) -> None:
    before = last_event(stack)
    assert post(stack, encoded(payload)) == 200
    assert newest_events(stack, before), "nothing was kept"
    # A status of an earlier answer may come at any moment
    wait_until(
        lambda: all(settled(event) for event in newest_events(stack, before)),
        "not everything was processed",
    )


def test_unknown_type_of_message_is_shown_and_answered(stack: Stack) -> None:
    number = "5531971000005"
    phone = PhoneClient(stack.meta_url, number, "José", timeout=90)
    wamid = phone.send_raw({"type": "hologram", "hologram": {"color": "azul"}, "novo": [1]})
    phone.wait_for(lambda m: PROTOCOL.search(m["text"]))
    (event,) = events(stack, wamid)
    assert (event["state"], event["error"]) == ("processed", False)
    assert event["payload"]["message"]["hologram"] == {"color": "azul"}
    kept = row(admin(stack), MESSAGE, [("wamid", "=", wamid)], ["kind", "mail_message_id", "state"])
    assert (kept["kind"], kept["state"]) == ("hologram", "received")
    body = row(admin(stack), "mail.message", [("id", "=", kept["mail_message_id"][0])], ["body"])
    assert "hologram" in body["body"]


def test_nul_bytes_in_a_text_are_harmless(stack: Stack) -> None:
    phone = PhoneClient(stack.meta_url, "5531971000006", "Jo\x00sé", timeout=90)
    wamid = phone.send_raw({"type": "text", "text": {"body": "o\x00i \ud83d fim", "\x00": "\x00"}})
    phone.wait_for(lambda m: PROTOCOL.search(m["text"]))
    (event,) = events(stack, wamid)
    assert event["state"] == "processed"
    kept = row(admin(stack), MESSAGE, [("wamid", "=", wamid)], ["body"])
    assert "fim" in kept["body"]


def test_message_for_another_number_is_kept(stack: Stack) -> None:
    number = "5531971000007"
    message = text(number, "oi")
    assert post(stack, encoded(envelope(value("299999999999999", messages=[message])))) == 200
    (event,) = events(stack, message["id"])
    assert (event["state"], event["phone_number_id"]) == ("processed", "299999999999999")
    assert "299999999999999" in event["note"]
    assert event["payload"]["message"]["text"]["body"] == "oi"
    assert conversations_of(stack, number) == []
    greeted(stack, "5531971000008")


def test_message_of_a_group_is_kept_and_not_served(stack: Stack) -> None:
    number = "5531971000009"
    message = text(number, "oi", group_id="120363000000000000")
    assert post(stack, encoded(envelope(value(messages=[message])))) == 200
    (event,) = events(stack, message["id"])
    assert event["state"] == "processed"
    assert "grupo" in event["note"]
    assert conversations_of(stack, number) == []


def test_redelivered_message_is_processed_once(stack: Stack) -> None:
    number = "5531971000010"
    message = text(number, "oi")
    body = encoded(envelope(value(messages=[message, message])))
    assert [post(stack, body) for _delivery in range(3)] == [200] * 3
    (event,) = events(stack, message["id"])
    assert event["state"] == "processed"
    assert admin(stack).call(MESSAGE, "search_count", [("wamid", "=", message["id"])]) == 1
    assert len(conversations_of(stack, number)) == 1


# --- Meta's challenge -----------------------------------------------------------------------------


def challenge(stack: Stack, **parameters: str) -> tuple[int, str]:
    """Return the status and answer of the verification of the webhook's address."""
    query = urlencode({f"hub.{name}": given for name, given in parameters.items()})
    try:
        with urllib.request.urlopen(f"{stack.webhook_url}?{query}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_challenge_with_the_right_token_is_answered(stack: Stack) -> None:
    right = {"mode": "subscribe", "verify_token": defaults.VERIFY_TOKEN, "challenge": "1158201444"}
    assert challenge(stack, **right) == (200, "1158201444")


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"mode": "subscribe", "challenge": "7"},
        {"mode": "subscribe", "verify_token": "", "challenge": "7"},
        {"mode": "subscribe", "verify_token": "wrong", "challenge": "7"},
        {"mode": "subscribe", "verify_token": "é\x00", "challenge": "7"},
        {"mode": "unsubscribe", "verify_token": defaults.VERIFY_TOKEN, "challenge": "7"},
        {"verify_token": defaults.VERIFY_TOKEN, "challenge": "7"},
    ],
)
def test_challenge_with_anything_else_is_refused(stack: Stack, parameters: dict) -> None:
    assert challenge(stack, **parameters) == (403, "")


# --- telephone numbers and media ------------------------------------------------------------------


def test_file_that_cannot_be_fetched_is_named_in_the_chat(stack: Stack) -> None:
    number = "5531971000011"
    protocol = greeted(stack, number)
    phone = PhoneClient(stack.meta_url, number, "José", timeout=90)
    wamid = phone.send_raw(
        {"type": "image", "image": {"id": "999999", "mime_type": "image/png", "sha256": "x"}}
    )
    kept = wait_until(
        lambda: admin(stack).search_read(
            MESSAGE,
            [("wamid", "=", wamid), ("media_state", "=", "failed")],
            ["error_reason", "body"],
        ),
        "the file that does not exist is not given up",
    )[0]
    assert kept["error_reason"]
    phone.send_text("José da Silva")
    phone.wait_text("e-mail")
    assert [
        one["protocol"]
        for one in admin(stack).search_read(
            CONVERSATION, [("protocol", "=", protocol)], ["protocol"]
        )
    ] == [protocol]


def test_webhook_answers_other_methods_and_addresses_without_a_trace(stack: Stack) -> None:
    before = counts(stack)
    request = urllib.request.Request(
        stack.webhook_url, encoded(ORDINARY), {"X-Hub-Signature-256": SIGNED}, method="PUT"
    )
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=30)
    assert refusal.value.code in (404, 405)
    refusal.value.close()
    assert counts(stack) == before
    assert webhooks.post(stack, encoded(ORDINARY), "") == 403
