"""The simulated Cloud API: webhooks, their signature, statuses, redelivery."""

import json

import pytest

from sandbox import defaults
from sandbox.meta import numbers, webhooks
from tests.unit.sandbox_meta_helpers import NUMBER, WA_ID, signature, wamid


@pytest.mark.parametrize(
    ("secret", "body", "expected"),
    [
        (
            "test_app_secret",
            b'{"object":"whatsapp_business_account","entry":[]}',
            "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
        ),
        (
            "otro_secreto",
            b'{"object":"whatsapp_business_account","entry":[]}',
            "769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7",
        ),
    ],
)
def test_signature_of_known_bodies(secret, body, expected):
    assert webhooks.sign(body, secret) == f"sha256={expected}"


def test_citizens_message_as_meta_sends_it(webhook, maria):
    sent = maria.send_text("ação 😀")
    body, signed = webhook.wait(lambda: webhook.posts)[0]
    assert signed == signature(body)
    assert b"a\\u00e7\\u00e3o \\ud83d\\ude00" in body
    assert max(body) < 128
    user_id = numbers.user_id(WA_ID)
    [value] = webhook.values()
    assert value["metadata"] == {
        "display_phone_number": defaults.DISPLAY_PHONE,
        "phone_number_id": defaults.PHONE_NUMBER_ID,
    }
    assert value["contacts"] == [{"user_id": user_id, "profile": {"name": "Maria"}, "wa_id": WA_ID}]
    [message] = value["messages"]
    assert message.pop("timestamp").isdigit()
    assert message == {
        "from": WA_ID,
        "from_user_id": user_id,
        "id": sent,
        "type": "text",
        "text": {"body": "ação 😀"},
    }
    webhook.wait(lambda: maria.messages()[0]["status"] == "delivered")


def test_hidden_number_leaves_only_the_user_id(webhook, api, maria):
    maria.configure(hide_number=True, username="maria.s")
    maria.send_text("oi")
    [value] = webhook.wait(webhook.values)
    user_id = numbers.user_id(WA_ID)
    profile = {"name": "Maria", "username": "maria.s"}
    assert value["contacts"] == [{"user_id": user_id, "profile": profile}]
    assert "from" not in value["messages"][0]
    wamid(api.text(to=None, recipient=user_id))
    status = webhook.wait(webhook.statuses)[0]
    assert status["recipient_user_id"] == user_id
    assert "recipient_id" not in status


def test_statuses_in_order_with_our_own_data(webhook, api, maria):
    sent = wamid(api.text(biz_opaque_callback_data="our-id"))
    webhook.wait(lambda: len(webhook.statuses()) == 2)
    assert maria.read() == 1
    assert maria.read() == 0
    webhook.wait(lambda: len(webhook.statuses()) == 3)
    maria.play(sent)
    webhook.wait(lambda: len(webhook.statuses()) == 4)
    found = webhook.statuses()
    assert [status["status"] for status in found] == ["sent", "delivered", "read", "played"]
    assert [int(s["timestamp"]) for s in found] == sorted(int(s["timestamp"]) for s in found)
    for status in found:
        assert status["id"] == sent
        assert status["recipient_id"] == WA_ID
        assert status["biz_opaque_callback_data"] == "our-id"
    assert found[0]["pricing"]["category"] == "service"


def test_reading_at_once_keeps_the_order(webhook, api, maria):
    api.text()
    maria.read()
    webhook.wait(lambda: len(webhook.statuses()) == 3)
    assert [s["status"] for s in webhook.statuses()] == ["sent", "delivered", "read"]


def test_no_statuses_and_only_sent_for_reactions(webhook, api, meta, maria):
    api.message("reaction", {"message_id": "wamid.x", "emoji": "👍"})
    maria.control.wait_idle()
    assert [s["status"] for s in webhook.statuses()] == ["sent"]
    meta.faults.set({"no_statuses": True})
    api.text()
    maria.control.wait_idle()
    assert len(webhook.statuses()) == 1


def test_redelivered_until_answered_200(webhook, maria):
    webhook.answers = [500, 403]
    maria.send_text("oi")
    webhook.wait(lambda: len(webhook.posts) == 3)
    assert len({body for body, _signature in webhook.posts}) == 1
    webhook.wait(lambda: maria.messages()[0]["status"] == "delivered")
    assert [entry["status"] for entry in maria.control.webhooks()] == [500, 403, 200]


def test_redelivery_is_bounded(webhook, meta, maria):
    webhook.answers = [500] * 10
    maria.send_text("oi")
    maria.control.wait_idle(5)
    assert len(webhook.posts) == 4
    assert maria.control.stats()["counters"]["webhooks_given_up"] == 1


def test_nobody_listens_at_first(webhook, meta, maria):
    maria.control.settings(webhook_url="http://127.0.0.1:9/none")
    maria.send_text("oi")
    assert webhook.posts == []
    maria.control.settings(webhook_url=webhook.url)
    webhook.wait(lambda: len(webhook.posts) == 1)


def test_order_of_one_phone_is_kept(webhook, maria):
    for number in range(20):
        maria.send_text(str(number))
    webhook.wait(lambda: len(webhook.messages()) == 20)
    assert [m["text"]["body"] for m in webhook.messages()] == [str(n) for n in range(20)]


def test_batches(webhook, meta, maria):
    maria.control.settings(webhook_batch=50)
    webhook.seconds = 0.2
    for number in range(12):
        maria.send_text(str(number))
    webhook.wait(lambda: len(webhook.messages()) == 12)
    assert len(webhook.posts) <= 3
    assert [m["text"]["body"] for m in webhook.messages()] == [str(n) for n in range(12)]


def test_answers_do_not_wait_for_the_webhook(webhook, api, maria):
    webhook.seconds = 0.5
    for _number in range(3):
        wamid(api.text(timeout=0.4))


def test_verification(webhook, maria):
    assert maria.control.verify()["status"] == 200
    assert maria.control.verify("wrong")["status"] == 403
    maria.control.settings(webhook_url="")
    assert maria.control.call("GET", "/control/settings")["webhook_url"] == ""


def test_raw_webhooks_as_given(webhook, maria):
    assert maria.control.post_webhook(b"{no json", "sha256=00")["status"] == 200
    assert webhook.posts == [(b"{no json", "sha256=00")]
    maria.control.post_webhook(b"{}")
    assert webhook.posts[-1] == (b"{}", None)
    maria.control.post_webhook(b"{}", True)
    assert webhook.posts[-1] == (b"{}", signature(b"{}"))
    maria.control.settings(webhook_url="http://127.0.0.1:9/none")
    assert maria.control.post_webhook(b"{}")["status"] == 0


def test_unreachable_phone_and_closed_window_fail_afterwards(webhook, api, maria):
    maria.configure(unreachable=True)
    wamid(api.text())
    maria.configure(unreachable=False, window_open=False)
    wamid(api.text(biz_opaque_callback_data="x"))
    webhook.wait(lambda: len(webhook.statuses()) == 2)
    failed = webhook.statuses()
    assert [s["status"] for s in failed] == ["failed", "failed"]
    assert [s["errors"][0]["code"] for s in failed] == [131026, 131047]
    assert failed[1]["biz_opaque_callback_data"] == "x"
    assert "recipient_user_id" not in failed[1]
    assert all("contacts" not in value for value in webhook.values())
    assert maria.received() == []
    assert maria.read() == 0


def test_window_follows_the_citizens_last_message(webhook, api, meta, maria):
    meta.settings.update({"strict_window": True})
    api.text()
    assert webhook.wait(webhook.statuses)[0]["errors"][0]["code"] == 131047
    maria.send_text("oi")
    api.text("agora sim")
    assert maria.wait_text("agora sim")["status"] == "delivered"
    meta.settings.update({"window_seconds": 0})
    api.text("tarde demais")
    webhook.wait(lambda: [s for s in webhook.statuses() if s["status"] == "failed"][1:])


def test_every_change_is_json_that_names_its_account(webhook, api, maria):
    maria.send_text("oi")
    api.text()
    maria.control.wait_idle()
    for body, _signature in webhook.posts:
        [entry] = json.loads(body)["entry"]
        assert entry["id"] == defaults.WABA_ID
        assert {change["field"] for change in entry["changes"]} == {"messages"}
    assert maria.control.call("GET", f"/control/phones/{NUMBER}")["window_open"]
