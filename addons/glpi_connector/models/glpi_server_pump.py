# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api, fields, models

from odoo.addons.contact_center.orderly_stop import stopping

from .. import rest
from ..rest import breaker

_logger = logging.getLogger(__name__)

# Maximum duration of a job (seconds); the next one continues. A job of queue_job keeps its row
# locked in a transaction of its own, whose snapshot keeps dead rows alive everywhere as long as it
# runs.
BUDGET = 15
# Another job is sending: check again soon, in case our entry came too late for it.
LOOK_AGAIN = 2

_NEXT = """
SELECT min(id) FROM (
    SELECT id FROM glpi_ticket
    WHERE server_id = %(server)s AND due_at <= %(now)s
    UNION ALL
    SELECT t.id FROM glpi_outbox o JOIN glpi_ticket t ON t.id = o.ticket_id
    WHERE o.state = 'waiting' AND t.server_id = %(server)s AND t.state = 'open'
      AND t.due_at IS NULL
) due
"""
_WAITING = """
UPDATE glpi_ticket SET due_at = %(now)s
WHERE server_id = %(server)s AND due_at > %(now)s
  AND NOT (COALESCE(maybe_sent, false) AND COALESCE(glpi_id, 0) = 0)
"""


class GlpiServer(models.Model):
    """Sends to one GLPI: one job at a time, oldest ticket first, within the rate."""

    _inherit = "glpi.server"

    breaker_ids = fields.One2many("glpi.breaker", "server_id", readonly=True)
    breaker_state = fields.Selection(related="breaker_ids.state", string="Sending")
    breaker_until = fields.Datetime(related="breaker_ids.until", string="Next try")

    def _pump_soon(self):
        """Queue the sending job, once per transaction; it runs after the commit.

        It has no shared identity key: a job already waiting might read the outbox before this
        transaction is committed.
        """
        done = self.env.cr.precommit.data.setdefault("glpi_pump_soon", set())
        for server in self:
            if server.id not in done:
                done.add(server.id)
                server.with_delay(
                    max_retries=0, description=self.env._("GLPI: send what waits")
                )._pump()

    def _pump_at(self, seconds):
        """Queue the sending job with a delay in seconds, once for that moment."""
        self.ensure_one()
        moment = fields.Datetime.add(fields.Datetime.now(), seconds=int(seconds) + 1)
        self.with_delay(
            eta=moment,
            identity_key=f"glpi.pump:{self.id}@{moment.replace(microsecond=0)}",
            max_retries=0,
            description=self.env._("GLPI: send what waits"),
        )._pump()

    def _pump(self):
        """Job: send due entries in order; queue another job if there is more to do later.

        Of several such jobs of one GLPI only one works. It commits as it goes, so it may be killed
        at any point and run again.
        """
        self.ensure_one()
        # sudo: glpi.server - the job acts for the system
        server = self.sudo()
        with server._alone("pump") as alone:
            seconds = server._send_due() if alone else LOOK_AGAIN
        if seconds is not None:
            server._pump_at(seconds)

    @contextmanager
    def _alone(self, work):
        """Yield True if this job is the only one that does `work` ("pump", "poll") for this GLPI.

        The lock stands on a cursor of its own whose transaction is over: one that stayed open
        would keep dead rows alive in every table until the far side has answered.
        """
        name = f"glpi.{work}:{self.id}"
        with self.env.registry.cursor() as cr:
            holder = self.with_env(self.env(cr=cr))
            alone = holder._try_lock(name)
            # The cursor is this method's own
            cr.commit()  # pylint: disable=invalid-commit
            try:
                yield alone
            finally:
                if alone and not cr.closed:
                    holder._unlock(name)

    def _send_due(self):
        """Send until nothing is due, GLPI is down or time is up.

        :return: seconds until there is more to do, None if there is nothing
        """
        end = time.monotonic() + BUDGET
        while True:
            wait = self._may_send()
            if wait:
                return wait
            ticket = self._next_ticket()
            if not ticket:
                self.env["glpi.breaker"]._of(self)._idle()
                return self._seconds_to_next()
            if time.monotonic() > end or stopping():
                return 0
            self._send_one(ticket)

    def _may_send(self):
        """Return 0, or the seconds until the next attempt is allowed.

        The first attempt after an outage is for the oldest ticket: everything that GLPI certainly
        did not receive is due again, in its old order.
        """
        guard = self.env["glpi.breaker"]._of(self)
        closed = guard.state == breaker.CLOSED
        wait = guard._ask()
        if not closed and not wait:
            self._make_due_now()
        self._commit()
        return wait

    def _make_due_now(self):
        """Make postponed entries due now (except those GLPI may still be processing)."""
        self.env.flush_all()
        self.env.cr.execute(_WAITING, {"server": self.id, "now": fields.Datetime.now()})
        self.env["glpi.ticket"].invalidate_model(["due_at"])

    def _next_ticket(self):
        """Return the oldest ticket with something to send, or empty."""
        self.env.flush_all()
        self.env.cr.execute(_NEXT, {"server": self.id, "now": fields.Datetime.now()})
        return self.env["glpi.ticket"].browse(self.env.cr.fetchone()[0] or [])

    def _seconds_to_next(self):
        """Return the seconds until a ticket is due, None if there is none."""
        ticket = self.env["glpi.ticket"].search(
            [("server_id", "=", self.id), ("due_at", "!=", False)], order="due_at", limit=1
        )
        if not ticket:
            return None
        return max((ticket.due_at - fields.Datetime.now()).total_seconds(), 0)

    def _send_one(self, ticket):
        """Send everything for one ticket, and report the result to the breaker."""
        try:
            error = ticket._push()
        except OperationalError:
            # somebody changed the same rows: nothing is lost, the next round sees them
            self._rollback()
            ticket._try_later(LOOK_AGAIN)
            self._commit()
            return
        except Exception as error:  # a fault of ours with one ticket must not stop the others
            _logger.exception("Sending ticket %s to GLPI failed", ticket.id)
            self._rollback()
            ticket._on_unforeseen(error)
            self._commit()
            return
        guard = self.env["glpi.breaker"]._of(self)
        if error is None:
            guard._succeeded()
        else:
            guard._failed(setup=isinstance(error, rest.GlpiAuth))
        self._commit()

    def _wake_tickets(self):
        """Send postponed entries now, since GLPI answers again."""
        for server in self:
            self.env["glpi.breaker"]._of(server)._succeeded()
            server._make_due_now()
        self._pump_soon()

    @api.model
    def _cron_wake(self):
        """Scheduled action: resume work left behind by a crash between two commits."""
        # sudo: glpi.server - scheduled action
        for server in self.sudo().search([]):
            if server._next_ticket() and not server._breaker_wait():
                server._pump_soon()

    def _breaker_wait(self):
        """Return the seconds for which this GLPI should not be called (read only)."""
        return self.env["glpi.breaker"]._of(self)._value().ask(fields.Datetime.now())[1]
