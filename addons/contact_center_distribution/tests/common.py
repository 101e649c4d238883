# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase


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
        """A contact that waits, and its offer."""
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
