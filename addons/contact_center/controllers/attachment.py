from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController


class Attachment(AttachmentController):
    """Uploads of the composer."""

    @http.route()
    def mail_attachment_upload(self, ufile, thread_id, thread_model, is_pending=False, **kwargs):
        """Leave a picture as it is where the agent chose to send it whole: Odoo reduces pictures
        of more than 1920 points on their way in."""
        if kwargs.pop("contact_center_original", False):
            request.update_context(image_no_postprocess=True)
        return super().mail_attachment_upload(
            ufile, thread_id, thread_model, is_pending=is_pending, **kwargs
        )
