# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


def entered(string):
    """Return an input field for a secret, always empty when read; see `EnteredSecret`."""
    return fields.Char(
        string=string,
        compute="_compute_entered",
        inverse="_inverse_entered",
        groups="contact_center.group_administrator",
        copy=False,
    )


class EnteredSecret(models.AbstractModel):
    """Secrets that the center's administrators may enter, but only the system reads.

    A model that inherits this maps input fields to secrets in `_entered`. The input field is empty
    whenever it is read; the secret itself remains restricted to the system administrator
    (`groups="base.group_system"`).
    """

    _name = "contact_center.entered.secret"
    _description = "Secret That Is Entered and Not Read"

    # {name of the input field: name of the secret}
    _entered = {}

    secrets_stored = fields.Char(compute="_compute_secrets_stored", string="Stored")

    def _compute_entered(self):
        for record in self:
            for name in self._entered:
                record[name] = False

    def _inverse_entered(self):
        """Store the entered value; an empty field changes nothing."""
        self.check_access("write")
        for record in self:
            given = {secret: record[name] for name, secret in self._entered.items() if record[name]}
            if given:
                # sudo: any - anybody who may write the record may enter its secrets; none is read
                record.sudo().write(given)

    @api.depends_context("lang")
    def _compute_secrets_stored(self):
        """Compute which secrets are set, by name."""
        # sudo: any - only whether the secrets are set, and their names
        labels = self.sudo().fields_get(list(self._entered.values()), ["string"])
        for record in self.sudo():
            stored = [secret for secret in self._entered.values() if record[secret]]
            record.secrets_stored = ", ".join(labels[secret]["string"] for secret in stored)

    @api.model_create_multi
    def create(self, vals_list):
        """Forget what was entered as soon as it is kept."""
        records = super().create(vals_list)
        records.invalidate_recordset(list(self._entered))
        return records

    def write(self, vals):
        """Forget what was entered as soon as it is kept."""
        result = super().write(vals)
        if self._entered.keys() & vals.keys():
            self.invalidate_recordset([*self._entered, "secrets_stored"])
        return result
