# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import AlertCase

TEXT = "Chove forte. Em perigo, ligue 199."


@tagged("post_install", "-at_install")
class TestCivil(AlertCase):
    """One switch: a prepared flow, a notice, lent agents; and everything back as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Run = cls.env["contact_center.civil.run"]
        cls.emergency = cls.env["chatbot.flow"].create({"name": "Emergência"})
        cls._step("alerta", "message", flow=cls.emergency, text="Defesa Civil: o que houve?")
        cls._step(
            "gente", "hand_over", flow=cls.emergency, text="Chamando.", queue_id=cls.other_queue.id
        )
        cls.emergency.action_publish()
        cls.plan = cls.env["contact_center.civil.plan"].create(
            {
                "name": "Enchente",
                "notice_text": TEXT,
                "bulk_text": "Fique em casa.",
                "queue_id": cls.other_queue.id,
                "agent_ids": [(6, 0, (cls.agent | cls.outsider).ids)],
                "entry_ids": [(0, 0, {"flow_id": cls.emergency.id})],
                "hours": 6,
            }
        )

    def setUp(self):
        super().setUp()
        self.enterContext(trap_jobs())

    def _on(self, **vals):
        wizard = (
            self.env["contact_center.civil.start"]
            .with_user(self.supervisor)
            .create(
                {"plan_id": self.plan.id, "reason": "Chuva de 80 mm", "confirmed": True, **vals}
            )
        )
        return self.Run.browse(wizard.action_switch_on()["res_id"])

    def _off(self, run, reason="A chuva passou"):
        self.env["contact_center.civil.end"].with_user(self.supervisor).create(
            {"run_id": run.id, "reason": reason}
        ).action_switch_off()

    def _kinds_of(self, run):
        return run.entry_ids.sorted("id").mapped("kind")

    def test_on_and_off_again(self):
        before = self.other_queue.member_ids
        going_on = self._talk("oi")
        run = self._on()
        self.assertEqual(run.started_by_id, self.supervisor)
        conversation = self._talk("oi")
        said = " ".join(self._alerts_said(conversation))
        self.assertIn("Defesa Civil", said)
        self.assertIn(TEXT, said)
        self.assertEqual(conversation.queue_id, self.other_queue)
        self.assertEqual(going_on.flow_id, self.flow, "what goes on stays where it is")
        self.assertEqual(self.other_queue.member_ids, before | self.agent)
        self.assertEqual((run.led_count, run.added_agent_ids), (1, self.agent))
        conversation._close("abandoned")
        self._off(run)
        self.assertEqual(self.other_queue.member_ids, before)
        self.assertEqual(run.notice_ids.state, "ended")
        after = self._talk("oi")
        self.assertEqual(after.flow_id, self.flow)
        self.assertNotIn(TEXT, " ".join(self._alerts_said(after)))
        self.assertEqual(
            self._kinds_of(run),
            [
                *("civil_started", "flow_switched", "notice_published", "agents_added"),
                *("notice_ended", "flow_back", "civil_ended", "agents_back"),
            ],
        )

    def test_settings_changed_meanwhile_stay_changed(self):
        """Nothing is put back that others wrote while the mode was on."""
        run = self._on()
        self.other_queue.member_ids |= self.colleague
        self._off(run)
        self.assertEqual(self.other_queue.member_ids, self.outsider | self.colleague)

    def test_it_ends_by_itself_and_at_once_by_the_clock(self):
        run = self._on()
        with freeze_time(WORKING_TIME + timedelta(hours=6, seconds=1)):
            self.assertEqual(self._talk("oi").flow_id, self.flow, "before the action runs too")
            self.Run._end_due()
        self.assertEqual((run.state, run.ended_by_id), ("ended", self.env.user))
        self.assertEqual(self.other_queue.member_ids, self.outsider)

    def test_the_end_is_moved(self):
        run = self._on()
        run.with_user(self.supervisor).action_extend()
        self.assertEqual(run.ends_at - run.started_at, timedelta(hours=8))
        self.assertEqual(run.notice_ids.date_end, run.ends_at)
        with freeze_time(WORKING_TIME + timedelta(hours=7)):
            self.assertEqual(self._talk("oi").flow_id, self.emergency)

    def _empty_emergency_queue(self):
        """Return a queue without anybody, to which the prepared flow leads."""
        queue = self.env["contact_center.queue"].create({"name": "Abrigo"})
        self.emergency.step_ids.filtered(lambda step: step.kind == "hand_over").queue_id = queue
        self.emergency.action_publish()
        self.plan.queue_id = queue
        return queue

    def test_an_emergency_queue_is_as_empty_as_it_was(self):
        queue = self._empty_emergency_queue()
        run = self._on()
        self.assertEqual(queue.member_ids, self.agent | self.outsider)
        self._off(run)
        self.assertFalse(queue.member_ids)

    def test_agents_stay_while_somebody_waits_for_them_alone(self):
        queue = self._empty_emergency_queue()
        run = self._on()
        waiting = self._talk("oi")
        self.assertEqual((waiting.state, waiting.queue_id), ("queued", queue))
        self._off(run)
        self.assertEqual(queue.member_ids, self.agent | self.outsider)
        self.assertEqual(self._kinds_of(run)[-1], "agents_kept")
        self.Run._end_due()
        self.assertEqual(self._kinds_of(run).count("agents_kept"), 1)
        waiting._close("abandoned")
        self.Run._end_due()
        self.assertFalse(queue.member_ids)
        self.assertEqual(self._kinds_of(run)[-1], "agents_back")

    def test_a_drill_changes_nothing(self):
        run = self._on(is_drill=True, confirmed=False)
        conversation = self._talk("oi")
        self.assertEqual(conversation.flow_id, self.flow)
        self.assertNotIn(TEXT, " ".join(self._alerts_said(conversation)))
        self.assertEqual(self.other_queue.member_ids, self.outsider)
        self.assertFalse(run.notice_ids)
        broadcast = self._write_to_many(run)
        broadcast.action_start()
        self.assertEqual((broadcast.state, broadcast.sent_count), ("done", 0))
        self.assertEqual(broadcast.recipient_ids.mapped("state"), ["drill"])
        self.assertNotIn("Fique em casa", " ".join(self._alerts_said(conversation)))
        self.assertIn("Emergência", " ".join(run.entry_ids.filtered("detail").mapped("detail")))
        self._off(run)
        self.assertNotIn("flow_back", self._kinds_of(run))

    def _write_to_many(self, run):
        action = run.with_user(self.supervisor).action_write_to_many()
        return (
            self.env["contact_center.alert.broadcast"]
            .with_user(self.supervisor)
            .with_context(**action["context"])
            .create({})
        )

    def test_messages_to_many_stop_with_it(self):
        self._talk("oi")
        run = self._on()
        broadcast = self._write_to_many(run)
        self.assertEqual((broadcast.text, broadcast.run_id), ("Fique em casa.", run))
        broadcast.action_start()
        self._off(run)
        self.assertEqual(broadcast.state, "stopped")
        with self.assertRaises(UserError):
            broadcast.action_resume()
        with self.assertRaises(UserError):
            self._write_to_many(run)

    def test_it_needs_a_reason_and_a_confirmation_and_is_on_once(self):
        for vals in ({"reason": "  "}, {"confirmed": False}):
            with self.assertRaises(UserError):
                self._on(**vals)
        run = self._on()
        with self.assertRaises(UserError):
            self._on()
        with self.assertRaises(UserError):
            self._on(is_drill=True)
        with self.assertRaises(UserError):
            self._off(run, " ")
        self._off(run)
        with self.assertRaises(UserError):
            self._off(run)
        self.assertTrue(self._on(), "and again")

    def test_a_plan_that_is_not_ready(self):
        draft = self.env["chatbot.flow"].create({"name": "Rascunho"})
        self.plan.entry_ids.flow_id = draft
        with self.assertRaises(UserError):
            self._on()
        run = self._on(is_drill=True)
        self.assertIn("Rascunho", " ".join(run.entry_ids.filtered("detail").mapped("detail")))

    def test_a_plan_stays_as_it_is_while_it_is_carried_out(self):
        run = self._on()
        with self.assertRaises(UserError):
            self.plan.hours = 1
        with self.assertRaises(UserError):
            self.plan.entry_ids.flow_id = self.flow
        with self.assertRaises(UserError):
            self.plan.entry_ids.unlink()
        self._off(run)
        self.plan.hours = 1

    def test_only_supervisors_switch(self):
        run = self._on()
        for user in (self.manager, self.agent):
            with self.assertRaises(AccessError):
                self.Run.with_user(user)._switch_on(self.plan, "x")
            for name in ("action_switch_off", "action_extend", "action_write_to_many"):
                with self.assertRaises(AccessError):
                    getattr(run.with_user(user), name)()

    def test_another_company_is_not_concerned(self):
        company = self.env["res.company"].create({"name": "Outra cidade"})
        self.plan.company_id = company
        self.Run._switch_on(self.plan, "x")
        self.queue.company_id = self.env.company
        self.assertEqual(self._talk("oi").flow_id, self.flow)

    def test_a_new_conversation_costs_nothing_while_it_is_off(self):
        conversation = self._talk("oi")
        self.Run._active_for(conversation)
        with self.assertQueryCount(0):
            self.Run._active_for(conversation)

    def test_the_report_says_what_was_done(self):
        run = self._on()
        self._talk("oi")
        self._write_to_many(run).action_start()
        self._off(run)
        found = run._report()
        self.assertEqual((found["contacts"], found["led"]), (1, 1))
        self.assertEqual([row["entered"] for row in found["waits"]], [1])
        self.assertEqual(run._clock(3725.4), "1:02:05")
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("contact_center_alert.civil_run_report", run.ids)[0]
            .decode()
        )
        for words in ("Chuva de 80 mm", "Sílvia Supervisora", TEXT, "Fique em casa.", "Outra fila"):
            self.assertIn(words, html)

    def test_everybody_reads_that_it_is_on(self):
        self._on()
        shown = self.env["contact_center.alert.banner"].with_user(self.agent).get_banners()
        self.assertEqual([one["level"] for one in shown], ["danger"])
