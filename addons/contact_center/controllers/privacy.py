from odoo import http
from odoo.http import request


class Privacy(http.Controller):
    """Downloading the copy of a citizen's data."""

    @http.route("/contact_center/privacy/export/<int:export_id>", auth="user", methods=["GET"])
    def export(self, export_id):
        """The zip of an export, for who may read it; each download is noted."""
        export = request.env["contact_center.privacy.export"].browse(export_id).exists()
        if not export:
            raise request.not_found()
        attachment = export._content()
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(as_attachment=True)
