# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..core import phones
from ..models.first_steps_own import NAMELESS
from ..models.queue_hours import DEFAULT_TIMEZONE
from ..models.res_partner_phone import AREA_PARAMETER


class CompanySetup(models.TransientModel):
    """The city hall's data, filled in by administrators without system rights."""

    _name = "contact_center.company.setup"
    _description = "Contact Center City Hall"

    name = fields.Char(required=True, default=lambda self: self._default_name())
    logo = fields.Binary(attachment=False, default=lambda self: self._default_logo())
    street = fields.Char(default=lambda self: self.env.company.street)
    zip = fields.Char(default=lambda self: self.env.company.zip)
    city = fields.Char(required=True, default=lambda self: self.env.company.city)
    state_id = fields.Many2one(
        "res.country.state",
        required=True,
        domain="[('country_id.code', '=', 'BR')]",
        default=lambda self: self.env.company.state_id,
    )
    email = fields.Char(string="E-mail", default=lambda self: self.env.company.email)
    tz = fields.Selection(
        selection=_tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.company.sudo().partner_id.tz or DEFAULT_TIMEZONE,
    )
    area_code = fields.Char(
        string="Area code (DDD)",
        size=2,
        required=True,
        default=lambda self: self.env["res.partner"]._area_code(),
        help="Telephones that are typed without an area code get this one.",
    )

    @api.model
    def _default_name(self):
        name = self.env.company.name
        return "" if name in NAMELESS else name

    @api.model
    def _default_logo(self):
        company = self.env.company
        return False if company.uses_default_logo else company.logo

    @api.constrains("area_code")
    def _check_area_code(self):
        for setup in self:
            if not phones.is_area(setup.area_code):
                message = self.env._("%s is not a Brazilian area code.", setup.area_code)
                raise ValidationError(message)

    def action_save(self):
        """Write the city hall's data where Odoo keeps them."""
        self.ensure_one()
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(
                self.env._("Only administrators of the contact center change the city hall.")
            )
        # sudo: res.company, res.partner - the center's administrators manage the city's data; a
        # fixed list of values
        company = self.env.company.sudo()
        before = company.partner_id.tz
        values = {
            "name": self.name,
            "street": self.street,
            "zip": self.zip,
            "city": self.city,
            "country_id": self.state_id.country_id.id,
            "state_id": self.state_id.id,
            "email": self.email,
        }
        if self.logo:
            values["logo"] = self.logo
        company.write(values)
        company.partner_id.tz = self.tz
        # sudo: ir.config_parameter - as above
        self.env["ir.config_parameter"].sudo().set_param(AREA_PARAMETER, self.area_code)
        self._move_clocks(before)
        return {"type": "ir.actions.act_window_close"}

    def _move_clocks(self, before):
        """Switch service hours that used the city's previous time zone to the new one.

        :param before: the city's previous time zone, or False
        """
        if self.tz == (before or DEFAULT_TIMEZONE):
            return
        # sudo: ir.default, resource.calendar - the right was checked by the caller
        self.env["ir.default"].sudo().set("res.partner", "tz", self.tz)
        calendars = self.env["resource.calendar"].sudo()
        calendars.search([("tz", "=", before or DEFAULT_TIMEZONE)]).tz = self.tz
