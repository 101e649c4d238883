# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import InsufficientPrivilege, UndefinedFile

from odoo.modules.db import has_trigram


def pre_init_hook(env):
    """Enable fast substring search (`pg_trgm`) before the indexes are created.

    Odoo adds the extension to databases that it creates itself; others may lack it. If it is not
    available, or the database's owner may not add it, contact searches still work, but more slowly.
    """
    try:
        with env.cr.savepoint():
            env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", log_exceptions=False)
    except (InsufficientPrivilege, UndefinedFile):
        return
    env.registry.has_trigram = has_trigram(env.cr)
