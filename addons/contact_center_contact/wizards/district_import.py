# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import holiday_files

from ..core import districts


class DistrictImport(models.TransientModel):
    """Brings in a list of districts from a file, after showing what is in it."""

    _name = "contact_center.district.import"
    _description = "Import of a List of Districts"

    file = fields.Binary(string="List of districts (CSV, XLSX or XLS)", required=True)
    filename = fields.Char()
    preview = fields.Text(compute="_compute_preview")

    @api.depends("file")
    def _compute_preview(self):
        """Show what would be brought in, or what is wrong with the file."""
        for wizard in self:
            wizard.preview = False
            if wizard.file:
                try:
                    wizard.preview = wizard._summary(wizard._listed())
                except UserError as error:
                    wizard.preview = error.args[0]

    def _summary(self, listed):
        """Return in words what is in the file."""
        regions = sorted({one.region for one in listed if one.region})
        lines = [
            self.env._(
                "%(districts)s districts in %(regions)s regions: %(names)s",
                districts=len(listed),
                regions=len(regions),
                names=", ".join(regions[:20]) or "-",
            )
        ]
        if without := [one.name for one in listed if not one.region]:
            lines.append(
                self.env._(
                    "%(count)s districts without a region, so that reports by region leave them "
                    "out: %(names)s",
                    count=len(without),
                    names=", ".join(without[:10]),
                )
            )
        return "\n".join(lines)

    def _listed(self):
        """Return the districts of the file; UserError naming what was not understood."""
        self.ensure_one()
        try:
            table = holiday_files.table(base64.b64decode(self.file), districts.MAX_ROWS)
        except holiday_files.HolidayFileError as error:
            raise UserError(self._why_no_file(error.reason)) from error
        if isinstance(table, str):
            raise UserError(self._why_no_file("file"))
        try:
            return districts.read_list(table)
        except districts.DistrictFileError as error:
            raise UserError(self._why_no_list(error)) from error

    def _why_no_file(self, reason):
        """Return in words why a file cannot be read."""
        words = {
            "many": self.env._("This file is larger than a list of districts is."),
            "sheets": self.env._(
                "More than one sheet of this file has rows: leave only the one with the districts."
            ),
        }
        return words.get(reason) or self.env._(
            "This file is neither CSV, XLSX nor XLS. Save the list as one of them."
        )

    def _why_no_list(self, error):
        """Return in words what is wrong with a list.

        :param error: `core.districts.DistrictFileError`
        """
        words = {
            "empty": self.env._("There is no district in this file."),
            "many": self.env._("This file has more rows than a list of districts has."),
            "columns": self.env._(
                "It is not clear which column is which: write “Bairro” and “Regional” above them."
            ),
            "name": self.env._(
                "Row %(row)s of the file has no district: “%(value)s”.",
                row=error.row,
                value=error.value,
            ),
            "long": self.env._(
                "Row %(row)s of the file is too long for a district: “%(value)s”.",
                row=error.row,
                value=error.value,
            ),
            "twice": self.env._(
                "“%(value)s” is in one region in row %(other)s of the file and in another in row "
                "%(row)s: correct one of them.",
                value=error.value,
                other=error.other,
                row=error.row,
            ),
        }
        return words[error.reason]

    def action_import(self):
        """Bring the list in and say what became of it."""
        counts = self.env["contact_center.district"]._bring_in(self._listed())
        message = self.env._(
            "%(added)s districts added, %(changed)s corrected, %(known)s unchanged; "
            "%(matched)s citizens got their district.",
            **{name: counts[name] for name in ("added", "changed", "known", "matched")},
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": self.env["ir.actions.act_window"]._for_xml_id(
                    "contact_center_contact.district_action"
                ),
            },
        }
