# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache

OPEN_PARAMETER = "contact_center.demo_open_until"
# It cannot be left on by mistake: it ends by itself
OPEN_FOR = timedelta(hours=8)
BUS_TYPE = "contact_center/demo"


class Demo(models.AbstractModel):
    """For demonstrations only: act as if it were Monday, ten o'clock.

    Otherwise a person who tries the product on a Sunday night would be told that nobody is there.
    While it is on, every queue is open, and every screen says so. Without demo data it has no
    effect.
    """

    _inherit = "contact_center.demo"

    @api.model
    @ormcache()
    def _is_demo(self):
        """Return whether this database was created with demo data (cached)."""
        # sudo: ir.module.module - asked by bots and queues
        module = self.env["ir.module.module"].sudo().search([("name", "=", "contact_center")])
        return bool(module.demo)

    @api.model
    def _open_until(self):
        """Return until when queues act as open (naive UTC), or None.

        Called whenever hours are checked: parameter and kind of database come from the cache.
        """
        # sudo: ir.config_parameter - hours are no secret and bots need them
        stored = self.env["ir.config_parameter"].sudo().get_param(OPEN_PARAMETER)
        if not stored or not self._is_demo():
            return None
        until = fields.Datetime.to_datetime(stored)
        return until if until > fields.Datetime.now() else None

    @api.model
    def get_state(self):
        """For the banner and the page of first steps.

        :return: {demo: bool, until: "YYYY-MM-DD HH:MM:SS" in UTC or False}
        """
        until = self._open_until()
        return {"demo": self._is_demo(), "until": until and fields.Datetime.to_string(until)}

    @api.model
    def act_open(self, on=True):
        """Let all queues act as open for some hours, or follow their calendars again.

        :return: as `get_state`
        :raise AccessError: the user is no administrator
        :raise UserError: this is no demonstration
        """
        if not self.env.su and not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators change the hours of the demo."))
        if on and not self._is_demo():
            raise UserError(
                self.env._("Only a demonstration can act as if it were open: this is not one.")
            )
        until = fields.Datetime.now() + OPEN_FOR
        # sudo: ir.config_parameter - the right was checked
        self.env["ir.config_parameter"].sudo().set_param(
            OPEN_PARAMETER, fields.Datetime.to_string(until) if on else False
        )
        for name in ("group_technician", "group_manager"):
            self.env.ref(f"contact_center.{name}")._bus_send(BUS_TYPE, {})
        return self.get_state()
