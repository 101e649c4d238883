# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Person(models.TransientModel):
    """Adds the data protection officer's duty, granted and revoked like other roles."""

    _inherit = "contact_center.person"

    is_privacy_officer = fields.Boolean(string="Data protection officer (LGPD)")
