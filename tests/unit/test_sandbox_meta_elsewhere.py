"""The simulated Cloud API: Meta's other webhooks, read as the product reads them."""

import json

import pytest

from sandbox.client import MetaControl, SandboxError
from tests.unit.sandbox_meta_helpers import WA_ID
from whatsapp_helpdesk.cloud_api import account_news, calls, changed_ids, events, messages


def items(webhook, count):
    """Return the product's reading of the first webhooks, after `count` items."""
    webhook.wait(lambda: len(_items(webhook)) >= count)
    return _items(webhook)


def _items(webhook):
    return [item for body, _sign in webhook.posts for item in events.split(json.loads(body))]


def test_missed_and_answered_calls(webhook, maria):
    maria.send(type="call")
    found = items(webhook, 3)
    results = [calls.parse(item.payload).result for item in found if "call" in item.payload]
    assert results == [calls.RUNNING, calls.MISSED]
    assert [item.kind for item in found] == ["call"] * 3, "the error beside it is no account's"
    maria.send(type="call", seconds=65)
    answered = calls.parse(items(webhook, 5)[-1].payload)
    assert (answered.result, answered.seconds, answered.wa_id) == (calls.ANSWERED, 65, WA_ID)


def test_standby_of_both_sides(webhook, maria):
    maria.send(type="standby", text="quanto custa?")
    maria.send(type="standby", other="Nada.")
    theirs, ours = items(webhook, 2)
    assert {theirs.kind, ours.kind} == {"standby"}
    assert not theirs.payload.get("ours") and ours.payload["ours"]


def test_history_announces_files_and_sends_them_later(webhook, maria):
    maria.send(
        type="history",
        messages=[
            {"type": "text", "text": {"body": "bom dia"}},
            {"type": "document", "document": {"id": "1"}, "ours": True},
        ],
    )
    found = items(webhook, 3)
    assert {item.kind for item in found} == {"history"}
    kinds = [item.payload["message"]["type"] for item in found]
    assert kinds == ["text", "media_placeholder", "document"]
    assert [bool(item.payload.get("ours")) for item in found] == [False, True, True]
    assert found[1].payload["message"]["id"] == found[2].payload["message"]["id"]
    assert messages.parse_message(found[2].payload, echo=True).wa_id == WA_ID


def test_declined_history(webhook, maria):
    maria.send(type="history", declined=True)
    (item,) = items(webhook, 1)
    assert (item.kind, item.payload["error"]["code"]) == ("history", 2593109)


@pytest.mark.parametrize("shape", ["system", "text", "field"])
def test_user_id_changes_in_each_shape(webhook, meta, maria, shape):
    old = maria.send_text("oi") and items(webhook, 1)[0].payload["contact"]["user_id"]
    new = maria.send(type="new_user_id", shape=shape)
    change = items(webhook, 2)[1].payload
    read = changed_ids.read(change.get("message") or change["identity"])
    assert (read.old_bsuid, read.bsuid) == (old, new)
    maria.send_text("sou eu")
    assert items(webhook, 3)[2].payload["contact"]["user_id"] == new
    with pytest.raises(SandboxError, match="shape"):
        maria.send(type="new_user_id", shape="other")


def test_disabled_account_takes_no_messages(webhook, api, meta):
    control = MetaControl(meta.url)
    ban = {"waba_ban_state": "DISABLE", "waba_ban_date": "2026-11-29"}
    control.news("account_update", event="DISABLED_UPDATE", ban_info=ban)
    (item,) = items(webhook, 1)
    assert item.kind == "account" and item.at
    (news,) = account_news.read(item.payload["field"], item.payload["value"], item.at)
    assert news.pause == "disabled"
    assert api.message("text", {"body": "oi"}).json()["error"]["code"] == 131031
    ban["waba_ban_state"] = "REINSTATE"
    control.news("account_update", event="DISABLED_UPDATE", ban_info=ban)
    assert api.message("text", {"body": "oi"}).status_code == 200
    with pytest.raises(SandboxError, match="field"):
        control.news("")
