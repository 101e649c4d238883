"""Recorded payloads that once failed, posted as they are; all ends are checked.

Desk, health and phone.
"""

import json
import re
import time

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox import defaults
from tests.e2e.deliveries import Delivery
from tests.e2e.desk import ACCOUNT, CONVERSATION, admin, expect_in_log, person, row


def test_old_files_of_the_telephone_wake_nobody(stack: Stack) -> None:
    delivery = Delivery(stack, "w01-history-media.json").post()
    assert delivery.conversations() == []
    assert delivery.heard() == []
    ours = delivery.message("2")
    assert (delivery.message()["direction"], ours["direction"]) == ("in", "out")
    assert ours["identity_id"] == delivery.message()["identity_id"]
    identity = row(
        admin(stack), "whatsapp.identity", [("wa_id", "=", delivery.number)], ["last_inbound_at"]
    )
    assert not identity["last_inbound_at"], "the window was renewed"


def test_sender_who_stands_only_in_contacts(stack: Stack) -> None:
    delivery = Delivery(stack, "w03-sender-only-in-contacts.json").post()
    assert "Bia" in delivery.shown()
    message = delivery.message()
    assert message["conversation_id"]
    bsuid = delivery.payloads[0]["entry"][0]["changes"][0]["value"]["contacts"][0]["user_id"]
    identity = row(
        admin(stack), "whatsapp.identity", [("bsuid", "=", bsuid)], ["partner_id", "username"]
    )
    assert message["identity_id"][0] == identity["id"]
    assert identity["partner_id"][1] == "Bia"


def test_changed_id_is_the_same_person_in_the_same_conversation(stack: Stack) -> None:
    delivery = Delivery(stack, "w05-user-id-update-object.json").post()
    assert len(delivery.conversations()) == 1
    first, third = delivery.message(), delivery.message("3")
    assert first["conversation_id"] == third["conversation_id"]
    assert first["identity_id"] == third["identity_id"]
    identity = row(
        admin(stack), "whatsapp.identity", [("id", "=", first["identity_id"][0])], ["bsuid"]
    )
    assert identity["bsuid"] == f"BR.{delivery.run}20000009"


def test_old_id_in_words_only_is_the_same_person(stack: Stack) -> None:
    delivery = Delivery(stack, "w06-system-user-id-without-old.json")
    (system,) = delivery.payloads

    def text(bsuid: str, number: str) -> dict:
        """Return a text of somebody with this id."""
        said = json.loads(json.dumps(system))
        value = said["entry"][0]["changes"][0]["value"]
        message = {"type": "text", "text": {"body": "oi"}, "from_user_id": bsuid}
        message |= {"id": delivery.wamid + number, "timestamp": str(int(time.time()))}
        return (value.update(messages=[message]), said)[1]

    old, new = (f"BR.{delivery.run}{digits}" for digits in ("30000001", "30000009"))
    delivery.post(text(old, "A"), system, text(new, "B"))
    first, last = delivery.message("A"), delivery.message("B")
    assert first["identity_id"] == last["identity_id"]
    assert first["conversation_id"] == last["conversation_id"]


def test_missed_call_waits_for_people(stack: Stack) -> None:
    delivery = Delivery(stack, "w21-call-terminate-with-errors.json").post()
    (conversation,) = delivery.conversations()
    assert "Ligação perdida" in delivery.texts()
    waiting = person(stack, "joana").call(CONVERSATION, "get_waiting")
    assert conversation["id"] in [one["id"] for one in waiting]
    assert admin(stack).search_read(ACCOUNT, [], ["state"])[0]["state"] == "ok"


def test_standby_is_shown_and_the_bot_is_silent(stack: Stack) -> None:
    delivery = Delivery(stack, "w23-standby.json").post()
    assert "standby" in delivery.shown()
    assert delivery.heard() == []


def test_file_that_is_too_large_is_said_alike_to_both(stack: Stack) -> None:
    delivery = Delivery(stack, "w25-media-too-large-overwritten.json").post()
    delivery.phone.wait_text("grande demais", since="start")
    assert "grande demais" in delivery.shown()
    assert "não está mais disponível" not in delivery.shown()
    assert len([text for text in delivery.heard() if "grande demais" in text]) == 1


def test_contact_cards_show_all_that_they_hold(stack: Stack) -> None:
    shown = Delivery(stack, "w26-contact-card-details.json").post().shown()
    wanted = ("João", "Rua B 20", "Monlevade", "https://x.example", "PMJM", "TI", "2012", "Ana")
    assert [word for word in wanted if word not in shown] == []
    assert "88887777" in re.sub(r"\D", "", shown)
    assert "Sem nome" not in shown


def test_echo_to_an_unknown_person_is_kept(stack: Stack) -> None:
    delivery = Delivery(stack, "w28-echo-unknown-person.json").post()
    kept = delivery.message()
    assert (kept["direction"], kept["conversation_id"]) == ("out", False)
    assert "primeiro contato pelo celular" in kept["kept_body"]
    assert delivery.conversations() == []
    delivery.phone.send_text("recebi")
    wait_until(
        lambda: "primeiro contato pelo celular" in delivery.texts(),
        "the conversation that follows does not begin with it",
    )


def test_account_news_are_on_the_health_page_and_reach_administrators(stack: Stack) -> None:
    delivery = Delivery(stack, "w02-account-update-disabled.json")
    adriana = person(stack, "adriana")
    account = row(adriana, ACCOUNT, [("waba_id", "=", defaults.WABA_ID)], ["name"])
    expect_in_log(
        stack,
        "A test lets Meta disable the account",
        "WARNING odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health: "
        f"WhatsApp account {account['id']} is paused: error disabled",
    )
    partner = row(adriana, "res.users", [("login", "=", "adriana")], ["partner_id"])["partner_id"]
    told = [("notified_partner_ids", "in", [partner[0]]), ("body", "ilike", "desativou")]
    try:
        delivery.post()
        found = row(adriana, ACCOUNT, [("id", "=", account["id"])], ["state", "news_text"])
        assert found["state"] == "paused"
        for words in ("desativou", "restringiu", "sinalizou"):
            assert words in found["news_text"]
        lines = wait_until(lambda: health_of(stack, account["name"]), "health is silent")
        assert [line["level"] for line in lines] == ["error"]
        assert "desativou" in lines[0]["words"]
        assert admin(stack).call("mail.message", "search_count", told)
    finally:
        script = (
            "accounts = env['whatsapp.account'].sudo().search([])\n"
            "accounts.write({'news': {}, 'quality_rating': 'GREEN', 'messaging_limit': False})\n"
            "accounts.action_resume()\n"
            "env.cr.commit()"
        )
        stack.shell(script)
    wait_until(lambda: not health_of(stack, account["name"]), "health still complains", 60)


def health_of(stack: Stack, name: str) -> list[dict]:
    """Return the lines of the health page about a number that are not green."""
    report = person(stack, "adriana").call("contact_center.health", "get_report")
    checks = [check for section in report["sections"] for check in section["checks"]]
    return [one for one in checks if name in one["title"] and one["level"] != "ok"]
