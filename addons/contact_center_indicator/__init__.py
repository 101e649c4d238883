# As a plain package (`import contact_center_indicator.measure`) only the core without ORM is
# wanted; Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import models
    from . import wizards
