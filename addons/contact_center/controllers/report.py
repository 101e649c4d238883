from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.report import ReportController

TEXT = "text/plain; charset=utf-8"


class Report(ReportController):
    """Text reports leave as text, whatever the address calls them."""

    @http.route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Serve a text report as text only.

        As HTML or PDF it would be taken for markup, and what citizens wrote would be part of the
        page.
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
