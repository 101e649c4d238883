from psycopg2.errors import InsufficientPrivilege, UndefinedFile

from odoo.modules.db import has_trigram


def pre_init_hook(env):
    """Have PostgreSQL search parts of words quickly (`pg_trgm`), before the indexes are made.

    Odoo adds the extension to databases that it makes itself; others may lack it. Where it is not
    installed, or the database's owner may not add it, contacts are found all the same, slower.
    """
    try:
        with env.cr.savepoint():
            env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", log_exceptions=False)
    except (InsufficientPrivilege, UndefinedFile):
        return
    env.registry.has_trigram = has_trigram(env.cr)
