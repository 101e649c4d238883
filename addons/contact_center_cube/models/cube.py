# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..cube import definitions, sources


class Cube(models.Model):
    """A cube of the schema `olap`, and how far it reaches.

    What cubes there are is declared, not entered: an addon that has figures of its own adds its
    `cube.Source` to `_sources`. A row here is written when the cubes are brought up to date.
    """

    _name = "contact_center.cube"
    _inherit = ["contact_center.machine.row"]
    _description = "Cube"
    _order = "sequence, id"
    _rec_name = "title"

    code = fields.Char(string="Name in the database", required=True, readonly=True)
    title = fields.Char(string="Cube", required=True, readonly=True)
    description = fields.Text(string="What it counts", readonly=True)
    columns_text = fields.Text(string="Columns", readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    row_count = fields.Integer(string="Rows", readonly=True)
    day_from = fields.Date(string="First day", readonly=True)
    day_until = fields.Date(string="Last day", readonly=True)
    refreshed_at = fields.Datetime(string="Brought up to date", readonly=True)

    _code_unique = models.Constraint("UNIQUE(code)", "Each cube is listed once.")

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------

    @api.model
    def _sources(self):
        """Return what the cubes are made of: a list of `cube.Source` (hook).

        An addon with a ledger of its own appends one.
        """
        return [sources.CORE]

    @api.model
    def _cubes(self):
        """Return the `cube.Cube`s of all sources, checked."""
        found = self._sources()
        definitions.check(found)
        return [cube for source in found for cube in source.cubes]

    @api.model
    def _cube_named(self, code):
        """Return the `cube.Cube` of this name, or None."""
        return next((cube for cube in self._cubes() if cube.name == code), None)

    @api.model
    def _parameters(self):
        """Return further parameters of the cubes' statements: {name: value} (hook)."""
        calls = self.env["contact_center.conversation"]._call_kinds()
        return {"calls": list(calls)}

    @api.model
    def _zone(self):
        """Return the name of the time zone in which days begin: that of the first company."""
        # sudo: res.company - the time zone is no secret
        first = self.env["res.company"].sudo().search([], order="id", limit=1)
        return self.env["contact_center.queue"].with_company(first)._timezone().key

    # ------------------------------------------------------------
    # The list
    # ------------------------------------------------------------

    @api.model
    def _list_cubes(self):
        """Write down which cubes there are and how far they reach."""
        # sudo: contact_center.cube - written by the system only
        known = {row.code: row for row in self.sudo().search([])}
        cubes = self._cubes()
        # While addons are updated, those that declare the others are still to come
        gone = known.keys() - {cube.name for cube in cubes} if self.env.registry.ready else ()
        for code in gone:
            known[code].unlink()
        for number, cube in enumerate(cubes):
            vals = {
                "title": cube.title,
                "description": cube.comment,
                "columns_text": "\n".join(
                    f"{column.label}: {column.comment}" for column in cube.columns
                ),
                "sequence": number,
                **self.env["contact_center.cube.schema"]._reach(cube),
            }
            if cube.name in known:
                row = known[cube.name]
                row.write({name: value for name, value in vals.items() if row[name] != value})
            else:
                # sudo: contact_center.cube - written by the system only
                self.sudo().create({"code": cube.name, **vals})

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_export(self):
        """Open the dialog that gives this cube as a file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Download a cube"),
            "res_model": "contact_center.cube.export",
            "view_mode": "form",
            "target": "new",
            "context": {"default_cube_id": self.id},
        }

    @api.model
    def action_dictionary(self):
        """Show the data dictionary as a page."""
        self.check_access("read")
        report = "contact_center_cube.dictionary_document"
        ids = ",".join(map(str, self.search([]).ids))
        return {"type": "ir.actions.act_url", "url": f"/report/html/{report}/{ids}"}

    @api.model
    def action_dictionary_pdf(self):
        """Print the data dictionary."""
        report = self.env.ref("contact_center_cube.dictionary_report")
        return report.report_action(self.search([]))

    @api.model
    def action_dictionary_csv(self):
        """Download the data dictionary as a table."""
        url = "/contact_center/cube/dicionario.csv"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    @api.model
    def action_refresh(self):
        """Bring the cubes up to date now, in the background."""
        self.check_access("read")
        return self.env["contact_center.cube.refresh"]._begin("demand")._action_open()

    @api.model
    def action_recalculate(self):
        """Count all days again, in the background."""
        self.check_access("read")
        return self.env["contact_center.cube.refresh"]._begin("everything")._action_open()
