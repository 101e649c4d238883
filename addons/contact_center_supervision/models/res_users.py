# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

CITY = "contact_center_supervision.group_city"
CITIZENS = "contact_center_supervision.group_city_citizens"
# A boolean of `contact_center.person` for each role of the city, and for its right to data.
DUTIES = {
    "is_city_inside": "contact_center_supervision.group_city_inside",
    "is_city_outside": "contact_center_supervision.group_city_outside",
    "is_city_inspector": "contact_center_supervision.group_city_inspector",
    "city_personal_data": CITIZENS,
}
LEADERS = ("contact_center.group_supervisor", "contact_center.group_manager")
ADMINISTRATORS = "base.group_erp_manager,contact_center.group_administrator"


class ResUsers(models.Model):
    """Leaders and the city's people: what they see, and under which names."""

    _inherit = "res.users"

    contact_center_city_queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_city_queue_rel",
        "user_id",
        "queue_id",
        string="City: queues",
        groups=ADMINISTRATORS,
        copy=False,
        help="The queues that a person of the city may see; empty: all of them.",
    )

    def _contact_center_home_action(self):
        """Let supervisors and the city's people start on the team view."""
        home = super()._contact_center_home_action()
        at_desk = home == "contact_center.desk_action"
        if at_desk and self.has_group("contact_center.group_supervisor"):
            return "contact_center_supervision.team_action"
        reads_figures = home == "contact_center.conversation_action_figures"
        if reads_figures and self._is_of_city():
            return "contact_center_supervision.team_action"
        return home

    @api.model
    def _contact_center_duties(self):
        return {**super()._contact_center_duties(), **DUTIES}

    # ------------------------------------------------------------
    # Classified by restriction
    # ------------------------------------------------------------

    def _is_of_city(self):
        """Return whether this user is there for the city only.

        Who also leads the contractor's team sees what leaders see.
        """
        self.ensure_one()
        return self.has_group(CITY) and not self.has_group("contact_center.group_supervisor")

    def _sees_citizens(self):
        """Return whether this leader may see citizens' data: all but the city's restricted ones."""
        self.ensure_one()
        return not self._is_of_city() or self.has_group(CITIZENS)

    def _led_queues(self):
        """Return the queues that this leader follows, in the environment's companies.

        :raise AccessError: the user is neither supervisor nor manager
        """
        self.ensure_one()
        if not any(self.has_group(group) for group in LEADERS):
            raise AccessError(self.env._("Only supervisors and managers see the team."))
        queues = self.env["contact_center.queue"].with_user(self).search([])
        # sudo: res.users - one's own restriction, which only administrators change
        limited = self.sudo().contact_center_city_queue_ids if self._is_of_city() else False
        return queues & limited.with_env(queues.env) if limited else queues

    # ------------------------------------------------------------
    # Names and numbers
    # ------------------------------------------------------------

    @api.model
    def _contact_center_sees_numbers(self):
        """Show agents to the city under their registration numbers."""
        return super()._contact_center_sees_numbers() or self.env.user._is_of_city()
