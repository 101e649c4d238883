# Imported as a plain package (`import chatbot_flow.engine`), only the core without ORM is loaded;
# Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import models, wizards
