# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

import requests

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Option, Outgoing
from odoo.addons.queue_job.exception import RetryableJobError

from .common import MARIA, PHOTO, WhatsappCase

HEALTH = "odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health"


@tagged("post_install", "-at_install")
class TestOutbox(WhatsappCase):
    """Messages reach Meta in order and once, and errors are handled by their class."""

    def test_agents_message_is_sent_with_its_marks(self):
        conversation = self.in_service()
        said = self.agent_says(conversation, "<p>Olá <b>Maria</b></p>")
        (payload,) = self.meta.sent
        self.assertEqual(payload["text"]["body"], "Olá *Maria*")
        self.assertEqual(payload["to"], "+" + MARIA["wa_id"])
        message = self.outgoing(conversation)[-1]
        self.assertEqual((message.mail_message_id, message.state), (said, "sent"))
        self.assertEqual(payload["biz_opaque_callback_data"], message.opaque)

    def test_two_messages_in_one_transaction_are_one_job(self):
        conversation = self.in_service()
        with self.jobs(run=False) as trap:
            conversation._say(Outgoing(text="um"))
            conversation._say(Outgoing(text="dois"))
            trap.assert_jobs_count(1)
            trap.enqueued_jobs[0].recordset.with_env(self.env)._send_outbox()
        self.assertEqual(self.meta.texts(), ["um", "dois"])

    def test_nothing_is_sent_twice(self):
        conversation = self.in_service()
        self.agent_says(conversation, "oi")
        for _time in range(3):
            conversation.whatsapp_identity_id._send_outbox()
        self.assertEqual(len(self.meta.sent), 1)

    def test_list_of_options(self):
        conversation = self.in_service()
        options = tuple(Option(str(number), f"Opção {number}") for number in range(4))
        with self.jobs():
            conversation._say(Outgoing(text="Escolha", options=options, list_button="Abrir"))
        action = self.meta.sent[0]["interactive"]["action"]
        self.assertEqual(action["button"], "Abrir")
        self.assertEqual(len(action["sections"][0]["rows"]), 4)

    def test_long_text_goes_in_parts_and_the_worst_tick_counts(self):
        conversation = self.in_service()
        said = self.agent_says(conversation, "palavra " * 1000)
        self.assertEqual(len(self.meta.sent), 2)
        first = self.outgoing(conversation).filtered(lambda m: m.mail_message_id == said)[0]
        first.state = "read"
        self.assertEqual(said._contact_center_delivery()[said.id]["state"], "sent")

    def test_picture_with_caption(self):
        conversation = self.in_service()
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        said = self.agent_says(conversation, "Veja", attachment_ids=attachment.ids)
        (payload,) = self.meta.sent
        self.assertEqual(payload["type"], "image")
        self.assertEqual(payload["image"]["caption"], "Veja")
        self.assertEqual(self.meta.media(payload["image"]["id"]), PHOTO)
        self.assertIn(PHOTO, self.meta.uploads[0])
        self.assertEqual(said._contact_center_delivery()[said.id]["state"], "sent")

    def test_several_files_go_one_by_one(self):
        conversation = self.in_service()
        attachments = self.attachments(
            {"name": "a.pdf", "raw": b"%PDF-1.4", "mimetype": "application/pdf"},
            {"name": "b.ogg", "raw": b"OggS", "mimetype": "audio/ogg"},
        )
        self.agent_says(conversation, "", attachment_ids=attachments.ids)
        self.assertEqual([p["type"] for p in self.meta.sent], ["document", "audio"])
        self.assertEqual(self.meta.sent[0]["document"]["filename"], "a.pdf")

    def test_picture_that_is_too_large_goes_as_document(self):
        conversation = self.in_service()
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.env.ref("whatsapp_helpdesk.media_image_png").max_size = 10
        self.agent_says(conversation, "", attachment_ids=attachment.ids)
        self.assertEqual(self.meta.sent[0]["type"], "document")

    def test_file_too_large_for_whatsapp_fails_in_words(self):
        conversation = self.in_service()
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.env["whatsapp.media"].search([]).max_size = 10
        said = self.agent_says(conversation, "", attachment_ids=attachment.ids)
        tick = said._contact_center_delivery()[said.id]
        self.assertEqual(tick["state"], "failed")
        self.assertIn("larger", tick["reason"])
        self.assertFalse(self.meta.sent)

    def test_failed_upload_is_simply_repeated(self):
        conversation = self.in_service()
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.meta.breaks(requests.exceptions.ReadTimeout())
        self.agent_says(conversation, "", attachment_ids=attachment.ids)
        message = self.outgoing(conversation)[-1]
        self.assertEqual(message.state, "queued")
        self.retry(message)
        self.assertEqual((message.state, len(self.meta.sent)), ("sent", 1))

    def test_agent_answers_a_certain_message(self):
        conversation = self.in_service()
        question = self.say("Onde fica?")
        self.agent_says(conversation, "Na praça.", parent_id=question.mail_message_id.id)
        self.assertEqual(self.meta.sent[0]["context"], {"message_id": question.wamid})

    # ------------------------------------------------------------
    # Errors
    # ------------------------------------------------------------

    def sending(self, *failures):
        """Let the agent write while Meta fails in this way; return the whatsapp.message."""
        conversation = self.in_service()
        for failure in failures:
            if isinstance(failure, Exception):
                self.meta.breaks(failure)
            else:
                self.meta.fail(*failure)
        self.agent_says(conversation, "oi")
        return self.outgoing(conversation)[-1]

    def retry(self, message):
        """Move the clock to the next attempt."""
        message.next_try_at = fields.Datetime.now() - timedelta(seconds=1)
        with self.jobs(later=False):
            message.identity_id._send_outbox()

    def test_busy_meta_is_asked_again(self):
        message = self.sending((130429,))
        self.assertEqual((message.state, message.tries), ("queued", 1))
        self.assertTrue(message.next_try_at)
        self.retry(message)
        self.assertEqual((message.state, message.error_code), ("sent", False))

    def test_pair_limit_waits_four_to_the_power(self):
        message = self.sending((131056,))
        self.assertEqual(message.next_try_at, fields.Datetime.now() + timedelta(seconds=4))

    def test_unreachable_meta_is_asked_again(self):
        message = self.sending(requests.exceptions.ConnectTimeout())
        self.assertEqual(message.state, "queued")
        self.retry(message)
        self.assertEqual(message.state, "sent")

    def test_time_out_is_unknown_and_not_repeated_before_the_grace(self):
        message = self.sending(requests.exceptions.ReadTimeout())
        self.assertEqual(message.state, "unknown")
        grace = timedelta(seconds=self.account.unknown_grace_seconds)
        self.assertEqual(message.next_try_at, fields.Datetime.now() + grace)
        with self.jobs(run=False):
            message.identity_id._send_outbox()
        self.assertFalse(self.meta.sent)
        self.retry(message)
        self.assertEqual((message.state, len(self.meta.sent)), ("sent", 1))

    def test_status_settles_the_unknown_and_the_next_goes_at_once(self):
        message = self.sending(requests.exceptions.ReadTimeout())
        self.agent_says(message.conversation_id, "depois")
        self.assertFalse(self.meta.sent)
        self.deliver(self.status(message, "delivered", id="wamid.late"))
        self.assertEqual((message.state, message.wamid), ("delivered", "wamid.late"))
        self.assertEqual(self.meta.texts(), ["depois"])

    def test_unknown_is_given_up_in_the_end(self):
        message = self.sending(requests.exceptions.ReadTimeout())
        message.tries = 8
        self.retry(message)
        self.assertEqual((message.state, message.error_code), ("failed", "too_many_tries"))

    def test_stopped_in_the_middle_is_unknown(self):
        message = self.sending((130429,))
        message.write({"state": "sending", "next_try_at": False})
        with self.jobs(run=False):
            message.identity_id._send_outbox()
        self.assertEqual(message.state, "unknown")
        self.assertFalse(self.meta.sent)

    def test_refused_message_fails_in_words_and_the_next_goes(self):
        message = self.sending((131026,))
        self.assertEqual((message.state, message.error_code), ("failed", "131026"))
        self.assertIn("no WhatsApp", message.error_reason)
        tick = message.mail_message_id._contact_center_delivery()[message.mail_message_id.id]
        self.assertEqual(tick["state"], "failed")
        self.assertIn("message_failed", message.conversation_id.event_ids.mapped("kind"))
        self.agent_says(message.conversation_id, "depois")
        self.assertEqual(self.meta.texts(), ["depois"])

    def test_reason_is_told_in_portuguese(self):
        message = self.sending((131047,))
        reason = message.with_context(lang="pt_BR").error_reason
        self.assertIn("24 horas", reason)

    def test_failed_message_is_sent_again_by_hand(self):
        message = self.sending((131026,))
        with self.jobs():
            message.with_user(self.administrator).action_send_again()
        self.assertEqual(message.state, "sent")

    def test_wrong_token_pauses_the_number_and_order_is_kept(self):
        with mute_logger(HEALTH):
            message = self.sending((190, 401))
        self.assertEqual((self.account.state, message.state), ("paused", "queued"))
        self.assertIn("access token", self.account.state_reason)
        self.agent_says(message.conversation_id, "segunda")
        self.assertFalse(self.meta.sent)
        with self.jobs():
            self.account.with_user(self.administrator).action_resume()
        self.assertEqual(self.meta.texts(), ["oi", "segunda"])
        self.assertEqual(self.account.state, "ok")

    def test_closed_window_is_refused_here_by_metas_clock(self):
        conversation = self.in_service()
        identity = conversation.whatsapp_identity_id
        identity.last_inbound_at = fields.Datetime.now() - timedelta(hours=24, seconds=1)
        said = self.agent_says(conversation, "oi")
        self.assertFalse(self.meta.sent)
        self.assertEqual(said._contact_center_delivery()[said.id]["state"], "failed")
        self.assertEqual(self.outgoing(conversation)[-1].error_code, "window")

    def test_window_is_renewed_by_the_time_at_which_the_citizen_wrote(self):
        hours_ago = int((self.now() - timedelta(hours=30)).timestamp())
        self.deliver(self.inbound(text="oi", timestamp=str(hours_ago)))
        identity = self.env["whatsapp.identity"].search([])
        self.assertEqual(identity.last_inbound_at, fields.Datetime.now() - timedelta(hours=30))

    # ------------------------------------------------------------
    # Pace
    # ------------------------------------------------------------

    def test_46th_of_a_burst_waits_and_delays_nobody_else(self):
        conversation = self.in_service()
        identity = conversation.whatsapp_identity_id
        identity.full_at = 0
        with self.jobs(later=False):
            for number in range(50):
                conversation._say(Outgoing(text=str(number)))
        self.assertEqual(self.meta.texts(), [str(number) for number in range(45)])
        waiting = self.outgoing(conversation).filtered(lambda m: m.state == "queued")
        self.assertEqual(len(waiting), 5)
        self.assertTrue(waiting[0].next_try_at)
        other = {"wa_id": "5511955554444", "user_id": "BR.8", "name": "Outro"}
        with self.bot("Olá, outro!"):
            self.say("oi", person=other)
        self.assertEqual(self.meta.texts()[-1], "Olá, outro!")

    def test_what_was_left_behind_is_found(self):
        conversation = self.in_service()
        with self.jobs(run=False):
            conversation._say(Outgoing(text="esquecida"))
        self.env.cr.execute(
            "UPDATE whatsapp_message SET write_date = write_date - interval '5 minutes'"
        )
        with self.jobs():
            self.Event._sweep_all()
        self.assertEqual(self.meta.texts(), ["esquecida"])

    def test_busy_lock_brings_the_job_back(self):
        conversation = self.in_service()
        identity = conversation.whatsapp_identity_id
        with (
            self.jobs(run=False) as trap,
            patch.object(type(identity), "_take_lock", side_effect=RetryableJobError("busy")),
        ):
            identity._send_outbox()
            trap.assert_jobs_count(1, only=identity._send_outbox)

    def test_message_to_another_channel_is_not_taken(self):
        conversation = self.Conversation._open(self.citizen, "internal")
        conversation._say(Outgoing(text="oi"))
        self.assertFalse(self.outgoing(conversation))
