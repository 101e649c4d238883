# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController

TEXT = "text/plain; charset=utf-8"


class Report(ReportController):
    """Serves text reports as text, whatever the URL calls them."""

    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Serve a text report as text only.

        As HTML or PDF it would be interpreted as markup, and citizens' words would become part of
        the page.
        """
        try:
            report = request.env["ir.actions.report"]._get_report(reportname)
        except ValueError as error:
            raise request.not_found() from error
        if report.report_type == "qweb-text":
            converter = "text"
        response = super().report_routes(reportname, docids=docids, converter=converter, **data)
        if converter == "text":
            response.headers["Content-Type"] = TEXT
        return response
