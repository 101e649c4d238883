# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..orderly_stop import stopping


class IrCron(models.Model):
    """Leaves scheduled actions of a stopping server to its next start."""

    _inherit = "ir.cron"

    @classmethod
    def _process_job(cls, cron_cr, job):
        """Start no action while the server is stopping: it stays due for the next start."""
        return None if stopping() else super()._process_job(cron_cr, job)

    def _commit_progress(self, *args, **kwargs):
        """Tell an action that its time is up if the server is stopping."""
        left = super()._commit_progress(*args, **kwargs)
        return 0.0 if stopping() else left
