# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import MARIA, WhatsappCase


@tagged("post_install", "-at_install")
class TestAutomaticMessage(WhatsappCase):
    """Automatic messages by number, shown as WhatsApp does, tested over the real channel."""

    def _message(self, body, kind="closing", **vals):
        return self.env["contact_center.automatic.message"].create(
            {"kind": kind, "body": body, **vals}
        )

    def _test(self, message, recipient="31 98888-7777"):
        return (
            self.env["contact_center.automatic.message.test"]
            .with_user(self.administrator)
            .with_context(default_message_id=message.id)
            .create({"recipient": recipient})
        )

    def test_queue_goes_before_number_and_number_before_general(self):
        of_number = self._message("Deste número", account_id=self.account.id)
        of_queue = self._message("Desta fila", queue_id=self.queue.id)
        both = self._message("De ambos", account_id=self.account.id, queue_id=self.queue.id)
        self.say("oi")
        conversation = self.env["contact_center.conversation"].search([], limit=1)
        find = self.env["contact_center.automatic.message"]._find
        for best in (both, of_queue, of_number):
            self.assertEqual(find("closing", conversation=conversation), best)
            best.active = False
        self.assertFalse(find("closing", conversation=conversation).account_id)

    def test_another_number_is_not_touched(self):
        other = self.account.copy({"phone_number_id": "109000000000002", "name": "Outro"})
        self._message("Do outro", account_id=other.id)
        self.say("oi")
        conversation = self.env["contact_center.conversation"].search([], limit=1)
        found = self.env["contact_center.automatic.message"]._find(
            "closing", conversation=conversation
        )
        self.assertNotEqual(found.body, "Do outro")

    def test_preview_shows_the_marks_of_whatsapp(self):
        message = self._message("*Até logo*, {nome} <b>", account_id=self.account.id)
        self.assertIn("<strong>Até logo</strong>, Maria &lt;b&gt;", str(message.preview))
        self.assertIn(self.account.name, message.display_name)

    def test_test_goes_out_with_sample_values(self):
        self.say("oi")
        message = self._message("Até logo, {nome}", account_id=self.account.id)
        self.meta.sent.clear()
        with self.jobs():
            action = self._test(message).action_send()
        self.assertEqual(action["params"]["type"], "success")
        self.assertEqual(self.meta.texts(), ["Até logo, Maria"])
        self.assertEqual(self.meta.sent[0]["to"].lstrip("+"), MARIA["wa_id"])

    def test_test_to_who_never_wrote_is_refused_in_words(self):
        message = self._message("Até logo", account_id=self.account.id)
        with self.assertRaisesRegex(UserError, "has never written"):
            self._test(message, "31 97777-6666").action_send()

    def test_test_outside_the_window_is_refused_in_words(self):
        self.say("oi")
        message = self._message("Até logo", account_id=self.account.id)
        with (
            freeze_time(WORKING_TIME + timedelta(hours=25)),
            self.assertRaisesRegex(UserError, "24 hours"),
        ):
            self._test(message).action_send()

    def test_outside_the_window_nothing_goes_out(self):
        self.say("oi")
        conversation = self.env["contact_center.conversation"].search([], limit=1)
        count = self.Message.search_count([])
        with freeze_time(WORKING_TIME + timedelta(hours=24, seconds=1)):
            self.assertIs(conversation._automatic("closing"), False)
        self.assertEqual(self.Message.search_count([]), count)
        events = conversation.event_ids.filtered(lambda event: event.kind == "automatic_skipped")
        self.assertEqual(events.mapped("data"), [{"message": "closing", "reason": "window"}])
