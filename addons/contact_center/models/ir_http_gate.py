# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

from ..core import gates

WEB_CHAT_PARAMETER = "contact_center.web_chat"


class IrHttp(models.AbstractModel):
    """Of Discuss and live chat, only what the desk needs is allowed for conversations."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Answer a request, unless it is closed; see `core/gates.py`.

        :raise AccessError: the route is closed for a conversation's channel
        :raise NotFound: the chat for visitors of web pages is not switched on
        """
        path = request.httprequest.path
        if not gates.is_guarded(path):
            return super()._dispatch(endpoint)
        if gates.is_web_chat(path) and not cls._web_chat_is_on():
            raise NotFound()
        if not gates.is_open(path) and cls._names_conversation(request.params):
            if gates.is_silent(path):
                return None
            if request.dispatcher.routing_type == "http":
                raise NotFound()
            raise AccessError(request.env["discuss.channel"]._closed_words())
        return super()._dispatch(endpoint)

    @classmethod
    def _web_chat_is_on(cls):
        """Return whether website visitors may chat: by the parameter, otherwise by Odoo's use.

        An Odoo with other uses may have its own, staffed live chat.
        """
        # sudo: ir.config_parameter, im_livechat.channel - read for a visitor
        env = request.env(su=True)
        value = env["ir.config_parameter"].get_param(WEB_CHAT_PARAMETER)
        if value in (False, None, ""):
            return env["im_livechat.channel"]._has_visitors()
        return value not in ("0", "False", "false")

    @classmethod
    def _names_conversation(cls, parameters):
        """Return whether a request refers to a conversation's channel, or a message in one."""
        # sudo: discuss.channel, mail.message - the guard applies to every user
        env = request.env(su=True)
        channels = env["discuss.channel"].browse(gates.named_channels(parameters)).exists()
        if channels.contact_center_conversation_id:
            return True
        messages = env["mail.message"].browse(gates.named_messages(parameters)).exists()
        return bool(messages) and messages._of_contact_center()
