# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Checks of rows that are inserted without `create`, for the tests of any addon."""

from odoo.tools import SQL


class RowsMixin:
    """Rows that are inserted without `create` are those that `create` makes."""

    def assert_as_created(self, model, vals, insert=None, apart=()):
        """Check that an inserted row equals a created one, in the table and in the cache.

        :param vals: values as for `create`
        :param insert: what inserts them, `_insert` by default
        :param apart: columns that are never equal
        """
        insert = insert or (lambda values: model._insert([values]))
        made, inserted = model.create(dict(vals)), insert(dict(vals))
        self.env.flush_all()
        self.assertEqual(self._columns_of(inserted, apart), self._columns_of(made, apart))
        names = [
            name
            for name, field in model._fields.items()
            if field.store and name not in ("id", *apart) and not field.compute
        ]
        cached = [inserted[name] for name in names]
        self.env.invalidate_all()
        self.assertEqual(cached, [inserted[name] for name in names])

    def _columns_of(self, record, apart):
        found = self.env.execute_query_dict(
            SQL("SELECT * FROM %s WHERE id = %s", SQL.identifier(record._table), record.id)
        )
        return {name: value for name, value in found[0].items() if name not in ("id", *apart)}

    def assert_nothing_stored_follows(self, model, names, apart=()):
        """Check that no stored field is computed from these: `create` would do it.

        :param apart: "model.field" of those that may follow later
        """
        for name in names:
            followers = self.registry.get_dependent_fields(model._fields[name])
            stored = {str(field) for field in followers if field.store and field.column_type}
            self.assertEqual(stored.difference(apart), set(), name)
