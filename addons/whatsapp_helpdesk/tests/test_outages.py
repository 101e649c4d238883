# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.outages import OutagesMixin

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestOutages(OutagesMixin, WhatsappCase):
    """A number that is paused is out of order until it is resumed."""

    def test_a_pause_is_told_once_and_its_end(self):
        with self.outages_told() as told:
            with self.assertLogs("odoo.addons.whatsapp_helpdesk", "WARNING"):
                self.account._pause("190")
                self.account._pause("190")
            self.assertEqual(told, [("began", "channel", self.account)])
            self.account.with_user(self.administrator).action_resume()
        self.assertEqual(told[1:], [("ended", "channel", self.account)])

    def test_metas_refusal_of_the_token_is_told(self):
        self.meta.fail(190, http=401)
        with self.outages_told() as told, self.bot("Olá!"):
            with self.assertLogs("odoo.addons.whatsapp_helpdesk", "WARNING"):
                self.say("oi")
        self.assertEqual(told, [("began", "channel", self.account)])
