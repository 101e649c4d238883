# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Inserts the rows that every message leaves, without what `create` does besides.

For a chat message or a row of a ledger `create` spends many times what PostgreSQL does on storing
it: on default values, on whatever might have to be computed again, on caches. Of these rows nothing
is computed and stored. The tests compare each kind of row with one that `create` made. See
docs/decisions/rows-without-create.md.
"""

from functools import lru_cache

from odoo import fields
from odoo.tools import SQL

_AUTHORS = ("create_uid", "write_uid")
_TIMES = ("create_date", "write_date")


def insert_rows(model, vals_list):
    """Insert rows in one statement; return their records with a filled cache.

    Values are converted, checked against selections and sanitized as by `create`; what is not given
    has its field's default. No access is checked, nothing is computed, no extension of `create` is
    called, and no file or other list of records can be given.

    :param model: the empty model, in the environment of whoever is at work
    :param vals_list: values as for `create`
    """
    if not vals_list:
        return model.browse()
    columns = [field for field in model._fields.values() if field.store and field.column_type]
    rows = [_complete(model, columns, vals) for vals in vals_list]
    names = tuple(sorted({name for row in rows for name in row}))
    cr = model.env.cr
    cr.execute(
        _statement(model._table, names, len(rows)), [_to_columns(model, names, row) for row in rows]
    )
    records = model.browse(row_id for (row_id,) in cr.fetchall())
    for record, row in zip(records, rows, strict=True):
        _remember(record, columns, row)
    return records


@lru_cache(maxsize=256)
def _statement(table, names, count):
    """Return the statement that inserts so many rows; each is one parameter, a tuple."""
    columns = SQL(", ").join(map(SQL.identifier, names))
    insert = SQL("INSERT INTO %s (%s) VALUES ", SQL.identifier(table), columns)
    return f"{insert.code}{', '.join(['%s'] * count)} RETURNING id"


def _complete(model, columns, vals):
    """Return values with who made the row, when, and the defaults of what is not given."""
    row = dict(vals)
    if model._log_access:
        row.update(dict.fromkeys(_AUTHORS, model.env.uid))
        row.update(dict.fromkeys(_TIMES, model.env.cr.now()))
    for field in columns:
        if field.default and field.name not in row:
            row[field.name] = field.default(model)
    return row


def _to_columns(model, names, row):
    """Return the values of one row as PostgreSQL takes them."""
    return tuple(
        model._fields[name].convert_to_column_insert(row[name], model, row) if name in row else None
        for name in names
    )


def _remember(record, columns, row):
    """Fill the cache with a row that was just inserted, and show it in lists that were read."""
    for field in columns:
        # As `create` does: PostgreSQL may store another text than the one given
        if field.type != "html":
            value = field.convert_to_cache(row.get(field.name), record)
            field._update_cache(record, value)
            if value and isinstance(field, fields.Many2one):
                _show_in_lists(record, field, value)


def _show_in_lists(record, many2one, value):
    """Add a record to the lists of its parent that the cache holds."""
    for inverse in record.pool.field_inverses[many2one]:
        if value in inverse._get_cache(record.env):
            many2one._update_inverses(record, value)
