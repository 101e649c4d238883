# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class CityContact(models.Model):
    """A person of the city who is told of outages and named by the contingency plan."""

    _name = "contact_center.city.contact"
    _description = "City Contact"
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    role = fields.Char(help="The person's responsibility, e.g. inspector of the contract.")
    email = fields.Char(string="E-mail")
    phone = fields.Char()
    tell_outages = fields.Boolean(
        string="Told of outages", default=True, help="By e-mail, when one begins and when it ends."
    )

    @api.constrains("email", "tell_outages")
    def _check_email(self):
        for contact in self:
            if contact.email and not email_normalize(contact.email):
                raise ValidationError(self.env._("%s is no e-mail address.", contact.email))
            if contact.tell_outages and not contact.email:
                raise ValidationError(
                    self.env._("%s is told of outages by e-mail: write the address.", contact.name)
                )

    @api.model
    def _outage_addresses(self):
        """Return the addresses that outages are told to."""
        contacts = self.search([("tell_outages", "=", True)])
        return [email_normalize(contact.email) for contact in contacts]
