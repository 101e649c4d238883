# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Outgoing
from odoo.addons.queue_job.exception import RetryableJobError

from ..models import whatsapp_inbox_drain
from ..models.turn import Turn
from .common import MARIA, WhatsappCase

JOAO = {"wa_id": "5531977776666", "user_id": "BR.77", "name": "João"}
LOGGER = "odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox_drain"


@tagged("post_install", "-at_install")
class TestInboxDrain(WhatsappCase):
    def setUp(self):
        super().setUp()
        self.deliver(self.inbound(text="um"), self.inbound(text="dois"), run=False)
        self.deliver(self.inbound(person=JOAO, text="três"), run=False)

    def states(self, person=None):
        domain = [("contact_key", "like", person["user_id"])] if person else []
        return set(self.Event.search(domain).mapped("state"))

    def test_one_job_serves_everybody_in_order(self):
        self.Event._drain_inbox()
        self.assertEqual(self.states(), {"processed"})
        bodies = self.Message.search([("direction", "=", "in")], order="id").mapped(
            "mail_message_id.body"
        )
        self.assertEqual(
            [str(body) for body in bodies], ["<p>um</p>", "<p>dois</p>", "<p>três</p>"]
        )

    def test_every_event_has_a_turn_of_its_own(self):
        # An event that is over and said nothing; Odoo shares environments of equal contexts
        over, turn = Turn().around(self.Event), Turn()
        event = turn.around(self.Event)
        self.assertIs(Turn.of(event.env), turn)
        self.assertIsNot(event.env, over.env)
        self.assertIsNone(Turn.of(self.Event.env))

    def test_somebody_served_by_another_job_is_left_to_it(self):
        maria = self.Event.search([("contact_key", "like", MARIA["user_id"])], limit=1).contact_key
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"whatsapp.in:{maria}"]
            )
            self.Event._drain_inbox()
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertEqual(self.states(MARIA), {"received"})
        self.assertEqual(self.states(JOAO), {"processed"})

    def failing_for_maria(self, error):
        process = type(self.Event)._process_batch

        def fail(event, key, *batch):
            if MARIA["user_id"] in key:
                raise error
            return process(event, key, *batch)

        return patch.object(type(self.Event), "_process_batch", fail)

    def test_trouble_with_one_person_stops_nobody_else(self):
        with self.failing_for_maria(ZeroDivisionError()), self.assertLogs(LOGGER, "ERROR"):
            self.Event._drain_inbox()
        self.assertEqual(self.states(MARIA), {"received"})
        self.assertEqual(self.states(JOAO), {"processed"})

    def test_conflict_comes_again_later(self):
        with (
            self.jobs(run=False) as trap,
            self.failing_for_maria(RetryableJobError("busy")),
            mute_logger(LOGGER),
        ):
            self.Event._drain_inbox()
        (job,) = trap.enqueued_jobs
        self.assertEqual(job.method_name, "_drain_inbox")
        self.assertTrue(job.eta)
        self.assertEqual(self.states(JOAO), {"processed"})

    def test_long_run_hands_over_to_a_fresh_job(self):
        with (
            self.jobs(run=False) as trap,
            patch.object(whatsapp_inbox_drain, "_LONGEST_RUN", -1),
        ):
            self.Event._drain_inbox()
        (job,) = trap.enqueued_jobs
        self.assertEqual((job.method_name, job.eta), ("_drain_inbox", None))

    def test_waiting_job_is_not_asked_for_twice(self):
        self.env["queue.job"].search([("identity_key", "=", "whatsapp.in")]).unlink()
        self.assertFalse(self.Event._is_waiting("whatsapp.in"))
        job = self.Event.with_delay(identity_key="whatsapp.in")._drain_inbox()
        self.env.flush_all()
        self.assertTrue(self.Event._is_waiting("whatsapp.in"))
        before = self.env["queue.job"].search_count([])
        self.Event._wake([("message", "anybody")])
        self.assertEqual(self.env["queue.job"].search_count([]), before)
        job.db_record().write({"state": "started"})
        self.env.flush_all()
        self.Event._wake([("message", "anybody")])
        self.assertEqual(self.env["queue.job"].search_count([]), before + 1)

    def drained_again(self, retry):
        """Let a job drain the inbox; return the jobs that it woke.

        :param retry: how often it was begun before
        """
        job = self.Event.with_delay()._drain_inbox().db_record()
        job.retry = retry
        self.env.flush_all()
        with self.jobs(run=False) as trap:
            self.Event.with_context(job_uuid=job.uuid)._drain_inbox()
        return trap.enqueued_jobs

    def test_a_job_that_was_killed_has_its_answers_sent_when_it_runs_again(self):
        self.Event._drain_inbox()
        inbound = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        conversation = inbound.conversation_id
        with self.jobs(run=False):
            conversation._say(Outgoing(text="Bom dia!"))
        said = self.outgoing(conversation).filtered(lambda message: message.state == "queued")
        self.assertTrue(said)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE whatsapp_message SET write_date = write_date - interval '5 seconds'"
        )
        said.invalidate_recordset()
        self.assertFalse(self.drained_again(0))
        jobs = self.drained_again(1)
        self.assertEqual({job.method_name for job in jobs}, {"_send_outbox"})
        self.assertEqual(jobs[0].recordset, said.identity_id)
