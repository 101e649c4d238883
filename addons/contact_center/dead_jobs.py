# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Takes up jobs of a killed process within seconds, not within a minute.

`queue_job` takes a job for dead when nobody holds its lock ten seconds after it was handed out, and
looks for such jobs whenever anything happens in the queue, else once a minute. A dead job keeps its
place in its channel until then: what citizens write is stored meanwhile and waits. With this it is
looked for every second, and ten seconds after a kill at the latest the work goes on.
"""

import functools

from odoo.addons.queue_job.jobrunner import runner

LOOK_EVERY = 1.0
"""Seconds after which the runner looks again when nothing happens in the queue."""

OLD_ENOUGH = 8
"""Seconds after which a job that nobody runs is dead; with the time between two looks, and what the
rounding of its hour to whole seconds adds, less than ten."""

LEAD_AFTER = 2
"""Seconds after which a node whose runner does not lead tries again: the leader may be gone.
`queue_job` waits for five, after which the dead jobs of that node would be late."""

_THEIRS = "INTERVAL '10 sec'"


def install() -> None:
    """Have `queue_job` look more often. Called once for each process; safe to repeat."""
    runner.SELECT_TIMEOUT = LOOK_EVERY
    runner.ERROR_RECOVERY_DELAY = LEAD_AFTER
    query = runner.Database._query_requeue_dead_jobs
    if not hasattr(query, "__wrapped__"):
        runner.Database._query_requeue_dead_jobs = _sooner(query)


def _sooner(query):
    @functools.wraps(query)
    def query_requeue_dead_jobs(self):
        return query(self).replace(_THEIRS, f"INTERVAL '{OLD_ENOUGH} sec'")

    return query_requeue_dead_jobs
