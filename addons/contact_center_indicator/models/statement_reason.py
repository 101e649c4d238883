# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .decided import CONTRACTOR


class StatementReason(models.Model):
    """Why something was not met in a month, in the contractor's words.

    The rows are made when the month is worked out; people of the contractor write the words until
    the other party is asked.
    """

    _name = "contact_center.indicator.statement.reason"
    _description = "Reason on a Statement"
    _order = "statement_id, id"
    _rec_name = "words"

    statement_id = fields.Many2one(
        "contact_center.indicator.statement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    code = fields.Char(required=True, readonly=True)
    words = fields.Char(string="What was not met", readonly=True)
    text = fields.Text(string="Why", help="And what is done about it.")

    _code_unique = models.Constraint("UNIQUE(statement_id, code)", "Each thing has one reason.")

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse rows by hand: they come with the month."""
        if not self.env.su:
            raise AccessError(self.env._("These lines are made when the month is worked out."))
        return super().create(vals_list)

    def write(self, vals):
        """Let the contractor write the reasons of a draft, and nothing else."""
        party = self.env["contact_center.indicator.statement"]._party(self.env.user)
        if vals.keys() != {"text"} or party != CONTRACTOR:
            raise AccessError(self.env._("The contractor writes the reasons, and nothing else."))
        self.statement_id._check_draft()
        return super().write(vals)

    def unlink(self):
        """Refuse it by hand: they go with what was not met after all."""
        if not self.env.su:
            raise AccessError(self.env._("These lines are made when the month is worked out."))
        return super().unlink()
