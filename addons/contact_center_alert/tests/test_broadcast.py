# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import AlertCase

TEXT = "A luz voltou no Barreiro."


@tagged("post_install", "-at_install")
class TestBroadcast(AlertCase):
    """Many citizens are told, each once, at a pace, and who does not want it is left alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Broadcast = cls.env["contact_center.alert.broadcast"]
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Pessoa {number}", "street2": "Barreiro"} for number in range(5)]
        )

    def setUp(self):
        super().setUp()
        self.jobs = self.enterContext(trap_jobs())
        self.talks = [self._asked(person) for person in self.people]

    def _asked(self, person, text="estou sem luz"):
        """Return a conversation in which a person asked, closed since."""
        conversation = self.Conversation._open(
            person, "internal", queue=self.queue, flow_id=self.flow.id
        )
        self._type(conversation, text)
        conversation._close("self_service")
        return conversation

    def _alarm(self):
        alarm = self.Alarm.sudo().create(
            {
                "subject_id": self.subject.id,
                "district": "barreiro",
                "place": "Barreiro",
                "window_minutes": 20,
                "since": fields.Datetime.now() - timedelta(minutes=20),
                "count": 5,
            }
        )
        alarm._link_contacts()
        return alarm

    def _resolve(self, alarm, **vals):
        wizard = (
            self.env["contact_center.alert.mended"]
            .with_user(self.supervisor)
            .create({"alarm_id": alarm.id, "text": TEXT, **vals})
        )
        wizard.action_resolve()
        return alarm.broadcast_ids

    def _send(self, broadcast):
        with self._no_commits():
            broadcast.sudo()._send()

    def _heard(self):
        return [
            len([text for text in self._alerts_said(talk) if TEXT in text]) for talk in self.talks
        ]

    def _chosen(self, **vals):
        return self.Broadcast.with_user(self.supervisor).create(
            {"name": "Enchente", "text": TEXT, "days": 7, **vals}
        )

    def test_resolved_tells_everybody_who_asked_once(self):
        alarm = self._alarm()
        self.assertEqual(alarm.contact_count, 5)
        broadcast = self._resolve(alarm)
        self._send(broadcast)
        self._send(broadcast)
        self.assertEqual(self._heard(), [1] * 5)
        self.assertEqual(
            (alarm.state, broadcast.state, broadcast.sent_count), ("resolved", "done", 5)
        )
        self.assertEqual(
            broadcast.entry_ids.sorted("id").mapped("kind"), ["send_started", "send_done"]
        )
        self.assertEqual(broadcast.entry_ids.alarm_id, alarm)
        self.assertEqual(
            alarm.entry_ids.filtered(lambda one: one.kind == "resolved").user_id, self.supervisor
        )

    def test_a_second_click_finds_it_resolved(self):
        alarm = self._alarm()
        self._resolve(alarm)
        with self.assertRaises(UserError):
            self._resolve(alarm)
        self.assertEqual(len(alarm.broadcast_ids), 1)

    def test_who_asked_twice_is_told_once(self):
        self._asked(self.people[0])
        broadcast = self._resolve(self._alarm())
        self.assertEqual(broadcast.total_count, 5)

    def test_who_opted_out_is_left_alone(self):
        self.people[0].contact_center_opt_out = True
        self.people[1].active = False
        broadcast = self._resolve(self._alarm())
        self.assertEqual(broadcast.total_count, 4, "archived people are not in it")
        self.people[2].active = False
        self._send(broadcast)
        self.assertEqual(self._heard(), [0, 0, 0, 1, 1])
        states = {one.partner_id: (one.state, one.why) for one in broadcast.recipient_ids}
        self.assertEqual(states[self.people[0]], ("skipped", "opted_out"))
        self.assertEqual(states[self.people[2]], ("skipped", "gone"))

    def test_who_opts_out_meanwhile_is_left_alone(self):
        broadcast = self._resolve(self._alarm(), rate=1)
        self._send(broadcast)
        self.people.contact_center_opt_out = True
        with freeze_time(WORKING_TIME + timedelta(minutes=2)):
            self._send(broadcast)
        self.assertEqual((broadcast.sent_count, broadcast.skipped_count), (1, 4))

    def test_outside_the_window_without_a_template(self):
        broadcast = self._resolve(self._alarm())
        closed = fields.Datetime.now() - timedelta(minutes=1)
        with self._window(closed):
            self._send(broadcast)
        self.assertEqual(set(broadcast.recipient_ids.mapped("why")), {"window"})
        self.assertEqual(self._heard(), [0] * 5)

    def test_no_minute_has_more_than_its_rate(self):
        broadcast = self._resolve(self._alarm(), rate=2)
        self._send(broadcast)
        self._send(broadcast)
        self.assertEqual(broadcast.sent_count, 2)
        job = [job for job in self.jobs.enqueued_jobs if job.method_name == "_send"][-1]
        self.assertTrue(job.eta)
        with freeze_time(WORKING_TIME + timedelta(seconds=61)):
            self._send(broadcast)
        self.assertEqual((broadcast.sent_count, broadcast.progress), (4, 80.0))

    def test_stopped_nobody_else_is_told(self):
        broadcast = self._resolve(self._alarm(), rate=1)
        self._send(broadcast)
        broadcast.with_user(self.supervisor).action_stop()
        with freeze_time(WORKING_TIME + timedelta(hours=1)):
            self._send(broadcast)
            self.assertEqual((broadcast.state, broadcast.sent_count), ("stopped", 1))
            broadcast.with_user(self.supervisor).action_resume()
            broadcast.with_user(self.supervisor).rate = 100
            self._send(broadcast)
        self.assertEqual((broadcast.state, self._heard()), ("done", [1] * 5))

    def test_chosen_by_district_and_time(self):
        self.people[0].street2 = "Centro"
        self.people[1].street2 = "bairro BARREIRO"
        self.talks[2].last_inbound_at = fields.Datetime.now() - timedelta(days=20)
        self.env["contact_center.alert.contact"].search(
            [("partner_id", "=", self.people[0].id)]
        ).sudo().district = False
        broadcast = self._chosen(districts="Barreiro")
        self.assertIn("3", broadcast.preview)
        broadcast.action_start()
        self.assertEqual(
            broadcast.recipient_ids.partner_id, self.people[1] | self.people[3] | self.people[4]
        )

    def test_a_region_is_those_who_live_in_its_districts(self):
        region = self.env["contact_center.region"].create({"name": "Oeste"})
        district = self.env["contact_center.district"].create(
            {"name": "Buritis", "region_id": region.id}
        )
        self.env.company.city = "Belo Horizonte"
        self.people[0].street2 = "B. Buritis - BH"
        self.people[1].contact_center_district_id = district
        self.people[2].street2 = "Oeste"
        broadcast = self._chosen(districts="Regional Oeste")
        broadcast.action_start()
        self.assertEqual(broadcast.recipient_ids.partner_id, self.people[:3])

    def test_nobody_is_no_sending(self):
        broadcast = self._chosen(districts="Lugar nenhum")
        with self.assertRaises(UserError):
            broadcast.action_start()
        self.assertEqual(broadcast.state, "draft")

    def test_the_open_conversation_is_where_it_is_said(self):
        present = self.Conversation._open(
            self.people[0], "internal", queue=self.queue, flow_id=self.flow.id
        )
        broadcast = self._resolve(self._alarm())
        self._send(broadcast)
        self.assertIn(TEXT, " ".join(self._alerts_said(present)))
        self.assertEqual(self._heard()[0], 0)

    def test_what_goes_on_is_not_changed(self):
        broadcast = self._chosen()
        broadcast.action_start()
        broadcast.action_start()
        for vals in ({"text": "x"}, {"districts": "Centro"}):
            with self.assertRaises(UserError):
                broadcast.write(vals)
        with self.assertRaises(UserError):
            broadcast.unlink()
        for vals in ({"state": "done"}, {"is_drill": True}, {"audience": "asked"}):
            with self.assertRaises(AccessError):
                broadcast.write(vals)
        broadcast.rate = 5

    def test_bad_values_are_refused(self):
        for vals in ({"text": " "}, {"text": "x" * 5000}, {"days": 0}, {"days": 9999}):
            with self.assertRaises(ValidationError):
                self._chosen(**vals)

    def test_only_supervisors_send(self):
        broadcast = self._chosen()
        for user in (self.manager, self.agent):
            for name in ("action_start", "action_stop", "action_resume"):
                with self.assertRaises(AccessError):
                    getattr(broadcast.with_user(user), name)()
        made = self.Broadcast.with_user(self.supervisor).create(
            {"name": "x", "text": TEXT, "audience": "asked", "alarm_id": self._alarm().id}
        )
        self.assertEqual((made.audience, made.alarm_id.id), ("chosen", False))

    def test_one_citizens_trouble_keeps_nobody_else(self):
        broadcast = self._resolve(self._alarm())
        broken = self.talks[1]

        def tell(conversation, *args):
            if conversation == broken:
                raise ValueError("broken")
            return original(conversation, *args)

        original = type(broken)._tell_alert
        with (
            self.assertLogs("odoo.addons.contact_center_alert", "ERROR"),
            self._patched(type(broken), "_tell_alert", tell),
        ):
            self._send(broadcast)
        self.assertEqual(self._heard(), [1, 0, 1, 1, 1])
        self.assertEqual((broadcast.state, broadcast.skipped_count), ("done", 1))
