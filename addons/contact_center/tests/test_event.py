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

    def test_unknown_kind(self):
        with self.assertRaises(ValueError):
            self._open()._log("no_such_kind")
