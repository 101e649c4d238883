"""A citizen's data: the notice at the first contact, a copy, the erasure."""

import io
import json
import urllib.request
import zipfile

from devtools.servers import Stack
from devtools.story import DESCRIPTION, EMAIL, Story, wait_until
from tests.e2e.desk import CONVERSATION, EVENT, MESSAGE, admin, calm, person, refused, row

REQUEST = "contact_center.privacy.request"
EXPORT = "contact_center.privacy.export"
NUMBER = "5531974000077"
SAID = "O portão do número 1789 da minha rua está emperrado"


def closed_conversation(stack: Stack) -> tuple[Story, int]:
    """Return a citizen with a ticket and an ended conversation, and the contact's id."""
    story = Story(stack, NUMBER)
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.ticket()
    story.hand_over()
    joana = person(stack, "joana")
    story.agent = "joana"
    joana.call(CONVERSATION, "action_take", [story.conversation["id"]])
    story.phone.send_text(SAID)
    on_channel = [("res_id", "=", story.conversation["channel_id"]), ("body", "ilike", "portão")]
    wait_until(
        lambda: joana.call("mail.message", "search_count", on_channel), "the text did not arrive"
    )
    story.close()
    calm(stack)
    facts = row(admin(stack), CONVERSATION, [("protocol", "=", story.protocol)], ["partner_id"])
    return story, facts["partner_id"][0]


def approved(stack: Stack, kind: str, partner_id: int) -> int:
    """Return a request of the citizen's that the data protection officer approved."""
    officer = person(stack, "beatriz")
    (request_id,) = officer.call(
        REQUEST,
        "create",
        [
            {
                "kind": kind,
                "requester": "Titular",
                "proof": "own_number",
                "partner_ids": [[6, 0, [partner_id]]],
                "decision_reason": "Identidade conferida",
            }
        ],
    )
    officer.call(REQUEST, "action_approve", [request_id])
    return request_id


def download(stack: Stack, login: str, path: str) -> bytes:
    """Return the address's answer to the user."""
    client = person(stack, login)
    cookie = {"Cookie": f"session_id={client.session_id}"}
    request = urllib.request.Request(stack.odoo_url + path, headers=cookie)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def test_notice_copy_and_erasure(stack: Stack) -> None:
    story, partner_id = closed_conversation(stack)
    officer = person(stack, "beatriz")

    # The notice came once, within the bot's first answer
    texts = [one["text"] for one in story.phone.messages() if one["direction"] == "in"]
    assert ["LGPD" in text for text in texts].count(True) == 1
    assert "LGPD" in texts[0] and story.protocol in texts[0]
    consents = officer.search_read(
        "contact_center.privacy.consent", [("partner_id", "=", partner_id)], ["kind"]
    )
    assert [one["kind"] for one in consents] == ["shown"]

    # A copy, for the officer only, and its taking is on record
    request_id = approved(stack, "access", partner_id)
    export_id = officer.call(REQUEST, "action_export", [request_id])["res_id"]
    domain = [("id", "=", export_id), ("state", "=", "done")]
    (export,) = wait_until(
        lambda: officer.search_read(EXPORT, domain, ["url", "sha256"]), "the copy was not made"
    )
    archive = zipfile.ZipFile(io.BytesIO(download(stack, "beatriz", export["url"])))
    data = json.loads(archive.read("dados.json"))
    assert SAID in [one["texto"] for one in data["mensagens"]]
    assert data["chamados"][0]["chamado"] == str(story.ticket_id)
    assert any(name.startswith("arquivos/") for name in archive.namelist())
    refused(stack, "sofia", f"{EXPORT}/read", [export_id], ["url"])
    log = officer.search_read(
        "contact_center.access.log", [("partner_id", "=", partner_id)], ["kind", "user_id"]
    )
    assert {"exported", "downloaded"} <= {one["kind"] for one in log}

    # Simulations of other tests are not this citizen's, but have the same name
    tried = admin(stack).call("chatbot.flow.simulation", "search", [])
    admin(stack).call("chatbot.flow.simulation", "unlink", tried)

    # Erased: nothing of it is found any more, and the ledger stays
    request_id = approved(stack, "erase", partner_id)
    facts = row(officer, REQUEST, [("id", "=", request_id)], ["name", "preview"])
    assert "GLPI" in facts["preview"]
    (wizard_id,) = officer.call(
        "contact_center.privacy.erase",
        "create",
        [{"request_id": request_id, "typed": facts["name"]}],
    )
    officer.call("contact_center.privacy.erase", "action_confirm", [wizard_id])
    done = [("id", "=", request_id), ("state", "=", "done")]
    (record,) = wait_until(
        lambda: officer.search_read(REQUEST, done, ["remains", "report"]), "it was not erased"
    )
    assert record["remains"] is False and record["report"]
    root = admin(stack)
    for model, domain in (
        ("mail.message", [("body", "ilike", "portão do número 1789")]),
        ("whatsapp.identity", [("wa_id", "=", NUMBER)]),
        ("whatsapp.identity.address", [("value", "like", NUMBER[-8:])]),
        ("res.partner", [("id", "=", partner_id), ("name", "not like", "anonimizada")]),
        (EVENT, [("contact_key", "like", NUMBER[-8:])]),
    ):
        assert root.call(model, "search_count", domain, context={"active_test": False}) == 0, model
    conversation = row(
        root, CONVERSATION, [("protocol", "=", story.protocol)], ["state", "collected", "event_ids"]
    )
    assert conversation["state"] == "closed" and conversation["event_ids"]
    assert not conversation["collected"]
    ticket = row(root, "glpi.ticket", [("glpi_id", "=", story.ticket_id)], ["description", "title"])
    assert DESCRIPTION[:10] not in str(ticket) and EMAIL not in str(ticket)
    sent = root.search_read(
        MESSAGE, [("conversation_id.protocol", "=", story.protocol)], ["payload"]
    )
    assert sent and not any(one["payload"] for one in sent)
