# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from pathlib import Path

from odoo import models

from odoo.addons.contact_center.core import spreadsheets
from odoo.addons.contact_center.orderly_stop import stopping

from ..core import data_export_files

_logger = logging.getLogger(__name__)

# Rows of a table, and files, per step; progress is recorded after each step.
ROWS_PER_FILE = 10_000
MEDIA_PER_STEP = 100
# How long a job works before it queues the next, well below the workers' time limit.
SECONDS_PER_JOB = 40
VOLUME_BYTES = 1024**3

README = "LEIA-ME.txt"


def _csv_bytes(columns, rows):
    """Return a table as CSV; possible formulas, including signed numbers, are turned into text."""
    return data_export_files.csv_bytes(
        columns, rows, lambda text: spreadsheets.cell(text, numbers=False)
    )


class DataExport(models.Model):
    """The job that writes a data export's files, step by step."""

    _inherit = "contact_center.data.export"

    def _run(self):
        """Work for a while on missing parts, then queue the next job (queue_job).

        Each step ends with a commit: a killed job loses only its current step, which is repeated.
        """
        self.ensure_one()
        end = time.monotonic() + SECONDS_PER_JOB
        try:
            while self.state == "running" and time.monotonic() < end and not stopping():
                self._step()
                self._commit()
                self.invalidate_recordset()
        except Exception as problem:
            self._rollback()
            _logger.exception("Data export %s failed", self.id)
            words = problem.strerror if isinstance(problem, OSError) else str(problem)
            self.write({"state": "failed", "error": words or type(problem).__name__})
            self._commit()
            return
        if self.state == "running":
            self._run_later()

    def _step(self):
        """Do the next piece of work."""
        if not self.part_ids:
            self._plan()
            return
        part = self.part_ids.filtered(lambda one: not one.done)[:1]
        if part:
            self.step = part.label
            if part.kind == "media":
                part._write_media()
            else:
                part._write_rows()
        elif not self._has_file("manifesto.json"):
            self._write_papers()
        else:
            self._pack_next()

    def _plan(self):
        """Record the tables with their row counts, on which the progress is based."""
        names = self._tables()
        values = [
            {
                "export_id": self.id,
                "sequence": position,
                "kind": "table",
                "model": name,
                "label": self.env["ir.model"]._get(name).name,
                "total_rows": self._all(name).search_count(self._rows_domain(name)),
            }
            for position, name in enumerate(names)
        ]
        if self.with_media:
            values.append(
                {
                    "export_id": self.id,
                    "sequence": len(names),
                    "kind": "media",
                    "model": "ir.attachment",
                    "label": self.env._("Files of the messages"),
                    "total_rows": self._all("ir.attachment").search_count(
                        self._rows_domain("ir.attachment")
                    ),
                }
            )
        self.env["contact_center.data.export.part"].create(values)

    def _all(self, model):
        """Return all rows of `model` (name), archived ones too."""
        # sudo: a data export contains everything; the rights to start and download it are checked
        return self.env[model].sudo().with_context(active_test=False, bin_size=False)

    def _has_file(self, path):
        """Return whether the file at `path` is finished."""
        return bool(
            self.env["contact_center.data.export.file"].search_count(
                [("export_id", "=", self.id), ("path", "=", path)], limit=1
            )
        )

    def _record_file(self, written, is_volume=False):
        """Record a finished file (`data_export_files.Written`), once."""
        if not self._has_file(written.path):
            self.env["contact_center.data.export.file"].create(
                {
                    "export_id": self.id,
                    "path": written.path,
                    "size": written.size,
                    "sha256": written.sha256,
                    "is_volume": is_volume,
                }
            )

    def _write_papers(self):
        """Write the dictionary, the explanation, and last the list of all files."""
        self.step = self.env._("Data dictionary")
        folder = self._folder()
        rows = self._dictionary()
        columns = list(rows[0])
        papers = {
            "dicionario.csv": _csv_bytes(columns, rows),
            "dicionario.jsonl": data_export_files.jsonl_bytes(rows),
            README: self._explanation().encode(),
        }
        for path, content in papers.items():
            self._record_file(data_export_files.write(folder, path, content))
        listed = [
            {"path": file.path, "bytes": int(file.size), "sha256": file.sha256}
            for file in self.file_ids
        ]
        content = data_export_files.jsonl_bytes(listed)
        self._record_file(data_export_files.write(folder, "manifesto.json", content))

    def _explanation(self):
        """Return the explanation of the files for the recipient.

        In Portuguese: they go to the city.
        """
        left_out = "\n".join(
            f"- {name}: {why}" for name, why in sorted(self._tables_left_out().items())
        )
        return f"""Entrega de dados da central de atendimento

Finalidade: {self.purpose}
Pedida por: {self.requested_by_id.name}

tabelas/   uma pasta por tabela, em CSV (UTF-8, vírgula) e em JSON (um objeto por linha)
media/     arquivos das mensagens; o nome é a soma SHA-1, a tabela ir.attachment diz o original
dicionario.csv, dicionario.jsonl   o que é cada campo de cada tabela
manifesto.json   lista de todos os arquivos, com tamanho e soma SHA-256

Datas e horas estão em UTC (AAAA-MM-DDTHH:MM:SSZ).
Campos que apontam para outra tabela trazem o id da linha.
No CSV, um texto que começa com = + - @ leva um apóstrofo na frente; o texto exato está no JSON.
Senhas, chaves e outros segredos não são entregues. Notas internas da equipe não são entregues.

Tabelas deixadas de fora:
{left_out}
"""

    def _pack_next(self):
        """Pack the next volume; after the last one the data export is finished."""
        self.step = self.env._("Packing the volumes")
        files = self.file_ids.filtered(lambda file: not file.is_volume)
        shares = data_export_files.volumes(
            [(file.path, int(file.size)) for file in files], VOLUME_BYTES
        )
        number = len(self.volume_ids)
        if number < len(shares):
            name = f"entrega-{self.id}-{number + 1:03}-de-{len(shares):03}.zip"
            written = data_export_files.pack(self._folder(), name, shares[number])
            self._record_file(written, is_volume=True)
            self.invalidate_recordset()
        if number + 1 >= len(shares):
            self._finish()


class DataExportPart(models.Model):
    """Writes one part: a table's next rows, or the next files."""

    _inherit = "contact_center.data.export.part"

    def _next(self, limit):
        """Return the next `limit` records of this part, by id."""
        export = self.export_id
        domain = [*export._rows_domain(self.model), ("id", ">", self.last_id)]
        return export._all(self.model).search(domain, order="id", limit=limit)

    def _write_rows(self):
        """Write the table's next file, as CSV and as JSON lines."""
        records = self._next(ROWS_PER_FILE)
        if records or not self.chunks:
            columns = self.export_id._columns(self.model)
            rows = self._values(records, columns)
            stem = f"tabelas/{self.model}/{self.model}-{self.chunks + 1:05}"
            folder = self.export_id._folder()
            for path, content in (
                (f"{stem}.csv", _csv_bytes(columns, rows)),
                (f"{stem}.jsonl", data_export_files.jsonl_bytes(rows)),
            ):
                self.export_id._record_file(data_export_files.write(folder, path, content))
        self._note(records, ROWS_PER_FILE)

    def _write_media(self):
        """Copy the next files; an unreadable one is logged."""
        records = self._next(MEDIA_PER_STEP)
        folder = self.export_id._folder()
        for attachment in records:
            path = data_export_files.media_path(
                attachment.checksum or "none", attachment.name or ""
            )
            if self.export_id._has_file(path):
                continue
            source = attachment._contact_center_path()
            if source:
                written = data_export_files.copy(folder, path, Path(source))
            elif content := attachment.raw:
                written = data_export_files.write(folder, path, content)
            else:
                if attachment.store_fname:
                    _logger.info("Data export: file of attachment %s is gone", attachment.id)
                continue
            self.export_id._record_file(written)
        self._note(records, MEDIA_PER_STEP)

    def _note(self, records, limit):
        """Record the progress; fewer records than requested mean that this part is finished."""
        self.write(
            {
                "last_id": records[-1:].id or self.last_id,
                "done_rows": self.done_rows + len(records),
                "chunks": self.chunks + 1,
                "done": len(records) < limit,
            }
        )

    @staticmethod
    def _values(records, columns):
        """Return the rows of `records` as {column: value of `data_export_files.plain`}."""
        values = records._read_format(columns, load=None) if records else []
        fields = records._fields
        for row in values:
            for name, value in row.items():
                # Odoo represents missing values by False
                if value is False and fields[name].type != "boolean":
                    row[name] = None
                elif isinstance(value, tuple):
                    row[name] = list(value)
        return values
