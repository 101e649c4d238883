# As a plain package (`import contact_center.core`) only the core without ORM is wanted; Odoo
# imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers, models, report, sql_log, wizards
    from .hooks import pre_init_hook
    from .orderly_stop import install as post_load

    sql_log.install()
