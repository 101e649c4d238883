# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Let work in the background end before a stopping server closes its connections.

Odoo's threaded server closes every connection one second after it was told to stop, even under a
running scheduled action or job; the next lines in the log are "cursor already closed", and anything
done since the last commit is lost. With this, a stopping server begins nothing new in the
background, long loops exit at their next step (`stopping`), and connections stay open until the
last of them and of the requests under way has ended, `LONGEST_WAIT` seconds at most.
"""

import functools
import logging
import signal

from odoo import http
from odoo.service import server

from odoo.addons.base.models.ir_cron import IrCron

from .core.background_work import BackgroundWork

_logger = logging.getLogger(__name__)

LONGEST_WAIT = 30
"""Seconds for which a stop is held up: below the minute after which the container is killed."""


WORK = BackgroundWork()


def stopping() -> bool:
    """Return whether this process was told to stop.

    A long loop then leaves the rest to the next run.
    """
    return WORK.stopping


def install() -> None:
    """Let Odoo's servers wait for `WORK` when they stop.

    Called once for each process, when the addon is loaded.
    """
    server.CommonServer.on_stop(wait_for_work)
    # Odoo's scheduler calls this function on the base class directly: no model can override it.
    IrCron._process_jobs = staticmethod(_in_a_slot(IrCron._process_jobs))
    # A job's slot in its controller ends before Odoo commits and gives the connection back.
    http.Request._serve_db = _counted(http.Request._serve_db)
    # A worker process learns of the stop only through a signal.
    server.Worker.signal_handler = _announcing(server.Worker.signal_handler)


def wait_for_work() -> None:
    """Delay the stop until background work and requests have ended."""
    left = WORK.stop(LONGEST_WAIT)
    if left:
        _logger.warning("Stopping although %s task(s) still run after %s s", left, LONGEST_WAIT)


def _in_a_slot(process_jobs):
    @functools.wraps(process_jobs)
    def process_jobs_in_a_slot(db_name):
        with WORK.slot() as allowed:
            if allowed:
                process_jobs(db_name)

    return process_jobs_in_a_slot


def _counted(serve_db):
    @functools.wraps(serve_db)
    def serve_counted(self):
        with WORK.slot():
            return serve_db(self)

    return serve_counted


def _announcing(signal_handler):
    @functools.wraps(signal_handler)
    def announcing_handler(self, sig, frame):
        if sig == signal.SIGINT:
            WORK.announce()
        return signal_handler(self, sig, frame)

    return announcing_handler
