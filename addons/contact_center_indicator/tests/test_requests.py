# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from .common import IndicatorMixin


@tagged("post_install", "-at_install")
class TestRequests(IndicatorMixin, ContactCenterCase):
    """What the city asks of the electronic service, by clocks that nobody moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._inspector()
        cls.contract = cls._contract(cls.inspector, date(2025, 1, 1))

    def _request(self, kind="message", user=None, **values):
        requests = self.env["contact_center.contract.request"].with_user(user or self.inspector)
        return requests.create({"kind": kind, "description": "Nova saudação", **values})

    def test_a_message_is_live_within_72_hours(self):
        request = self._request()
        self.assertEqual(request.due_at, WORKING_TIME + timedelta(hours=72))
        self.assertFalse(request.is_late)
        done = request.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "what was done"):
            done.action_done()
        done.done_note = "Publicada a versão 4"
        with freeze_time(WORKING_TIME + timedelta(hours=72)):
            done.action_done()
        with freeze_time(WORKING_TIME + timedelta(days=30)):
            self.env.invalidate_all()
            self.assertFalse(request.is_late)
            request.action_accept()
        self.assertEqual((request.state, request.accepted_by_id), ("accepted", self.inspector))
        with self.assertRaises(UserError):
            request.done_note = "outra"

    def test_a_late_fault_becomes_an_occurrence(self):
        request = self._request("fault", asked_at=WORKING_TIME - timedelta(hours=30))
        self.assertTrue(request.is_late)
        late = self.env["contact_center.contract.request"].search([("is_late", "=", True)])
        self.assertEqual(late, request.with_env(late.env))
        action = request.with_user(self.supervisor).action_occurrence()
        occurrence = self.env["contact_center.indicator.occurrence"].browse(action["res_id"])
        self.assertEqual((occurrence.kind, occurrence.is_late), ("flow", True))
        self.assertEqual(occurrence.happened_at, request.asked_at)
        # Clicked again, it opens the same one
        self.assertEqual(request.action_occurrence()["res_id"], occurrence.id)
        with self.assertRaises(UserError):
            self._request().action_occurrence()

    def test_a_late_message_misses_a_duty_of_its_own(self):
        request = self._request(asked_at=WORKING_TIME - timedelta(hours=80))
        request.action_occurrence()
        self.assertEqual(request.occurrence_id.kind, "duty")
        self.assertTrue(request.occurrence_id.clause)

    def test_the_clock_goes_on_where_the_city_does_not_accept(self):
        request = self._request(asked_at=WORKING_TIME - timedelta(hours=71))
        done = request.with_user(self.supervisor)
        done.done_note = "Feito"
        done.action_done()
        with self.assertRaises(AccessError):
            done.action_reopen()
        request.action_reopen()
        with freeze_time(WORKING_TIME + timedelta(hours=2)):
            self.env.invalidate_all()
            self.assertTrue(request.is_late)

    def test_nobody_moves_a_clock(self):
        request = self._request()
        for records in (request, request.sudo()):
            for vals in (
                {"asked_at": WORKING_TIME},
                {"state": "done"},
                {"kind": "other"},
                {"done_at": WORKING_TIME},
            ):
                with self.assertRaises(AccessError):
                    records.write(vals)
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(UserError):
            self._request(asked_at=WORKING_TIME + timedelta(hours=1))
        with self.assertRaises(UserError):
            self._request(state="accepted")

    def test_each_party_does_its_part(self):
        request = self._request()
        request.done_note = "Feito"
        with self.assertRaises(AccessError):
            request.action_done()
        with self.assertRaises(AccessError):
            request.with_user(self.supervisor).action_cancel()
        with self.assertRaises(AccessError):
            request.with_user(self.manager).action_done()
        request.action_cancel()
        with self.assertRaises(UserError):
            request.action_cancel()
        self.assertFalse(request.is_late)

    # ------------------------------------------------------------
    # Maintenance
    # ------------------------------------------------------------

    def _busy_but(self, quiet):
        """Let contacts come in each hour of the last weeks but one hour of the week."""
        conversation = self._contact(lost=1)
        zone = ZoneInfo("America/Sao_Paulo")
        at = WORKING_TIME - timedelta(weeks=2)
        events = []
        while at < WORKING_TIME:
            local = at.replace(tzinfo=UTC).astimezone(zone)
            if local.weekday() * 24 + local.hour != quiet:
                events.append(
                    {
                        "conversation_id": conversation.id,
                        "kind": "opened",
                        "at": fields.Datetime.to_string(at + timedelta(minutes=5)),
                    }
                )
            at += timedelta(hours=1)
        self.env["contact_center.event"].sudo()._insert(events)
        self.env.flush_all()

    def test_a_maintenance_lies_in_the_quietest_hour_and_is_authorised_in_writing(self):
        """Tuesday, three o'clock in the morning."""
        self._busy_but(24 + 3)
        request = self._request("maintenance", user=self.supervisor, description="Atualização")
        with self.assertRaisesRegex(UserError, "authorises"):
            request.action_done()
        with self.assertRaises(UserError):
            request.with_user(self.inspector).action_authorise()
        request.action_propose()
        self.assertEqual(request.planned_start, datetime(2026, 11, 24, 6))  # 3:00 in São Paulo
        self.assertEqual(request.planned_end, datetime(2026, 11, 24, 7))
        self.assertEqual(request.planned_contacts, 0)
        decides = request.with_user(self.inspector)
        with self.assertRaisesRegex(UserError, "document"):
            decides.action_authorise()
        decides.authorisation = "Ofício 12/2026"
        with self.assertRaises(AccessError):
            request.action_authorise()
        decides.action_authorise()
        self.assertEqual(request.authorised_by_id, self.inspector)
        with self.assertRaises(UserError):
            request.action_propose()
        request.done_note = "Atualizado"
        request.action_done()
        self.assertEqual(request.state, "done")

    def test_only_a_maintenance_is_planned(self):
        with self.assertRaises(UserError):
            self._request().action_propose()
