import logging
import time
from pathlib import Path

from odoo import models

from ..core import handover_files
from ..orderly_stop import stopping

_logger = logging.getLogger(__name__)

# Rows of a table, and files, per step; after each step what was done is recorded.
ROWS_PER_FILE = 10_000
MEDIA_PER_STEP = 100
# How long one job works before it asks for the next, well below the workers' time limit.
SECONDS_PER_JOB = 40
VOLUME_BYTES = 1024**3

README = "LEIA-ME.txt"


class Handover(models.Model):
    """The job that writes a hand-over's files, step by step."""

    _inherit = "contact_center.handover"

    def _run(self):
        """Work for a while on what is missing, then ask for the next job (queue_job).

        Each step ends with a commit: a killed job loses its step only, which is done again.
        """
        self.ensure_one()
        end = time.monotonic() + SECONDS_PER_JOB
        try:
            while self.state == "running" and time.monotonic() < end and not stopping():
                self._step()
                self.env.cr.commit()  # pylint: disable=invalid-commit
                self.invalidate_recordset()
        except Exception as problem:
            self.env.cr.rollback()
            _logger.exception("Hand-over %s failed", self.id)
            words = problem.strerror if isinstance(problem, OSError) else str(problem)
            self.write({"state": "failed", "error": words or type(problem).__name__})
            self.env.cr.commit()  # pylint: disable=invalid-commit
            return
        if self.state == "running":
            self._run_later()

    def _step(self):
        """Do the next piece of work, whatever that is."""
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
        """Note the tables, with their numbers of rows: the progress is counted by these."""
        names = self._tables()
        values = [
            {
                "handover_id": self.id,
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
                    "handover_id": self.id,
                    "sequence": len(names),
                    "kind": "media",
                    "model": "ir.attachment",
                    "label": self.env._("Files of the messages"),
                    "total_rows": self._all("ir.attachment").search_count(
                        self._rows_domain("ir.attachment")
                    ),
                }
            )
        self.env["contact_center.handover.part"].create(values)

    def _all(self, model):
        """All rows of `model` (name), archived ones too."""
        # sudo: a hand-over takes in everything; who may start one and download it is checked
        return self.env[model].sudo().with_context(active_test=False, bin_size=False)

    def _has_file(self, path):
        """Whether the file at `path` is finished."""
        return bool(
            self.env["contact_center.handover.file"].search_count(
                [("handover_id", "=", self.id), ("path", "=", path)], limit=1
            )
        )

    def _record_file(self, written, is_volume=False):
        """Note a finished file (`handover_files.Written`), once."""
        if not self._has_file(written.path):
            self.env["contact_center.handover.file"].create(
                {
                    "handover_id": self.id,
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
            "dicionario.csv": handover_files.csv_bytes(columns, rows),
            "dicionario.jsonl": handover_files.jsonl_bytes(rows),
            README: self._explanation().encode(),
        }
        for path, content in papers.items():
            self._record_file(handover_files.write(folder, path, content))
        listed = [
            {"path": file.path, "bytes": int(file.size), "sha256": file.sha256}
            for file in self.file_ids
        ]
        content = handover_files.jsonl_bytes(listed)
        self._record_file(handover_files.write(folder, "manifesto.json", content))

    def _explanation(self):
        """What the files are, for who receives them (Portuguese: they go to the city)."""
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
        """Pack the next volume; after the last one the hand-over is finished."""
        self.step = self.env._("Packing the volumes")
        files = self.file_ids.filtered(lambda file: not file.is_volume)
        shares = handover_files.volumes(
            [(file.path, int(file.size)) for file in files], VOLUME_BYTES
        )
        number = len(self.volume_ids)
        if number < len(shares):
            name = f"entrega-{self.id}-{number + 1:03}-de-{len(shares):03}.zip"
            written = handover_files.pack(self._folder(), name, shares[number])
            self._record_file(written, is_volume=True)
            self.invalidate_recordset()
        if number + 1 >= len(shares):
            self._finish()


class HandoverPart(models.Model):
    """Writing one part: a table's next rows, or the next files."""

    _inherit = "contact_center.handover.part"

    def _next(self, limit):
        """The next `limit` records of this part, by id."""
        handover = self.handover_id
        domain = [*handover._rows_domain(self.model), ("id", ">", self.last_id)]
        return handover._all(self.model).search(domain, order="id", limit=limit)

    def _write_rows(self):
        """Write the table's next file, as CSV and as JSON lines."""
        records = self._next(ROWS_PER_FILE)
        if records or not self.chunks:
            columns = self.handover_id._columns(self.model)
            rows = self._values(records, columns)
            stem = f"tabelas/{self.model}/{self.model}-{self.chunks + 1:05}"
            folder = self.handover_id._folder()
            for path, content in (
                (f"{stem}.csv", handover_files.csv_bytes(columns, rows)),
                (f"{stem}.jsonl", handover_files.jsonl_bytes(rows)),
            ):
                self.handover_id._record_file(handover_files.write(folder, path, content))
        self._note(records, ROWS_PER_FILE)

    def _write_media(self):
        """Copy the next files; one that cannot be read any more is named in the log."""
        records = self._next(MEDIA_PER_STEP)
        folder = self.handover_id._folder()
        for attachment in records:
            path = handover_files.media_path(attachment.checksum or "none", attachment.name or "")
            if self.handover_id._has_file(path):
                continue
            if attachment.store_fname:
                source = Path(attachment._full_path(attachment.store_fname))
                if not source.is_file():
                    _logger.info("Hand-over: file of attachment %s is gone", attachment.id)
                    continue
                written = handover_files.copy(folder, path, source)
            elif attachment.db_datas:
                written = handover_files.write(folder, path, bytes(attachment.db_datas))
            else:
                continue
            self.handover_id._record_file(written)
        self._note(records, MEDIA_PER_STEP)

    def _note(self, records, limit):
        """Record what was written; fewer than asked for means that this part is finished."""
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
        """Rows of `records` as {column: value of `handover_files.plain`}."""
        values = records._read_format(columns, load=None) if records else []
        fields = records._fields
        for row in values:
            for name, value in row.items():
                # Odoo says "nothing" with False
                if value is False and fields[name].type != "boolean":
                    row[name] = None
                elif isinstance(value, tuple):
                    row[name] = list(value)
        return values
