# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.open_data_row import COLUMNS, DATASETS

PAGE = "/dados-abertos"
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
#: All that may be asked for: anything else never reaches the database
NAMES = {f"{dataset.code}.{kind}" for dataset in DATASETS for kind in _TYPES} | {"dicionario.csv"}


class OpenData(http.Controller):
    """The page of open data and its files, for everybody, while it is switched on."""

    def _page(self):
        """Return the page's record; 404 while it is off, as if there were none."""
        # sudo: contact_center.open.data - what is published is for everybody
        page = request.env["contact_center.open.data"].sudo()._only()
        if not page.is_on:
            raise NotFound()
        return page

    @http.route(PAGE, type="http", auth="public", methods=["GET"], sitemap=False)
    def page(self, **_unused):
        """Return the page: what there is, under which licence, what each field means."""
        page = self._page()
        # sudo: contact_center.open.data.file - as above
        files = request.env["contact_center.open.data.file"].sudo().search([])
        return request.render(
            "contact_center_open_data.page",
            {
                "page": page,
                "licence": page._licence(),
                "datasets": DATASETS,
                "columns": COLUMNS,
                "files": {file.name: file for file in files},
            },
            headers={"Cache-Control": "public, max-age=600"},
        )

    @http.route(f"{PAGE}/<string:name>", type="http", auth="public", methods=["GET"], sitemap=False)
    def file(self, name, **_unused):
        """Send one of the files; 404 for anything else."""
        self._page()
        if name not in NAMES:
            raise NotFound()
        # sudo: contact_center.open.data.file - as above
        file = request.env["contact_center.open.data.file"].sudo().search([("name", "=", name)])
        if not file:
            raise NotFound()
        headers = {
            "Content-Type": _TYPES[name.rpartition(".")[2]],
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "public, max-age=3600",
            "ETag": f'"{file.sha256}"',
            # any page may use it
            "Access-Control-Allow-Origin": "*",
        }
        if request.httprequest.headers.get("If-None-Match") == headers["ETag"]:
            return request.make_response("", headers=list(headers.items()), status=304)
        return request.make_response(base64.b64decode(file.content), headers=list(headers.items()))
