# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError

from ..rows import insert_rows


class MachineRow(models.AbstractModel):
    """A row that only the system writes: ledgers, outboxes, mirrors.

    A ledger must be tamper-proof even for administrators, and an outbox must send only what
    somebody really said. So nobody creates, changes or deletes such rows by hand, whatever their
    access rights: only code that acts for the system (`sudo`), which no outside call can claim.
    User actions on them go through methods that check the right (`_check_may_repair`) and then act
    for the system.

    The tests list these models (`AccessTable.machine_rows`).
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
        """Refuse callers that do not act for the system."""
        self._check_is_system()
        return super().create(vals_list)

    @api.model
    def _insert(self, vals_list):
        """Create rows the short way (`rows.insert_rows`): those that every message leaves.

        Not for a model that extends `create`, or of which something stored is computed.
        """
        self._check_is_system()
        return insert_rows(self, vals_list)

    def write(self, vals):
        """Refuse callers that do not act for the system."""
        self._check_is_system()
        return super().write(vals)

    def unlink(self):
        """Refuse callers that do not act for the system."""
        self._check_is_system()
        return super().unlink()

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Refuse callers that do not act for the system: this way goes past `write`."""
        self._check_is_system()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    def _check_may_repair(self, group="contact_center.group_administrator"):
        """Raise AccessError unless the user is in `group` and may see these rows.

        For the buttons that make the system try again, or stop trying.
        """
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(self.env._("Only administrators of the contact center may do this."))
        self.check_access("read")
