from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestEvent(ContactCenterCase):
    def test_append_only_even_for_the_superuser(self):
        event = self._open().event_ids
        for user_event in (event, event.sudo(), event.with_user(self.administrator)):
            with self.assertRaises(UserError):
                user_event.write({"kind": "closed"})
            with self.assertRaises(UserError):
                user_event.unlink()
        with self.assertRaises(UserError):
            event.sudo().data = {"forged": True}

    def test_details_in_words(self):
        event = self._open()._log("note", text="hello", empty="")
        self.assertEqual(event.details, "text: hello")
        closed = self._open()._log("closed", outcome="self_service")
        self.assertEqual(closed.details, "Outcome: Self-service")
        if self.env["res.lang"]._get_data(code="pt_BR"):
            closed = closed.with_context(lang="pt_BR")
            self.assertEqual(closed.details, "Desfecho: Autoatendimento")
        self.assertTrue(closed.display_name.startswith(closed.conversation_id.protocol))

    def test_unknown_kind(self):
        with self.assertRaises(ValueError):
            self._open()._log("no_such_kind")
