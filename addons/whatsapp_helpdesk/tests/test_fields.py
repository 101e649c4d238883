# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MARIA, NUMBER, PHOTO, WABA
from .test_inbound_types import InboundCase

CITY = "553138000156"
HEALTH = "odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health"


class FieldCase(InboundCase):
    """Shortcuts for deliveries under other fields than `messages`."""

    def news(self, value, field, **entry):
        """Deliver a change of `field` whose value has no number; return its event."""
        change = {"field": field, "value": value}
        entry = {"id": WABA, "time": int(self.now().timestamp()), "changes": [change], **entry}
        return self.deliver({"object": "whatsapp_business_account", "entry": [entry]})

    def kept(self, wamid):
        """Return the whatsapp.message with this id."""
        return self.Message.search([("wamid", "=", wamid)])

    def conversations(self):
        """Return all conversations over WhatsApp."""
        return self.env["contact_center.conversation"].search([("channel_kind", "=", "whatsapp")])


@tagged("post_install", "-at_install")
class TestHistory(FieldCase):
    """The telephone's history: kept, and nobody is woken by it."""

    def old(self, wamid, **fields):
        """Return a message of the history; from Maria unless said otherwise."""
        return {
            "id": wamid,
            "from": MARIA["wa_id"],
            "timestamp": str(int(self.now().timestamp()) - 3600),
            "history_context": {"status": "READ"},
            **fields,
        }

    def chunk(self, *messages):
        """Deliver a part of the history with one thread."""
        thread = {"id": MARIA["wa_id"], "messages": list(messages)}
        part = {
            "metadata": {"phase": 0, "chunk_order": 1, "progress": 55},
            "threads": [thread],
        }
        return self.deliver(self.call({"history": [part]}, field="history"))

    def test_old_files_open_no_conversation(self):
        self.meta.files["12"] = (PHOTO, "image/png")
        image = self.old("wamid.h1", type="image", image={"id": "12", "mime_type": "image/png"})
        ours = self.old(
            "wamid.h2",
            type="document",
            document={"id": "11", "mime_type": "application/pdf", "filename": "boleto.pdf"},
            **{"from": CITY, "to": MARIA["wa_id"]},
        )
        with self.bot("Olá!"):
            for message in (image, ours):
                self.deliver(self.call({"messages": [message]}, field="history"))
        self.assertFalse(self.heard)
        self.assertFalse(self.conversations())
        self.assertFalse(self.meta.sent)
        identity = self.env["whatsapp.identity"].search([])
        self.assertEqual(identity.wa_id, MARIA["wa_id"], "the city is nobody's citizen")
        self.assertFalse(identity.last_inbound_at, "no window is renewed")
        self.assertEqual(self.kept("wamid.h1").direction, "in")
        self.assertEqual(self.kept("wamid.h1").attachment_id.raw, PHOTO)
        self.assertEqual(self.kept("wamid.h2").direction, "out")

    def test_threads_are_taken_apart(self):
        with self.bot("Olá!"):
            self.chunk(
                self.old("wamid.t1", type="text", text={"body": "bom dia"}),
                self.old("wamid.t2", type="text", text={"body": "pois não"}, **{"from": CITY}),
                self.old("wamid.t3", type="media_placeholder"),
            )
        self.assertEqual(
            [self.kept(f"wamid.t{number}").direction for number in (1, 2, 3)], ["in", "out", "in"]
        )
        self.assertIn("pois não", self.kept("wamid.t2").kept_body)
        self.assertEqual(len(self.env["whatsapp.identity"].search([])), 1)
        self.assertFalse(self.heard)
        self.assertFalse(self.conversations())

    def test_file_that_follows_its_announcement(self):
        self.chunk(self.old("wamid.t3", type="media_placeholder"))
        self.meta.files["12"] = (PHOTO, "image/png")
        image = {"id": "12", "mime_type": "image/png", "caption": "a placa"}
        follow = self.old("wamid.t3", type="image", image=image)
        self.deliver(self.call({"messages": [follow]}, field="history"))
        record = self.kept("wamid.t3")
        self.assertEqual((record.kind, record.media_state), ("image", "done"))
        self.assertIn("a placa", record.kept_body)
        self.assertNotIn("não está disponível", record.kept_body)

    def test_declined_history_pauses_nothing(self):
        error = {"code": 2593109, "title": "off", "error_data": {"details": "turned off"}}
        event = self.deliver(self.call({"history": [{"errors": [error]}]}, field="history"))
        self.assertEqual((event.kind, event.state), ("history", "processed"))
        self.assertIn("turned off", event.note)
        self.assertEqual(self.account.state, "ok")

    def test_what_was_said_live_is_not_kept_twice(self):
        record = self.say("oi")
        before = self.Message.search_count([])
        self.chunk(self.old(record.wamid, type="text", text={"body": "oi"}))
        self.assertEqual(self.Message.search_count([]), before)

    def test_next_conversation_begins_with_it(self):
        self.chunk(self.old("wamid.t2", type="text", text={"body": "até já"}, **{"from": CITY}))
        conversation = self.say("voltei").conversation_id
        self.assertEqual(self.said(conversation)[0], "até já")
        self.assertEqual(self.kept("wamid.t2").conversation_id, conversation)
        self.assertTrue(self.marks(self.kept("wamid.t2"))["from_phone"])

    def test_it_goes_with_the_raw_data(self):
        self.chunk(self.old("wamid.t2", type="text", text={"body": "velho"}))
        old = fields.Datetime.now() - timedelta(days=91)
        self.env.cr.execute("UPDATE whatsapp_message SET create_date = %s", [old])
        self.env.invalidate_all()
        self.Message._gc_kept()
        self.assertFalse(self.kept("wamid.t2"))


@tagged("post_install", "-at_install")
class TestEchoesWithoutConversation(FieldCase):
    """Messages of the staff from the telephone to people without a conversation here."""

    def test_echo_to_an_unknown_person_is_kept(self):
        record = self.echo(text="primeiro contato pelo celular", to="5531987650060")
        self.assertEqual(record.identity_id.wa_id, "5531987650060")
        self.assertFalse(record.conversation_id)
        self.assertIn("primeiro contato", record.kept_body)
        self.assertFalse(self.conversations())
        person = {"wa_id": "553187650060", "name": "Rui"}
        conversation = self.say("recebi", person=person).conversation_id
        self.assertEqual(self.said(conversation)[0], "primeiro contato pelo celular")
        self.assertEqual(conversation.partner_id.name, "Rui")

    def test_what_cannot_be_shown_is_not_laid_at_the_citizens_door(self):
        conversation = self.in_service()
        self.echo(type="unsupported", unsupported={"type": "poll_creation"})
        self.assertNotIn("cidadão enviou", self.said(conversation)[-1])
        self.assertIn("enquete", self.said(conversation)[-1])

    def test_kept_echo_is_corrected_and_deleted(self):
        record = self.echo(text="amanha")
        edit = {"original_message_id": record.wamid}
        edit["message"] = {"type": "text", "text": {"body": "amanhã"}}
        self.echo(type="edit", edit=edit)
        self.echo(type="revoke", revoke={"original_message_id": record.wamid})
        self.assertIn("amanhã", record.kept_body)
        self.assertEqual(record.marks["revoked_by"], "us")

    def test_only_what_was_said_since_the_last_conversation_is_shown(self):
        self.say("oi").conversation_id._close("resolved")
        self.echo(text="depois")
        second = self.say("de novo").conversation_id
        self.assertEqual(self.said(second)[0], "depois")
        second._close("resolved")
        self.assertNotIn("depois", self.said(self.say("mais uma").conversation_id))


@tagged("post_install", "-at_install")
class TestStandby(FieldCase):
    """While another application answers, everything is shown and the bot is silent."""

    def standby(self, **value):
        """Deliver something under `standby`."""
        return self.deliver(self.call(value, field="standby"))

    def test_shown_and_not_answered(self):
        with self.bot("Olá!"):
            contact = {"profile": {"name": "Maria"}, "wa_id": MARIA["wa_id"]}
            self.standby(contacts=[contact], messages=[self.message(text="quanto custa?")])
            echo = {"id": "wamid.b", "to": MARIA["wa_id"], "from": CITY, "type": "text"}
            self.standby(message_echoes=[{**echo, "text": {"body": "Nada."}}])
        conversation = self.conversations()
        self.assertEqual(self.said(conversation), ["quanto custa?", "Nada."])
        self.assertFalse(self.heard)
        self.assertFalse(self.meta.sent)
        self.assertTrue(conversation.whatsapp_standby)
        self.assertTrue(conversation.whatsapp_identity_id.last_inbound_at)

    def test_the_bot_answers_again_when_the_citizen_is_ours(self):
        with self.bot("Olá!"):
            self.standby(messages=[self.message(text="oi")])
            self.deliver(self.inbound(text="quero uma pessoa"))
        self.assertEqual([incoming.text for incoming in self.heard], ["quero uma pessoa"])
        self.assertFalse(self.conversations().whatsapp_standby)

    def test_agents_see_it_at_once(self):
        conversation = self.in_service()
        self.standby(messages=[self.message(text="e agora?")])
        self.assertEqual(self.said(conversation)[-1], "e agora?")
        self.assertFalse(conversation.unread_count)
        self.assertFalse(conversation.whatsapp_standby)

    def test_control_that_is_passed_is_noted(self):
        self.standby(messages=[self.message(text="oi")])
        value = {
            "type": "control_passed",
            "sender": {"phone_number": MARIA["wa_id"]},
            "recipient": {"phone_number_id": NUMBER, "display_phone_number": CITY},
            "control_passed": {
                "previous_owner_app_role": "meta_business_agent",
                "conversation_context": {"type": "summary", "summary": {"text": "Quer uma vaga"}},
            },
        }
        event = self.news(value, "messaging_handovers")
        self.assertEqual((event.kind, event.state), ("routing", "processed"))
        conversation = self.conversations()
        self.assertFalse(conversation.whatsapp_standby)
        self.assertIn("Quer uma vaga", self.said(conversation)[-1])

    def test_silent_ones_are_closed_without_a_word(self):
        self.standby(messages=[self.message(text="oi")])
        conversation = self.conversations()
        conversation.last_inbound_at = self.now().replace(tzinfo=None, year=2020)
        conversation._close_standby()
        self.assertEqual(conversation.state, "closed")
        self.assertFalse(self.meta.sent)


@tagged("post_install", "-at_install")
class TestCalls(FieldCase):
    """Calls on WhatsApp: an agent sees who called."""

    def called(self, errors=(), **fields):
        """Deliver news of a call of Maria's."""
        call = {
            "id": "wacid.1",
            "from": MARIA["wa_id"],
            "to": CITY,
            "event": "terminate",
            "direction": "USER_INITIATED",
            "timestamp": str(int(self.now().timestamp())),
            **fields,
        }
        value = {"calls": [call]}
        if errors:
            value["errors"] = list(errors)
        return self.deliver(self.call(value, field="calls"))

    def test_missed_call_waits_for_people(self):
        with self.bot("Olá!"):
            self.called(status="FAILED", errors=[{"code": 138021, "message": "x"}])
        conversation = self.conversations()
        self.assertEqual(conversation.state, "queued")
        self.assertIn("Ligação perdida", self.said(conversation)[0])
        self.assertEqual(self.account.state, "ok")
        call = self.Event.search([("kind", "=", "call"), ("contact_key", "!=", False)])
        self.assertEqual(call.payload["errors"][0]["code"], 138021)
        self.assertFalse(self.heard)

    def test_missed_call_in_a_conversation_is_one_line(self):
        conversation = self.in_service()
        self.called(status=["FAILED"])
        self.assertIn("Ligação perdida", self.said(conversation)[-1])
        self.assertEqual(conversation.unread_count, 1)
        self.assertEqual(self.conversations(), conversation)

    def test_ringing_and_answered_calls_open_nothing(self):
        self.called(event="connect", session={"sdp": "x"})
        self.called(status="COMPLETED", duration=65)
        self.assertFalse(self.conversations())
        conversation = self.in_service()
        self.called(id="wacid.2", status="COMPLETED", duration=65)
        self.assertIn("1:05", self.said(conversation)[-1])

    def test_missed_call_is_no_answer_to_the_survey(self):
        conversation = self.in_service()
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "survey")
        self.called(status="FAILED")
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(self.conversations().sorted("id")[-1].state, "queued")

    def test_call_of_the_city(self):
        conversation = self.in_service()
        sides = {"from": CITY, "to": MARIA["wa_id"]}
        self.called(direction="BUSINESS_INITIATED", status="FAILED", **sides)
        self.assertIn("não atendeu", self.said(conversation)[-1])
        self.assertFalse(conversation.unread_count)


@tagged("post_install", "-at_install")
class TestEverythingInOneValue(FieldCase):
    """Content is never lost because something else stands beside it."""

    def test_messages_statuses_calls_and_errors(self):
        conversation = self.in_service()
        self.agent_says(conversation, "Resolvido.")
        ours = self.outgoing(conversation)[-1]
        value = {
            "messages": [self.message(text="obrigada")],
            "statuses": [{"id": ours.wamid, "status": "read", "recipient_id": MARIA["wa_id"]}],
            "calls": [
                {
                    "id": "wacid.9",
                    "from": MARIA["wa_id"],
                    "event": "terminate",
                    "direction": "USER_INITIATED",
                    "status": "FAILED",
                }
            ],
            "errors": [{"code": 131051, "title": "Unsupported"}],
        }
        self.deliver(self.call(value))
        said = self.said(conversation)
        self.assertIn("obrigada", said)
        self.assertTrue([text for text in said if "Ligação perdida" in text])
        self.assertEqual(ours.state, "read")
        self.assertEqual(self.account.state, "ok")
        self.assertFalse(self.Event.search([("state", "!=", "processed")]))

    def test_error_beside_a_text_hides_no_text(self):
        self.in_service()
        record = self.receive(text="meu endereço é este", errors=[{"code": 131051, "title": "x"}])
        self.assertIn("meu endereço é este", self.text(record))

    def test_unknown_fields_are_kept_and_nobody_is_woken(self):
        with self.bot("Olá!"):
            for field in ("flows", "payment_configuration_update", "group_lifecycle_update"):
                event = self.news({"event": "X"}, field)
                self.assertEqual((event.kind, event.state), ("other", "processed"))
                self.assertIn(field, event.note)
            value = {"messages": [self.message(text="do futuro")]}
            event = self.deliver(self.call(value, field="messages_of_the_future"))
        self.assertEqual((event.kind, event.state), ("other", "processed"))
        self.assertTrue(event.note)
        self.assertFalse(self.heard)

    def test_address_book_gives_a_name_to_a_person_without_one(self):
        identity = self.say("oi", person={"wa_id": "553187650061"}).identity_id
        contact = {"full_name": "Lia Souza", "phone_number": "5531987650061"}
        sync = [{"type": "contact", "contact": contact, "action": "add"}]
        self.deliver(self.call({"state_sync": sync}, field="smb_app_state_sync"))
        self.assertEqual(identity.partner_id.name, "Lia Souza")
        other = [{"type": "contact", "contact": {"phone_number": "5531900000000"}}]
        self.deliver(self.call({"state_sync": other}, field="smb_app_state_sync"))
        self.assertEqual(len(self.env["whatsapp.identity"].search([])), 1)


@tagged("post_install", "-at_install")
class TestErrorsOfTheAccount(FieldCase):
    """An error that a webhook tells pauses a number only when it is about the number."""

    def told(self, code, field="messages", title="x"):
        """Deliver a value-level error; return the number's state after it."""
        self.deliver(self.call({"errors": [{"code": code, "title": title}]}, field=field))
        return self.account.state

    def test_errors_of_something_else_pause_nothing(self):
        for code in (130429, 131051, 131052, 131026, 1, 100, 138021, None, "x", 999999):
            self.assertEqual(self.told(code), "ok", code)
        for field in ("calls", "history", "standby", "smb_app_state_sync", "flows"):
            self.assertEqual(self.told(131031, field=field), "ok", field)

    def test_refused_token_is_asked_for_before_the_number_stops(self):
        for code in (0, 10, 190, 200, 131005):
            self.assertEqual(self.told(code), "ok", code)
        self.meta.fail(190, 401)
        with mute_logger(HEALTH):
            self.assertEqual(self.told(190, title="y"), "paused")
        self.assertEqual(self.account.state_code, "190")

    def test_real_ones_pause(self):
        for code in (368, 131031, 131042, 131048, 133010):
            self.account.action_resume()
            with mute_logger(HEALTH):
                self.assertEqual(self.told(code), "paused", code)
            self.assertEqual(self.account.state_code, str(code))
