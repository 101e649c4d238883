from odoo import models

from ..orderly_stop import stopping


class IrCron(models.Model):
    """Scheduled actions of a server that stops are left to the next start."""

    _inherit = "ir.cron"

    @classmethod
    def _process_job(cls, cron_cr, job):
        """Begin no action while the server stops: it stays due, and the next start runs it."""
        return None if stopping() else super()._process_job(cron_cr, job)

    def _commit_progress(self, *args, **kwargs):
        """Tell an action that its time is up when the server stops."""
        left = super()._commit_progress(*args, **kwargs)
        return 0.0 if stopping() else left
