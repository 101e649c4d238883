# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Intake(models.AbstractModel):
    """What channels were offered from outside, and what of it did not come in.

    A conversation that never began leaves no trace in the ledgers: only the channel knows that
    somebody tried.
    """

    _name = "contact_center.intake"
    _description = "Contacts Offered by Channels"

    @api.model
    def _counts(self, start, end):
        """Return what was offered from `start` to before `end` (naive UTC) (hook).

        :return: {kind of channel: (offered, of these not come in)}
        """
        return {}
