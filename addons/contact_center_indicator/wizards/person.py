# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Person(models.TransientModel):
    """Adds who decides on the contract, for the city or for the contractor."""

    _inherit = "contact_center.person"

    is_contract_inspector = fields.Boolean(
        string="Contract inspector (city)",
        help="Decides for the city on contract, goals, readings, occurrences and statements.",
    )
    is_contract_manager = fields.Boolean(
        string="Contract manager (contractor)",
        help="Decides for the contractor on what the city asks for.",
    )

    @api.constrains("is_contract_inspector", "is_contract_manager")
    def _check_one_party(self):
        if any(person.is_contract_inspector and person.is_contract_manager for person in self):
            raise ValidationError(
                self.env._("Nobody stands for both parties of the contract: choose one.")
            )
