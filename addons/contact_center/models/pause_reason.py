# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PauseReason(models.Model):
    """A reason for an agent not being free for the next citizen.

    Each reason is counted under one state of the ledger (`contact_center.agent.state`).
    """

    _name = "contact_center.pause.reason"
    _description = "Contact Center Pause Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("break", "Break"),
            ("with_supervisor", "With the supervisor"),
            ("after_work", "After-service work"),
            ("training", "Training"),
            ("outbound", "Active service"),
            ("recovery", "Recovery after abuse"),
            ("away", "Away"),
        ],
        string="Counted as",
        required=True,
        default="break",
    )
    break_kind = fields.Selection(
        [("snack", "Snack"), ("regulated", "Regulated break"), ("other", "Other")],
        string="Kind of break",
        required=True,
        default="other",
        help="Reports tell regulated breaks from snacks and others. A recovery after abuse is no "
        "break and shortens none.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(name, kind) WHERE active", "There is already a reason of this name."
    )
