# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestDemo(ContactCenterCase):
    """Odoo's demonstration data are removed, people's own records stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_tag = cls.env["res.partner.category"].create({"name": "Da prefeitura"})
        cls.own_channel = cls.env["discuss.channel"].create({"name": "da-prefeitura"})

    def _demonstrated(self, model, module, name, values):
        """Return a record with the external id of Odoo's demonstration."""
        record = self.env[model].create(values)
        self.env["ir.model.data"].create(
            {"module": module, "name": name, "model": model, "res_id": record.id}
        )
        return record

    def test_only_what_odoos_addons_brought_goes(self):
        tag = self._demonstrated("res.partner.category", "base", "test_tag", {"name": "Prospects"})
        channel = self._demonstrated("discuss.channel", "mail", "test_channel", {"name": "sales"})
        partner = self._demonstrated(
            "res.partner", "base", "res_partner_test", {"name": "Azure Interior"}
        )
        user = self._demonstrated(
            "res.users", "base", "user_demo_test", {"name": "Marc Demo", "login": "cc_marc"}
        )
        channel.message_post(body="Great news!", message_type="comment")
        self.own_channel.message_post(body="Bom dia", message_type="comment")
        self.env["contact_center.demo"]._tidy()
        self.assertFalse(tag.exists())
        self.assertFalse(partner.active)
        self.assertFalse(channel.active or channel.message_ids or channel.channel_member_ids)
        self.assertFalse(user.active)
        self.assertTrue(self.own_tag.exists() and self.own_channel.active)
        self.assertTrue(self.own_channel.message_ids.filtered(lambda one: "Bom dia" in one.body))
        self.assertTrue(self.agent.active and self.citizen.exists())

    def test_nobody_is_welcomed_by_odoobot_or_taken_on_a_tour(self):
        self.env["contact_center.demo"]._tidy()
        later = self._user("cc_later", "Lia", "contact_center.group_technician")
        for user in self.agent | later:
            self.assertEqual(user.odoobot_state, "disabled")
            self.assertFalse(user.tour_enabled)

    def test_chatter_of_the_installation_goes_and_peoples_words_stay(self):
        contact = self._demonstrated(
            "res.partner", "contact_center", "test_contact", {"name": "Ana"}
        )
        contact.message_post(body="Visto", author_id=self.supervisor.partner_id.id)
        self.env["contact_center.demo"]._forget_chatter("contact_center")
        self.assertEqual(contact.message_ids.author_id, self.supervisor.partner_id)
