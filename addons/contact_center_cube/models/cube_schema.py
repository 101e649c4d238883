# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json

from psycopg2.errors import DependentObjectsStillExist, InsufficientPrivilege

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..cube import TYPES, group_names, table_comment

SCHEMA = "olap"
# Which definitions the tables were made by
PARAMETER = "contact_center_cube.definitions"
# When they were made: runs planned before counted into others
MADE_AT = "contact_center_cube.made_at"
_SCHEMA_COMMENT = (
    "Cubos da central de atendimento: números por dia, sem nomes de cidadãos. As vistas (esperas, "
    "atendimentos ...) têm os nomes por extenso; as tabelas cubo_* têm os mesmos números com os "
    "códigos das tabelas dim_*."
)
# Tables of names: (name, comment, ((column, type, comment), ...))
_NAMES = (
    (
        "dim_dia",
        "Os dias com movimento: mês, dia da semana, feriado.",
        (
            ("dia", "date", "O dia"),
            ("ano", "int4", "O ano"),
            ("mes", "int4", "O mês, de 1 a 12"),
            ("dia_da_semana", "int4", "1 é segunda-feira, 7 é domingo"),
            ("feriado", "text", "O nome do feriado (vazio: não é feriado)"),
        ),
    ),
    (
        "dim_fila",
        "As filas de atendimento.",
        (("id_fila", "int4", "Número da fila"), ("fila", "text", "Nome da fila")),
    ),
    (
        "dim_assunto",
        "Os assuntos da tabulação.",
        (
            ("id_assunto", "int4", "Número do assunto"),
            ("assunto", "text", "Nome completo do assunto"),
        ),
    ),
    (
        "dim_regional",
        "As regionais da cidade.",
        (("id_regional", "int4", "Número da regional"), ("regional", "text", "Nome da regional")),
    ),
    (
        "dim_codigo",
        "O que significa cada código das colunas com códigos.",
        (
            ("cubo", "text", "Nome do cubo"),
            ("coluna", "text", "Nome da coluna"),
            ("codigo", "text", "O código, que não muda"),
            ("nome", "text", "O que significa, por extenso"),
        ),
    ),
    (
        "atualizacao",
        "Quando cada dia foi calculado pela última vez.",
        (
            ("dia", "date", "O dia"),
            ("atualizado_em", "timestamp", "Quando foi calculado (UTC)"),
            ("linhas", "int4", "Linhas desse dia em todos os cubos"),
        ),
    ),
)


def at(name):
    """Return a table of the schema as SQL."""
    return SQL.identifier(SCHEMA, name)


class CubeSchema(models.AbstractModel):
    """The schema `olap`: its tables, and one day's rows in them.

    All that stands in it can be made again from the ledgers, so that a change of a definition makes
    the tables anew. Names come from checked definitions and are quoted; values are parameters.
    """

    _name = "contact_center.cube.schema"
    _description = "Schema of the Cubes"

    # ------------------------------------------------------------
    # Tables
    # ------------------------------------------------------------

    @api.model
    def _ensure(self):
        """Make what is missing, and let the groups read it.

        Called when this addon or one with cubes of its own is installed or updated, too: what was
        made anew is empty until the next run.

        :raise UserError: the database's user may not, with what to ask for
        """
        cubes = self.env["contact_center.cube"]._cubes()
        # sudo: ir.config_parameter - which definitions the tables were made by
        parameters = self.env["ir.config_parameter"].sudo()
        wanted = self._hash_of(cubes)
        made = self._exists("atualizacao") and parameters.get_param(PARAMETER) == wanted
        if not made and not self.env.registry.ready:
            # Addons are being updated and some of them are still to come: what is there stays, and
            # the next run, which knows them all, finds out whether it is as it should be
            made = all(
                self._exists(name) for name in ("atualizacao", *(one.table for one in cubes))
            )
        if not made:
            self._make(cubes)
            parameters.set_param(PARAMETER, wanted)
            parameters.set_param(MADE_AT, fields.Datetime.to_string(fields.Datetime.now()))
        self._grant(cubes)

    @api.model
    def _made_at(self):
        """Return when the tables were made (naive UTC)."""
        # sudo: ir.config_parameter - as in `_ensure`
        return fields.Datetime.to_datetime(
            self.env["ir.config_parameter"].sudo().get_param(MADE_AT)
        )

    @api.model
    def _hash_of(self, cubes):
        """Return a hash of all that decides what the tables look like and hold."""
        parts = [
            [
                [cube.name, cube.title, cube.comment, cube.rows]
                + [
                    [column.name, column.kind, column.comment, column.refers, column.codes]
                    for column in cube.columns
                ]
                for cube in cubes
            ],
            _NAMES,
            self.env["contact_center.cube"]._zone(),
        ]
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()

    @api.model
    def _make(self, cubes):
        """Make the schema anew, empty."""
        cr = self.env.cr
        try:
            with cr.savepoint():
                cr.execute(SQL("DROP SCHEMA IF EXISTS %s CASCADE", SQL.identifier(SCHEMA)))
                cr.execute(SQL("CREATE SCHEMA %s", SQL.identifier(SCHEMA)))
        except InsufficientPrivilege as error:
            raise UserError(
                self.env._(
                    "The system may not make the cubes in this database. Ask the person in charge "
                    'of it to run: GRANT CREATE ON DATABASE "%(database)s" TO "%(user)s"; and '
                    "try again.",
                    database=cr.dbname,
                    user=self._database_user(),
                )
            ) from error
        self._comment("SCHEMA", SQL.identifier(SCHEMA), _SCHEMA_COMMENT)
        for name, comment, columns in _NAMES:
            self._make_table(name, comment, columns)
        cr.execute(SQL("CREATE UNIQUE INDEX ON %s (dia)", at("atualizacao")))
        for cube in cubes:
            columns = [(one.name, TYPES[one.kind], one.comment) for one in cube.columns]
            self._make_table(cube.table, table_comment(cube), columns)
            cr.execute(SQL("CREATE INDEX ON %s (dia)", at(cube.table)))
        self.env["contact_center.cube.views"]._make(cubes)

    @api.model
    def _make_table(self, name, comment, columns):
        """Make a table with its comments.

        :param columns: (name, PostgreSQL's type, comment) of each
        """
        parts = [SQL("%s %s", SQL.identifier(one), SQL(kind)) for one, kind, _words in columns]
        self.env.cr.execute(SQL("CREATE TABLE %s (%s)", at(name), SQL(", ").join(parts)))
        self._comment("TABLE", at(name), comment)
        self._comment_columns(name, [(one, words) for one, _kind, words in columns])

    @api.model
    def _comment(self, kind, what, words):
        self.env.cr.execute(SQL("COMMENT ON %s %s IS %s", SQL(kind), what, words))

    @api.model
    def _comment_columns(self, table, columns):
        """Comment the columns of a table or view: (name, words) of each."""
        for name, words in columns:
            self.env.cr.execute(
                SQL("COMMENT ON COLUMN %s.%s IS %s", at(table), SQL.identifier(name), words)
            )

    @api.model
    def _exists(self, table):
        """Return whether a table of the schema is there."""
        self.env.cr.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.{table}"])
        return bool(self.env.cr.fetchone()[0])

    @api.model
    def _database_user(self):
        self.env.cr.execute("SELECT current_user")
        return self.env.cr.fetchone()[0]

    @api.model
    def _tables(self):
        """Return [(name, comment, [(column, type, comment)])] of all tables, for a copy of them."""
        cubes = self.env["contact_center.cube"]._cubes()
        return [*_NAMES] + [
            (
                cube.table,
                table_comment(cube),
                [(one.name, TYPES[one.kind], one.comment) for one in cube.columns],
            )
            for cube in cubes
        ]

    # ------------------------------------------------------------
    # Who may read
    # ------------------------------------------------------------

    @api.model
    def _may_make_roles(self):
        """Return whether the database's user may make roles."""
        self.env.cr.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _groups(self):
        """Return the names of the groups that exist: {"plain": name, "citizens": name}."""
        names = group_names(self.env.cr.dbname)
        self.env.cr.execute("SELECT rolname FROM pg_roles WHERE rolname IN %s", [names])
        there = {name for (name,) in self.env.cr.fetchall()}
        found = dict(zip(("plain", "citizens"), names, strict=True))
        return {key: name for key, name in found.items() if name in there}

    @api.model
    def _make_groups(self):
        """Make the groups that are missing, and let them read."""
        names = group_names(self.env.cr.dbname)
        for name in set(names) - set(self._groups().values()):
            self.env.cr.execute(SQL("CREATE ROLE %s NOLOGIN", SQL.identifier(name)))
        self._ensure()

    @api.model
    def _grant(self, cubes):
        """Let the groups that exist read the cubes; citizens' names only theirs."""
        groups = self._groups()
        execute = self.env.cr.execute
        for group in map(SQL.identifier, groups.values()):
            database = SQL.identifier(self.env.cr.dbname)
            execute(SQL("GRANT CONNECT ON DATABASE %s TO %s", database, group))
            execute(SQL("GRANT USAGE ON SCHEMA %s TO %s", SQL.identifier(SCHEMA), group))
            for table, _comment, _columns in self._tables():
                execute(SQL("GRANT SELECT ON %s TO %s", at(table), group))
            for cube in cubes:
                execute(SQL("GRANT SELECT ON %s TO %s", at(cube.name), group))
        if "citizens" in groups:
            group = SQL.identifier(groups["citizens"])
            execute(SQL("GRANT SELECT ON %s TO %s", at("cidadaos"), group))

    # ------------------------------------------------------------
    # One day
    # ------------------------------------------------------------

    @api.model
    def _count_day(self, bounds):
        """Count one day in all cubes, in the place of what was there.

        :param bounds: parameters of the statements, see `cube.Cube`
        :return: how many rows it has
        """
        cr, rows = self.env.cr, 0
        for cube in self.env["contact_center.cube"]._cubes():
            names = SQL(", ").join(SQL.identifier(one.name) for one in cube.columns)
            others = SQL(", ").join(SQL.identifier(one.name) for one in cube.columns[1:])
            cr.execute(SQL("DELETE FROM %s WHERE dia = %s", at(cube.table), bounds["day"]))
            cr.execute(
                SQL(
                    "INSERT INTO %s (%s) SELECT %s::date, counted.* FROM (%s) AS counted(%s)",
                    at(cube.table),
                    names,
                    bounds["day"],
                    SQL(cube.rows, **bounds),
                    others,
                )
            )
            rows += cr.rowcount
        cr.execute(
            SQL(
                "INSERT INTO %s (dia, atualizado_em, linhas) VALUES (%s, %s, %s) "
                "ON CONFLICT (dia) DO UPDATE SET atualizado_em = EXCLUDED.atualizado_em, "
                "linhas = EXCLUDED.linhas",
                at("atualizacao"),
                bounds["day"],
                bounds["now"],
                rows,
            )
        )
        return rows

    @api.model
    def _changed_days(self, bounds):
        """Return the days that changed, in order.

        :param bounds: parameters of the sources' statements, see `cube.Source`
        """
        days = set()
        for source in self.env["contact_center.cube"]._sources():
            for statement in source.changed:
                days |= {day for (day,) in self.env.execute_query(SQL(statement, **bounds)) if day}
        return sorted(days)

    @api.model
    def _counted_days(self):
        """Return the days that were counted before."""
        return [
            day for (day,) in self.env.execute_query(SQL("SELECT dia FROM %s", at("atualizacao")))
        ]

    @api.model
    def _reach(self, cube):
        """Return values of `contact_center.cube`: how many rows, from which day to which."""
        ((count, first, last),) = self.env.execute_query(
            SQL("SELECT count(*), min(dia), max(dia) FROM %s", at(cube.table))
        )
        ((refreshed,),) = self.env.execute_query(
            SQL("SELECT max(atualizado_em) FROM %s", at("atualizacao"))
        )
        return {
            "row_count": count,
            "day_from": first,
            "day_until": last,
            "refreshed_at": refreshed,
        }

    # ------------------------------------------------------------
    # Away
    # ------------------------------------------------------------

    @api.model
    def _drop(self):
        """Take the schema away, and the roles that read it where this system may."""
        cr = self.env.cr
        cr.execute(SQL("DROP SCHEMA IF EXISTS %s CASCADE", SQL.identifier(SCHEMA)))
        # sudo: contact_center.cube.reader, ir.config_parameter - the addon is going
        readers = self.env["contact_center.cube.reader"].sudo().search([("active", "=", True)])
        for role in [*readers.mapped("role"), *self._groups().values()]:
            self._drop_role(role)
        self.env["ir.config_parameter"].sudo().set_param(PARAMETER, False)

    @api.model
    def _drop_role(self, role):
        """Take a role away with its rights in this database; return whether it is gone."""
        cr = self.env.cr
        cr.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cr.fetchone():
            return True
        try:
            with cr.savepoint():
                cr.execute(SQL("DROP OWNED BY %s", SQL.identifier(role)), log_exceptions=False)
                cr.execute(SQL("DROP ROLE %s", SQL.identifier(role)), log_exceptions=False)
        except (InsufficientPrivilege, DependentObjectsStillExist):
            return False
        return True
