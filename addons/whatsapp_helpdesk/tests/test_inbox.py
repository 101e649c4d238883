# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Option, Outgoing

from .common import MARIA, WhatsappCase
from .far_meta import SETTINGS, TOKEN

LOGGER = "odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox"


@tagged("post_install", "-at_install")
class TestInbox(WhatsappCase):
    """From the stored event to the conversation, in order and each for itself."""

    def test_first_message_opens_a_conversation(self):
        message = self.say("oi")
        conversation = message.conversation_id
        self.assertEqual(conversation.channel_kind, "whatsapp")
        self.assertEqual(conversation.whatsapp_account_id, self.account)
        self.assertEqual(conversation.partner_id.name, MARIA["name"])
        self.assertEqual(conversation.partner_id.phone, "+55 31 98888-7777")
        self.assertEqual(message.mail_message_id.body, "<p>oi</p>")
        self.assertEqual(message.state, "received")
        self.assertEqual(self.Event.search([], limit=1).state, "processed")
        # There is no flow: people are called
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.queue))

    def test_second_message_goes_to_the_same_conversation(self):
        first, second = self.say("oi"), self.say("tudo bem?")
        self.assertEqual(first.conversation_id, second.conversation_id)

    def test_bot_hears_and_answers_in_the_same_run(self):
        with self.bot("Olá!"):
            message = self.say("oi")
        self.assertEqual([incoming.text for incoming in self.heard], ["oi"])
        self.assertEqual(self.heard[0].external_id, message.wamid)
        self.assertEqual(self.meta.texts(), ["Olá!"])

    def test_what_the_bot_says_at_once_is_merged(self):
        question = Outgoing(text="Confirma?", options=(Option("y", "Sim"), Option("n", "Não")))
        with self.bot("Olá!", "Protocolo 1.", question):
            conversation = self.say("oi").conversation_id
        (payload,) = self.meta.sent
        self.assertEqual(
            payload["interactive"]["body"]["text"], "Olá!\n\nProtocolo 1.\n\nConfirma?"
        )
        messages = self.outgoing(conversation)
        self.assertEqual(messages.mapped("state"), ["sent"] * 3)
        self.assertEqual(len(messages.filtered("merged_into_id")), 2)
        self.assertEqual(len(messages.mail_message_id), 3)

    def test_order_is_that_of_meta_not_of_arrival(self):
        late = self.message(text="segunda")
        early = self.message(text="primeira")
        early["timestamp"] = str(int(early["timestamp"]) - 5)
        with self.bot():
            self.deliver(self.call({"messages": [late, early]}))
        self.assertEqual([i.text for i in self.heard], ["primeira", "segunda"])

    def test_one_that_raises_leaves_the_others_alone(self):
        real = type(self.Event)._process

        def process(event):
            if event.payload["message"]["text"]["body"] == "veneno":
                raise ZeroDivisionError
            return real(event)

        payload = self.call(
            {"messages": [self.message(text=text) for text in ("um", "veneno", "dois")]}
        )
        with (
            self.bot(),
            mute_logger(LOGGER),
            patch.object(type(self.Event), "_process", process),
        ):
            self.deliver(payload, run=True)
        # The batch of the one that raised was undone, and heard again
        self.assertEqual([i.text for i in self.heard], ["um", "um", "dois"])
        stored = self.Message.search([("direction", "=", "in")], order="id")
        bodies = [str(body) for body in stored.mapped("mail_message_id.body")]
        self.assertEqual(bodies, ["<p>um</p>", "<p>dois</p>"])
        failed = self.Event.search([("state", "=", "failed")])
        self.assertIn("ZeroDivisionError", failed.error)
        self.assertTrue(failed.next_try_at)
        self.assertEqual(failed.tries, 1)

    def test_failed_event_is_tried_five_times_then_waits_for_people(self):
        event = self._failed_event()
        self.assertFalse(event.next_try_at)
        self.assertEqual((event.state, event.tries), ("failed", 5))
        with self.jobs():
            event.with_user(self.administrator).action_process_again()
        self.assertEqual((event.state, event.error), ("processed", False))

    def _failed_event(self):
        """Return an event that failed five times."""
        with (
            mute_logger(LOGGER),
            patch.object(type(self.Event), "_process", side_effect=ZeroDivisionError),
        ):
            event = self.deliver(self.inbound(text="oi"))
            for _time in range(4):
                event._process_safely()
        return event

    def test_nothing_of_a_failed_event_stays(self):
        def say_and_fail(conversation, incoming):
            conversation._say(Outgoing(text="metade"))
            raise ZeroDivisionError

        with self.bot(), mute_logger(LOGGER):
            with patch.object(
                self.registry["contact_center.conversation"], "_on_bot_incoming", say_and_fail
            ):
                self.deliver(self.inbound(text="oi"))
            self.assertFalse(self.Message.search([]))
            self.assertFalse(self.meta.sent)
            self.assertFalse(self.env["whatsapp.identity"].search([]))

    def test_unknown_number_is_noted_and_can_be_processed_later(self):
        (other,) = SETTINGS["more_numbers"]
        event = self.deliver(self.inbound(number=other, text="oi"))
        self.assertEqual(event.state, "processed")
        self.assertIn(other, event.note)
        self.account.copy({"phone_number_id": other, "access_token": TOKEN})
        with self.jobs():
            event.with_user(self.administrator).action_process_again()
        self.assertFalse(event.note)
        self.assertEqual(self.Message.search([]).account_id.phone_number_id, other)

    def test_processed_again_is_not_received_twice(self):
        self.say("oi")
        event = self.Event.search([], limit=1)
        with self.jobs():
            event.action_process_again()
        self.assertEqual(self.Message.search_count([("direction", "=", "in")]), 1)
        self.assertTrue(event.note)

    def test_after_the_survey_a_new_conversation_opens(self):
        conversation = self.in_service()
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "survey")
        message = self.say("outro assunto")
        self.assertEqual(conversation.state, "closed")
        self.assertNotEqual(message.conversation_id, conversation)
        self.assertNotEqual(message.conversation_id.protocol, conversation.protocol)

    def test_survey_is_a_list_and_its_answer_rates(self):
        conversation = self.in_service()
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        survey = self.meta.sent[-1]["interactive"]
        self.assertEqual(survey["type"], "list")
        row = survey["action"]["sections"][0]["rows"][0]
        reply = {"type": "list_reply", "list_reply": row}
        self.deliver(self.inbound(type="interactive", interactive=reply))
        self.assertEqual((conversation.satisfaction, conversation.state), ("very_good", "closed"))

    def closed(self):
        """Return a conversation whose survey was answered."""
        conversation = self.in_service()
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        self.say("bom")
        self.assertEqual((conversation.state, conversation.satisfaction), ("closed", "good"))
        return conversation

    def test_thanks_open_no_conversation(self):
        conversation = self.closed()
        sent = len(self.meta.sent)
        for text in ("muito obrigada!", "🙏🏽", "Deus abençoe, tchau"):
            message = self.say(text)
            self.assertEqual(message.conversation_id, conversation)
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(len(self.meta.sent), sent)

    def test_a_sticker_opens_no_conversation(self):
        conversation = self.closed()
        sticker = {"id": "m5", "mime_type": "image/webp", "sha256": "x"}
        self.deliver(self.inbound(type="sticker", sticker=sticker))
        message = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        self.assertEqual((message.conversation_id, conversation.state), (conversation, "closed"))

    def test_a_new_request_after_the_end_opens_one(self):
        conversation = self.closed()
        for text in ("preciso de outra coisa: o portão", "obrigado, mas não funcionou", "oi"):
            message = self.say(text)
            self.assertNotEqual(message.conversation_id, conversation)

    def test_reaction_to_the_survey_rates(self):
        conversation = self.in_service()
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        wamid = self.outgoing(conversation)[-1].wamid
        self.deliver(self.inbound(type="reaction", reaction={"message_id": wamid, "emoji": "👎🏻"}))
        self.assertEqual((conversation.satisfaction, conversation.state), ("poor", "closed"))

    # ------------------------------------------------------------
    # Every type
    # ------------------------------------------------------------

    def shown(self, **fields):
        """Deliver a message to a bot; return (Incoming, body shown)."""
        with self.bot():
            self.deliver(self.inbound(**fields))
        record = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        return (self.heard or [None])[-1], record.mail_message_id.body

    def test_text_with_marks_and_scripts(self):
        _incoming, body = self.shown(text="*oi* <script>alert(1)</script>")
        self.assertIn("<strong>oi</strong>", body)
        self.assertNotIn("<script", body)

    def test_button_and_list_replies(self):
        for interactive in (
            {"type": "button_reply", "button_reply": {"id": "y", "title": "Sim"}},
            {"type": "list_reply", "list_reply": {"id": "y", "title": "Sim", "description": "d"}},
        ):
            incoming, body = self.shown(
                type="interactive", interactive=interactive, context={"id": "wamid.x"}
            )
            self.assertEqual((incoming.kind, incoming.option_id), ("option", "y"))
            self.assertIn("Sim", body)

    def test_quick_reply_of_a_template(self):
        incoming, _body = self.shown(type="button", button={"payload": "p", "text": "Quero"})
        self.assertEqual((incoming.kind, incoming.option_id), ("option", "p"))

    def test_location_has_a_map(self):
        incoming, body = self.shown(
            type="location", location={"latitude": -19.9, "longitude": -43.9, "name": "Praça"}
        )
        self.assertEqual((incoming.kind, incoming.location.latitude), ("location", -19.9))
        self.assertIn("openstreetmap", body)
        self.assertIn("Praça", body)

    def test_contact_card_of_somebody_else_is_not_the_senders_phone(self):
        card = {"name": {"formatted_name": "Zé"}, "phones": [{"phone": "+55 31 97777-0000"}]}
        incoming, body = self.shown(person={"user_id": "BR.7"}, type="contacts", contacts=[card])
        self.assertEqual(incoming.kind, "contacts")
        self.assertIn("97777-0000", body)
        identity = self.env["whatsapp.identity"].search([("bsuid", "=", "BR.7")])
        self.assertFalse(identity.wa_id)
        own = {**card, "origin": "contact_request"}
        self.shown(person={"user_id": "BR.7"}, type="contacts", contacts=[own])
        self.assertEqual(identity.wa_id, "5531977770000")

    def test_unsupported_and_unknown_types_leave_a_stub(self):
        for fields in (
            {"type": "unsupported", "unsupported": {"type": "poll_creation"}},
            {"type": "hologram", "hologram": {"x": 1}},
            {"type": "unsupported", "errors": [{"code": 131052}]},
            {},
        ):
            incoming, body = self.shown(**fields)
            self.assertEqual(incoming.kind, "unsupported")
            self.assertIn("<em>", body)

    def test_order_is_shown(self):
        order = {"text": "quero", "product_items": [{"quantity": 2, "product_retailer_id": "sku"}]}
        incoming, body = self.shown(type="order", order=order)
        self.assertEqual(incoming.kind, "text")
        self.assertIn("2 x sku", body)

    def test_reaction_is_shown_at_its_message_and_taken_away(self):
        conversation = self.in_service()
        said = self.agent_says(conversation, "Resolvido.")
        wamid = self.outgoing(conversation)[-1].wamid
        for emoji in ("👍", "🙏"):
            self.deliver(
                self.inbound(type="reaction", reaction={"message_id": wamid, "emoji": emoji})
            )
            self.assertEqual(said.sudo().reaction_ids.mapped("content"), [emoji])
        self.deliver(self.inbound(type="reaction", reaction={"message_id": wamid}))
        self.assertFalse(said.sudo().reaction_ids)

    def test_edit_and_removal_are_shown_without_changing_the_past(self):
        conversation = self.in_service()
        edit = {
            "original_message_id": "w",
            "message": {"type": "text", "text": {"body": "certo"}},
        }
        self.deliver(self.inbound(type="edit", edit=edit))
        self.deliver(self.inbound(type="revoke", revoke={"original_message_id": "w"}))
        bodies = "".join(conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertIn("certo", bodies)
        self.assertIn("🗑", bodies)

    def test_answered_message_is_shown_as_quoted(self):
        conversation = self.in_service()
        said = self.agent_says(conversation, "Qual é a sala?")
        wamid = self.outgoing(conversation)[-1].wamid
        self.deliver(self.inbound(text="12", context={"id": wamid}))
        answer = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        self.assertEqual(answer.mail_message_id.parent_id, said)

    def test_group_message_is_kept_but_not_served(self):
        event = self.deliver(self.inbound(text="oi", group_id="G1"))
        self.assertEqual(event.state, "processed")
        self.assertTrue(event.note)
        self.assertFalse(self.Message.search([]))

    def test_message_from_nobody_is_kept(self):
        event = self.deliver(self.call({"messages": [{"id": "w1", "type": "text"}]}))
        self.assertEqual(event.state, "processed")
        self.assertTrue(event.note)

    def test_echo_of_the_telephone_is_shown(self):
        conversation = self.in_service()
        echo = {"id": "wamid.e", "to": MARIA["wa_id"], "type": "text", "text": {"body": "pronto"}}
        self.deliver(self.call({"message_echoes": [echo]}, field="smb_message_echoes"))
        bodies = "".join(conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertIn("pronto", bodies)
        self.assertFalse(self.meta.sent)

    def test_news_of_meta_are_kept_with_a_note(self):
        for field in ("account_update", "flows", "not_invented_yet"):
            event = self.deliver(self.call({"event": field}, field=field))
            self.assertEqual(event.state, "processed")
            self.assertTrue(event.note)

    def test_marketing_preference_is_kept(self):
        identity = self.say("oi").identity_id
        for value, expected in (("stop", True), ("resume", False)):
            preference = {"wa_id": MARIA["wa_id"], "value": value, "timestamp": 1790000000}
            self.deliver(self.call({"user_preferences": [preference]}, field="user_preferences"))
            self.assertEqual(identity.marketing_opt_out, expected)

    def test_template_news_change_its_state(self):
        template = self.env["whatsapp.template"].create(
            {"name": "aviso", "language": "pt_BR", "waba_id": self.account.waba_id}
        )
        value = {
            "event": "REJECTED",
            "message_template_name": "aviso",
            "message_template_language": "pt-BR",
            "reason": None,
        }
        self.deliver(self.call(value, field="message_template_status_update"))
        self.assertEqual(template.status, "REJECTED")

    def test_error_of_the_account_pauses_it(self):
        errors = [{"code": 131031, "title": "locked"}]
        with mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health"):
            self.deliver(self.call({"errors": errors}))
        self.assertEqual((self.account.state, self.account.state_code), ("paused", "131031"))

    def test_what_was_left_behind_is_found(self):
        event = self.deliver(self.inbound(text="oi"), run=False)
        self.assertEqual(event.state, "received")
        self.env.cr.execute(
            "UPDATE whatsapp_event SET create_date = create_date - interval '5 minutes'"
        )
        with self.jobs():
            self.Event._sweep_all()
        event.invalidate_recordset()
        self.assertEqual(event.state, "processed")
