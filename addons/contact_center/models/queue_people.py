# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError

from ..core import lifecycle
from .queue_availability import ONLINE

TECHNICIAN = "contact_center.group_technician"
NAMES_SHOWN = 5


class Queue(models.Model):
    """A queue's available agents, and protection against leaving it without any."""

    _inherit = "contact_center.queue"

    def _serving_members(self):
        """Return members of this queue who may serve it: active, and technicians."""
        self.ensure_one()
        # sudo: contact_center.queue, res.users - a queue's agents are not secret
        members = self.sudo().member_ids
        return members.filtered(lambda user: user.active and user.has_group(TECHNICIAN))

    def _members_online(self):
        """Return this queue's agents who are logged in at this moment."""
        return self._serving_members().filtered(lambda user: user.im_status in ONLINE)

    def _used_by(self):
        """Return readable names of what sends citizens to this queue (hook).

        Numbers, flows.
        """
        self.ensure_one()
        return []

    def _or_usual(self):
        """Return this queue if it is active, otherwise the usual one (which may be empty)."""
        # sudo: contact_center.queue - the choice does not depend on who triggers it
        queue = self.sudo()
        return self if queue.active else self._default_queue(queue.company_id)

    def _or_one_with_people(self):
        """Return this queue, or the usual one if nobody is left here but somebody is there."""
        if self and self.active and self._serving_members():
            return self
        # sudo: contact_center.queue - as in `_or_usual`
        usual = self._default_queue(self.sudo().company_id)
        return usual if usual and usual._serving_members() else self or usual

    # ------------------------------------------------------------
    # People who leave
    # ------------------------------------------------------------

    def _with_people(self):
        """Return those of these queues that have agents."""
        return self.filtered(lambda queue: queue._serving_members())

    def _check_not_left_alone(self):
        """Raise UserError if one of these queues is needed but has no agents."""
        for queue in self - self._with_people():
            waiting = queue._waiting_now() + queue._served_now()
            used_by = queue._used_by()
            if not waiting and not used_by:
                continue
            reasons = []
            if waiting:
                reasons.append(self.env._("%s open conversations", waiting))
            reasons += used_by[:NAMES_SHOWN]
            raise UserError(
                self.env._(
                    "Nobody would be left in the queue %(queue)s, which is needed: %(reasons)s. "
                    "Put somebody else into it first.",
                    queue=queue.name,
                    reasons=", ".join(reasons),
                )
            )

    def _served_now(self):
        """Return how many conversations of this queue are in service."""
        self.ensure_one()
        # sudo: contact_center.conversation - counts only, for any user
        return (
            self.env["contact_center.conversation"]
            .sudo()
            .search_count([("queue_id", "=", self.id), ("state", "=", lifecycle.IN_SERVICE)])
        )

    def _move_on_waiting(self):
        """Move citizens waiting in queues without agents to the usual queue, if that has agents.

        :return: the conversations that were moved (sudo)
        """
        # sudo: contact_center.conversation - the person changing a user may not see conversations
        conversations = self.env["contact_center.conversation"].sudo()
        moved = conversations.browse()
        for queue in self - self._with_people():
            usual = queue._or_one_with_people()
            if usual == queue:
                continue
            waiting = [("queue_id", "=", queue.id), ("state", "=", lifecycle.QUEUED)]
            for conversation in conversations.search(waiting, order="queued_at, id"):
                conversation._move_to_queue(usual)
                moved |= conversation
        return moved
