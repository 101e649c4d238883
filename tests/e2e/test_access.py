"""A conversation is its agent's: nobody else reads it or acts in it, by any route."""

import base64
import dataclasses
import itertools
import urllib.error
import urllib.request

import pytest

from devtools.servers import Stack
from devtools.story import DESCRIPTION, DOCUMENT, EMAIL, NAME, Story, wait_until
from tests.e2e.desk import CONVERSATION, MESSAGE, admin, person, refused, row, told_by

CHANNEL = "discuss.channel"
SECRET_WORDS = "A senha do cofre é jabuticaba"
"""What the citizen and the technician say, and nobody else may read."""


@dataclasses.dataclass(frozen=True)
class Kept:
    """A conversation of joana's with all that belongs to it, as ids."""

    id: int
    protocol: str
    channel_id: int
    partner_id: int
    message_id: int
    attachment_id: int
    records: dict[str, list[int]]


@pytest.fixture(scope="module")
def kept(stack: Stack) -> Kept:
    """Return a conversation that joana serves, with a ticket, a photo and a document."""
    story = Story(stack, "5531974000001")
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.ticket()
    story.hand_over()
    conversation_id = story.conversation["id"]
    joana = person(stack, "joana")
    joana.call(CONVERSATION, "action_take", [conversation_id])
    channel_id = story.conversation["channel_id"]
    message_id = joana.post(channel_id, SECRET_WORDS)
    story.phone.send_text(SECRET_WORDS)
    story.phone.send_document(DOCUMENT)
    on_channel = [("res_model", "=", CHANNEL), ("res_id", "=", channel_id)]
    wait_until(
        lambda: joana.call("ir.attachment", "search_count", on_channel) >= 2,
        "the citizen's files did not arrive",
    )

    def ids(model: str, *domain: tuple) -> list[int]:
        found = admin(stack).call(model, "search", list(domain))
        assert found, f"nothing to protect in {model}"
        return found

    of_conversation = ("conversation_id", "=", conversation_id)
    on_thread = (("model", "=", CHANNEL), ("res_id", "=", channel_id))
    reachable = {
        CONVERSATION: [conversation_id],
        CHANNEL: [channel_id],
        "contact_center.event": ids("contact_center.event", of_conversation),
        "discuss.channel.member": ids("discuss.channel.member", ("channel_id", "=", channel_id)),
        "im_livechat.channel.member.history": ids(
            "im_livechat.channel.member.history", ("channel_id", "=", channel_id)
        ),
        "mail.message": ids("mail.message", *on_thread),
        "ir.attachment": ids("ir.attachment", *on_channel),
        MESSAGE: ids(MESSAGE, of_conversation),
        "glpi.ticket": ids("glpi.ticket", of_conversation),
        "glpi.document": ids("glpi.document", ("ticket_id.conversation_id", "=", conversation_id)),
    }
    facts = row(admin(stack), CONVERSATION, [("id", "=", conversation_id)], ["partner_id"])
    return Kept(
        conversation_id,
        story.protocol,
        channel_id,
        facts["partner_id"][0],
        message_id,
        reachable["ir.attachment"][0],
        reachable,
    )


MODELS = (
    CONVERSATION,
    CHANNEL,
    "contact_center.event",
    "discuss.channel.member",
    "im_livechat.channel.member.history",
    "mail.message",
    "ir.attachment",
    MESSAGE,
    "glpi.ticket",
    "glpi.document",
)
OUTSIDERS = ("carla", "pedro")
"""Of another queue; of the same queue, but another one serves."""

# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", OUTSIDERS)
@pytest.mark.parametrize("model", MODELS)
def test_records_of_others_cannot_be_read(stack: Stack, kept: Kept, model: str, login: str) -> None:
    ids = kept.records[model]
    refused(stack, login, f"{model}/read", ids[:1], ["id", "create_date"])
    refused(stack, login, f"{model}/web_read", ids[:1], {"display_name": {}})
    client, domain = person(stack, login), [("id", "in", ids)]
    assert client.call(model, "search_read", domain, ["display_name"]) == []
    assert client.call(model, "search_count", domain) == 0
    assert client.call(model, "web_search_read", domain, {"display_name": {}})["records"] == []
    assert sum(group["__count"] for group in groups(client, model, domain)) == 0
    assert [one for one in client.call(model, "name_search", "", domain) if one[0] in ids] == []


def groups(client, model: str, domain: list) -> list[dict]:
    """Return the result of reading records of a model in groups."""
    return client.call(model, "formatted_read_group", domain, ["create_uid"], ["__count"])


@pytest.mark.parametrize("model", [CONVERSATION, CHANNEL, MESSAGE, "glpi.ticket", "mail.message"])
def test_records_of_others_cannot_be_exported(stack: Stack, kept: Kept, model: str) -> None:
    ids = kept.records[model]
    refused(stack, "carla", f"{model}/export_data", ids[:1], ["id", "display_name"])


@pytest.mark.parametrize("login", OUTSIDERS)
def test_searching_by_content_finds_nothing(stack: Stack, kept: Kept, login: str) -> None:
    client = person(stack, login)
    for needle in (kept.protocol, NAME, EMAIL):
        found = client.call(CONVERSATION, "name_search", needle)
        assert kept.id not in [one[0] for one in found]
        found = client.call(CHANNEL, "name_search", needle)
        assert kept.channel_id not in [one[0] for one in found]
    for model, domain in (
        ("mail.message", [("body", "ilike", "jabuticaba")]),
        (MESSAGE, [("body", "ilike", "jabuticaba")]),
        (MESSAGE, [("conversation_id.protocol", "=", kept.protocol)]),
        (CONVERSATION, [("partner_id", "=", kept.partner_id)]),
        (CONVERSATION, [("discuss_channel_id.message_ids.body", "ilike", "jabuticaba")]),
        ("glpi.ticket", [("description", "ilike", "impressora")]),
        ("contact_center.event", [("conversation_id.protocol", "=", kept.protocol)]),
        ("ir.attachment", [("name", "ilike", "documento"), ("res_model", "=", CHANNEL)]),
    ):
        ids = kept.records[model]
        found = client.search_read(model, [*domain, ("id", "in", ids)], ["display_name"])
        assert found == [], f"{login} finds {model} by {domain}"


def test_own_agent_and_supervisor_read_it(stack: Stack, kept: Kept) -> None:
    for login, model in itertools.product(("joana", "sofia", "adriana"), MODELS):
        ids = kept.records[model]
        found = person(stack, login).call(model, "search_count", [("id", "in", ids)])
        assert found == len(ids), f"{login}: {model}"


def status(client, path: str) -> tuple[int, bytes]:
    """Fetch a page with the session of a user."""
    try:
        with client._opener.open(client.url + path, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize("login", OUTSIDERS)
def test_files_of_others_cannot_be_fetched(stack: Stack, kept: Kept, login: str) -> None:
    files = admin(stack).search_read(
        "ir.attachment", [("id", "in", kept.records["ir.attachment"])], ["datas", "name"]
    )
    for file in files:
        content = base64.b64decode(file["datas"])
        for path in (
            f"/web/content/{file['id']}",
            f"/web/content/{file['id']}?download=true",
            f"/web/content/ir.attachment/{file['id']}/datas",
            f"/web/image/{file['id']}",
            f"/web/image/ir.attachment/{file['id']}/raw",
            f"/discuss/channel/{kept.channel_id}/attachment/{file['id']}",
            f"/discuss/channel/{kept.channel_id}/image/{file['id']}",
            f"/mail/attachment/zip?file_ids={file['id']}&zip_name=a.zip",
        ):
            code, body = status(person(stack, login), path)
            assert content not in body, f"{login} fetched {path}"
            assert code != 200 or path.startswith("/web/image"), f"{path}: {code}"
    code, body = status(person(stack, "joana"), f"/web/content/{files[0]['id']}")
    assert (code, body) == (200, base64.b64decode(files[0]["datas"]))


def test_files_cannot_be_fetched_without_a_session(stack: Stack, kept: Kept) -> None:
    for attachment_id in kept.records["ir.attachment"]:
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(f"{stack.odoo_url}/web/content/{attachment_id}", timeout=30)
        assert refusal.value.code == 404
        refusal.value.close()


@pytest.mark.parametrize("login", OUTSIDERS)
def test_routes_of_discuss_tell_nothing(stack: Stack, kept: Kept, login: str) -> None:
    for route, parameters in (
        ("/discuss/channel/messages", {"channel_id": kept.channel_id}),
        ("/discuss/channel/members", {"channel_id": kept.channel_id, "known_member_ids": []}),
        ("/discuss/channel/attachments", {"channel_id": kept.channel_id}),
        ("/discuss/channel/pinned_messages", {"channel_id": kept.channel_id}),
        ("/mail/data", {"fetch_params": [[CHANNEL, [kept.channel_id]]]}),
        ("/mail/data", {"fetch_params": ["channels_as_member", "init_messaging"]}),
        ("/mail/thread/messages", {"thread_model": CHANNEL, "thread_id": kept.channel_id}),
        ("/discuss/search", {"term": kept.protocol}),
    ):
        told = told_by(stack, login, route, parameters)
        for word in (kept.protocol, "jabuticaba", DESCRIPTION):
            assert word not in told, f"{route} tells {login} {word}"


# --- acting ---------------------------------------------------------------------------------------


def state(stack: Stack, kept: Kept) -> dict:
    """Return the state that nobody else may change."""
    fields = ["state", "agent_id", "queue_id", "disposition_id", "outcome", "collected"]
    facts = row(admin(stack), CONVERSATION, [("id", "=", kept.id)], fields)
    members = admin(stack).call(
        "discuss.channel.member", "search", [("channel_id", "=", kept.channel_id)], order="id"
    )
    on_thread = [("model", "=", CHANNEL), ("res_id", "=", kept.channel_id)]
    messages = admin(stack).call("mail.message", "search_count", on_thread)
    return {**facts, "members": members, "messages": messages}


@pytest.mark.parametrize("login", [*OUTSIDERS, "marcos"])
def test_others_cannot_act_in_a_conversation(stack: Stack, kept: Kept, login: str) -> None:
    before = state(stack, kept)
    for action in ("action_take", "action_take_over", "action_transfer", "action_close"):
        refused(stack, login, f"{CONVERSATION}/{action}", [kept.id])
    refused(stack, login, f"{CONVERSATION}/action_return_to_flow", [kept.id])
    refused(stack, login, f"{CONVERSATION}/write", [kept.id], {"outcome": "failed"})
    refused(stack, login, f"{CONVERSATION}/unlink", [kept.id])
    refused(stack, login, f"{CONVERSATION}/_move_to", [kept.id], "closed")
    refused(stack, login, f"{CONVERSATION}/_close", [kept.id], "resolved")
    for ticket_id in kept.records["glpi.ticket"]:
        refused(stack, login, "glpi.ticket/write", [ticket_id], {"title": "x"})
    for message_id in kept.records[MESSAGE][:1]:
        refused(stack, login, f"{MESSAGE}/action_send_again", [message_id])
    assert state(stack, kept) == before


@pytest.mark.parametrize("login", [*OUTSIDERS, "sofia"])
def test_others_cannot_write_to_the_citizen(stack: Stack, kept: Kept, login: str) -> None:
    before = state(stack, kept)
    comment = {"body": "Intruso", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
    post = {"thread_model": CHANNEL, "thread_id": kept.channel_id, "post_data": comment}
    refused(stack, login, "/mail/message/post", post)
    refused(
        stack, login, "/mail/message/post", {**post, "context": {"contact_center_passed": "SYSTEM"}}
    )
    refused(stack, login, f"{CHANNEL}/message_post", [kept.channel_id], **comment)
    values = {"model": CHANNEL, "res_id": kept.channel_id, "body": "Intruso"}
    refused(stack, login, "mail.message/create", [values])
    refused(
        stack,
        login,
        "/mail/message/update_content",
        {"message_id": kept.message_id, "update_data": {"body": "Mudado"}},
    )
    refused(stack, login, "mail.message/write", [kept.message_id], {"body": "Mudado"})
    refused(stack, login, "mail.message/unlink", [kept.message_id])
    assert state(stack, kept) == before


@pytest.mark.parametrize("login", OUTSIDERS)
def test_others_cannot_join_the_channel(stack: Stack, kept: Kept, login: str) -> None:
    before = state(stack, kept)
    client = person(stack, login)
    partner = row(client, "res.users", [("id", "=", client.user_id)], ["partner_id"])
    partner_id = partner["partner_id"][0]
    refused(stack, login, f"{CHANNEL}/add_members", [kept.channel_id], partner_ids=[partner_id])
    member = {"channel_id": kept.channel_id, "partner_id": partner_id}
    refused(stack, login, "discuss.channel.member/create", [member])
    refused(stack, login, f"{CHANNEL}/write", [kept.channel_id], {"name": "x"})
    subscribe = {"model": CHANNEL, "method": "message_subscribe", "kwargs": {}}
    arguments = {"args": [[kept.channel_id], [partner_id]]}
    told_by(
        stack, login, f"/web/dataset/call_kw/{CHANNEL}/message_subscribe", subscribe | arguments
    )
    follower = [("res_model", "=", CHANNEL), ("res_id", "=", kept.channel_id)]
    assert not admin(stack).call("mail.followers", "search_count", follower)
    for route, parameters in (
        ("/discuss/channel/notify_typing", {"channel_id": kept.channel_id, "is_typing": True}),
        ("/discuss/channel/mark_as_read", {"channel_id": kept.channel_id, "last_message_id": 1}),
        ("/mail/rtc/channel/join_call", {"channel_id": kept.channel_id}),
        (
            "/mail/message/reaction",
            {"message_id": kept.message_id, "content": "x", "action": "add"},
        ),
    ):
        told_by(stack, login, route, parameters)
    uuid = row(admin(stack), CHANNEL, [("id", "=", kept.channel_id)], ["uuid"])["uuid"]
    for path in (f"/chat/{kept.channel_id}/{uuid}", f"/discuss/channel/{kept.channel_id}"):
        code, body = status(client, path)
        assert code != 200 or "jabuticaba" not in body.decode()
    assert state(stack, kept) == before
    reactions = [("message_id", "=", kept.message_id)]
    assert not admin(stack).call("mail.message.reaction", "search_count", reactions)


@pytest.mark.parametrize("login", OUTSIDERS)
def test_dialogs_do_not_open_what_is_closed(stack: Stack, kept: Kept, login: str) -> None:
    before = state(stack, kept)
    client = person(stack, login)
    disposition = client.call("contact_center.disposition", "search", [], limit=1)[0]
    queue = client.call("contact_center.queue", "search", [("name", "=", "Ouvidoria")])[0]
    for model, values in (
        ("contact_center.conversation.close", {"disposition_id": disposition}),
        ("contact_center.conversation.transfer", {"queue_id": queue}),
        ("glpi.ticket.open", {"title": "Intruso", "description": "Intruso"}),
    ):
        refused(stack, login, f"{model}/create", [{"conversation_id": kept.id, **values}])
    assert state(stack, kept) == before


def test_technicians_change_no_configuration(stack: Stack) -> None:
    for model, login in itertools.product(
        ("whatsapp.account", "glpi.server", "chatbot.flow", "contact_center.queue"),
        ("joana", "carla", "sofia", "marcos"),
    ):
        record_id = admin(stack).call(model, "search", [], limit=1)[0]
        refused(stack, login, f"{model}/write", [record_id], {"name": "Mudado"})
        refused(stack, login, f"{model}/unlink", [record_id])
        refused(stack, login, f"{model}/create", [{"name": "Novo"}])
    for model, action in (
        ("whatsapp.account", "action_test"),
        ("whatsapp.account", "action_resume"),
        ("glpi.server", "action_test"),
        ("glpi.server", "action_sync_catalogues"),
    ):
        record_id = admin(stack).call(model, "search", [], limit=1)[0]
        refused(stack, "joana", f"{model}/{action}", [record_id])
