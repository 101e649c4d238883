# Imported as a plain package (`import glpi_connector.rest`), only the core without ORM is loaded;
# Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers, models, wizards
