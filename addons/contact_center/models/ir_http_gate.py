from werkzeug.exceptions import NotFound

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

from ..core import gates

WEB_CHAT_PARAMETER = "contact_center.web_chat"


class IrHttp(models.AbstractModel):
    """Of Discuss and live chat only what the desk needs is open about conversations."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        """Answer a request, unless it is closed; see `core/gates.py`.

        :raise AccessError: the route is closed for a conversation's channel
        :raise NotFound: the chat for visitors of web pages is not switched on
        """
        path = request.httprequest.path
        if "debug" in request.params and cls._is_stranger():
            request.params.pop("debug")
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
        """Whether visitors of the city's web pages may chat with people who work here."""
        # sudo: ir.config_parameter - asked for a visitor
        value = request.env["ir.config_parameter"].sudo().get_param(WEB_CHAT_PARAMETER)
        return value not in (False, None, "", "0", "False", "false")

    @classmethod
    def _names_conversation(cls, parameters):
        """Whether a request names a channel of a conversation, or a message in one."""
        # sudo: discuss.channel, mail.message - the guard looks whoever is asking
        env = request.env(su=True)
        channels = env["discuss.channel"].browse(gates.named_channels(parameters)).exists()
        if channels.contact_center_conversation_id:
            return True
        messages = env["mail.message"].browse(gates.named_messages(parameters)).exists()
        return bool(messages) and messages._of_contact_center()
