# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import logging
import os
from datetime import timedelta

import psycopg2
from psycopg2 import sql

from odoo import api, fields, models
from odoo.tools import SQL

from .cube_schema import SCHEMA, at

_logger = logging.getLogger(__name__)

#: Where the copy goes, set by whoever keeps the server: never in this database
VARIABLE = "CONTACT_CENTER_STATISTICS_DSN"
#: How long the copy stays online: a year and a month more (RP1)
KEEP_DAYS = 396
_TIMEOUT_SECONDS = 10


class CubeCopy(models.Model):
    """A year of the cubes in another database, outside this equipment (RP1).

    Written after the cubes are brought up to date: the days that were counted since the last copy.
    The other database is whole at any time: each copy is one transaction there.
    """

    _name = "contact_center.cube.copy"
    _inherit = ["contact_center.machine.row", "contact_center.background.work"]
    _description = "Copy of the Cubes Elsewhere"
    _order = "id desc"
    _rec_name = "started_at"

    started_at = fields.Datetime(
        string="Started", required=True, readonly=True, default=fields.Datetime.now
    )
    finished_at = fields.Datetime(string="Finished", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="running",
    )
    target = fields.Char(string="Where", readonly=True, help="Server and database, no password.")
    day_count = fields.Integer(string="Days", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    error = fields.Text(readonly=True)

    @api.model
    def _dsn(self):
        """Return the connection string of the other database, or ""."""
        return os.environ.get(VARIABLE, "").strip()

    @api.model
    def _begin_if_configured(self):
        """Queue a copy if there is another database."""
        if not self._dsn():
            return self.browse()
        # sudo: contact_center.cube.copy - written by the system only
        copy = self.sudo().create({})
        copy.with_delay(
            channel="root.background",
            identity_key=f"contact_center.cube.copy:{copy.id}",
            description=f"Copy of the cubes {copy.id}",
        )._run()
        return copy

    def _run(self):
        """Copy what is new (queue_job)."""
        self.ensure_one()
        try:
            target = psycopg2.connect(self._dsn(), connect_timeout=_TIMEOUT_SECONDS)
        except psycopg2.Error as problem:
            self._note_failure(problem)
            return
        try:
            with target:
                counts = self._copy_to(target)
            parameters = target.get_dsn_parameters()
            self.write(
                {
                    **counts,
                    "state": "done",
                    "finished_at": fields.Datetime.now(),
                    "target": f"{parameters.get('host', '')}/{parameters.get('dbname', '')}",
                }
            )
        except psycopg2.Error as problem:
            self._note_failure(problem)
        finally:
            target.close()

    def _note_failure(self, problem):
        """Note why there was no copy; the next run tries again."""
        # A connection's error may repeat the connection string, with its password
        words = str(problem).replace(self._dsn(), "…").strip()
        _logger.info("Copy of the cubes %s failed: %s", self.id, type(problem).__name__)
        self.write({"state": "failed", "error": words, "finished_at": fields.Datetime.now()})

    # ------------------------------------------------------------
    # Copying
    # ------------------------------------------------------------

    def _copy_to(self, target):
        """Write to the other database, within its transaction; return {"day_count", "row_count"}.

        :param target: psycopg2 connection
        """
        tables = self.env["contact_center.cube.schema"]._tables()
        oldest = self.env["contact_center.queue"]._city_today() - timedelta(days=KEEP_DAYS)
        with target.cursor() as cursor:
            made = self._make_tables(cursor, tables)
            days = self._days_to_copy(cursor, oldest, made)
            rows = 0
            for name, _comment, columns in tables:
                by_day = columns[0][0] == "dia" and name.startswith("cubo_")
                rows += self._copy_table(cursor, name, columns, days if by_day else None)
                if by_day:
                    old = sql.SQL("DELETE FROM {} WHERE dia < %s").format(_there(name))
                    cursor.execute(old, [oldest])
        return {"day_count": len(days), "row_count": rows}

    def _make_tables(self, cursor, tables):
        """Make the schema there if it is not as here; return whether it was made."""
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = %s",
            [SCHEMA],
        )
        wanted = {(name, column) for name, _words, columns in tables for column, *_rest in columns}
        if set(cursor.fetchall()) == wanted:
            return False
        schema = sql.Identifier(SCHEMA)
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema))
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        for name, comment, columns in tables:
            parts = [
                sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind))
                for column, kind, _words in columns
            ]
            cursor.execute(
                sql.SQL("CREATE TABLE {} ({})").format(_there(name), sql.SQL(", ").join(parts))
            )
            cursor.execute(sql.SQL("COMMENT ON TABLE {} IS %s").format(_there(name)), [comment])
            for column, _kind, words in columns:
                cursor.execute(
                    sql.SQL("COMMENT ON COLUMN {}.{} IS %s").format(
                        _there(name), sql.Identifier(column)
                    ),
                    [words],
                )
        return True

    def _days_to_copy(self, cursor, oldest, made):
        """Return the days of the last year that were counted since they were copied."""
        known = {}
        if not made:
            cursor.execute(
                sql.SQL("SELECT dia, atualizado_em FROM {}").format(_there("atualizacao"))
            )
            known = dict(cursor.fetchall())
        here = self.env.execute_query(
            SQL(
                "SELECT dia, atualizado_em FROM %s WHERE dia >= %s ORDER BY dia",
                at("atualizacao"),
                oldest,
            )
        )
        return [day for day, counted in here if known.get(day) != counted]

    def _copy_table(self, cursor, name, columns, days):
        """Copy a table, or these days of it; return how many rows.

        :param days: None for the whole table
        """
        names = ", ".join(f'"{column}"' for column, *_rest in columns)
        if days is None:
            cursor.execute(sql.SQL("DELETE FROM {}").format(_there(name)))
            return self._pipe(cursor, name, names, SQL("TRUE"))
        if not days:
            return 0
        cursor.execute(sql.SQL("DELETE FROM {} WHERE dia = ANY(%s)").format(_there(name)), [days])
        return sum(
            self._pipe(cursor, name, names, SQL("dia = ANY(%s)", days[start : start + 31]))
            for start in range(0, len(days), 31)
        )

    def _pipe(self, cursor, name, names, where):
        """Copy the rows that match; return how many."""
        buffer = io.BytesIO()
        own = self.env.cr
        chosen = SQL("SELECT %s FROM %s WHERE %s", SQL(names), at(name), where)
        query = own.mogrify(chosen).decode()
        own.copy_expert(f"COPY ({query}) TO STDOUT", buffer)
        buffer.seek(0)
        cursor.copy_expert(
            sql.SQL("COPY {} ({}) FROM STDIN").format(_there(name), sql.SQL(names)), buffer
        )
        return cursor.rowcount


def _there(name):
    """Return a table of the copy as psycopg2's SQL."""
    return sql.Identifier(SCHEMA, name)
