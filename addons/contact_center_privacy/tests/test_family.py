# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from .common import PrivacyMixin

REFUSED = "Recusado"
STREET = "Rua da Ponte Velha, 12"


class FamilyCase(PrivacyMixin, ContactCenterCase):
    """A citizen's contact with others below it."""

    def _child(self, name, parent=None, **values):
        """Return a contact below the citizen's (or below `parent`)."""
        parent = parent or self.citizen
        return self.env["res.partner"].create({"name": name, "parent_id": parent.id} | values)

    def _closed(self, partner):
        conversation = self.Conversation._open(partner, "internal", queue=self.queue)
        conversation._close("self_service")
        return conversation


@tagged("post_install", "-at_install")
class TestErasedTogether(FamilyCase):
    """Erasing a citizen takes their addresses along, and nobody else."""

    def _check_kept(self, child, request, reason):
        self.assertFalse(child.privacy_erased_at)
        self.assertTrue(child.active)
        self.assertEqual(child.street, STREET)
        self.assertFalse(child.parent_id)
        self.assertTrue(self.citizen.privacy_erased_at)
        self.assertEqual(request.state, "done")
        self.assertIn(reason, request.report)
        self.assertIn(f"Contact no. {child.id}", request.report)

    def test_addresses_go_along_at_any_depth(self):
        address = self._child("Sítio", type="other", street=STREET, phone="+5511944443333")
        below = self._child("Curral", parent=address, street=STREET)
        archived = self._child("Casa antiga", active=False)
        request = self._request()
        self._erase(request)
        for contact in (address, below, archived):
            self.assertTrue(contact.privacy_erased_at, contact)
            self.assertFalse(contact.street)
        self.assertEqual(self._everywhere(STREET, "944443333"), [])

    def test_child_with_an_open_conversation_stays(self):
        child = self._child("Filha", street=STREET)
        conversation = self.Conversation._open(child, "internal", queue=self.queue)
        request = self._request()
        self.assertIn(conversation.protocol, request.preview)
        self._erase(request)
        self._check_kept(child, request, conversation.protocol)

    def test_child_with_conversations_of_their_own_stays(self):
        child = self._child("Filha", street=STREET)
        self._closed(child)
        request = self._request()
        self._erase(request)
        self._check_kept(child, request, "conversations of their own")

    def test_child_under_a_legal_hold_stays(self):
        child = self._child("Filho", street=STREET)
        self._request(
            "information",
            partner_ids=[(6, 0, child.ids)],
            legal_hold=True,
            hold_reason="Processo 123",
        )
        request = self._request()
        self._erase(request)
        self._check_kept(child, request, "Processo 123")

    def test_child_who_is_a_user_stays(self):
        for user, active in ((self.agent, True), (self.colleague, False)):
            with self.subTest(active=active):
                child = user.partner_id
                child.write({"parent_id": self.citizen.id, "street": STREET})
                user.active = active
                self.assertIn(child, self.citizen._privacy_family()[1])
        request = self._request()
        self._erase(request)
        self._check_kept(self.agent.partner_id, request, "user of this platform")
        self.assertFalse(self.colleague.partner_id.privacy_erased_at)

    def test_what_stands_below_a_kept_contact_stays_too(self):
        child = self._child("Filha", street=STREET)
        self._closed(child)
        address = self._child("Casa da filha", parent=child, type="other")
        self._erase(self._request())
        self.assertFalse(address.privacy_erased_at)
        self.assertEqual(address.parent_id, child)

    def test_contact_above_keeps_its_own_data(self):
        """Odoo copies a contact's address to the one above it: not when it is erased."""
        firm = self.env["res.partner"].create(
            {"name": "Padaria", "is_company": True, "street": STREET, "vat": "11222333000181"}
        )
        self.citizen.write({"parent_id": firm.id})
        self._erase(self._request())
        self.assertEqual((firm.street, firm.vat), (STREET, "11222333000181"))
        self.assertTrue(self.citizen.privacy_erased_at)
        self.assertFalse(self.citizen.parent_id)

    def test_the_organisation_itself_is_not_erased(self):
        request = self._request(partner_ids=[(6, 0, self.env.company.partner_id.ids)])
        with self.assertRaisesRegex(UserError, "organisation"):
            request.action_erase()

    def test_one_that_odoo_refuses_is_left_out(self):
        child = self._child("Endereço", type="other")
        other = self._child("Outro", type="other")
        Partner = type(self.env["res.partner"])
        erase = Partner._privacy_erase_data

        def refuse(partner, basis):
            if partner == child:
                raise UserError(REFUSED)
            return erase(partner, basis)

        policies = self.env["contact_center.privacy.retention"]
        with patch.object(Partner, "_privacy_erase_data", refuse):
            left = self.citizen._privacy_erase(policies.search([("kind", "=", "contacts")]))
        self.assertEqual(left, {child: [REFUSED]})
        self.assertTrue(other.privacy_erased_at and self.citizen.privacy_erased_at)


@tagged("post_install", "-at_install")
class TestSweepGoesOn(FamilyCase):
    """The retention leaves out whom it must, says so, and goes on with the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Policy = cls.env["contact_center.privacy.retention"]
        cls.env.cr.execute("UPDATE contact_center_conversation SET closed_at = '2100-01-01'")
        cls.env.cr.execute("DELETE FROM contact_center_access_log")
        cls.startClassPatcher(
            patch.object(type(cls.env["ir.cron"]), "_commit_progress", return_value=60)
        )

    def _sweep(self, *kinds):
        """Run the policies of `kinds`, due for everything there is; return their runs."""
        with freeze_time(WORKING_TIME + timedelta(days=93)):
            policies = self.Policy.search([("kind", "in", kinds)])
            policies.write({"months": 2})
            policies.write({"enabled": True})
            self.Policy._cron_run()
        policies.invalidate_recordset(["run_ids"])
        return {policy.kind: policy.run_ids[:1] for policy in policies}

    def test_children_are_judged_by_themselves(self):
        self._closed(self.citizen)
        user_child = self.agent.partner_id
        user_child.parent_id = self.citizen
        waiting = self._child("Filha", street=STREET)
        conversation = self.Conversation._open(waiting, "internal", queue=self.queue)
        later = self.env["res.partner"].create({"name": "Cidadã Posterior"})
        self._closed(later)
        self._closed(self.outsider.partner_id)
        run = self._sweep("contacts", "access_log")["contacts"]
        self.assertTrue(self.citizen.privacy_erased_at)
        self.assertTrue(later.privacy_erased_at)
        for kept in (user_child, waiting, self.outsider.partner_id):
            self.assertFalse(kept.privacy_erased_at)
            self.assertTrue(kept.active)
        self.assertEqual(waiting.street, STREET)
        self.assertIn(conversation.protocol, run.left_out)
        self.assertIn(f"Contact no. {user_child.id}: ", run.left_out)
        self.assertNotIn("Filha", run.left_out)

    def test_refusal_of_one_stops_neither_others_nor_later_policies(self):
        other = self.env["res.partner"].create({"name": "Outra Cidadã"})
        for partner in (self.citizen, other):
            self._closed(partner)
        self.env["contact_center.access.log"].with_user(self.agent)._record("searched")
        self.env.cr.execute("UPDATE contact_center_access_log SET at = '2020-01-01'")
        Partner = type(self.env["res.partner"])
        erase = Partner._privacy_erase_data

        def refuse(partner, basis):
            erase(partner, basis)
            if partner == self.citizen:
                raise UserError(REFUSED)

        with patch.object(Partner, "_privacy_erase_data", refuse):
            runs = self._sweep("contacts", "access_log")
        self.assertFalse(self.citizen.privacy_erased_at)
        self.assertTrue(other.privacy_erased_at)
        run = runs["contacts"]
        self.assertEqual((run.count, run.left_out_count), (1, 1))
        self.assertIn(REFUSED, run.left_out)
        self.assertEqual(runs["access_log"].count, 1)

    def test_error_in_a_batch_leaves_out_only_its_record(self):
        bad, good = self._closed(self.citizen), self._closed(self.citizen)
        Conversation = type(bad)
        erase = Conversation._privacy_erase_texts

        def fail(conversations, basis):
            if bad in conversations:
                raise ValueError("defeito")
            return erase(conversations, basis)

        logger = "odoo.addons.contact_center_privacy.models.retention"
        with (
            patch.object(Conversation, "_privacy_erase_texts", fail),
            self.assertLogs(logger, "ERROR"),
        ):
            run = self._sweep("texts")["texts"]
        self.assertTrue(good.texts_erased_at)
        self.assertFalse(bad.texts_erased_at)
        self.assertEqual((run.count, run.left_out_count), (1, 1))
        self.assertIn(bad.protocol, run.left_out)
