# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center_privacy.tests.common import PrivacyMixin
from odoo.addons.whatsapp_helpdesk.tests.common import WhatsappCase


@tagged("post_install", "-at_install")
class TestNotice(PrivacyMixin, WhatsappCase):
    """Which notice goes along with the first answer."""

    def _notice(self, **values):
        notice = self.env["contact_center.privacy.notice"].create(
            {"name": "Aviso", "text": "Cuidamos dos seus dados."} | values
        )
        notice.action_publish()
        return notice

    def test_a_numbers_own_notice(self):
        self._notice()
        own = self._notice(whatsapp_account_id=self.account.id, text="Deste número.")
        with self.bot("Olá"):
            conversation = self.say("oi").conversation_id
        self.assertEqual(conversation.privacy_notice_id, own)
        elsewhere = self._open()
        found = self.env["contact_center.privacy.notice"]._for_conversation(elsewhere)
        self.assertEqual(found.text, "Cuidamos dos seus dados.")
