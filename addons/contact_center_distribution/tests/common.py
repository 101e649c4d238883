# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from ..models.conversation_callback import YES


class DistributionCase(ContactCenterCase):
    """A queue that offers its contacts to two agents, who are logged in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["contact_center.queue"].search([("mode", "!=", "pull")]).mode = "pull"
        cls.Offer = cls.env["contact_center.offer"]
        cls.States = cls.env["contact_center.agent.state"]
        cls.queue.write({"mode": "offer", "calendar_id": False})
        for user in cls.agent | cls.colleague | cls.outsider:
            cls.env["mail.presence"].create({"user_id": user.id, "status": "online"})
            cls.States.with_user(user).set_mine("available")

    @contextmanager
    def _later(self, seconds):
        """Within, it is so many seconds later, and the browsers that are open have been heard."""
        with freeze_time(WORKING_TIME + timedelta(seconds=seconds)):
            there = self.env["mail.presence"].search([("status", "!=", "offline")])
            there.last_poll = fields.Datetime.now()
            yield

    def _round(self):
        """One round of the distribution, in this transaction; return the offers made."""
        self.Offer._expire()
        self.States._end_after_work()
        made = self.Offer.sudo()
        for queues in self.Offer._domains():
            made |= self.Offer._distribute(queues)
        return made

    def _offered(self, seconds=0):
        """Return a contact that waits, and its offer."""
        conversation = self._waiting()
        with self._later(seconds):
            offer = self._round()
        self.assertEqual(offer.conversation_id, conversation)
        return conversation, offer

    def _away(self, user):
        """Let the browser of `user` be closed."""
        self.env["mail.presence"].search([("user_id", "=", user.id)]).status = "offline"

    def _accept(self, offer):
        return self.Offer.with_user(offer.user_id).accept(offer.id)

    def _set_level(self, user, level, **values):
        return self.env["contact_center.agent.skill"].create(
            {"user_id": user.id, "queue_id": self.queue.id, "level": str(level), **values}
        )


class CallbackCase(DistributionCase):
    """A queue that is full with one contact, and then offers to call back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Callback = cls.env["contact_center.callback"]
        # The scheduled action commits after each conversation.
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)
        cls.queue.write({"max_waiting": 1, "when_full": "call_back", "callback_tries": 2})

    def _full(self):
        """Somebody waits, and nobody is free."""
        for user in self.agent | self.colleague:
            self.States.with_user(user).set_mine("break", "Lanche")
        return self._waiting()

    def _free(self, user=None):
        self.States.with_user(user or self.agent).set_mine("available")

    def _offered_callback(self):
        """Return the conversation of a citizen without room, who is asked."""
        self._full()
        with self._delivered() as delivered:
            conversation = self._waiting()
        self.asked = delivered[-1][1]
        return conversation

    def _agreed(self):
        """Return that of a citizen who is to be called back, and waits first in line."""
        conversation = self._offered_callback()
        conversation._receive(self._option(YES))
        self._waiting_first()._close("abandoned")
        return conversation

    def _waiting_first(self):
        domain = [("queue_id", "=", self.queue.id), ("state", "=", "queued")]
        return self.Conversation.search(domain, order="queued_at, id", limit=1)

    def _called(self):
        """Return that of a citizen who was called back a moment ago."""
        conversation = self._agreed()
        self._free()
        self._accept(self._round())
        return conversation

    def _closed_now(self):
        """Give the queue no hours today."""
        self.queue.calendar_id = self.env["resource.calendar"].create(
            {"name": "Nunca", "attendance_ids": [Command.clear()]}
        )

    def _closing_at(self, hour):
        """Open the queue from 8 until `hour`, local time, on a Friday."""
        self.queue.calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Sexta",
                "tz": "America/Sao_Paulo",
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {"name": "Sexta", "dayofweek": "4", "hour_from": 8, "hour_to": hour}
                    ),
                ],
            }
        )
