# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Wake jobs within seconds for what a killed process stored and woke nobody for.

What Meta delivers is on record before a job is woken for it (`whatsapp.event._store`). A process
that is killed in between leaves events for which nobody comes, until Meta delivers them again,
somebody else writes, or the scheduled sweep finds them after up to two minutes. The process that
hands out jobs looks for such events every other second; looking costs one indexed statement.
"""

import functools
import logging
from contextlib import closing
from datetime import datetime, timedelta, timezone

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from odoo.addons.queue_job.jobrunner import runner

from .models.whatsapp_event import INBOX_KEY, STATUS_KEY

_logger = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=2)
OLD_ENOUGH = timedelta(seconds=3)
"""Age from which on the job of an event should have been woken; the hour of an event is cut to
whole seconds. With the time between two looks well below the ten seconds that anything waits after
a kill."""

EVER = datetime.fromisoformat("2000-01-01")
"""Before every event: where the first look begins."""

_IS_KNOWN = "SELECT to_regclass('whatsapp_event') IS NOT NULL"
# Only what became old enough since the last look: an event that is set aside for the scheduled
# sweep must not be tried every other second
_LEFT = """
SELECT EXISTS (
        SELECT FROM whatsapp_event
        WHERE kind NOT IN ('status', 'unreadable') AND state = 'received'
          AND create_date > %(since)s AND create_date <= %(until)s)
    AND NOT EXISTS (
        SELECT FROM queue_job
        WHERE identity_key = %(inbox)s AND state IN ('pending', 'enqueued', 'started'))
    OR EXISTS (
        SELECT FROM whatsapp_event
        WHERE kind = 'status' AND state = 'received' AND next_try_at IS NULL
          AND create_date > %(since)s AND create_date <= %(until)s)
    AND NOT EXISTS (
        SELECT FROM queue_job
        WHERE identity_key = %(status)s AND state IN ('pending', 'enqueued', 'started'))
"""


def install() -> None:
    """Have the job runner look. Called once for each process; safe to repeat."""
    requeue = runner.Database.requeue_dead_jobs
    if not hasattr(requeue, "looks"):
        runner.Database.requeue_dead_jobs = _and_look(requeue)


def _and_look(requeue):
    """Return `requeue_dead_jobs` of `queue_job`, called at each turn of the runner, with a look."""

    @functools.wraps(requeue)
    def requeue_dead_jobs(self):
        requeue(self)
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        last = getattr(self, "left_behind_until", EVER)
        # Also when the clock was set back
        if not last <= now - OLD_ENOUGH < last + LOOK_EVERY:
            self.left_behind_until = look(self, last, now - OLD_ENOUGH)

    requeue_dead_jobs.looks = True
    return requeue_dead_jobs


def look(database, since: datetime, until: datetime) -> datetime:
    """Wake jobs where events were stored for which none comes.

    :param database: `runner.Database`; its first look is without a beginning
    :param since: until when the last look looked, naive UTC
    :param until: events stored later may still be woken for
    :return: `until`
    """
    with closing(database.conn.cursor()) as cr:
        if _is_left(cr, since, until):
            _logger.info("WhatsApp: events for which no job was woken are taken up")
            _wake(database.db_name, until)
    return until


def _is_left(cr, since: datetime, until: datetime) -> bool:
    """Return whether an event of this time waits and no job will see it."""
    cr.execute(_IS_KNOWN)
    if not cr.fetchone()[0]:
        # Another database of this server, without this addon
        return False
    since = EVER if since > until else since
    cr.execute(_LEFT, {"since": since, "until": until, "inbox": INBOX_KEY, "status": STATUS_KEY})
    return bool(cr.fetchone()[0])


def _wake(db_name: str, until: datetime) -> None:
    """Do what the scheduled sweep does for what was stored until then."""
    try:
        with Registry(db_name).check_signaling().cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["whatsapp.event"]._sweep(until)
    except Exception:
        # The runner goes on with everybody's jobs; the scheduled sweep comes all the same
        _logger.exception("WhatsApp: events that were left behind could not be taken up")
