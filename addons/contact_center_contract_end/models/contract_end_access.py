# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ContractEnd(models.Model):
    """The accesses that are to be taken away, and which are gone."""

    _inherit = "contact_center.contract.end"

    def _list_accesses(self):
        """Write down the accesses that there are; those that are gone since are removed."""
        self.ensure_one()
        rows = self.env["contact_center.contract.end.access"]
        now = {access.key: access for access in self.env["contact_center.accesses"]._list()}
        known = {row.key: row for row in self.access_ids}
        for key, row in known.items():
            if key not in now and not row.removed_at:
                row.removed_at = fields.Datetime.now()
            elif key in now and row.removed_at:
                row.removed_at = False
        rows.create(
            [
                {"end_id": self.id, **access._asdict()}
                for key, access in now.items()
                if key not in known
            ]
        )


class ContractEndAccess(models.Model):
    """An access to be taken away at the end of the contract.

    It counts as removed when the system sees that it is gone, not when somebody says so.
    """

    _name = "contact_center.contract.end.access"
    _inherit = ["contact_center.machine.row"]
    _description = "Access to Be Taken Away"
    _order = "removed_at desc, kind, name, id"

    end_id = fields.Many2one(
        "contact_center.contract.end", required=True, readonly=True, index=True, ondelete="cascade"
    )
    key = fields.Char(required=True, readonly=True)
    kind = fields.Char(string="What", required=True, readonly=True)
    name = fields.Char(string="Which", required=True, readonly=True)
    detail = fields.Char(readonly=True)
    how = fields.Char(string="How it is taken away", readonly=True)
    removed_at = fields.Datetime(string="Gone", readonly=True)

    _key_unique = models.Constraint("UNIQUE(end_id, key)", "Each access is listed once.")
