# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.real_cursors import Killed, RealCursorsCase

from .common import USER_TOKEN, FarGlpiMixin

PUMP_LOG = "odoo.addons.glpi_connector.models.glpi_server_pump"
PUMP_LOCK = """
SELECT activity.state, activity.backend_xmin
FROM pg_stat_activity activity JOIN pg_locks USING (pid)
WHERE locktype = 'advisory' AND datname = current_database()
  AND (classid::bigint << 32 | objid::bigint) = hashtextextended('glpi.pump:' || %s, 0)
"""


@tagged("post_install", "-at_install")
class TestRealCursors(FarGlpiMixin, RealCursorsCase):
    """Commits before GLPI is called, rollbacks, and the lock of the sender."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            server = env["glpi.server"].create(
                {
                    "name": "GLPI de verdade",
                    "url": self.glpi.url,
                    "app_token": "app-token",
                    "user_token": USER_TOKEN,
                    "rate": 0,
                }
            )
            queue = env["contact_center.queue"].create({"name": "Fila de verdade"})
            citizen = env["res.partner"].create({"name": "Maria da Silva"})
            conversation = env["contact_center.conversation"]._open(citizen, "internal", queue)
            ticket = env["glpi.ticket"]._open_for(
                conversation,
                "Impressora parada",
                description="Não liga.",
                server_id=server.id,
            )
            self.server_id, self.ticket_id = server.id, ticket.id

    def _pump(self):
        with self.transaction() as env:
            env["glpi.server"].browse(self.server_id)._pump()

    def _kill(self):
        raise Killed

    def _ticket(self, columns):
        """Return columns of the ticket as another transaction sees them now."""
        (row,) = self.committed(
            f"SELECT {columns} FROM glpi_ticket WHERE id = %s",
            self.ticket_id,
        )
        return row

    def _add_followup(self):
        with self.transaction() as env:
            env["glpi.ticket"].browse(self.ticket_id)._send_to_glpi("followup", "E agora?")

    def test_the_ticket_is_on_record_as_sent_before_it_is_sent(self):
        seen = []
        self.glpi.after["POST Ticket"] = lambda: seen.append(self._ticket("state, maybe_sent"))
        self._pump()
        self.assertEqual(seen, [("pushing", True)])
        self.assertEqual(self._ticket("state, glpi_id"), ("open", *self.glpi.tickets))

    def test_a_job_that_is_killed_while_glpi_answers_makes_no_second_ticket(self):
        self.glpi.after["POST Ticket"] = self._kill
        self.assertRaises(Killed, self._pump)
        self.assertEqual(self._ticket("state, maybe_sent, glpi_id"), ("pushing", True, None))
        self._pump()
        self.assertEqual(self._ticket("state, glpi_id"), ("open", *self.glpi.tickets))

    def test_what_glpi_answered_outlasts_a_job_that_is_killed_afterwards(self):
        self._add_followup()
        self.glpi.after["POST ITILFollowup"] = self._kill
        self.assertRaises(Killed, self._pump)
        self.assertEqual(self._ticket("state, glpi_id"), ("open", *self.glpi.tickets))
        outbox = "SELECT state, maybe_sent FROM glpi_outbox WHERE ticket_id = %s"
        self.assertEqual(self.committed(outbox, self.ticket_id), [("waiting", True)])
        self._pump()
        self.assertEqual(self.committed(outbox, self.ticket_id), [("sent", True)])
        self.assertEqual((len(self.glpi.tickets), len(self.glpi.followups)), (1, 1))

    def test_of_two_jobs_one_sends(self):
        attempts = []

        def second_job():
            before = self.glpi.attempts
            self._pump()
            attempts.append(self.glpi.attempts - before)

        self.glpi.after["POST Ticket"] = second_job
        self._pump()
        self.assertEqual(attempts, [0])
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_who_may_send_keeps_no_snapshot_while_glpi_answers(self):
        seen = []
        self.glpi.after["POST Ticket"] = lambda: seen.extend(
            self.committed(PUMP_LOCK, self.server_id)
        )
        self._pump()
        self.assertEqual(seen, [("idle", None)])
        self.assertEqual(self.committed(PUMP_LOCK, self.server_id), [])

    def test_what_an_unforeseen_error_left_half_done_is_undone(self):
        def draft(ticket, _client):
            ticket.title = "Pela metade"
            ticket.flush_recordset()
            raise ValueError("unforeseen")

        self.patch(self.registry["glpi.ticket"], "_draft", draft)
        with self.assertLogs(PUMP_LOG, "ERROR"):
            self._pump()
        self.assertEqual(self._ticket("title, state"), ("Impressora parada", "failed"))
        self.assertFalse(self.glpi.tickets)
