# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io

from odoo import api, models

from odoo.addons.contact_center.core import spreadsheets

from .cube_schema import SCHEMA

# Everything in the schema with its comments, as PostgreSQL knows it: the dictionary cannot say
# anything else than the database does.
_CATALOGUE = """
SELECT c.relname, obj_description(c.oid, 'pg_class'), a.attname,
    format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum), c.relkind = 'v'
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind IN ('r', 'v')
ORDER BY c.relkind = 'r', c.relname, a.attnum
"""
_KINDS = {
    "date": "data",
    "time without time zone": "hora",
    "timestamp without time zone": "data e hora",
    "integer": "inteiro",
    "bigint": "inteiro",
    "text": "texto",
    "character varying": "texto",
}


class CubeDictionary(models.AbstractModel):
    """The data dictionary of the cubes, read from the database's own comments."""

    _name = "contact_center.cube.dictionary"
    _description = "Data Dictionary of the Cubes"

    @api.model
    def _tables(self):
        """Return the views and tables: [{"name", "comment", "is_view", "columns", "codes"}].

        A column is {"name", "kind", "comment"}; codes are (column, code, words).
        """
        self.env.cr.execute(_CATALOGUE, [SCHEMA])
        tables = {}
        for name, comment, column, kind, words, is_view in self.env.cr.fetchall():
            table = tables.setdefault(
                name,
                {"name": name, "comment": comment, "is_view": is_view, "columns": [], "codes": []},
            )
            shown = _KINDS.get(kind, "número" if kind.startswith("numeric") else kind)
            table["columns"].append({"name": column, "kind": shown, "comment": words})
        views = self.env["contact_center.cube.views"]
        for cube, column, code, words in views.with_context(lang=self._lang())._codes():
            if f"cubo_{cube}" in tables:
                tables[f"cubo_{cube}"]["codes"].append((column, code, words))
        return list(tables.values())

    @api.model
    def _lang(self):
        return self.env["contact_center.background.work"]._in_portuguese().env.lang

    @api.model
    def _csv(self):
        """Return the dictionary as a CSV file (UTF-8 with mark, semicolons)."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(["tabela", "descricao_da_tabela", "coluna", "tipo", "descricao", "codigos"])
        for table in self._tables():
            for column in table["columns"]:
                codes = "; ".join(
                    f"{code} = {words}"
                    for name, code, words in table["codes"]
                    if name == column["name"]
                )
                cells = (table["name"], table["comment"], *column.values(), codes)
                writer.writerow([spreadsheets.cell(cell or "") for cell in cells])
        return b"\xef\xbb\xbf" + text.getvalue().encode()
