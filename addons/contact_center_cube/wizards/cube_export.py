# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.contact_center.core import spreadsheets

from ..cube import Field, write_parquet
from ..models.cube_schema import at

#: More than this is read by a login of the database, not downloaded
MOST_ROWS = 2_000_000
_FETCHED = 5_000


class CubeExport(models.TransientModel):
    """A cube as a file: Parquet for Power BI, R, Python; CSV for a spreadsheet."""

    _name = "contact_center.cube.export"
    _description = "Download of a Cube"

    cube_id = fields.Many2one("contact_center.cube", required=True, ondelete="cascade")
    day_from = fields.Date(
        string="From", required=True, default=lambda self: self._today().replace(day=1)
    )
    day_until = fields.Date(string="Until", required=True, default=lambda self: self._today())
    kind = fields.Selection(
        [("parquet", "Parquet"), ("csv", "CSV")], string="Format", required=True, default="parquet"
    )

    def _today(self):
        return self.env["contact_center.queue"]._city_today()

    def action_download(self):
        """Download the file; UserError says why there is none."""
        self.ensure_one()
        self._check()
        return {
            "type": "ir.actions.act_url",
            "url": f"/contact_center/cube/{self.id}",
            "target": "download",
        }

    def _check(self):
        """Raise UserError if this cannot be a file."""
        if self.day_until < self.day_from:
            raise UserError(self.env._("The last day lies before the first."))
        if not self._cube():
            raise UserError(self.env._("This cube is not there any more: bring them up to date."))
        ((count,),) = self.env.execute_query(
            SQL("SELECT count(*) FROM %s WHERE %s", at(self._cube().table), self._where())
        )
        if not count:
            raise UserError(
                self.env._(
                    "The cube has no rows between these days. Choose others, or bring the cubes "
                    "up to date first."
                )
            )
        if count > MOST_ROWS:
            raise UserError(
                self.env._(
                    "%(rows)s rows are too many for a file: choose fewer days, or read the cube "
                    "with a login of its own.",
                    rows=count,
                )
            )

    def _cube(self):
        return self.env["contact_center.cube"]._cube_named(self.cube_id.code)

    def _where(self):
        return SQL("dia BETWEEN %s AND %s", self.day_from, self.day_until)

    def _filename(self):
        return f"{self.cube_id.code}_{self.day_from}_{self.day_until}.{self.kind}"

    def _file_fields(self):
        """Return the columns of the view as `cube.Field`s: names in words are texts."""
        return [
            Field(one.label, "text" if one.refers else one.kind) for one in self._cube().columns
        ]

    def _rows(self):
        """Yield the rows of the view."""
        columns = SQL(", ").join(SQL.identifier(field.name) for field in self._file_fields())
        cr = self.env.cr
        cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE %s ORDER BY dia",
                columns,
                at(self._cube().name),
                self._where(),
            )
        )
        while rows := cr.fetchmany(_FETCHED):
            yield from rows

    def _write_file(self, stream):
        """Write the file to a binary stream; return how many rows."""
        self.ensure_one()
        if self.kind == "parquet":
            return write_parquet(stream, self._file_fields(), self._rows())
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([field.name for field in self._file_fields()])
        count = 0
        for row in self._rows():
            writer.writerow([_cell(value) for value in row])
            count += 1
        text.detach()
        return count


def _cell(value):
    """Return a value for a CSV cell: decimals with a comma, texts that could be formulas disarmed.

    So a spreadsheet in Portuguese reads it.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return spreadsheets.cell(value) if isinstance(value, str) else str(value)
