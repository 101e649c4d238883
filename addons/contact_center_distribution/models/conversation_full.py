# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.models.event import keep

from ..routing import calling_back, overflowing, words


class Conversation(models.Model):
    """A conversation for which its queue has no room."""

    _inherit = "contact_center.conversation"

    outcome = fields.Selection(
        selection_add=[
            ("no_room", "No room in the queue"),
            ("callback_unanswered", "Called back, no answer"),
            ("callback_cancelled", "Call-back cancelled by the citizen"),
        ],
        ondelete=dict.fromkeys(("no_room", "callback_unanswered", "callback_cancelled"), keep),
    )

    def _hand_over(self, *args, **kwargs):
        """Offer a call-back at once where nobody is there and the queue wants that."""
        result = super()._hand_over(*args, **kwargs)
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        is_new = conversation.state == lifecycle.QUEUED and not conversation.callback_id
        if is_new and conversation.queue_id.callback_no_forecast:
            conversation._follow_callback()
        return result

    def _turned_away(self, queue, reason, skill, priority):
        """Let nobody enter a full queue: a message, another queue, or the offer of a call-back."""
        if super()._turned_away(queue, reason, skill, priority):
            return True
        # sudo: contact_center.conversation - the citizen's message decides, not a user
        conversation = self.sudo()
        if not queue or conversation.state != lifecycle.BOT:
            return False
        admission = queue._admission()
        if admission.kind == overflowing.ACCEPT:
            return False
        why = self.env["contact_center.offer"]._one_reason(admission.reason)
        if admission.kind == words.OVERFLOW:
            target = queue.browse(admission.target)
            conversation._pass_through(queue, "overflowed")
            conversation._log("overflowed", from_queue=queue.name, to_queue=target.name, why=why)
            conversation._hand_over(target, reason, skill, priority)
            return True
        conversation._pass_through(queue, "no_room")
        conversation.write({"skill_id": skill.id if skill else False, "priority": str(priority)})
        conversation._log("turned_away", why=why)
        wants_callback = admission.kind == words.CALL_BACK
        if not wants_callback or not conversation._offer_callback(calling_back.FULL):
            conversation._say_no_room()
        return True

    def _pass_through(self, queue, how):
        """Record that this conversation (sudo) wanted to wait in `queue`, and how that ended.

        It is a stay of no length: nobody disappears from the figures.

        :param how: a value of `contact_center.stay.left_how`
        """
        self.queue_id = queue
        stays = self.env["contact_center.stay"]
        stays._enter(self, queue._time_of_arrival())._leave(how)

    def _say_no_room(self):
        """Tell the citizen what to do instead, and close the conversation."""
        # sudo: contact_center.conversation - nobody else does
        conversation = self.sudo()
        conversation._automatic("queue_full")
        conversation._close("no_room")
