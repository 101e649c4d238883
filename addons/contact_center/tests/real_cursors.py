# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tests whose transactions are real: what a job commits, rolls back and locks."""

from contextlib import contextmanager

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name
from odoo.tools import SQL

from odoo.addons.queue_job.tests.common import trap_jobs

_TABLES = """
SELECT c.table_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
  AND c.column_name = 'id' AND c.data_type = 'integer'
"""


class Killed(BaseException):
    """The server's process ends here."""


class RealCursorsCase(BaseCase):
    """Rows committed by a test are removed after it; earlier rows stay as they are.

    Jobs are not enqueued: this server's job runner would run them meanwhile.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            self._last_ids = _last_ids(cr)
        self.addCleanup(self._remove)
        self.enterContext(trap_jobs())

    @contextmanager
    def transaction(self):
        """Open an environment with a transaction of its own, committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def committed(self, query, *values):
        """Return the rows that any other transaction sees at this moment."""
        with self.registry.cursor() as cr:
            cr.execute(query, values)
            return cr.fetchall()

    def _remove(self):
        """Delete the rows that are new, those that others refer to in a later round.

        In SQL: events and conversations are never deleted otherwise.
        """
        conversations = self._last_ids["contact_center_conversation"]
        with self.registry.cursor() as cr:
            # A conversation and its channel refer to each other.
            cr.execute(
                "UPDATE contact_center_conversation SET discuss_channel_id = NULL WHERE id > %s",
                [conversations],
            )
            now = _last_ids(cr)
            new = {name for name, last in now.items() if last > self._last_ids.get(name, 0)}
            while new:
                left = {name for name in new if not self._delete_new(cr, name)}
                self.assertLess(len(left), len(new), f"rows of {', '.join(sorted(left))} stay")
                new = left
        self.registry.clear_all_caches()

    def _delete_new(self, cr, name):
        """Delete the new rows of a table unless others refer to them; whether they are gone."""
        last = self._last_ids.get(name, 0)
        try:
            with cr.savepoint(flush=False):
                cr.execute(
                    SQL("DELETE FROM %s WHERE id > %s", SQL.identifier(name), last),
                    log_exceptions=False,
                )
        except psycopg2.IntegrityError:
            return False
        return True


def _last_ids(cr):
    """Return {table: the highest id}."""
    cr.execute(_TABLES)
    names = [name for (name,) in cr.fetchall()]
    queries = [
        SQL("SELECT %s, COALESCE(max(id), 0) FROM %s", name, SQL.identifier(name)) for name in names
    ]
    cr.execute(SQL(" UNION ALL ").join(queries))
    return dict(cr.fetchall())
