from odoo import models
from odoo.exceptions import UserError

from ..core import lifecycle

TECHNICIAN = "contact_center.group_technician"
NAMES_SHOWN = 5


class Queue(models.Model):
    """Who is there to serve a queue, and that it is not left alone while somebody counts on it."""

    _inherit = "contact_center.queue"

    def _serving_members(self):
        """Members of this queue who may serve it: active, and technicians."""
        self.ensure_one()
        # sudo: contact_center.queue, res.users - who serves a queue is no secret
        members = self.sudo().member_ids
        return members.filtered(lambda user: user.active and user.has_group(TECHNICIAN))

    def _members_online(self):
        """Of those who may serve this queue, who is logged in at this moment."""
        return self._serving_members().filtered(
            lambda user: user.im_status in ("online", "away", "busy")
        )

    def _used_by(self):
        """Hook: names of what sends citizens to this queue (numbers, flows), for people."""
        self.ensure_one()
        return []

    def _or_usual(self):
        """This queue where it is in use, else the usual one (which may be empty)."""
        # sudo: contact_center.queue - the choice does not depend on who triggers it
        queue = self.sudo()
        return self if queue.active else self._default_queue()

    def _or_one_with_people(self):
        """This queue; the usual one where nobody is left here and somebody is there."""
        if self and self.active and self._serving_members():
            return self
        usual = self._default_queue()
        return usual if usual and usual._serving_members() else self or usual

    # ------------------------------------------------------------
    # People who leave
    # ------------------------------------------------------------

    def _with_people(self):
        """Of these queues, the ones that somebody serves."""
        return self.filtered(lambda queue: queue._serving_members())

    def _check_not_left_alone(self):
        """Raise UserError if nobody serves one of these queues although people count on it."""
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
        """How many conversations of this queue are in service."""
        self.ensure_one()
        # sudo: contact_center.conversation - counting, whoever asks
        return (
            self.env["contact_center.conversation"]
            .sudo()
            .search_count([("queue_id", "=", self.id), ("state", "=", lifecycle.IN_SERVICE)])
        )

    def _move_on_waiting(self):
        """Pass the citizens who wait in these queues to the usual one, where nobody is left here
        and somebody is there.

        :return: the conversations that were moved (sudo)
        """
        # sudo: contact_center.conversation - whoever changes a user need not see conversations
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
