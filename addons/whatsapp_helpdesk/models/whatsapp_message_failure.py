# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid
from datetime import timedelta

from odoo import fields, models

from ..cloud_api import errors, menu_text
from ..cloud_api.errors import ErrorClass

# Meta keeps an uploaded file for 30 days; a day less, for one that is on its way
MEDIA_LIFE = timedelta(days=29)


class WhatsappMessage(models.Model):
    """Messages that Meta refused: a menu is sent as text, others fail with a reason."""

    _inherit = "whatsapp.message"

    window_inbound_at = fields.Datetime(
        string="Answers what was written at",
        readonly=True,
        help="The citizen's last message that was known when this one was handed to Meta: a "
        "refusal because of the 24 hours says nothing about the citizen's later messages.",
    )
    media_uploaded_at = fields.Datetime(
        string="File uploaded at", readonly=True, help="Meta keeps an uploaded file for 30 days."
    )
    labels = fields.Json(
        string="Numbers of the options",
        readonly=True,
        help="The citizen's typed answer for each option when options are sent as text.",
    )
    menu_error = fields.Char(
        string="Menu refused",
        readonly=True,
        help="Meta's code for the menu that it refused: it went out as numbered text instead.",
    )

    def _refused(self, code, detail=""):
        """Send a message that Meta refused in another form if there is one, else let it fail."""
        self.ensure_one()
        if not self._write_menu_down(code):
            self._fail(code, detail)

    def _write_menu_down(self, code):
        """Put a menu that Meta refused into the outbox again, once, as numbered text.

        :param code: Meta's error; one that is about the number or the person is no reason
        :return: whether it goes out again
        """
        content, labels = self.payload or {}, self.labels or ()
        if self.menu_error or not menu_text.is_menu(content) or not _may_be_the_menu(code):
            return False
        if self._is_overtaken():
            return False
        first, *more = menu_text.write_down(content, labels)
        self.write(
            {
                "state": "queued",
                "kind": "text",
                "payload": first,
                "menu_error": str(code),
                "tries": 0,
                "wamid": False,
                "next_try_at": False,
                "error_code": False,
                "error_detail": False,
            }
        )
        for content_of_more in more:
            self.copy({"payload": content_of_more, "opaque": uuid.uuid4().hex})
        self.identity_id.menu = menu_text.as_choices(content, labels) or False
        return True

    def _is_overtaken(self):
        """Return whether the talk went on without this message, so its question is moot.

        The news of a refusal may come late. Then the conversation is over, or the citizen wrote
        and was answered.
        """
        if self.conversation_id.state == "closed":
            return True
        known, wrote = self.window_inbound_at, self.identity_id.last_inbound_at
        if not known or not wrote or wrote <= known:
            return False
        later = [
            ("identity_id", "=", self.identity_id.id),
            ("account_id", "=", self.account_id.id),
            ("direction", "=", "out"),
            ("id", ">", self.id),
        ]
        return bool(self.search_count(later, limit=1))

    def _must_upload_anew(self):
        """Return whether Meta's copy of this message's file is gone, or may be the problem."""
        self.ensure_one()
        if not self.attachment_id:
            return False
        oldest = fields.Datetime.now() - MEDIA_LIFE
        gone = not self.media_uploaded_at or self.media_uploaded_at < oldest
        return gone or errors.may_be_the_file(self.error_code)

    def _fail(self, code, detail=""):
        """Give this message up, and say why here and in the conversation."""
        for message in self:
            message.write(
                {
                    "state": "failed",
                    "error_code": str(code),
                    "error_detail": (detail or "")[:500] or False,
                    "next_try_at": False,
                    "status_at": fields.Datetime.now(),
                }
            )
            if errors.info(code).kind is ErrorClass.NEEDS_TEMPLATE:
                message._close_window()
            if message.conversation_id:
                message.conversation_id._log(
                    "message_failed",
                    code=str(code),
                    reason=errors.info(code).reason,
                    message_id=message.mail_message_id.id,
                )

    def _close_window(self):
        """Close the 24 hours' window, so that the screens offer templates at once.

        Unless the citizen wrote meanwhile: the refusal may come late, and is about the time
        before. All times compared are those of the citizen's messages by Meta's clock, so that a
        difference between our clock and Meta's does not matter.
        """
        identity = self.identity_id
        known = self.window_inbound_at or min(
            filter(None, (identity.last_inbound_at, self.create_date)), default=False
        )
        if known and identity.last_inbound_at and identity.last_inbound_at > known:
            return
        identity.window_refused_at = known or fields.Datetime.now()
        if self.conversation_id.state == "in_service":
            self.conversation_id._bus_refresh()

    def _may_go_again(self, code):
        """Return whether a person may usefully resend this message, which failed with `code`."""
        if errors.info(code).kind is ErrorClass.NEEDS_TEMPLATE:
            # The citizen wrote since: free text goes out again
            until = self.identity_id._window_until()
            return bool(until) and until > fields.Datetime.now()
        return errors.may_send_again(code)


def _may_be_the_menu(code):
    """Return whether a menu that did not arrive may have been refused for being a menu.

    So it may also be where Meta gives no reason, or says that something went wrong.
    """
    unsaid = code == "unknown" or errors.info(code).kind is ErrorClass.UNKNOWN
    return unsaid or errors.is_about_content(code)
