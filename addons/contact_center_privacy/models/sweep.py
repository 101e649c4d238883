# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Searches every text in the database for a person's data, in any table."""

from odoo.tools import SQL

_COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type IN ('json', 'jsonb')
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('text', 'character varying', 'json', 'jsonb')
  AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position
"""


def _tables(cr):
    """Return every table with its text columns: {table: [(column, whether it is JSON)]}."""
    cr.execute(_COLUMNS)
    tables = {}
    for table, column, is_json in cr.fetchall():
        tables.setdefault(table, []).append((column, is_json))
    return tables


def _patterns(strings):
    """Return `strings` as ILIKE patterns, escaped and matching anywhere."""
    quoted = (text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") for text in strings)
    return [f"%{text}%" for text in quoted]


def find(cr, strings):
    """Return where any of `strings` occurs: {(table, column): number of rows}.

    Case is ignored.

    Each table is read once. Pending ORM changes must have been flushed.
    """
    found = {}
    patterns = _patterns(strings)
    if not patterns:
        return found
    for table, columns in _tables(cr).items():
        counts = SQL(", ").join(
            SQL("count(*) FILTER (WHERE %s::text ILIKE ANY(%s))", SQL.identifier(name), patterns)
            for name, _is_json in columns
        )
        cr.execute(SQL("SELECT %s FROM %s", counts, SQL.identifier(table)))
        for (name, _is_json), count in zip(columns, cr.fetchone(), strict=True):
            if count:
                found[table, name] = count
    return found


def rows(cr, table, column, strings):
    """Return the ids of rows of `table` whose `column` contains any of `strings`."""
    query = SQL(
        "SELECT id FROM %s WHERE %s::text ILIKE ANY(%s)",
        SQL.identifier(table),
        SQL.identifier(column),
        _patterns(strings),
    )
    cr.execute(query)
    return [row[0] for row in cr.fetchall()]


def replace(cr, found, strings, by):
    """Replace `strings` in the columns of `found` by the word `by`, ignoring case.

    :param found: (table, column) pairs
    """
    kinds = {
        (table, name): is_json for table, cols in _tables(cr).items() for name, is_json in cols
    }
    for table, name in found:
        column = SQL.identifier(name)
        value = SQL("%s::text", column)
        for text in strings:
            # No quote may get into a JSON string: `by` has none, and keys stay keys
            value = SQL("regexp_replace(%s, %s, %s, 'gi')", value, _literal(text), by)
        if kinds[table, name]:
            value = SQL("%s::jsonb", value)
        cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE %s::text ILIKE ANY(%s)",
                SQL.identifier(table),
                column,
                value,
                column,
                _patterns(strings),
            )
        )


def _literal(text):
    """Return `text` as a PostgreSQL regular expression that matches it literally."""
    return "".join(char if char.isalnum() or char.isspace() else f"\\{char}" for char in text)
