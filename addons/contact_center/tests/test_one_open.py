# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import partial
from unittest.mock import patch

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import file_path, mute_logger

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestOneOpen(ContactCenterCase):
    """One open conversation for each citizen, kind of channel and number of ours."""

    def _open_at(self, number_key, citizen=None):
        """Open a conversation as a channel with numbers of its own does."""

        def compute(conversations):
            conversations.number_key = number_key

        with patch.object(type(self.Conversation), "_compute_number_key", compute):
            return self.Conversation._open(citizen or self.citizen, "internal", queue=self.queue)

    def test_the_database_refuses_a_second_one(self):
        self._open_at(False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._open_at(False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._open_at("")

    def test_each_number_has_its_own(self):
        self._open_at("a:1")
        self._open_at("a:2")
        self._open_at("a:1", self.citizen.copy({"phone": False}))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._open_at("a:2")

    def test_closed_in_this_transaction_and_opened_again(self):
        first = self._open_at(False)
        first._close("resolved")
        self.assertEqual(self._open_at(False).state, "bot")

    def test_an_update_closes_what_was_open_twice(self):
        """A database from before the index: who is served stays, else the newest."""
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX contact_center_conversation_one_open_per_citizen")
        # The script runs before the one that gives events their microseconds
        self.env.cr.execute("ALTER TABLE contact_center_event ALTER at_us DROP NOT NULL")
        older, newer = self._open_at(False), self._open_at(False)
        other = self.citizen.copy({"phone": False})
        served, idle = self._open_at(False, other), self._open_at(False, other)
        served._hand_over()
        elsewhere = self._open_at("a:2")
        self.env.flush_all()
        script = load_script(
            file_path("contact_center/migrations/19.0.1.0.1/pre-one-open-conversation.py"), "update"
        )
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((older.state, older.outcome), ("closed", "expired"))
        self.assertEqual(older.event_ids.sorted("id")[-1].kind, "closed")
        self.assertTrue(older.closed_at)
        self.assertEqual(
            [one.state for one in (newer, served, idle, elsewhere)],
            ["bot", "queued", "closed", "bot"],
        )

    def test_contacts_with_an_open_conversation_each_are_not_merged(self):
        other = self.citizen.copy({"phone": False})
        mine, theirs = self._open_at(False), self._open_at(False, other)
        merger = self.env["base.partner.merge.automatic.wizard"]
        with self.assertRaisesRegex(UserError, theirs.protocol):
            merger._merge((self.citizen | other).ids, self.citizen, extra_checks=False)
        theirs._close("resolved")
        merger._merge((self.citizen | other).ids, self.citizen, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual((mine | theirs).exists().partner_id, self.citizen)

    def test_contacts_with_conversations_over_different_numbers_are_merged(self):
        other = self.citizen.copy({"phone": False})
        both = self._open_at("a:1") | self._open_at("a:2", other)
        merger = self.env["base.partner.merge.automatic.wizard"]
        merger._merge((self.citizen | other).ids, self.citizen, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(both.exists().partner_id, self.citizen)
        self.assertEqual(len(both.exists()), 2)


@tagged("post_install", "-at_install")
class TestOneOpenOfTwoTransactions(BaseCase):
    """Real transactions, committed and removed here."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            queue = env["contact_center.queue"].create({"name": "Uma só"})
            agent = (
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    {
                        "login": "cc_one_open",
                        "name": "Ana Uma",
                        "group_ids": [Command.set(env.ref("contact_center.group_technician").ids)],
                    }
                )
            )
            queue.member_ids = agent
            self.queue_id, self.livechat_id = queue.id, queue.livechat_channel_id.id
            self.user_id, self.agent_partner_id = agent.id, agent.partner_id.id
            self.partner_id = env["res.partner"].create({"name": "Cidadã de uma só"}).id
        self.addCleanup(self._remove)

    def _remove(self):
        """Remove what was committed, in SQL: events and conversations are never deleted."""
        ours = "(SELECT id FROM contact_center_conversation WHERE partner_id = %(partner)s)"
        channels = "(SELECT id FROM discuss_channel WHERE name LIKE 'Cidadã de uma só ·%%')"
        with self.registry.cursor() as cr:
            for query in (
                (
                    "UPDATE contact_center_conversation SET discuss_channel_id = NULL "
                    f"WHERE id IN {ours}"
                ),
                f"DELETE FROM contact_center_event WHERE conversation_id IN {ours}",
                f"DELETE FROM contact_center_stay WHERE conversation_id IN {ours}",
                "DELETE FROM mail_message WHERE model = 'discuss.channel' AND res_id IN "
                + channels,
                f"DELETE FROM discuss_channel WHERE id IN {channels}",
                "DELETE FROM contact_center_conversation WHERE partner_id = %(partner)s",
                "DELETE FROM contact_center_agent_state WHERE user_id = %(user)s",
                "DELETE FROM contact_center_queue WHERE id = %(queue)s",
                "DELETE FROM im_livechat_channel WHERE id = %(livechat)s",
                "DELETE FROM res_users WHERE id = %(user)s",
                "DELETE FROM res_partner WHERE id IN (%(partner)s, %(agent_partner)s)",
            ):
                cr.execute(
                    query,
                    {
                        "partner": self.partner_id,
                        "user": self.user_id,
                        "queue": self.queue_id,
                        "livechat": self.livechat_id,
                        "agent_partner": self.agent_partner_id,
                    },
                )

    def _citizen_writes(self, env):
        """Find the open conversation or open one, as a channel does."""
        conversations = env["contact_center.conversation"]
        partner = env["res.partner"].browse(self.partner_id)
        found = conversations._find_open(partner, "internal")
        if not found:
            queue = env["contact_center.queue"].browse(self.queue_id)
            found = conversations._open(partner, "internal", queue=queue)
            found._hand_over()
        return found

    def _agent_writes(self, env):
        """Open a conversation as a channel does when an agent writes first."""
        conversations = env["contact_center.conversation"]
        partner = env["res.partner"].browse(self.partner_id)
        found = conversations._find_open(partner, "internal")
        if found:
            return found._join_by_agent()
        queue = env["contact_center.queue"].browse(self.queue_id)
        return conversations._open_by_agent(partner, "internal", queue)

    def _race(self, winner, loser):
        """Let `winner` commit after `loser` has looked; each is (function, user id).

        :return: the conversation that each wrote in
        """
        with self.registry.cursor() as winner_cr, self.registry.cursor() as loser_cr:
            winner_env = api.Environment(winner_cr, winner[1], {})
            loser_env = api.Environment(loser_cr, loser[1], {})
            looked = loser_env["contact_center.conversation"].sudo()
            self.assertFalse(looked.search([("partner_id", "=", self.partner_id)]))
            first = winner[0](winner_env)
            winner_cr.commit()
            with mute_logger("odoo.service.model"):
                second = retrying(partial(loser[0], loser_env), loser_env)
            loser_cr.commit()
            return first.id, second.id

    def _open_ones(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT state, agent_id FROM contact_center_conversation WHERE partner_id = %s",
                [self.partner_id],
            )
            return cr.fetchall()

    def test_the_agent_who_writes_first_finds_what_the_citizen_opened(self):
        first, second = self._race(
            (self._citizen_writes, SUPERUSER_ID), (self._agent_writes, self.user_id)
        )
        self.assertEqual(first, second)
        self.assertEqual(self._open_ones(), [("in_service", self.user_id)])

    def test_the_citizen_finds_what_the_agent_opened(self):
        first, second = self._race(
            (self._agent_writes, self.user_id), (self._citizen_writes, SUPERUSER_ID)
        )
        self.assertEqual(first, second)
        self.assertEqual(self._open_ones(), [("in_service", self.user_id)])

    def test_two_messages_of_the_citizen(self):
        citizen = (self._citizen_writes, SUPERUSER_ID)
        first, second = self._race(citizen, citizen)
        self.assertEqual(first, second)
        self.assertEqual(self._open_ones(), [("queued", None)])

    def test_without_the_repetition_the_database_refuses(self):
        with self.registry.cursor() as winner_cr, self.registry.cursor() as loser_cr:
            loser_env = api.Environment(loser_cr, SUPERUSER_ID, {})
            self.assertFalse(
                loser_env["contact_center.conversation"].search(
                    [("partner_id", "=", self.partner_id)]
                )
            )
            self._citizen_writes(api.Environment(winner_cr, SUPERUSER_ID, {}))
            winner_cr.commit()
            with self.assertRaises(SerializationFailure):
                self._citizen_writes(loser_env)
            loser_cr.rollback()
        self.assertEqual(len(self._open_ones()), 1)
