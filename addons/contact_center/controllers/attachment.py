import io

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.web.controllers.binary import Binary


class Attachment(AttachmentController):
    """Uploads of the composer."""

    @http.route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Carry out what the agent chose for a file that cannot be sent as it is.

        `contact_center_choice` "reduce" makes a photo of the picture; it and every other choice
        keep Odoo from reducing the picture by itself (those of more than 1920 points). The photo
        is made before anything is stored: a message sent meanwhile cannot take the original.
        "answer": the channel looks into a file that is for the citizen and may refuse it.
        """
        choice = kwargs.pop("contact_center_choice", "")
        thread = {"thread_model": thread_model, "thread_id": thread_id}
        if request.env["ir.http"]._names_conversation(thread):
            # A conversation's file is one that was said: until then it belongs to the composer
            is_pending = True
        if choice:
            request.update_context(image_no_postprocess=True)
        if choice in ("reduce", "answer"):
            conversation = request.env["contact_center.conversation"].search(
                [("discuss_channel_id", "=", int(thread_id))]
            )
            try:
                ufile = self._contact_center_upload(conversation, choice, thread_model, ufile)
            except UserError as error:
                return request.make_json_response({"error": str(error)})
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending=is_pending, **kwargs
        )

    @staticmethod
    def _contact_center_upload(conversation, choice, thread_model, ufile):
        """Return the file to be stored in place of `ufile`.

        :raise UserError: the channel does not take it, or the user may not send anything
        """
        content, name = ufile.read(), ufile.filename or ""
        if choice == "answer":
            conversation._check_upload(thread_model, name, ufile.mimetype or "", content)
            ufile.seek(0)
            return ufile
        content = conversation._reduced_upload(thread_model, content)
        stem = name.rpartition(".")[0] or name or "foto"
        return FileStorage(io.BytesIO(content), f"{stem}.jpg", content_type="image/jpeg")


def _can_write(_controller, _rule, _args):
    """Say that a route is not read-only (said by a function Odoo takes it without a warning)."""
    return False


class LoggedBinary(Binary):
    """Addresses of files: in a transaction that can write the line of the access log."""

    @http.route(readonly=_can_write)
    def content_common(self, *args, **kwargs):
        """Send a file; who fetched it is noted (`ir.binary._get_stream_from`)."""
        return super().content_common(*args, **kwargs)

    @http.route(readonly=_can_write)
    def content_image(self, *args, **kwargs):
        """Send a picture, likewise."""
        return super().content_image(*args, **kwargs)
