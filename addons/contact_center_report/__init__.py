# As a plain package (`import contact_center_report.sheet`) only the core without ORM is
# wanted; Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers
    from . import models
    from . import wizards
