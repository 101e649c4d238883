from odoo import api, models
from odoo.exceptions import AccessError


class MachineRow(models.AbstractModel):
    """A row that the system writes about its own work, and no person: ledgers, outboxes, mirrors.

    What a ledger says must hold against everybody, administrators included; what an outbox sends
    must be what somebody said. So nobody creates, changes or deletes such rows by hand, whatever
    their access rights are: only code that acts for the system (`sudo`), which no call from
    outside can be. What people may do with them is done by methods that check who asks
    (`_check_may_repair`) and then act for the system.

    Which models are such is told by the tests (`AccessTable.machine_rows`).
    """

    _name = "contact_center.machine.row"
    _description = "Row Written by the System Only"

    def _check_is_system(self):
        """Raise AccessError unless the caller acts for the system."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "“%s” is written by the system only: nobody adds, changes or deletes it by "
                    "hand.",
                    self.env["ir.model"]._get(self._name).sudo().name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse whoever does not act for the system."""
        self._check_is_system()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse whoever does not act for the system."""
        self._check_is_system()
        return super().write(vals)

    def unlink(self):
        """Refuse whoever does not act for the system."""
        self._check_is_system()
        return super().unlink()

    def _check_may_repair(self, group="contact_center.group_administrator"):
        """Raise AccessError unless the user is in `group` and may see these rows.

        For the buttons by which people have the system try again, or stop trying.
        """
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(self.env._("Only administrators of the contact center may do this."))
        self.check_access("read")
