# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# As a plain package (`import contact_center_measurement.measurement`) only the core without ORM is
# wanted; Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import models, wizards
