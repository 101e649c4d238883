# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import Controller, request, route

# Types that a browser displays without running anything; the rest is offered as a download.
_SHOWN = ("image/", "video/", "audio/")


class PreviousConversations(Controller):
    """Serves files of a citizen's earlier conversations to their current agent."""

    @route(
        "/contact_center/previous/<int:conversation_id>/<int:previous_id>/<int:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def previous_file(self, conversation_id, previous_id, attachment_id, small=None):
        """Send a file after the same check as for the text.

        `small` gives a 128-pixel picture.
        """
        conversation = request.env["contact_center.conversation"].browse(conversation_id).exists()
        if not conversation:
            raise request.not_found()
        attachment = conversation._previous_file(previous_id, attachment_id)
        # sudo: ir.binary - the attachment was checked
        binary = request.env["ir.binary"].sudo()
        mimetype = attachment.mimetype or ""
        if small and mimetype.startswith("image/"):
            stream = binary._get_image_stream_from(attachment, "raw", width=128, height=128)
        else:
            stream = binary._get_stream_from(attachment, "raw")
        shown = mimetype.startswith(_SHOWN) and "svg" not in mimetype
        return stream.get_response(as_attachment=not shown)
