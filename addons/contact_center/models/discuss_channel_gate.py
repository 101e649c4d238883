import functools

from odoo import api, models
from odoo.exceptions import AccessError

from ..core import gates, lifecycle


def _guarded(name, method):
    """Return a public method of discuss.channel that refuses to touch conversations."""

    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        # Recordsets alone: a method of the model as a whole names no channel
        if isinstance(self, models.BaseModel) and not self.env.su and not self._is_admitted():
            self._check_no_conversation()
        return method(self, *args, **kwargs)

    guarded.contact_center_guarded = name
    return guarded


class DiscussChannel(models.Model):
    """Of what Discuss can do with a channel, only what is listed is done with a conversation's."""

    _inherit = "discuss.channel"

    def _register_hook(self):
        """Close all public methods but those that are listed, also those of addons to come."""
        super()._register_hook()
        model_class = type(self)
        for name in dir(model_class):
            if name.startswith("_") or name in gates.CHANNEL_METHODS:
                continue
            # What every model has is guarded where it changes something: write, create, unlink
            if hasattr(models.BaseModel, name):
                continue
            method = getattr(model_class, name)
            if callable(method) and not hasattr(method, "contact_center_guarded"):
                setattr(model_class, name, _guarded(name, method))

    @api.model
    def _closed_words(self):
        """What somebody reads who tries something else than serving."""
        return self.env._(
            "This is not open in a conversation of the contact center: conversations are "
            "conducted with the buttons of the service desk."
        )

    def _check_no_conversation(self):
        """Raise AccessError if one of these channels is that of a conversation."""
        # sudo: discuss.channel - the guard looks whoever is asking
        if self.sudo().exists().contact_center_conversation_id:
            raise AccessError(self._closed_words())

    def channel_pin(self, pinned=False):
        """Keep a conversation in service on its agent's screen."""
        conversation = self._contact_center_conversation()
        if not pinned and not self.env.su and conversation.state in lifecycle.STATES_WITH_PEOPLE:
            raise AccessError(self._closed_words())
        return super().channel_pin(pinned=pinned)


class LivechatChannel(models.Model):
    """The live chat channels underneath queues take no visitors: nobody comes without protocol."""

    _inherit = "im_livechat.channel"

    def _of_queues(self):
        """Those of these channels that stand under a queue."""
        # sudo: contact_center.queue - the guard looks whoever is asking
        queues = self.env["contact_center.queue"].sudo().with_context(active_test=False)
        return queues.search([("livechat_channel_id", "in", self.ids)]).livechat_channel_id

    def _get_available_operators_by_livechat_channel(self, users=None):
        """Offer nobody to visitors of a queue's channel."""
        operators = super()._get_available_operators_by_livechat_channel(users=users)
        for channel in self._of_queues():
            operators[channel] = self.env["res.users"]
        return operators

    def _get_operator_info(self, /, **kwargs):
        """Refuse a session to whoever asks for one with a queue's channel, its chatbot included."""
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
        """Raise AccessError if one of these channels stands under a queue."""
        if self._of_queues():
            raise AccessError(
                self.env._("This live chat channel belongs to a queue: change the queue instead.")
            )
