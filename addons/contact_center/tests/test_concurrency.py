# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..core import automatic

SECOND_USER = 2  # base.user_admin: an administrator, as the superuser is


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    """Two agents take the same conversation: real transactions, committed and removed here."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            queue = env["contact_center.queue"].create({"name": "Concorrência"})
            partner = env["res.partner"].create({"name": "Cidadã concorrida"})
            conversation = env["contact_center.conversation"]._open(partner, "internal", queue)
            conversation._hand_over()
            self.queue_id = queue.id
            self.livechat_id = queue.livechat_channel_id.id
            self.partner_id = partner.id
            self.conversation_id = conversation.id
            self.channel_id = conversation.discuss_channel_id.id
        self.addCleanup(self._remove)

    def _remove(self):
        """Remove what was committed, in SQL: events and conversations are never deleted."""
        with self.registry.cursor() as cr:
            for query, value in (
                (
                    "UPDATE contact_center_conversation SET discuss_channel_id = NULL WHERE id=%s",
                    self.conversation_id,
                ),
                *(
                    (f"DELETE FROM {table} WHERE conversation_id = %s", self.conversation_id)
                    for table in ("contact_center_event", "contact_center_stay")
                ),
                (
                    "DELETE FROM mail_message WHERE model = 'discuss.channel' AND res_id = %s",
                    self.channel_id,
                ),
                ("DELETE FROM discuss_channel WHERE id = %s", self.channel_id),
                ("DELETE FROM contact_center_conversation WHERE id = %s", self.conversation_id),
                (
                    "DELETE FROM contact_center_agent_state WHERE user_id IN %s",
                    (SUPERUSER_ID, SECOND_USER),
                ),
                ("DELETE FROM contact_center_queue WHERE id = %s", self.queue_id),
                ("DELETE FROM im_livechat_channel WHERE id = %s", self.livechat_id),
                ("DELETE FROM res_partner WHERE id = %s", self.partner_id),
            ):
                cr.execute(query, [value])

    def _conversation(self, cr, uid):
        return api.Environment(cr, uid, {})["contact_center.conversation"].browse(
            self.conversation_id
        )

    def test_exactly_one_takes_it(self):
        with self.registry.cursor() as winner_cr, self.registry.cursor() as loser_cr:
            winner = self._conversation(winner_cr, SUPERUSER_ID)
            loser = self._conversation(loser_cr, SECOND_USER)
            # Both see it waiting: the loser's snapshot is older than the winner's commit.
            self.assertEqual(winner.state, "queued")
            self.assertEqual(loser.sudo().state, "queued")
            winner.action_take()
            winner_name = winner.agent_id.name
            winner_cr.commit()
            # As Odoo's RPC layer calls it: repeated after a serialization failure.
            with (
                mute_logger("odoo.sql_db", "odoo.service.model"),
                self.assertRaisesRegex(UserError, winner_name),
            ):
                retrying(partial(loser.action_take), loser.env)
            loser_cr.rollback()
        with self.registry.cursor() as cr:
            conversation = self._conversation(cr, SUPERUSER_ID)
            self.assertEqual(conversation.agent_id.id, SUPERUSER_ID)
            self.assertEqual(conversation.event_ids.mapped("kind").count("accepted"), 1)

    def test_loser_is_refused_by_the_database(self):
        """Without the repetition the second transaction fails: it never overwrites the first."""
        with self.registry.cursor() as winner_cr, self.registry.cursor() as loser_cr:
            winner = self._conversation(winner_cr, SUPERUSER_ID)
            loser = self._conversation(loser_cr, SECOND_USER)
            self.assertEqual(loser.sudo().state, "queued")
            winner.action_take()
            winner_cr.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                loser.action_take()
            loser_cr.rollback()

    # ------------------------------------------------------------
    # Silence: two runs of the scheduled action, and a run that is stopped
    # ------------------------------------------------------------

    def _silent(self):
        """Return a conversation that was answered and whose citizen is silent for an hour."""
        with self.registry.cursor() as cr:
            conversation = self._conversation(cr, SUPERUSER_ID)
            conversation.action_take()
            conversation.queue_id.write(
                {
                    "calendar_id": False,
                    "service_warning_minutes": 20,
                    "service_close_minutes": 90,
                }
            )
            hour_ago = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
            conversation.write({"last_outbound_at": hour_ago, "unread_count": 0})

    def _warnings(self):
        """Return the number of warnings to the citizen, as the database has it."""
        with self.registry.cursor() as cr:
            events = self._conversation(cr, SUPERUSER_ID).event_ids
            return [
                event.data["message"] for event in events if event.kind == "automatic_message"
            ].count("inactivity_warning")

    def test_two_runs_warn_once(self):
        self._silent()
        with self.registry.cursor() as first_cr, self.registry.cursor() as second_cr:
            first = self._conversation(first_cr, SUPERUSER_ID)
            second = self._conversation(second_cr, SUPERUSER_ID)
            # Both have seen that it is due.
            self.assertEqual(first._silence_step(), automatic.WARN)
            self.assertEqual(second._silence_step(), automatic.WARN)
            self.assertEqual(first._act_on_silence(), automatic.WARN)
            self.assertEqual(second._act_on_silence(), "", "the other has it under its lock")
            first_cr.commit()
            self.assertEqual(second._act_on_silence(), "", "the other has changed it")
            second_cr.rollback()
            self.assertEqual(second._act_on_silence(), "", "it is not due any more")
            second_cr.rollback()
        self.assertEqual(self._warnings(), 1)

    def test_a_run_that_is_stopped_has_said_nothing(self):
        self._silent()
        with self.registry.cursor() as stopped_cr:
            stopped = self._conversation(stopped_cr, SUPERUSER_ID)
            self.assertEqual(stopped._act_on_silence(), automatic.WARN)
            stopped_cr.rollback()
        self.assertEqual(self._warnings(), 0)
        with self.registry.cursor() as cr:
            self.assertEqual(self._conversation(cr, SUPERUSER_ID)._act_on_silence(), automatic.WARN)
        self.assertEqual(self._warnings(), 1)
