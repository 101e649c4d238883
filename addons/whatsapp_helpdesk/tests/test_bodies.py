# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Outgoing

from .common import MARIA, NUMBER, PHOTO, TOKEN, WABA, WhatsappCase

SECOND = {"wa_id": "5531955554444", "user_id": "BR.1002", "name": "Maria"}
OTHER = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "Bia"}
GROUP = "120363000000000001@g.us"
PAUSED = mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health")


@tagged("post_install", "-at_install")
class TestBodies(WhatsappCase):
    """Deliveries of unusual shapes: nobody is lost, and nothing happens by mistake."""

    def last(self):
        """Return the citizen's message that came last."""
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    def open(self):
        return self.env["contact_center.conversation"].search([("state", "!=", "closed")])

    def bare(self, metadata=None, waba=WABA, **fields):
        """Return a call whose value has no number of ours, or says it in another way."""
        value = {"messages": [self.message(**{"text": "oi", **fields})]}
        if metadata is not None:
            value["metadata"] = metadata
        return {"entry": [{"id": waba, "changes": [{"field": "messages", "value": value}]}]}

    def another_number(self, **vals):
        return self.account.copy(
            {
                "name": "Outra",
                "phone_number_id": "109000000000077",
                "display_phone_number": "553138000199",
                "access_token": TOKEN,
                **vals,
            }
        )

    # ------------------------------------------------------------
    # Which number, who, when
    # ------------------------------------------------------------

    def test_number_that_is_not_said_is_the_only_one_of_the_account(self):
        for metadata in (None, {}, {"display_phone_number": "+55 31 3800-0156"}):
            event = self.deliver(self.bare(metadata))
            self.assertEqual((event.account_id, event.state), (self.account, "processed"))
            self.assertEqual(self.last().identity_id.wa_id, MARIA["wa_id"])
        self.assertEqual(len(self.open()), 1)
        # A value alone, without an account around it
        value = self.bare()["entry"][0]["changes"][0]["value"]
        self.assertEqual(self.deliver(value).account_id, self.account)
        self.another_number()
        value["messages"][0]["id"] = "wamid.another"
        self.assertFalse(self.deliver(value).account_id)

    def test_number_that_is_not_said_of_two_is_not_guessed(self):
        other = self.another_number()
        event = self.deliver(self.bare())
        self.assertFalse(event.account_id)
        self.assertTrue(event.note)
        self.assertFalse(self.open())
        event = self.deliver(self.bare({"display_phone_number": "553138000199"}))
        self.assertEqual(event.account_id, other)
        self.assertEqual(self.open().whatsapp_account_id, other)

    def test_unknown_number_is_not_taken_for_ours(self):
        for metadata in (
            {"phone_number_id": "999", "display_phone_number": "553138000156"},
            {"display_phone_number": "553100000000"},
        ):
            self.assertFalse(self.deliver(self.bare(metadata)).account_id)
        self.assertFalse(self.open())

    def test_milliseconds(self):
        moment = int(self.now().timestamp()) - 60
        event = self.deliver(self.inbound(text="oi", timestamp=str(moment * 1000)))
        self.assertEqual(event.at, datetime.utcfromtimestamp(moment))

    def test_message_of_the_future_does_not_keep_the_window_open(self):
        future = int(self.now().timestamp()) + 400 * 86400
        self.deliver(self.inbound(text="oi", timestamp=str(future)))
        until = self.last().identity_id._window_until()
        self.assertLessEqual(until, fields.Datetime.now() + timedelta(hours=25))

    def test_addresses_of_the_network(self):
        self.say("oi")
        for sender in (f"{MARIA['wa_id']}@s.whatsapp.net", f"{MARIA['wa_id']}:3@c.us"):
            message = self.message({}, **{"text": "oi", "from": sender})
            self.deliver(self.call({"messages": [message]}))
            self.assertEqual(self.last().identity_id.wa_id, MARIA["wa_id"])
        self.assertEqual(len(self.open()), 1)

    def test_groups_open_nothing_in_no_field(self):
        said = self.message({}, **{"text": "oi", "from": MARIA["wa_id"], "chat_id": GROUP})
        thread = {"id": GROUP, "messages": [self.message({}, text="oi", **{"from": GROUP})]}
        identities = self.env["whatsapp.identity"].search_count([])
        for field, value in (
            ("messages", {"messages": [said]}),
            ("messages", {"messages": [{**said, "id": "w2", "from": GROUP}]}),
            ("standby", {"messages": [{**said, "id": "w3"}]}),
            ("history", {"history": [{"threads": [thread]}]}),
            ("smb_message_echoes", {"message_echoes": [{**said, "id": "w4", "to": GROUP}]}),
        ):
            event = self.deliver(self.call(value, field=field))
            self.assertEqual(event.state, "processed", field)
            self.assertTrue(event.note)
        self.assertFalse(self.open())
        self.assertEqual(self.env["whatsapp.identity"].search_count([]), identities)

    def test_lists_that_the_field_does_not_have_are_kept(self):
        call = self.inbound(text="oi")
        call["entry"][0]["changes"][0]["value"]["payments"] = [{"reference": "r"}]
        self.deliver(call)
        kept = self.Event.search([("kind", "=", "other")])
        self.assertEqual(kept.payload["value"], {"payments": [{"reference": "r"}]})
        self.assertEqual(len(self.open()), 1)

    def test_answers_of_a_form_that_are_no_json_are_seen(self):
        reply = {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": "{'rua': 5"}}
        self.deliver(self.inbound(type="interactive", interactive=reply))
        self.assertIn("{'rua': 5", self.last().mail_message_id.body.replace("&#39;", "'"))

    def test_media_without_an_id_is_no_file_to_wait_for(self):
        for part in ({}, {"caption": "a placa"}, {"link": "https://example.com/a.jpg"}, [], None):
            with self.bot() as heard:
                self.deliver(self.inbound(type="image", image=part))
            body = self.last().mail_message_id.body
            self.assertNotIn("baixando", body)
            self.assertIn("a placa" if part and "caption" in part else "sem conteúdo", body)
            self.assertEqual(heard[-1].kind, "unsupported")

    def test_what_whatsapp_does_not_pass_on_is_named(self):
        for content, words in (
            ({"type": "unsupported", "unsupported": {"type": "view_once"}}, "visualização única"),
            ({"type": "unsupported"}, "conteúdo desconhecido"),
            ({"type": "unknown", "errors": [{"code": 131051}]}, "conteúdo desconhecido"),
            ({"type": "ephemeral"}, "uma mensagem temporária"),
            ({"type": "poll", "poll": {"question": "Qual praça?"}}, "Qual praça?"),
            ({"type": "event", "event": {"name": "Mutirão"}}, "um evento"),
        ):
            self.deliver(self.inbound(**content))
            self.assertIn(words, self.last().mail_message_id.body)

    # ------------------------------------------------------------
    # Thanks
    # ------------------------------------------------------------

    def test_thanks_from_another_telephone_of_the_same_contact(self):
        first = self.say("oi").conversation_id
        self.say("olá", person=SECOND).conversation_id._close("resolved")
        self.last().identity_id.partner_id = first.partner_id
        first._close("resolved")
        sent = len(self.meta.sent)
        for person in (SECOND, MARIA):
            message = self.say("muito obrigada!", person=person)
            self.assertEqual(message.conversation_id.partner_id, first.partner_id)
            self.assertEqual(message.conversation_id.state, "closed")
        self.assertFalse(self.open())
        self.assertEqual(len(self.meta.sent), sent)

    def test_thanks_of_somebody_else_belong_to_nobody(self):
        first = self.say("oi").conversation_id
        first._close("resolved")
        self.assertNotEqual(self.say("obrigado", person=OTHER).conversation_id, first)


@tagged("post_install", "-at_install")
class TestPausedByMistake(WhatsappCase):
    """Errors about one person, one file or one payment stop no number."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        self.agent_says(self.conversation, "Bom dia")
        self.sent = self.outgoing(self.conversation)[-1]
        self.meta.files["555"] = (PHOTO, "image/png")

    def pending(self):
        """Return a picture that is still at WhatsApp."""
        self.deliver(self.inbound(type="image", image={"id": "555"}), run=False)
        with self.jobs(run=False):
            self.Event._drain_inbox()
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    def test_payment_that_failed_is_no_message_that_failed(self):
        for more in ({"type": "payment"}, {"payment": {"reference_id": "r"}}):
            event = self.deliver(
                self.status(self.sent, "failed", errors=[{"code": 131042}], **more)
            )
            self.assertEqual(event.state, "processed")
            self.assertTrue(event.note)
        self.assertEqual((self.sent.state, self.account.state), ("sent", "ok"))

    def test_country_of_one_person(self):
        self.deliver(self.status(self.sent, "failed", errors=[{"code": 130497}]))
        self.assertEqual((self.sent.state, self.account.state), ("failed", "ok"))

    def test_status_about_a_token_asks_meta(self):
        for code in (0, 10, 190, 200, 131005):
            self.sent.write({"state": "sent"})
            stamp = str(int(self.now().timestamp()) + code)
            event = self.status(self.sent, "failed", errors=[{"code": code}], timestamp=stamp)
            event["entry"][0]["changes"][0]["value"]["statuses"][0]["recipient_id"] = stamp
            self.deliver(event)
            self.assertEqual((self.sent.state, self.account.state), ("failed", "ok"), code)

    @PAUSED
    def test_status_about_the_account_stops_the_number(self):
        self.deliver(self.status(self.sent, "failed", errors=[{"code": 131031}]))
        self.assertEqual(self.account.state, "paused")

    def test_file_that_is_refused_comes_at_the_next_try(self):
        for code, http in ((190, 401), (10, 403), (200, 403), (3, 400)):
            message = self.pending()
            self.meta.fail(code, http)
            with self.jobs(), self.retried():
                message._fetch_media()
            self.assertEqual((message.media_state, self.account.state), ("pending", "ok"), code)
            message._fetch_media()
            self.assertEqual(message.media_state, "done")
            self.assertTrue(message.mail_message_id.attachment_ids)

    def test_file_server_that_refuses_or_points_elsewhere(self):
        for status in (401, 403, 302, 500):
            message = self.pending()
            address = {"url": f"{self.meta.url}/whatsapp_business/555", "mime_type": "image/png"}
            self.meta.answer((200, address), (status, b"no"))
            with self.jobs(), self.retried():
                message._fetch_media()
            self.assertEqual((message.media_state, self.account.state), ("pending", "ok"), status)

    def test_file_that_never_comes_says_why(self):
        message = self.pending()
        message.tries = 7
        self.meta.fail(190, 401)
        with self.jobs():
            message._fetch_media()
        self.assertEqual((message.media_state, message.error_code), ("failed", "190"))
        self.assertIn("Não foi possível baixar", message.mail_message_id.body)
        mail = message.mail_message_id
        self.assertEqual(mail._contact_center_marks()[mail.id]["file"], "failed")
        # The token was mended
        with self.jobs():
            self.account.action_resume()
        self.assertEqual(message.media_state, "done")

    def test_file_that_is_gone_is_not_asked_for_once_more(self):
        del self.meta.files["555"]
        message = self.pending()
        message._fetch_media()
        self.assertEqual(message.error_code, "media_gone")
        with self.jobs():
            self.account.action_resume()
        self.assertEqual((message.media_state, message.error_code), ("failed", "media_gone"))

    @PAUSED
    def test_number_that_is_paused_holds_no_other_number_back(self):
        other = self.account.copy(
            {"name": "Outra", "phone_number_id": "109000000000077", "access_token": TOKEN}
        )
        self.account._pause(131031)
        with self.bot("Ficou na fila"):
            self.say("oi de novo")
        with self.jobs():
            self.conversation._say(Outgoing(text="Espere"))
        self.assertEqual(self.outgoing(self.conversation)[-1].state, "queued")
        with self.bot("Da outra"):
            self.deliver(self.inbound(text="oi", number="109000000000077"))
        answer = self.Message.search(
            [("direction", "=", "out"), ("account_id", "=", other.id)], order="id desc", limit=1
        )
        self.assertEqual(answer.state, "sent")


@tagged("post_install", "-at_install")
class TestNumberOfTwo(WhatsappCase):
    """Several entries, changes and numbers in one call."""

    def test_each_goes_to_its_number(self):
        other = self.account.copy(
            {
                "name": "Outra",
                "phone_number_id": "109000000000077",
                "waba_id": "77",
                "access_token": TOKEN,
            }
        )
        first, second = self.inbound(text="um"), self.inbound(text="dois", person=OTHER)
        third = self.inbound(text="três", number="109000000000077")
        first["entry"][0]["changes"] += second["entry"][0]["changes"]
        first["entry"] += third["entry"]
        self.deliver(first)
        received = self.Message.search([("direction", "=", "in")], order="id")
        self.assertEqual(len(received), 3)
        self.assertEqual(len(received.conversation_id), 3)
        self.assertEqual(
            sorted(received.mapped("account_id.phone_number_id")),
            sorted([other.phone_number_id, NUMBER]),
        )
