# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..sheet import WRITERS


class ReportFile(models.Model):
    """A file of an issued report.

    It is downloaded by a route of its own, which logs who took citizens' data.
    """

    _name = "contact_center.report.file"
    _inherit = ["contact_center.machine.row"]
    _description = "File of a Report"
    _order = "issue_id, id"
    _rec_name = "name"

    issue_id = fields.Many2one(
        "contact_center.report.issue", required=True, readonly=True, index=True, ondelete="cascade"
    )
    suffix = fields.Selection(
        [(suffix, suffix) for suffix in WRITERS], string="Format", required=True, readonly=True
    )
    name = fields.Char(string="File", required=True, readonly=True)
    size = fields.Integer(string="Bytes", readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    content = fields.Binary(attachment=True, readonly=True, groups=fields.NO_ACCESS)

    _format_unique = models.UniqueIndex("(issue_id, suffix)")

    def action_download(self):
        """Download this file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_center/report/{self.id}",
            "target": "download",
        }
