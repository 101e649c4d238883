# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import hashlib
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.contact_center.core import spreadsheets

from ..core import csv_file, json_file, publish

REST, TOTAL = "demais", "total"


class Dataset(NamedTuple):
    """One of the published tables.

    :ivar statement: gives (label, count) of a day
    :ivar mean: gives (count, mean) of a day's total; "" where there is none
    :ivar without: label of what has none
    """

    code: str
    title: str
    what: str
    count: str
    statement: str
    mean: str = ""
    without: str = ""


DATASETS = (
    Dataset(
        "esperas",
        "Esperas por fila",
        "fila",
        "Esperas que terminaram nesse dia",
        "SELECT fila, sum(esperas)::int8 FROM olap.esperas WHERE dia = %s GROUP BY 1",
        "SELECT sum(esperas)::int8, round(sum(segundos_espera) / NULLIF(sum(esperas), 0)) "
        "FROM olap.esperas WHERE dia = %s",
        without="Sem fila",
    ),
    Dataset(
        "assuntos",
        "Atendimentos por assunto",
        "assunto",
        "Atendimentos que começaram nesse dia",
        "SELECT assunto, sum(atendimentos)::int8 FROM olap.atendimentos WHERE dia = %s GROUP BY 1",
        without="Sem tabulação",
    ),
    Dataset(
        "satisfacao",
        "Notas da pesquisa de satisfação",
        "nota",
        "Notas dadas nesse dia",
        "SELECT nota, sum(pesquisas)::int8 FROM olap.pesquisas "
        "WHERE dia = %s AND nota IS NOT NULL GROUP BY 1",
    ),
)
COLUMNS = (
    ("dia", "Dia na cidade (AAAA-MM-DD)"),
    ("categoria", "Fila, assunto ou nota; “demais” soma as que não aparecem, “total” soma tudo"),
    ("quantidade", "Quantos; nunca menos que 5 (0 só no total)"),
    ("media_segundos", "Só nas esperas, no total do dia: a espera média em segundos"),
)
NAMES = tuple(name for name, _words in COLUMNS)


class OpenDataRow(models.Model):
    """A published count; it never changes."""

    _name = "contact_center.open.data.row"
    _inherit = ["contact_center.machine.row"]
    _description = "Published Count"
    _order = "day desc, dataset, id"
    _rec_name = "label"

    dataset = fields.Selection(
        [(one.code, one.title) for one in DATASETS], required=True, readonly=True
    )
    day = fields.Date(required=True, readonly=True)
    label = fields.Char(string="Category", required=True, readonly=True)
    kind = fields.Selection(
        [("cell", "Count"), ("rest", "Others together"), ("total", "Total")],
        required=True,
        readonly=True,
    )
    count = fields.Integer(required=True, readonly=True)
    mean_seconds = fields.Integer(string="Mean (seconds)", readonly=True, aggregator=None)

    _label_unique = models.Constraint(
        "UNIQUE(dataset, day, kind, label)", "A count of a day is published once."
    )

    @api.model
    def _publish_day(self, day, secret):
        """Publish a day's counts, as far as nobody can be found in them."""
        values = []
        for dataset in DATASETS:
            counts = {
                label or dataset.without: count
                for label, count in self._counted(dataset.statement, day)
            }
            shown = publish(counts, secret, f"{dataset.code} {day}")
            common = {"dataset": dataset.code, "day": day}
            values += [
                {**common, "kind": "cell", "label": label, "count": count}
                for label, count in sorted(shown.cells.items())
            ]
            if shown.rest:
                values.append({**common, "kind": "rest", "label": REST, "count": shown.rest})
            if shown.total is not None:
                values.append(
                    {
                        **common,
                        "kind": "total",
                        "label": TOTAL,
                        "count": shown.total,
                        "mean_seconds": self._mean(dataset, day),
                    }
                )
        # sudo: contact_center.open.data.row - written by the system only
        self.sudo().create(values)

    @api.model
    def _counted(self, statement, day):
        """Return the rows of a statement about a day."""
        return self.env.execute_query(SQL(statement, day))

    @api.model
    def _mean(self, dataset, day):
        """Return the mean of a day's total in whole seconds, or False."""
        if not dataset.mean:
            return False
        ((_count, mean),) = self._counted(dataset.mean, day)
        return int(mean) if mean is not None else False

    def _line(self, has_mean):
        """Return this row as it stands in the files."""
        return {
            "dia": fields.Date.to_string(self.day),
            "categoria": self.label,
            "quantidade": self.count,
            "media_segundos": self.mean_seconds if has_mean and self.kind == "total" else None,
        }


class OpenDataFile(models.Model):
    """A file of the page, made after each day that is published; it is sent as it is."""

    _name = "contact_center.open.data.file"
    _inherit = ["contact_center.machine.row"]
    _description = "Published File"
    _order = "name"

    name = fields.Char(required=True, readonly=True)
    content = fields.Binary(attachment=True, readonly=True)
    size = fields.Integer(string="Bytes", readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    made_at = fields.Datetime(string="Made", readonly=True)

    _name_unique = models.Constraint("UNIQUE(name)", "There is one file of each name.")

    @api.model
    def _write_files(self, page):
        """Write all files anew.

        :param page: `contact_center.open.data`
        """
        rows = self.env["contact_center.open.data.row"].sudo()
        for dataset in DATASETS:
            found = rows.search([("dataset", "=", dataset.code)], order="day, kind, label")
            lines = [row._line(bool(dataset.mean)) for row in found]
            self._put(f"{dataset.code}.csv", csv_file(NAMES, lines, spreadsheets.cell))
            self._put(f"{dataset.code}.json", json_file(page._head(dataset), NAMES, lines))
        words = [
            {"conjunto": one.code, "titulo": one.title, "campo": name, "descricao": text}
            for one in DATASETS
            for name, text in COLUMNS
        ]
        columns = ("conjunto", "titulo", "campo", "descricao")
        self._put("dicionario.csv", csv_file(columns, words, spreadsheets.cell))

    @api.model
    def _put(self, name, content):
        """Write one file in the place of the one before."""
        # sudo: contact_center.open.data.file - written by the system only
        files = self.sudo()
        values = {
            "content": base64.b64encode(content),
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "made_at": fields.Datetime.now(),
        }
        file = files.search([("name", "=", name)])
        if file:
            file.write(values)
        else:
            files.create({"name": name, **values})
