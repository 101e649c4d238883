# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .lines import parse_lines
from .slug import fill_keys


class ChatbotFlowOption(models.Model):
    """One option of a menu."""

    _name = "chatbot.flow.option"
    _description = "Chatbot Flow Option"
    _inherit = ["chatbot.flow.part"]
    _order = "step_id, sequence, id"

    step_id = fields.Many2one("chatbot.flow.step", required=True, index=True, ondelete="cascade")
    flow_id = fields.Many2one(related="step_id.flow_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        required=True, string="Title", help="WhatsApp shows 24 characters in lists, 20 in buttons."
    )
    description = fields.Char(help="A second line in lists, 72 characters in WhatsApp.")
    code = fields.Char(
        copy=True, help="Name of the option inside the menu, made from the title if empty."
    )
    keywords = fields.Char(
        string="Also understood", help="Other words for this option, separated by commas."
    )
    goto_id = fields.Many2one(
        "chatbot.flow.step",
        string="Leads to",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: the menu's next step.",
    )
    set_values = fields.Text(
        string="Remembers", help='One "name: value" per line, kept when the option is chosen.'
    )

    _code_unique = models.Constraint(
        "UNIQUE(step_id, code)", "Two options of a menu cannot have the same code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Derive missing codes from the title, and report the new options."""
        fill_keys(self, vals_list, "step_id", "code", "option")
        options = super().create(vals_list)
        options._tell_added()
        return options

    @api.constrains("set_values")
    def _check_set_values(self):
        for option in self:
            parse_lines(self.env, option.set_values)

    def _definition(self):
        """Return the option as an entry of the definition. Hook: other addons add to "set"."""
        self.ensure_one()
        return {
            "id": self.code,
            "title": self.name,
            "description": self.description or "",
            "goto": self.goto_id.key or "",
            "keywords": [word.strip() for word in (self.keywords or "").split(",") if word.strip()],
            "set": parse_lines(self.env, self.set_values),
        }
