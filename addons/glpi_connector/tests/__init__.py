# `glpi_connector.tests.fake_glpi` also serves the tests of the core, where there is no Odoo.
if __name__.startswith("odoo.addons."):
    pass
