# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import fields, models

_logger = logging.getLogger(__name__)

#: How long to wait before looking again how far the export and the cubes are
LOOK_AGAIN = timedelta(seconds=30)


class ContractEnd(models.Model):
    """The job that puts the package together when the export of all data is there."""

    _inherit = "contact_center.contract.end"

    def _run_later(self, after=None):
        """Queue the job.

        :param after: timedelta until then
        """
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.contract.end:{self.id}",
            description=f"End of the contract {self.id}",
            eta=fields.Datetime.now() + after if after else None,
        )._run()

    def _run(self):
        """Put the package together, or wait for what it is made of (queue_job)."""
        self.ensure_one()
        if self.state != "running":
            return
        try:
            waiting = self._waits_for()
            if not waiting:
                self._put_together()
        except Exception as problem:
            self._rollback()
            _logger.exception("End of the contract %s failed", self.id)
            self.write({"state": "failed", "error": str(problem) or type(problem).__name__})
            return
        if waiting:
            self.step = waiting
            self._run_later(LOOK_AGAIN)

    def _waits_for(self):
        """Return in words what the package waits for, or "".

        A part of it that failed fails it, with what to do.
        """
        export, refresh = self.export_id, self.refresh_id
        if export.state in ("failed", "stopped", "expired") or not export:
            raise RuntimeError(
                self.env._("The export of all data stopped: %s", export.error or export.state)
            )
        if refresh.state == "failed":
            raise RuntimeError(self.env._("The cubes are not up to date: %s", refresh.error))
        if refresh.state == "running":
            return self.env._("Bringing the cubes up to date")
        if export.state != "done":
            return self.env._("Export of all data: %s", export.step or "…")
        return ""

    def _put_together(self):
        """Write all parts, and the list of what there is to sign for."""
        parts = self.env["contact_center.contract.end.part"]
        self.part_ids.unlink()
        for number, volume in enumerate(self.export_id.volume_ids):
            parts.create(
                {
                    "end_id": self.id,
                    "sequence": number,
                    "code": f"volume-{number + 1}",
                    "name": self.env._("All data, volume %s", number + 1),
                    "filename": volume.path,
                    "size": volume.size,
                    "sha256": volume.sha256,
                    "done": True,
                    "note": self.env._("Download it in the export of all data."),
                }
            )
        first = len(self.export_id.volume_ids)
        for number, (code, name, method) in enumerate(self._parts(), first):
            part = parts.create({"end_id": self.id, "sequence": number, "code": code, "name": name})
            found = method()
            if found:
                part._put(*found)
            else:
                part.write({"done": True, "note": self.env._("There is nothing of it.")})
        self.write({"state": "done", "step": False, "finished_at": fields.Datetime.now()})
        self.requested_by_id._bus_send(
            "simple_notification",
            {
                "type": "success",
                "sticky": True,
                "message": self.env._("The hand-over “%s” is ready.", self.purpose),
            },
        )
