# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import DAY, MORNING, IndicatorMixin

LATER = datetime(2026, 12, 2, 13)
LAST = date(2026, 11, 30)
CONTRACTORS = "contact_center_indicator.group_contract_manager"


@tagged("post_install", "-at_install")
class TestRegisters(IndicatorMixin, ContactCenterCase):
    """Turnover, equipment, links, losses; evidence, defence and decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(LATER)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.inspector = cls._inspector()
        cls.contract = cls._contract(cls.inspector, date(2025, 1, 1))
        cls.Occurrence = cls.env["contact_center.indicator.occurrence"]

    # ------------------------------------------------------------
    # Turnover
    # ------------------------------------------------------------

    def _assignment(self, user, first, last=False, operation=None):
        operations = self.env["contact_center.operation"]
        name = operation or "156"
        found = operations.search([("name", "=", name)]) or operations.create({"name": name})
        return self.env["contact_center.assignment"].create(
            {
                "user_id": user.id,
                "operation_id": found.id,
                "supervisor_id": self.supervisor.id,
                "registration": f"M{user.id}",
                "date_from": first,
                "date_until": last,
            }
        )

    def test_turnover_comes_from_assignments_on_the_last_day(self):
        """One stays, one enters in the middle, one leaves: (1 + 1) / 2 of the mean headcount."""
        self.env["contact_center.assignment"].search([]).unlink()
        self._assignment(self.agent, "2026-01-01")
        self._assignment(self.colleague, "2026-11-16")
        self._assignment(self.outsider, "2026-01-01", "2026-11-15")
        self.assertEqual(self._tally(self._freeze(date(2026, 11, 29)), "ITO"), (0, 0))
        numerator, denominator = self._tally(self._freeze(LAST), "ITO")
        self.assertEqual(measure.INDICATORS["ITO"].value(numerator, denominator), 50)

    def test_another_operation_is_none_of_this_contract(self):
        self.env["contact_center.assignment"].search([]).unlink()
        own = self._assignment(self.agent, "2026-01-01")
        self._assignment(self.colleague, "2026-11-16", operation="Disque Saúde")
        contract = self._contract(
            self.inspector, date(2025, 6, 1), operation_ids=own.operation_id.ids
        )
        self.assertEqual(self.env["contact_center.contract"]._on(LAST), contract.sudo())
        numerator, denominator = self._tally(self._freeze(LAST), "ITO")
        self.assertEqual((numerator, denominator), (0, 60))

    # ------------------------------------------------------------
    # Equipment and links
    # ------------------------------------------------------------

    def _equipment(self, **values):
        return self.env["contact_center.contract.equipment"].create(
            {"contract_id": self.contract.id, "date_from": "2025-01-01", **values}
        )

    def _stop(self, kind, equipment, hours=None, **values):
        mended = MORNING + timedelta(hours=hours) if hours is not None else False
        return self.Occurrence.with_user(self.supervisor).create(
            {
                "kind": kind,
                "description": "Parou",
                "document": "Chamado 5",
                "happened_at": MORNING,
                "mended_at": mended,
                "equipment_id": equipment.id,
                **values,
            }
        )

    def test_stoppages_become_figures(self):
        computers = self._equipment(name="Computador", category="Estações", units=120)
        self._equipment(name="Headset", units=80)
        link = self._equipment(name="Enlace A", kind="link")
        self._equipment(name="Antigo", units=50, date_until="2026-01-01")
        self._stop("park_large", computers, units=6)
        self._stop("link", link, hours=6)
        closing = self._freeze()
        self.assertEqual(self._tally(closing, "IPE"), (6, 200))
        self.assertEqual(self._tally(closing, "IPD"), (6 * 3600, 86_400))
        self.assertEqual((computers.stopped, computers.goal), (6, "5 %"))
        self.assertEqual(link.goal, "0 %")

    def test_what_was_refused_did_not_stand_still(self):
        computers = self._equipment(name="Computador", units=10)
        stop = self._stop("park_small", computers, units=3)
        stop.action_request()
        decides = stop.with_user(self.inspector)
        decides.ruling = "Estavam em uso"
        decides.action_refuse()
        self.assertEqual(self._tally(self._freeze(), "IPE"), (0, 10))
        self.assertEqual(computers.stopped, 0)

    def test_the_goal_of_the_middle_is_a_matter_of_the_reading(self):
        self.assertEqual(self._equipment(name="Computador", units=80).goal, "2 %")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._equipment(name="Enlace", kind="link", units=2)

    # ------------------------------------------------------------
    # Losses at the entrance
    # ------------------------------------------------------------

    def test_what_channels_were_offered_and_lost(self):
        counts = {"whatsapp": (8000, 41), "email": (0, 0)}
        intake = type(self.env["contact_center.intake"])
        with patch.object(intake, "_counts", lambda self, start, end: counts):
            closing = self._freeze()
        self.assertEqual(self._tally(closing, "IPL"), (41, 8000))

    # ------------------------------------------------------------
    # Evidence, defence, decision
    # ------------------------------------------------------------

    def _complaint(self, user=None):
        return self.Occurrence.with_user(user or self.supervisor).create(
            {
                "kind": "complaint",
                "description": "Grosseria",
                "document": "Ouvidoria 7",
                "happened_at": MORNING,
            }
        )

    def test_the_contractor_defends_itself_until_the_city_decides(self):
        complaint = self._complaint(self.inspector)
        complaint.action_request()
        gestor = self._user("cc_contract", "Gil Gestor", CONTRACTORS)
        with self.assertRaises(AccessError):
            complaint.with_user(self.inspector).defence = "x"
        with self.assertRaises(AccessError):
            complaint.with_user(self.manager).defence = "x"
        complaint.with_user(gestor).defence = "O cidadão desligou"
        self.assertEqual(complaint.defended_by_id, gestor)
        # The city's decision, by another of its people, with reasons
        with self.assertRaises(AccessError):
            complaint.with_user(gestor).ruling = "Improcedente"
        with self.assertRaises(AccessError):
            complaint.with_user(self.inspector).action_approve()
        group = "contact_center_indicator.group_contract_inspector"
        second = self._user("cc_inspector_2", "Ivo Fiscal", group)
        decides = complaint.with_user(second)
        with self.assertRaisesRegex(UserError, "reasons"):
            decides.action_approve()
        decides.ruling = "A gravação comprova"
        decides.action_approve()
        self.assertEqual((complaint.state, complaint.decided_for), ("approved", "city"))
        for field in ("defence", "ruling"):
            with self.assertRaises(UserError):
                complaint.sudo()[field] = "outra"

    def test_evidence_is_read_with_its_occurrence(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.supervisor)
            .create({"name": "noticia.pdf", "raw": b"%PDF"})
        )
        self.assertFalse(file.with_user(self.inspector).has_access("read"))
        complaint = self.Occurrence.with_user(self.supervisor).create(
            {
                "kind": "media",
                "description": "Notícia",
                "document": "Jornal de 19/11",
                "happened_at": MORNING,
                "evidence_ids": file.ids,
            }
        )
        self.assertTrue(file.with_user(self.inspector).has_access("read"))
        self.assertFalse(file.with_user(self.agent).has_access("read"))
        complaint.action_request()
        with self.assertRaises(UserError):
            complaint.evidence_ids = False

    def test_names_of_who_defended_are_not_written_by_hand(self):
        with self.assertRaises(AccessError):
            self._complaint().defended_by_id = self.supervisor

    def test_a_clock_says_until_when(self):
        stop = self._stop("link", self._equipment(name="Enlace B", kind="link"))
        self.assertEqual(stop.due_at, MORNING + timedelta(hours=4))
        self.assertFalse(self._complaint().due_at)

    def test_a_service_names_its_queues_and_begins_within_the_contract(self):
        services = self.env["contact_center.contract.service"].with_user(self.administrator)
        vals = {"name": "Zoonoses", "document": "Ofício 1", "contract_id": self.contract.id}
        with self.assertRaisesRegex(UserError, "queues"):
            services.create({**vals, "start": DAY}).action_request()
        with self.assertRaisesRegex(UserError, "before its contract"):
            services.create(
                {**vals, "start": "2024-12-31", "queue_ids": self.queue.ids}
            ).action_request()
        ready = services.create(
            {**vals, "start": DAY, "queue_ids": self.queue.ids, "grace_days": 5}
        )
        self.assertEqual(ready.until, DAY + timedelta(days=5))
        self.assertEqual(services.new({}).contract_id.ids, self.contract.ids)

    def test_a_contract_is_archived_and_nothing_else(self):
        contract = self.contract.with_user(self.administrator)
        contract.active = False
        self.assertTrue(self.env["contact_center.contract"]._on(DAY))
        with self.assertRaises(UserError):
            contract.end = "2030-01-01"
        with self.assertRaises(UserError):
            contract.write({"active": True, "end": "2030-01-01"})
        with self.assertRaises(AccessError):
            contract.with_user(self.supervisor).active = True

    def test_another_company_s_contract_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Outra"})
        contract = self._contract(self.inspector, date(2024, 1, 1))
        self.env.cr.execute(
            "UPDATE contact_center_contract SET company_id = %s WHERE id = %s",
            (other.id, contract.id),
        )
        self.env.invalidate_all()
        found = self.env["contact_center.contract"].with_user(self.manager).search([])
        self.assertNotIn(contract, found)
        self.assertIn(self.contract, found)

    def test_an_invoice_is_of_a_month_and_of_an_approved_contract(self):
        draft = self.env["contact_center.contract"].create(
            {
                "name": "Outro",
                "number": "2",
                "supplier": "Atende",
                "document": "Contrato 2",
                "start": DAY,
            }
        )
        vals = {"amount": 5, "document": "NF", "month": "2026-11-01"}
        invoices = self.env["contact_center.contract.invoice"]
        with self.assertRaises(ValidationError):
            invoices.create({**vals, "contract_id": draft.id})
        with self.assertRaises(ValidationError):
            invoices.create({**vals, "contract_id": self.contract.id, "month": "2026-11-02"})
        with self.assertRaises(UserError):
            draft.action_add_invoice()
        self.assertEqual(
            self.contract.action_add_invoice()["context"]["default_contract_id"], self.contract.id
        )
