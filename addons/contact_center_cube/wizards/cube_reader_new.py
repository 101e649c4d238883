# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CubeReaderNew(models.TransientModel):
    """Make a login that reads the cubes, and show its password once."""

    _name = "contact_center.cube.reader.new"
    _description = "New Reader of the Cubes"

    name = fields.Char(string="Login", help="3 to 40 small letters, digits and “_”.")
    purpose = fields.Char(string="For whom and why", help="It stays on record.")
    with_citizens = fields.Boolean(
        string="Reads citizens' names",
        help="Names, telephones and addresses of all citizens. Without it a citizen is a number.",
    )
    valid_until = fields.Date()
    may_make = fields.Boolean(default=lambda self: self._may_make(), readonly=True)
    instructions = fields.Text(compute="_compute_instructions")
    # Never stored: the database keeps a verifier only
    role = fields.Char(compute="_compute_shown")
    password = fields.Char(compute="_compute_shown")

    @api.model
    def _may_make(self):
        """Return whether this system may make logins."""
        return self.env["contact_center.cube.schema"]._may_make_roles()

    @api.depends("name", "with_citizens", "may_make")
    def _compute_instructions(self):
        """Show what the database's administrator runs where this system may not."""
        readers = self.env["contact_center.cube.reader"]
        has_groups = bool(self.env["contact_center.cube.schema"]._groups())
        for wizard in self:
            wizard.instructions = False
            if wizard.may_make:
                continue
            parts = [] if has_groups else [readers._instructions()]
            try:
                parts.append(readers._instructions(wizard.name or "leitor", wizard.with_citizens))
            except UserError as error:
                parts.append(error.args[0])
            wizard.instructions = "\n".join(parts)

    @api.depends_context("contact_center_cube_login")
    def _compute_shown(self):
        role, password = self.env.context.get("contact_center_cube_login") or (False, False)
        for wizard in self:
            wizard.role, wizard.password = role, password

    def action_make(self):
        """Make the login."""
        self.ensure_one()
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators of the contact center may do this."))
        if not self.name or not (self.purpose or "").strip():
            raise UserError(self.env._("Say what the login is called, for whom it is, and why."))
        reader, password = self.env["contact_center.cube.reader"]._make(
            self.name, self.purpose.strip(), self.with_citizens, self.valid_until
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Login for the cubes"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"contact_center_cube_login": [reader.role, password]},
        }
