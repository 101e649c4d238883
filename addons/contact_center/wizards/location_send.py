# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class LocationSend(models.TransientModel):
    """Choose a place, or describe one, and send its location to the citizen."""

    _name = "contact_center.location.send"
    _description = "Send a Location to a Citizen"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    place_id = fields.Many2one("contact_center.place", string="Saved place", ondelete="set null")
    name = fields.Char(
        compute="_compute_from_place", store=True, readonly=False, string="Name of the place"
    )
    address = fields.Char(compute="_compute_from_place", store=True, readonly=False)
    latitude = fields.Float(
        digits=(9, 6), compute="_compute_from_place", store=True, readonly=False
    )
    longitude = fields.Float(
        digits=(9, 6), compute="_compute_from_place", store=True, readonly=False
    )
    map_url = fields.Char(string="Map", compute="_compute_map_url")

    @api.depends("place_id")
    def _compute_from_place(self):
        """Copy the chosen place; keep typed values if none is chosen."""
        for wizard in self:
            place = wizard.place_id
            wizard.name = place.name or wizard.name
            wizard.address = place.address if place else wizard.address
            wizard.latitude = place.latitude if place else wizard.latitude
            wizard.longitude = place.longitude if place else wizard.longitude

    @api.depends("latitude", "longitude")
    def _compute_map_url(self):
        place_model = self.env["contact_center.place"]
        for wizard in self:
            known = wizard.latitude or wizard.longitude
            wizard.map_url = known and place_model._map_url(wizard.latitude, wizard.longitude)

    def action_send(self):
        """Send the location; the conversation checks the right."""
        self.ensure_one()
        self.conversation_id.action_send_location(
            self.latitude, self.longitude, self.name, self.address
        )
        return {"type": "ir.actions.act_window_close"}
