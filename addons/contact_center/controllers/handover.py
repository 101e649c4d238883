from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import Stream, request


class HandoverDownload(http.Controller):
    """Download of a hand-over's volumes."""

    @http.route("/contact_center/handover/<int:file_id>", type="http", auth="user", readonly=False)
    def download(self, file_id):
        """Send one volume (a ZIP file) to an administrator; the download is in the access log.

        404 when it is not there (any more) or is none of the user's business.
        """
        file = request.env["contact_center.handover.file"].browse(file_id).exists()
        if not file or not file.has_access("read") or not file.is_volume:
            raise NotFound()
        path = file.handover_id._folder() / file.path
        if not path.is_file():
            raise NotFound()
        request.env["contact_center.access.log"]._record("downloaded", None, what=file.path)
        stream = Stream(
            type="path",
            path=str(path),
            download_name=file.path,
            mimetype="application/zip",
            last_modified=path.stat().st_mtime,
            size=path.stat().st_size,
        )
        return stream.get_response(as_attachment=True)
