# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class Place(models.Model):
    """A place whose address agents often send: town hall, health center, park."""

    _name = "contact_center.place"
    _description = "Contact Center Place"
    _order = "sequence, name"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    address = fields.Char(help="Street, number and district, as the citizen reads it.")
    latitude = fields.Float(digits=(9, 6), required=True, help="Decimal degrees, WGS 84.")
    longitude = fields.Float(digits=(9, 6), required=True, help="Decimal degrees, WGS 84.")
    map_url = fields.Char(string="Map", compute="_compute_map_url")

    _latitude_range = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90)", "The latitude goes from -90 to 90."
    )
    _longitude_range = models.Constraint(
        "CHECK(longitude BETWEEN -180 AND 180)", "The longitude goes from -180 to 180."
    )

    @api.depends("latitude", "longitude")
    def _compute_map_url(self):
        for place in self:
            place.map_url = self._map_url(place.latitude, place.longitude)

    @api.model
    def _map_url(self, latitude, longitude):
        """Return the URL of a map with a pin at this point."""
        return (
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
            f"#map=18/{latitude}/{longitude}"
        )
