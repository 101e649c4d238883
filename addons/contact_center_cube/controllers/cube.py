# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import tempfile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.http import content_disposition, request

_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv;charset=utf-8"}
#: Smaller files stay in memory
_IN_MEMORY = 8 * 1024 * 1024


class CubeDownload(http.Controller):
    """Downloads of cubes and of their dictionary."""

    @http.route("/contact_center/cube/<int:export_id>", type="http", auth="user", readonly=False)
    def cube(self, export_id):
        """Send a cube as a file; 404 for a dialog that is not one's own."""
        export = request.env["contact_center.cube.export"].browse(export_id).exists()
        if not export or not export.has_access("read"):
            raise NotFound()
        export._check()
        # The response closes it when it was sent
        stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        rows = export._write_file(stream)
        size = stream.tell()
        stream.seek(0)
        request.env["contact_center.access.logged"]._note_access(
            "exported", what=export._filename(), rows=rows
        )
        return request.make_response(
            FileWrapper(stream),
            headers=[
                ("Content-Type", _TYPES[export.kind]),
                ("Content-Length", str(size)),
                ("Content-Disposition", content_disposition(export._filename())),
            ],
        )

    @http.route("/contact_center/cube/dicionario.csv", type="http", auth="user")
    def dictionary(self):
        """Send the data dictionary; 404 to those who may not read the cubes."""
        if not request.env["contact_center.cube"].has_access("read"):
            raise NotFound()
        content = request.env["contact_center.cube.dictionary"]._csv()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", _TYPES["csv"]),
                ("Content-Disposition", content_disposition("dicionario_dos_cubos.csv")),
            ],
        )
