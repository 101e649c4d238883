from odoo.http import request

from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.addons.mail.tools.discuss import Store


class WebClient(WebclientController):
    """What the side bar of Discuss reads."""

    @classmethod
    def _process_request_for_internal_user(cls, store: Store, name, params):
        """Name the live chat channels that stand under a queue: the desk lists what is in them."""
        result = super()._process_request_for_internal_user(store, name, params)
        if name == "im_livechat.channel":
            # sudo: contact_center.queue - only which live chat channels are theirs
            queues = request.env["contact_center.queue"].sudo().with_context(active_test=False)
            channels = queues.search([("livechat_channel_id", "!=", False)]).livechat_channel_id
            store.add(channels.sudo(), [Store.Attr("is_contact_center_queue", True)])
        return result
