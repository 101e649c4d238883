# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Command


class Person(models.TransientModel):
    """Adds the roles of the city, and what each of its people may see."""

    _inherit = "contact_center.person"

    is_city_inside = fields.Boolean(string="City manager, inside")
    is_city_outside = fields.Boolean(string="City manager, outside")
    is_city_inspector = fields.Boolean(string="City inspector")
    is_of_city = fields.Boolean(compute="_compute_is_of_city")
    city_queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_person_city_queue_rel",
        string="Sees only these queues",
    )
    city_personal_data = fields.Boolean(
        string="Reads what citizens write",
        help="Otherwise figures only: no conversation, no citizen, no watching.",
    )

    @api.depends("is_city_inside", "is_city_outside", "is_city_inspector")
    def _compute_is_of_city(self):
        for person in self:
            person.is_of_city = (
                person.is_city_inside or person.is_city_outside or person.is_city_inspector
            )

    @api.model
    def _values_of(self, user):
        return {
            **super()._values_of(user),
            "city_queue_ids": [Command.set(user.contact_center_city_queue_ids.ids)],
        }

    def _user_values(self):
        """Add the queues that a person of the city may see."""
        queues = self.city_queue_ids if self.is_of_city else self.city_queue_ids.browse()
        return {
            **super()._user_values(),
            "contact_center_city_queue_ids": [Command.set(queues.ids)],
        }
