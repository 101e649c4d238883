# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

OFFICER = "contact_center_privacy.group_privacy_officer"


@tagged("post_install", "-at_install")
class TestAuthorityRequest(ContactCenterCase):
    """A court or the police asks for data: the city knows before anything leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)
        cls.Request = cls.env["contact_center.authority.request"].with_user(cls.officer)

    def _asked(self, **values):
        return self.Request.create(
            {
                "authority_kind": "police",
                "authority": "1ª Delegacia de Polícia Civil",
                "protocol": "IP 123/2026",
                "legal_basis": "Art. 10 da Lei 12.965/2014",
                "asked": "Mensagens do telefone 31 98888-7777",
                "contact_email": "encarregado@example.com",
                "deadline": WORKING_TIME + timedelta(days=5),
                "partner_ids": [(6, 0, self.citizen.ids)],
            }
            | values
        )

    def _decided(self, request):
        request.write({"decision_reason": "Ordem judicial válida", "disclosed": "12 mensagens"})
        return request

    def test_nothing_is_disclosed_before_the_city_was_told(self):
        request = self._decided(self._asked())
        with self.assertRaisesRegex(UserError, "Tell the city first"):
            request.action_disclose()
        with self.assertRaisesRegex(UserError, "Tell the city first"):
            request.action_refuse()
        for values in (
            {"state": "disclosed"},
            {"state": "told"},
            {"city_told_at": fields.Datetime.now()},
            {"disclosed_at": fields.Datetime.now()},
            {"decision": "disclose"},
        ):
            for user in (self.officer, self.administrator, self.env.user):
                with self.assertRaises(UserError):
                    request.with_user(user).write(values)
        forged = self._asked(state="disclosed", city_told_at=WORKING_TIME, name="X")
        self.assertEqual((forged.state, forged.city_told_at), ("new", False))
        self.assertRegex(forged.name, r"^AUT-\d{4}-\d{4}$")

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_it(self):
        request = self._asked()
        self.env.flush_all()
        with self.assertRaises(psycopg2.errors.CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE contact_center_authority_request SET state = 'disclosed' WHERE id = %s",
                [request.id],
            )

    def test_told_decided_disclosed(self):
        request = self._decided(self._asked())
        self.assertIn(self.officer, request.sudo().activity_ids.user_id)
        request.action_tell_city()
        mail = request.sudo().city_mail_id
        self.assertEqual(mail.email_to, "encarregado@example.com")
        for words in (
            request.name,
            "IP 123/2026",
            "1ª Delegacia",
            "Lei 12.965/2014",
            "Mensagens do",
        ):
            self.assertIn(words, mail.body_html)
        self.assertEqual((request.state, request.city_told_at), ("told", WORKING_TIME))
        self.assertFalse(request.sudo().activity_ids)
        with self.assertRaises(UserError):
            request.action_tell_city()
        with self.assertRaises(UserError):
            request.asked = "Outra coisa"
        with freeze_time(WORKING_TIME + timedelta(hours=3)):
            request.action_disclose()
        self.assertEqual((request.state, request.decision), ("disclosed", "disclose"))
        self.assertEqual(request.disclosed_at, WORKING_TIME + timedelta(hours=3))
        self.assertEqual(request.disclosed_by_id, self.officer)
        log = self.env["contact_center.access.log"].search([("user_id", "=", self.officer.id)])
        self.assertEqual((log.kind, log.partner_id), ("exported", self.citizen))
        self.assertIn(request.name, log.details)
        with self.assertRaises(UserError):
            request.disclosed = "Outra coisa"
        with self.assertRaises(UserError):
            request.sudo().unlink()

    def test_what_must_be_written_first(self):
        request = self._asked()
        request.action_tell_city()
        with self.assertRaisesRegex(UserError, "which data were disclosed"):
            request.action_disclose()
        request.disclosed = "12 mensagens"
        with self.assertRaisesRegex(UserError, "reason"):
            request.action_disclose()
        request.decision_reason = "A prefeitura não autorizou"
        request.action_refuse()
        self.assertEqual((request.state, request.disclosed_at), ("refused", False))
        with self.assertRaises(UserError):
            request.action_disclose()

    def test_late_ones_are_found(self):
        request = self._asked()
        self.assertFalse(request.late)
        with freeze_time(WORKING_TIME + timedelta(days=6)):
            request.invalidate_recordset(["late"])
            self.assertTrue(request.late)
            self.assertIn(request, self.Request.search([("late", "=", True)]))
            self._decided(request).action_tell_city()
            request.action_refuse()
            self.assertNotIn(request, self.Request.search([("late", "=", True)]))

    def test_for_officers_only_and_the_next_one_knows_the_contact(self):
        request = self._asked()
        self.assertEqual(self.Request.new({}).contact_email, "encarregado@example.com")
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            self.assertFalse(request.with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                request.with_user(user).action_tell_city()
