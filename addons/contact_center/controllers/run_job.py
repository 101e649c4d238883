from odoo import http

from odoo.addons.queue_job.controllers.main import RunJobController

from ..orderly_stop import WORK


class OrderlyRunJobController(RunJobController):
    """Jobs end before a stopping server closes its connections."""

    @http.route()
    def runjob(self, job_uuid, **kw):
        """Run a job, unless the server stops: the job runner takes it up at the next start."""
        with WORK.slot() as allowed:
            return super().runjob(job_uuid, **kw) if allowed else ""
