# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.queue_job.controllers.main import RunJobController

from ..core.structured_log import log_scope
from ..orderly_stop import WORK

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OrderlyRunJobController(RunJobController):
    """Lets jobs end before a stopping server closes its connections."""

    @http.route()
    def runjob(self, job_uuid="", **kw):
        """Run a job, or leave it to the next start if the server is stopping.

        Anybody may call this address: an id that no job can have is not even searched for.
        """
        if not _UUID.fullmatch(job_uuid):
            raise NotFound
        with log_scope(job=job_uuid), WORK.slot() as allowed:
            return super().runjob(job_uuid, **kw) if allowed else ""
