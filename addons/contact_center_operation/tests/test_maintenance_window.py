# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestMaintenanceWindow(ContactCenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Window = cls.env["contact_center.maintenance.window"].with_user(cls.administrator)

    def _window(self, hours, lasting=2, **values):
        """Return a draft that begins `hours` from now.

        Now is a Friday, 10:00 in São Paulo.
        """
        start = fields.Datetime.now() + timedelta(hours=hours)
        return self.Window.create(
            {
                "name": "Atualização do servidor",
                "reason": "Correções de segurança.",
                "date_start": start,
                "date_end": start + timedelta(hours=lasting),
                **values,
            }
        )

    def test_business_hours_need_notice_or_a_reason(self):
        window = self._window(4)
        self.assertIn("Fila de teste", window.in_service_hours)
        self.assertTrue(window.short_notice)
        with self.assertRaises(ValidationError):
            window.action_publish()
        window.short_notice_reason = "O disco está falhando."
        window.action_publish()
        self.assertEqual(window.state, "published")

    def test_outside_business_hours_no_notice_is_needed(self):
        self.env["contact_center.queue"].search([]).calendar_id = self.env.ref(
            "contact_center.calendar_business_hours"
        )
        window = self._window(12)  # Friday, 22:00
        self.assertFalse(window.in_service_hours)
        window.action_publish()
        self.assertEqual(window.state, "published")

    def test_a_day_before_is_notice_enough(self):
        window = self._window(73)  # Monday, 11:00
        window.date_end += timedelta(hours=4)
        self.assertTrue(window.in_service_hours)
        self.assertFalse(window.short_notice)
        window.action_publish()
        # Brought forward into the 24 hours: the notice would be too short now.
        with self.assertRaises(ValidationError):
            window.date_start = fields.Datetime.now() + timedelta(hours=5)

    def test_banner_from_24_hours_before_until_the_end(self):
        windows = [
            self._window(hours, short_notice_reason="Teste") for hours in (-3, -1, 0.5, 23, 25)
        ]
        for window in windows[1:]:
            window.action_publish()
        for user in (self.agent, self.supervisor, self.manager):
            shown = self.Window.with_user(user).get_announced()
            self.assertEqual([row["id"] for row in shown], [window.id for window in windows[1:4]])
        with self.assertRaises(AccessError):
            self.Window.with_user(self.employee).get_announced()

    def test_every_screen_is_told(self):
        sent = []
        with patch.object(
            type(self.env["res.groups"]),
            "_bus_send",
            lambda groups, kind, payload, **_more: sent.append((groups, kind)),
        ):
            window = self._window(2, short_notice_reason="Teste")
            self.assertFalse(sent, "a draft is nobody's business")
            window.action_publish()
            window.action_cancel()
        technicians = self.env.ref("contact_center.group_technician")
        self.assertEqual(sent.count((technicians, "contact_center/maintenance_windows")), 2)
        self.assertFalse(self.Window.get_announced())

    def test_people_are_told_of_publication_change_and_cancellation(self):
        window = self._window(2, short_notice_reason="Teste")
        window.action_publish()
        window.date_end += timedelta(hours=1)
        window.action_cancel()
        told = window.message_ids.filtered(
            lambda m: self.agent.partner_id in m.notified_partner_ids
        )
        self.assertEqual(len(told), 3)
        words = " ".join(told.mapped("body"))
        for word in ("planned", "changed", "cancelled", "Correções de segurança"):
            self.assertIn(word, words)
        self.assertNotIn(self.employee.partner_id, told.notified_partner_ids)

    def test_citizens_are_told_once_in_each_conversation(self):
        self._window(-1, short_notice_reason="Teste").action_publish()
        conversation = self._open()
        with self._bot(), self._delivered() as delivered:
            conversation._receive(self._text("oi"))
            conversation._receive(self._text("alguém aí?"))
        self.assertEqual(self._automatic_kinds(conversation), ["maintenance_window"])
        self.assertIn("20/11 às 11:00", delivered[0][1].text)
        self.assertIn(conversation.protocol, delivered[0][1].text)

    def test_citizens_are_told_nothing_before_and_after(self):
        self._window(1, short_notice_reason="Teste").action_publish()
        self._window(-1)
        conversation = self._open()
        with self._bot(), self._delivered() as delivered:
            conversation._receive(self._text("oi"))
        self.assertFalse(delivered)

    def test_windows_are_the_administrators(self):
        window = self._window(2, short_notice_reason="Teste")
        for user in (self.agent, self.supervisor, self.manager):
            mine = window.with_user(user)
            self.assertTrue(mine.name)
            for call in (mine.action_publish, mine.action_cancel, mine.unlink):
                with self.assertRaises(AccessError):
                    call()
        self.assertFalse(window.with_user(self.employee).has_access("read"))
        with self.assertRaises(AccessError):
            window.state = "published"

    def test_what_was_published_is_kept(self):
        window = self._window(2, short_notice_reason="Teste")
        window.action_publish()
        with self.assertRaises(UserError):
            window.unlink()
        draft = self._window(2)
        draft.unlink()
        self.assertFalse(draft.exists())
