# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import Stream, request


class DataExportDownload(http.Controller):
    """Download of a data export's volumes."""

    @http.route(
        "/contact_center/data_export/<int:file_id>", type="http", auth="user", readonly=False
    )
    def download(self, file_id):
        """Send one volume (a ZIP file) to an administrator; the access log has it.

        404 if it does not exist (any more) or the user has no access.
        """
        file = request.env["contact_center.data.export.file"].browse(file_id).exists()
        if not file or not file.has_access("read") or not file.is_volume:
            raise NotFound()
        path = file.export_id._folder() / file.path
        if not path.is_file():
            raise NotFound()
        request.env["contact_center.access.logged"]._note_access("downloaded", what=file.path)
        stream = Stream(
            type="path",
            path=str(path),
            download_name=file.path,
            mimetype="application/zip",
            last_modified=path.stat().st_mtime,
            size=path.stat().st_size,
        )
        return stream.get_response(as_attachment=True)
