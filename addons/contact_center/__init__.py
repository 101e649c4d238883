# Imported as a plain package (`import contact_center.core`), only the core without ORM is loaded;
# Odoo imports addons as odoo.addons.*
if __name__.startswith("odoo.addons."):
    from . import controllers, dead_jobs, models, sql_log, structured_log, waking, wizards
    from .hooks import pre_init_hook
    from .orderly_stop import install as post_load

    dead_jobs.install()
    sql_log.install()
    structured_log.install()
    waking.install()
