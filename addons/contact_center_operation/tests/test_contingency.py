# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestContingency(ContactCenterCase):
    """Plans in versions, and the log of their drills."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["contact_center.contingency.plan"].search([]).active = False
        cls.plan = (
            cls.env["contact_center.contingency.plan"]
            .with_user(cls.administrator)
            .create({"name": "Greve de ônibus", "scenario": "transport"})
        )

    def _version(self, body="<p>Atendentes trabalham de casa.</p>"):
        """Return the next draft, as the administrator writes it."""
        draft = self.env["contact_center.contingency.version"].browse(
            self.plan.action_new_version()["res_id"]
        )
        draft = draft.with_user(self.administrator)
        draft.body = body
        return draft

    def _in_force(self, **vals):
        version = self._version(**vals)
        version.action_put_in_force()
        return version

    def _drill(self, user=None, **vals):
        values = {
            "version_id": self.plan.current_version_id.id,
            "participants": "Equipe da manhã",
            "tried": "Dez pessoas de casa por uma hora",
            "result": "partly",
            **vals,
        }
        drills = self.env["contact_center.contingency.drill"].with_user(user or self.supervisor)
        return drills.create(values)

    def test_draft_in_force_replaced(self):
        first = self._in_force()
        self.assertEqual((first.state, first.number), ("in_force", 1))
        self.assertEqual(first.approved_id, self.administrator)
        self.assertEqual(self.plan.current_version_id, first)
        second = self._version()
        self.assertEqual((second.number, second.state), (2, "draft"))
        self.assertEqual(self.plan.current_version_id, first, "a draft is not in force")
        second.action_put_in_force()
        self.assertEqual((first.state, second.state), ("replaced", "in_force"))
        self.assertEqual(first.replaced_at, second.approved_at)
        self.assertEqual(self.plan.current_version_id, second)

    def test_the_next_version_begins_with_the_words_in_force_and_is_begun_once(self):
        self._in_force(body="<p>Ligar para o coordenador.</p>")
        draft = self.plan.action_new_version()["res_id"]
        self.assertEqual(self.plan.action_new_version()["res_id"], draft)
        version = self.env["contact_center.contingency.version"].browse(draft)
        self.assertIn("coordenador", version.body)

    def test_what_was_in_force_is_never_changed(self):
        version = self._in_force()
        for values in ({"body": "<p>Outra coisa</p>"}, {"changes": "x"}):
            with self.assertRaises(UserError):
                version.write(values)
        for values in ({"state": "draft"}, {"approved_at": False}, {"number": 9}):
            with self.assertRaises(AccessError):
                version.write(values)
        with self.assertRaises(UserError):
            version.action_put_in_force()
        with self.assertRaises(UserError):
            version.unlink()
        with self.assertRaises(UserError):
            self.plan.unlink()

    def test_a_version_begins_as_a_draft_whatever_is_asked_for(self):
        version = self.env["contact_center.contingency.version"].with_user(self.administrator)
        made = version.create(
            {"plan_id": self.plan.id, "state": "in_force", "number": 7, "approved_at": WORKING_TIME}
        )
        self.assertEqual((made.state, made.number, made.approved_at), ("draft", 1, False))

    def test_one_version_is_in_force(self):
        self._in_force()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._version().sudo().write({"state": "in_force"})

    def test_an_empty_plan_is_not_put_in_force(self):
        version = self._version(body="<p><br></p>")
        with self.assertRaises(UserError):
            version.action_put_in_force()
        with self.assertRaises(UserError):
            self.plan.action_new_drill()

    def test_only_administrators_write_plans(self):
        version = self._version()
        with self.assertRaises(AccessError):
            version.with_user(self.supervisor).action_put_in_force()
        for user in (self.supervisor, self.manager):
            self.assertTrue(self.plan.with_user(user).name)
            with self.assertRaises(AccessError):
                self.plan.with_user(user).name = "x"
        with self.assertRaises(AccessError):
            self.plan.with_user(self.agent).read(["name"])

    def test_a_recorded_drill_stays_as_it_is(self):
        self._in_force()
        drill = self._drill()
        drill.findings = "Dois sem fone de ouvido"
        drill.action_record()
        self.assertEqual((drill.state, drill.recorded_id), ("recorded", self.supervisor))
        self.assertEqual(drill.plan_id, self.plan)
        for user in (self.supervisor, self.administrator):
            with self.assertRaises(UserError):
                drill.with_user(user).findings = "Nada"
            with self.assertRaises(UserError):
                drill.with_user(user).action_record()
        with self.assertRaises(UserError):
            drill.with_user(self.administrator).unlink()
        self.assertEqual(drill.with_user(self.manager).findings, "Dois sem fone de ouvido")

    def test_a_drill_is_recorded_with_its_result_and_not_before_it_was_held(self):
        self._in_force()
        with self.assertRaises(UserError):
            self._drill(result=False).action_record()
        with self.assertRaises(UserError):
            self._drill(held_at=WORKING_TIME + timedelta(days=1)).action_record()
        with self.assertRaises(AccessError):
            self._drill(state="recorded").state = "recorded"

    def test_whoever_reads_a_drill_reads_its_files(self):
        self._in_force()
        values = {"name": "lista.txt", "datas": base64.b64encode(b"presentes")}
        own = self.env["ir.attachment"].with_user(self.supervisor).create(values)
        drill = self._drill(attachment_ids=[Command.set(own.ids)])
        self.assertEqual(drill.with_user(self.manager).attachment_ids.raw, b"presentes")
        foreign = self.env["ir.attachment"].with_user(self.administrator).create(values)
        with self.assertRaises(AccessError):
            drill.attachment_ids = [Command.link(foreign.id)]
            self.env.flush_all()

    def test_the_next_drill_is_due_and_health_says_so(self):
        health = self.env["contact_center.health"]
        self.assertIn("no contingency plan", health._check_contingency()["words"])
        self._in_force()
        self.assertEqual(self.plan.next_drill_on.isoformat(), "2027-05-20")
        self.assertEqual(health._check_contingency()["level"], "ok")
        with freeze_time(WORKING_TIME + timedelta(days=200)):
            self.plan.invalidate_recordset()
            self.assertTrue(self.plan.drill_late)
            self.assertIn("Greve de ônibus", health._check_contingency()["words"])
            self._drill(held_at=fields.Datetime.now()).action_record()
            self.plan.invalidate_recordset()
            self.assertFalse(self.plan.drill_late)
        self.plan.drill_months = 0
        self.assertFalse(self.plan.next_drill_on)
