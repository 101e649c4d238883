# Imported as a plain package (`import contact_center_archive.core`), only the core without ORM is
# loaded; Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers, models, report
