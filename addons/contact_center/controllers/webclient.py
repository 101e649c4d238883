# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import request

from odoo.addons.mail.controllers.webclient import WebclientController
from odoo.addons.mail.tools.discuss import Store


class WebClient(WebclientController):
    """Provides the data of Discuss's side bar."""

    @classmethod
    def _process_request_for_internal_user(cls, store: Store, name, params):
        """Name the live chat channels that belong to a queue: the desk lists their content."""
        result = super()._process_request_for_internal_user(store, name, params)
        if name == "im_livechat.channel":
            # sudo: contact_center.queue - only which live chat channels belong to queues
            queues = request.env["contact_center.queue"].sudo().with_context(active_test=False)
            channels = queues.search([("livechat_channel_id", "!=", False)]).livechat_channel_id
            store.add(channels.sudo(), [Store.Attr("is_contact_center_queue", True)])
        return result
