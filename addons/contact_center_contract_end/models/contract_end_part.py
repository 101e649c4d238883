# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import csv
import hashlib
import io

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_center.core import spreadsheets

MONTHS = 12
#: Productivity by channel: from the cubes, whose figures are those of the contract
_PRODUCTIVITY = """
WITH meses AS (
    SELECT to_char(generate_series(%(first)s::date, %(last)s::date, '1 month'), 'YYYY-MM') AS mes
), esperas AS (
    SELECT to_char(dia, 'YYYY-MM') AS mes, canal, sum(esperas)::int8 AS recebidos,
        sum(atendidas)::int8 AS atendidos, sum(abandonadas)::int8 AS abandonados,
        sum(dentro_da_meta)::int8 AS dentro_da_meta, sum(segundos_espera) AS espera
    FROM olap.esperas WHERE dia BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
), servicos AS (
    SELECT to_char(dia, 'YYYY-MM') AS mes, canal, sum(conversas)::int8 AS conversas,
        sum(segundos_conversa) AS duracao
    FROM olap.servicos WHERE dia BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
), notas AS (
    SELECT to_char(dia, 'YYYY-MM') AS mes, canal, sum(pesquisas)::int8 AS notas,
        sum(satisfeitos)::int8 AS satisfeitos
    FROM olap.pesquisas WHERE nota IS NOT NULL AND dia BETWEEN %(first)s AND %(last)s
    GROUP BY 1, 2
), eletronicos AS (
    SELECT to_char(dia, 'YYYY-MM') AS mes, canal, sum(atendimentos)::int8 AS atendimentos
    FROM olap.atendimentos WHERE dia BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
)
SELECT mes, canal, COALESCE(e.atendimentos, 0), COALESCE(w.recebidos, 0),
    COALESCE(w.atendidos, 0), COALESCE(w.abandonados, 0),
    round(100.0 * w.abandonados / NULLIF(w.recebidos, 0), 2),
    round(w.espera / NULLIF(w.recebidos, 0), 1), round(s.duracao / NULLIF(s.conversas, 0), 1),
    round(100.0 * w.dentro_da_meta / NULLIF(w.recebidos, 0), 2),
    COALESCE(n.notas, 0), round(100.0 * n.satisfeitos / NULLIF(n.notas, 0), 2)
FROM meses
LEFT JOIN eletronicos e USING (mes)
LEFT JOIN esperas w USING (mes, canal)
LEFT JOIN servicos s USING (mes, canal)
LEFT JOIN notas n USING (mes, canal)
ORDER BY mes, canal
"""
PRODUCTIVITY = (
    *("mes", "canal", "atendimentos", "recebidos_nas_filas", "atendidos", "abandonados"),
    *("abandono_percentual", "tme_segundos", "tma_segundos", "dentro_da_meta_percentual"),
    *("notas", "satisfeitos_percentual"),
)


class ContractEnd(models.Model):
    """The files of the package, apart from the export of all data."""

    _inherit = "contact_center.contract.end"

    @api.model
    def _parts(self):
        """Return what is handed over: [(code, what it is, method that returns its file)] (hook).

        A method returns (name, content), or None if there is nothing of it. An addon that keeps
        something else (recordings, training materials) appends it.
        """
        return [
            (
                "productivity",
                self.env._("Twelve months of productivity by channel"),
                self._productivity_file,
            ),
            ("dictionary", self.env._("Data dictionary of the cubes"), self._dictionary_file),
            ("accesses", self.env._("Accesses to take away"), self._accesses_file),
        ]

    def _productivity_file(self):
        """Return the last twelve whole months and the one that runs, by channel."""
        last = self.ends_on
        first = last.replace(day=1) - relativedelta(months=MONTHS)
        rows = self.env.execute_query(SQL(_PRODUCTIVITY, first=first, last=last))
        return "produtividade_por_canal.csv", _csv(PRODUCTIVITY, rows)

    def _dictionary_file(self):
        return "dicionario_dos_cubos.csv", self.env["contact_center.cube.dictionary"]._csv()

    def _accesses_file(self):
        self._list_accesses()
        rows = [(access.kind, access.name, access.detail, access.how) for access in self.access_ids]
        columns = ("tipo", "acesso", "detalhe", "como_retirar")
        return "acessos_a_retirar.csv", _csv(columns, rows)


def _csv(columns, rows):
    """Return a table as CSV: UTF-8 with mark, semicolons; formulas are disarmed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value):
    """Return a value for a cell: a comma before decimals, as spreadsheets in Portuguese read it."""
    if value is None or value is False:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return spreadsheets.cell(str(value))


class ContractEndPart(models.Model):
    """A file that is handed over, with what proves that it arrived whole.

    The volumes of the export of all data are listed too: their line stays when they are taken off
    the server.
    """

    _name = "contact_center.contract.end.part"
    _inherit = ["contact_center.machine.row"]
    _description = "Part of the Hand-Over"
    _order = "sequence, id"

    end_id = fields.Many2one(
        "contact_center.contract.end", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True, aggregator=None)
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Part", required=True, readonly=True)
    filename = fields.Char(string="File", readonly=True)
    content = fields.Binary(string="Download", attachment=True, readonly=True)
    size = fields.Float(string="Bytes", digits=(16, 0), readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    done = fields.Boolean(string="Finished", readonly=True)
    note = fields.Char(readonly=True)

    _code_unique = models.Constraint("UNIQUE(end_id, code)", "Each part is handed over once.")

    def _put(self, filename, content):
        """Keep a finished file."""
        self.write(
            {
                "filename": filename,
                "content": base64.b64encode(content),
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "done": True,
            }
        )
