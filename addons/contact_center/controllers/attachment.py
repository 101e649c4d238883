# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController


class Attachment(AttachmentController):
    """Handles uploads from the composer."""

    @http.route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Apply the agent's choice for a file that cannot be sent unchanged.

        `contact_center_choice` "reduce" turns the picture into a photo; this and every other choice
        keep Odoo from shrinking the picture by itself (if larger than 1920 pixels). The photo is
        made before anything is stored, so a message sent in the meantime cannot use the original.
        "answer": the channel inspects a file meant for the citizen and may refuse it.
        """
        choice = kwargs.pop("contact_center_choice", "")
        thread = {"thread_model": thread_model, "thread_id": thread_id}
        if request.env["ir.http"]._names_conversation(thread):
            # Only a sent file belongs to the conversation: until then it belongs to the composer
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

        :raise UserError: the channel does not accept it, or the user may not send anything
        """
        content, name = ufile.read(), ufile.filename or ""
        if choice == "answer":
            conversation._check_upload(thread_model, name, ufile.mimetype or "", content)
            ufile.seek(0)
            return ufile
        content = conversation._reduced_upload(thread_model, content)
        stem = name.rpartition(".")[0] or name or "foto"
        return FileStorage(io.BytesIO(content), f"{stem}.jpg", content_type="image/jpeg")
