# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..core import transfer

ONLINE = ("online", "away", "busy")


class Queue(models.Model):
    """Which agents of a queue are available now, for transfers."""

    _inherit = "contact_center.queue"

    def _members_available(self):
        """Return this queue's agents who are logged in and not on a pause.

        The current user is excluded: nobody transfers to themselves.
        """
        online = self._members_online() - self.env.user
        return online - self.env["contact_center.agent.state"]._pausing(online)

    def _absence(self, user):
        """Return why `user` cannot take a conversation of this queue now.

        See `core.transfer.absence`.
        """
        self.ensure_one()
        # sudo: res.users - whether a colleague is there is no secret
        user = user.sudo()
        return transfer.absence(
            self._is_open(),
            user.im_status in ONLINE,
            bool(self.env["contact_center.agent.state"]._pausing(user)),
        )

    def _availability_words(self):
        """Return in a few words whether somebody would answer here now."""
        self.ensure_one()
        if self._closed_message():
            return self.env._("closed, opens %s", self._next_opening_text())
        count = len(self._members_available())
        if not count:
            return self.env._("open, nobody available")
        if count == 1:
            return self.env._("open, 1 person available")
        return self.env._("open, %s people available", count)

    @api.depends("name")
    @api.depends_context("contact_center_availability", "lang")
    def _compute_display_name(self):
        """Show the available agents next to the queue's name in the transfer dialog."""
        result = super()._compute_display_name()
        if self.env.context.get("contact_center_availability"):
            # sudo: contact_center.queue - an agent may transfer to any queue
            for queue in self.sudo().filtered("name"):
                words = queue._availability_words()
                self.browse(queue.id).display_name = f"{queue.name} · {words}"
        return result
