# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request


class Privacy(http.Controller):
    """Downloading the copy of a citizen's data."""

    @http.route("/contact_center/privacy/export/<int:export_id>", auth="user", methods=["GET"])
    def export(self, export_id):
        """Return an export's zip to users with access; each download is logged."""
        export = request.env["contact_center.privacy.export"].browse(export_id).exists()
        if not export:
            raise request.not_found()
        attachment = export._content()
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(as_attachment=True)
