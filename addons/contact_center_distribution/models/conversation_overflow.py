# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Conversation(models.Model):
    """Contacts that are offered to agents of other queues, and served by them."""

    _inherit = "contact_center.conversation"

    shown_queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_conversation_shown_rel",
        "conversation_id",
        "queue_id",
        string="Overflows to",
        readonly=True,
        copy=False,
        help="Agents of these queues are asked too, while it keeps its place in its own.",
    )
    served_via_id = fields.Many2one(
        "contact_center.queue",
        string="Served by the queue",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The queue whose agent serves it, where it is not its own.",
    )

    def _overflow_to(self, queue, why):
        """Let this conversation wait in `queue` instead, with the time it has waited.

        :param why: in words, for the ledger
        """
        self.ensure_one()
        # sudo: contact_center.conversation, contact_center.stay - the system moves it
        conversation = self.sudo()
        old_queue = conversation.queue_id
        since_us = conversation.env["contact_center.stay"]._open_of(conversation).since_us
        conversation._enter_queue(queue, "overflowed", since_us)
        conversation.discuss_channel_id.livechat_channel_id = queue.livechat_channel_id
        conversation._log("overflowed", from_queue=old_queue.name, to_queue=queue.name, why=why)
        conversation._bus_update(also=old_queue)

    def _enter_queue(self, queue, *args, **vals):
        """Forget what was told of, and shown in, other queues."""
        # sudo: contact_center.conversation - internal bookkeeping
        conversation = self.sudo()
        if conversation.queue_id.id and self.env["contact_center.queue"]._distributes():
            if conversation.told_wait and conversation.queue_id != queue:
                vals["told_wait"] = False
            if conversation.shown_queue_ids:
                conversation.shown_queue_ids = False
            if conversation.served_via_id:
                vals["served_via_id"] = False
            if conversation.named_agent_id:
                vals = {"named_agent_id": False, "named_until": False, **vals}
        return super()._enter_queue(queue, *args, **vals)

    def _agent_may_go_on(self):
        """Let an agent of another queue go on with what overflowed to them."""
        via = self.served_via_id
        return super()._agent_may_go_on() or bool(via and via._may_serve(self.agent_id))
