# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ..cube import table_comment
from .cube_schema import at

_CITIZENS_COMMENT = (
    "Os cidadãos que já foram atendidos, com nome e contato. Só quem recebeu esse acesso lê; nada "
    "é copiado: o que se apaga no cadastro deixa de estar aqui na mesma hora."
)
_CITIZENS = (
    ("id_cidadao", "Número do cidadão no cadastro"),
    ("nome", "Nome"),
    ("telefone", "Telefone"),
    ("e_mail", "E-mail"),
    ("endereco", "Rua e número"),
    ("bairro_informado", "Bairro, como foi escrito"),
    ("bairro", "Bairro da lista da cidade"),
    ("regional", "Regional do bairro"),
)


class CubeViews(models.AbstractModel):
    """Views of the schema `olap`: cubes with words instead of codes; citizens."""

    _name = "contact_center.cube.views"
    _description = "Views of the Cubes"

    @api.model
    def _make(self, cubes):
        """Make the views with their comments."""
        schema = self.env["contact_center.cube.schema"]
        for cube in cubes:
            self.env.cr.execute(self._statement(cube))
            schema._comment("VIEW", at(cube.name), table_comment(cube))
            schema._comment_columns(cube.name, [(one.label, one.comment) for one in cube.columns])
        self._make_citizens()
        schema._comment("VIEW", at("cidadaos"), _CITIZENS_COMMENT)
        schema._comment_columns("cidadaos", _CITIZENS)

    @api.model
    def _statement(self, cube):
        """Return the statement that makes the view of a cube."""
        chosen, joins = [], []
        for number, column in enumerate(cube.columns):
            name, label = SQL.identifier(column.name), SQL.identifier(column.label)
            other = SQL.identifier(f"t{number}")
            if column.refers:
                joins.append(
                    SQL(
                        "LEFT JOIN %s %s ON %s.%s = cubo.%s",
                        at(f"dim_{column.refers}"),
                        other,
                        other,
                        SQL.identifier(f"id_{column.refers}"),
                        name,
                    )
                )
                chosen.append(SQL("%s.%s AS %s", other, SQL.identifier(column.refers), label))
            elif column.codes:
                # constants cannot be parameters of a view: psycopg2 writes them into it, quoted
                joins.append(
                    SQL(
                        "LEFT JOIN %s %s ON %s.cubo = %s AND %s.coluna = %s "
                        "AND %s.codigo = cubo.%s",
                        at("dim_codigo"),
                        *(other, other, cube.name, other, column.name, other, name),
                    )
                )
                chosen.append(SQL("COALESCE(%s.nome, cubo.%s) AS %s", other, name, label))
            else:
                chosen.append(SQL("cubo.%s AS %s", name, label))
        return SQL(
            "CREATE VIEW %s AS SELECT %s FROM %s cubo %s",
            at(cube.name),
            SQL(", ").join(chosen),
            at(cube.table),
            SQL(" ").join(joins),
        )

    @api.model
    def _make_citizens(self):
        """Make the view with citizens' names: read through, never copied."""
        self.env.cr.execute(
            SQL(
                """
                CREATE VIEW %s AS
                SELECT p.id AS id_cidadao, p.name AS nome, p.phone AS telefone, p.email AS e_mail,
                    p.street AS endereco, p.street2 AS bairro_informado, d.name AS bairro,
                    r.name AS regional
                FROM res_partner p
                LEFT JOIN contact_center_district d ON d.id = p.contact_center_district_id
                LEFT JOIN contact_center_region r ON r.id = p.contact_center_region_id
                WHERE EXISTS (
                    SELECT 1 FROM contact_center_conversation c WHERE c.partner_id = p.id)
                """,
                at("cidadaos"),
            )
        )

    # ------------------------------------------------------------
    # Names
    # ------------------------------------------------------------

    @api.model
    def _fill_names(self):
        """Write today's names of queues, subjects, regions and codes, and the calendar."""
        lang = self.env["contact_center.background.work"]._in_portuguese().env.lang
        words = self.with_context(lang=lang)
        for table, model, field in (
            ("dim_fila", "contact_center.queue", "name"),
            ("dim_assunto", "contact_center.disposition", "complete_name"),
            ("dim_regional", "contact_center.region", "name"),
        ):
            # sudo: contact_center.queue, contact_center.disposition, contact_center.region - names
            records = words.env[model].sudo().with_context(active_test=False).search([])
            self._replace(table, [(record.id, record[field]) for record in records])
        self._replace("dim_codigo", words._codes())
        self._replace("dim_dia", self._calendar())

    @api.model
    def _codes(self):
        """Return (cube, column, code, words) of each code that a cube may hold."""
        rows = []
        for cube in self.env["contact_center.cube"]._cubes():
            for column in cube.columns:
                if column.codes:
                    model, field = column.codes
                    labels = self.env[model]._fields[field]._description_selection(self.env)
                    rows += [(cube.name, column.name, code, words) for code, words in labels]
        return rows

    @api.model
    def _calendar(self):
        """Return the rows of the days that were counted."""
        days = sorted(self.env["contact_center.cube.schema"]._counted_days())
        holidays = self.env["contact_center.queue"]._holidays(days[0], days[-1]) if days else {}
        return [
            (day, day.year, day.month, day.isoweekday(), holidays.get(day) or None) for day in days
        ]

    @api.model
    def _replace(self, table, rows):
        """Put these rows in the place of a table's."""
        self.env.cr.execute(SQL("DELETE FROM %s", at(table)))
        for start in range(0, len(rows), 1000):
            values = SQL(", ").join(SQL("%s", row) for row in rows[start : start + 1000])
            self.env.cr.execute(SQL("INSERT INTO %s VALUES %s", at(table), values))
