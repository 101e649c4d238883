# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import time
from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.tests.common import trap_jobs

from ..cloud_api import events, sanitize
from .common import MARIA, WhatsappCase

NUMBER = "990001112223334"
WABA = "990001112223335"
PERSON = {"wa_id": "5531966665555", "user_id": "BR.9001"}


@tagged("post_install", "-at_install")
class TestTwoTelephones(WhatsappCase):
    """A citizen with two telephones, whose contacts a person merged."""

    def test_one_conversation_that_goes_on_where_they_wrote_last(self):
        first = self.say("oi").conversation_id
        second_phone = {"wa_id": "5531955554444", "user_id": "BR.1002", "name": "Maria"}
        self.say("olá", person=second_phone).conversation_id._close("resolved")
        other = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
        other.identity_id.partner_id = first.partner_id
        answer = self.say("sou eu, do outro telefone", person=second_phone)
        self.assertEqual(answer.conversation_id, first)
        self.assertEqual(first.whatsapp_identity_id, other.identity_id)
        with self.jobs():
            first.with_user(self.agent).action_take()
        self.agent_says(first, "Bom dia")
        self.assertEqual(self.meta.sent[-1]["to"].lstrip("+"), second_phone["wa_id"])
        self.assertEqual(self.say("voltei", person=MARIA).conversation_id, first)


@tagged("post_install", "-at_install")
class TestOneOpenOfTwoTransactions(BaseCase):
    """A citizen's message and an agent who writes first, at once, in real transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        jobs = trap_jobs()
        jobs.__enter__()
        self.addCleanup(jobs.__exit__, None, None, None)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            agent = (
                env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    {
                        "login": "wa_one_open",
                        "name": "Ana Uma",
                        "group_ids": [Command.set(env.ref("contact_center.group_technician").ids)],
                    }
                )
            )
            queue = env["contact_center.queue"].create(
                {"name": "Uma só por WhatsApp", "member_ids": [Command.set(agent.ids)]}
            )
            account = env["whatsapp.account"].create(
                {
                    "name": "Uma só",
                    "sequence": 1,
                    "phone_number_id": NUMBER,
                    "waba_id": WABA,
                    "queue_id": queue.id,
                }
            )
            identity = env["whatsapp.identity"]._of_person(
                account.portfolio, PERSON["user_id"], PERSON["wa_id"], name="Rita Uma"
            )
            identity.last_inbound_at = fields.Datetime.now()
            self.ids = {
                "account": account.id,
                "queue": queue.id,
                "livechat": queue.livechat_channel_id.id,
                "agent": agent.id,
                "agent_partner": agent.partner_id.id,
                "identity": identity.id,
                "partner": identity.partner_id.id,
            }
        self.addCleanup(self._remove)

    def _remove(self):
        """Remove what was committed, in SQL: what happened is never deleted otherwise."""
        ours = "(SELECT id FROM contact_center_conversation WHERE partner_id = %(partner)s)"
        channels = "(SELECT id FROM discuss_channel WHERE name LIKE 'Rita Uma ·%%')"
        with self.registry.cursor() as cr:
            for query in (
                "DELETE FROM whatsapp_message WHERE account_id = %(account)s",
                "DELETE FROM whatsapp_event WHERE account_id = %(account)s",
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
                "DELETE FROM contact_center_agent_state WHERE user_id = %(agent)s",
                "DELETE FROM whatsapp_identity_address WHERE identity_id = %(identity)s",
                "DELETE FROM whatsapp_identity WHERE id = %(identity)s",
                "DELETE FROM whatsapp_account WHERE id = %(account)s",
                "DELETE FROM contact_center_queue WHERE id = %(queue)s",
                "DELETE FROM im_livechat_channel WHERE id = %(livechat)s",
                "DELETE FROM res_users WHERE id = %(agent)s",
                "DELETE FROM res_partner WHERE id IN (%(partner)s, %(agent_partner)s)",
            ):
                cr.execute(query, self.ids)

    def _store(self, wamid, **ids):
        """Store what Meta delivers of one message; return the key of its person."""
        person = ids or {"from": PERSON["wa_id"], "from_user_id": PERSON["user_id"]}
        contact = {"profile": {"name": "Rita Uma"}}
        if "from" in person:
            contact["wa_id"] = person["from"]
        if "from_user_id" in person:
            contact["user_id"] = person["from_user_id"]
        message = {
            "id": wamid,
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": "oi"},
            **person,
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"phone_number_id": NUMBER},
            "contacts": [contact],
            "messages": [message],
        }
        entry = {"id": WABA, "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        with self.registry.cursor() as cr:
            inbox = api.Environment(cr, SUPERUSER_ID, {})["whatsapp.event"]
            inbox._insert(events.split(sanitize.load(body)))
            cr.execute("SELECT contact_key FROM whatsapp_event ORDER BY id DESC LIMIT 1")
            return cr.fetchone()[0]

    def _process(self, key, env):
        """Process one person as the job that drains the inbox does."""
        inbox = env["whatsapp.event"]
        inbox._repeat(lambda: inbox._process_batch(key))

    def _write(self, env):
        """Write to the citizen as the button on the contact does, called by a browser."""
        partner = env["res.partner"].browse(self.ids["partner"])
        with mute_logger("odoo.service.model"):
            retrying(partial(partner.action_whatsapp_write), env)
        env.cr.commit()

    def _race(self, winner, loser):
        """Let `winner` commit while `loser` still sees the database as it was before.

        :param winner, loser: (function of an environment, user id)
        """
        with self.registry.cursor() as winner_cr, self.registry.cursor() as loser_cr:
            loser_env = api.Environment(loser_cr, loser[1], {})
            loser_cr.execute("SELECT count(*) FROM contact_center_conversation")
            winner[0](api.Environment(winner_cr, winner[1], {}))
            loser[0](loser_env)

    def _conversations(self):
        """Return (state, agent, number of messages) of each of the citizen's conversations."""
        with self.registry.cursor() as cr:
            cr.execute(
                """
                SELECT c.state, c.agent_id, (
                    SELECT count(*) FROM whatsapp_message m
                    WHERE m.conversation_id = c.id AND m.direction = 'in')
                FROM contact_center_conversation c WHERE c.partner_id = %s
                """,
                [self.ids["partner"]],
            )
            return cr.fetchall()

    def test_the_agent_writes_first_while_the_citizen_writes(self):
        key = self._store("wamid.one1")
        self._race((partial(self._process, key), SUPERUSER_ID), (self._write, self.ids["agent"]))
        self.assertEqual(self._conversations(), [("in_service", self.ids["agent"], 1)])

    def test_the_citizen_writes_while_the_agent_writes_first(self):
        key = self._store("wamid.one2")
        self._race((self._write, self.ids["agent"]), (partial(self._process, key), SUPERUSER_ID))
        self.assertEqual(self._conversations(), [("in_service", self.ids["agent"], 1)])

    def test_two_jobs_with_events_of_one_citizen_under_two_ids(self):
        by_number = self._store("wamid.one3", **{"from": PERSON["wa_id"]})
        by_id = self._store("wamid.one4", from_user_id=PERSON["user_id"])
        self.assertNotEqual(by_number, by_id)
        self._race(
            (partial(self._process, by_number), SUPERUSER_ID),
            (partial(self._process, by_id), SUPERUSER_ID),
        )
        self.assertEqual(self._conversations(), [("queued", None, 2)])


@tagged("post_install", "-at_install")
class TestQueueOfANumber(WhatsappCase):
    """The queue to which a number sends its citizens."""

    def test_it_is_not_archived_and_not_left_alone(self):
        with self.assertRaisesRegex(UserError, "the number Prefeitura de teste"):
            self.queue.active = False
        with self.assertRaisesRegex(UserError, "the number Prefeitura de teste"):
            self.queue.member_ids = [Command.clear()]
        self.account.queue_id = self.other_queue
        self.queue.member_ids = [Command.clear()]
        self.queue.active = False

    def test_archived_before_that_was_refused(self):
        """New citizens go to the usual queue, and the health page says so."""
        self.account.queue_id = self.other_queue
        with patch.object(type(self.queue), "_used_by", lambda _queue: []):
            self.other_queue.active = False
        conversation = self.say("oi").conversation_id
        self.assertEqual((conversation.state, conversation.queue_id), ("queued", self.queue))
        health = self.env["contact_center.health"].with_user(self.administrator)
        health._forget()
        lines = [
            check
            for section in health.get_report()["sections"]
            for check in section["checks"]
            if check["key"] == "queues" and check["title"] == "Queue Outra fila"
        ]
        self.assertEqual([line["level"] for line in lines], ["error"])
        self.assertIn("the number Prefeitura de teste", lines[0]["words"])
