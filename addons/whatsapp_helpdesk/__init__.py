# Imported as a plain package (`import whatsapp_helpdesk.cloud_api`), only the core without ORM is
# loaded; Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers, left_behind, models, wizards
    from .light_webhook import install as post_load

    left_behind.install()
