# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

import psycopg2
from psycopg2 import errorcodes
from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.queue_job.controllers.main import PG_RETRY, RunJobController
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import STARTED

from ..core.structured_log import log_scope
from ..orderly_stop import WORK

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What PostgreSQL says to a connection that it ends; none when it died without a word
_ENDED = (
    None,
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
)


class OrderlyRunJobController(RunJobController):
    """Ends jobs before a stopping server closes its connections.

    It also takes up again those jobs whose connection broke.
    """

    @http.route()
    def runjob(self, job_uuid="", **kw):
        """Run a job, or leave it to the next start if the server is stopping.

        Anybody may call this address: an id that no job can have is not even searched for.
        """
        if not _UUID.fullmatch(job_uuid):
            raise NotFound
        with log_scope(job=job_uuid), WORK.slot() as allowed:
            return super().runjob(job_uuid, **kw) if allowed else ""

    @classmethod
    def _try_perform_job(cls, env, job):
        """Let a job come back whose connection to the database broke while it ran.

        So does one whose process was killed. `queue_job` would count it as failed, for good; the
        limit of its tries holds here too. One that had run to its end is not run again.
        """
        try:
            return super()._try_perform_job(env, job)
        except psycopg2.Error as error:
            is_last = job.max_retries and job.retry >= job.max_retries
            if job.state != STARTED or is_last or not _is_broken_connection(error):
                raise
            raise RetryableJobError(
                "the connection to the database broke", seconds=PG_RETRY
            ) from error


def _is_broken_connection(error):
    """Return whether an error, or one before it, says that PostgreSQL ended the connection.

    Whoever rolls back or closes a cursor after it meets an error of another kind.
    """
    while error:
        if isinstance(error, psycopg2.OperationalError) and error.pgcode in _ENDED:
            return True
        error = error.__cause__ or error.__context__
    return False
