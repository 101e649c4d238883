# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..sheet import WRITERS


class ReportFile(http.Controller):
    """Download of the files of issued reports."""

    @http.route("/contact_center/report/<int:file_id>", type="http", auth="user", readonly=False)
    def download(self, file_id):
        """Send a file to somebody who may see the report; the access log has it.

        404 if it does not exist (any more) or the user has no access.
        """
        file = request.env["contact_center.report.file"].browse(file_id).exists()
        if not file or not file.has_access("read"):
            raise NotFound()
        file.issue_id._note_personal("downloaded", file.name)
        # sudo: contact_center.report.file - the right to the report was checked
        stream = request.env["ir.binary"]._get_stream_from(
            file.sudo(),
            "content",
            filename=file.name,
            mimetype=WRITERS[file.suffix].mimetype,
        )
        return stream.get_response(as_attachment=True)
