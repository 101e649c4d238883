# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import functools

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..core import gates, lifecycle


def _guarded(name, method):
    """Return a public method of discuss.channel that refuses to touch conversations."""

    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        # Recordsets only: a model-level method refers to no channel
        if isinstance(self, models.BaseModel) and not self.env.su and not self._is_admitted():
            self._check_no_conversation()
        return method(self, *args, **kwargs)

    guarded.contact_center_guarded = name
    return guarded


class DiscussChannel(models.Model):
    """A conversation's channel, which allows only a list of what Discuss can do."""

    _inherit = "discuss.channel"

    def _register_hook(self):
        """Close all public methods except the listed ones, including those of future addons."""
        super()._register_hook()
        model_class = type(self)
        for name in dir(model_class):
            if name.startswith("_") or name in gates.CHANNEL_METHODS:
                continue
            # Methods of every model are guarded where they change something: write, create, unlink
            if hasattr(models.BaseModel, name):
                continue
            method = getattr(model_class, name)
            if callable(method) and not hasattr(method, "contact_center_guarded"):
                setattr(model_class, name, _guarded(name, method))

    @api.model
    def _closed_words(self):
        """Return the error text for somebody who tries anything other than serving."""
        return self.env._(
            "This is not open in a conversation of the contact center: conversations are "
            "conducted with the buttons of the service desk."
        )

    def _check_no_conversation(self):
        """Raise AccessError if one of these channels belongs to a conversation."""
        # sudo: discuss.channel - the guard applies to every user
        if self.sudo().exists().contact_center_conversation_id:
            raise AccessError(self._closed_words())

    def channel_pin(self, pinned=False):
        """Keep a conversation in service on its agent's screen."""
        conversation = self._contact_center_conversation()
        if not pinned and not self.env.su and conversation.state in lifecycle.STATES_WITH_PEOPLE:
            raise AccessError(self._closed_words())
        return super().channel_pin(pinned=pinned)


class LivechatChannel(models.Model):
    """The live chat channels behind queues: no visitor gets in without a protocol."""

    _inherit = "im_livechat.channel"

    def _of_queues(self):
        """Return those of these channels that belong to a queue."""
        # sudo: contact_center.queue - the guard applies to every user
        queues = self.env["contact_center.queue"].sudo().with_context(active_test=False)
        return queues.search([("livechat_channel_id", "in", self.ids)]).livechat_channel_id

    @api.model
    def _has_visitors(self):
        """Return whether a live chat channel outside queues has operators or a chatbot."""
        people = Domain("user_ids.active", "=", True)
        chatbot = Domain("rule_ids.chatbot_script_id", "!=", False)
        channels = self.search(people | chatbot)
        return bool(channels - channels._of_queues())

    def _get_available_operators_by_livechat_channel(self, users=None):
        """Offer no operators to visitors of a queue's channel."""
        operators = super()._get_available_operators_by_livechat_channel(users=users)
        for channel in self._of_queues():
            operators[channel] = self.env["res.users"]
        return operators

    def _get_operator_info(self, /, **kwargs):
        """Refuse any session with a queue's channel, including one with its chatbot."""
        if self._of_queues():
            raise AccessError(self.env["discuss.channel"]._closed_words())
        return super()._get_operator_info(**kwargs)

    def action_join(self):
        """Leave the agents of a queue to the queue."""
        self._check_no_queue()
        return super().action_join()

    def action_quit(self):
        """Leave the agents of a queue to the queue."""
        self._check_no_queue()
        return super().action_quit()

    def write(self, vals):
        """Leave what belongs to a queue to the queue."""
        if not self.env.su:
            self._check_no_queue()
        return super().write(vals)

    def _check_no_queue(self):
        """Raise AccessError if one of these channels belongs to a queue."""
        if self._of_queues():
            raise AccessError(
                self.env._("This live chat channel belongs to a queue: change the queue instead.")
            )
