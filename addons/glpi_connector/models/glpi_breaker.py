# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random

from odoo import api, fields, models

from ..rest import breaker


class GlpiBreaker(models.Model):
    """The circuit breaker of one GLPI (see rest/breaker.py).

    It has a separate table: only the holder of the pump's lock writes it, so that reading news,
    which writes to the server, never conflicts with sending.
    """

    _name = "glpi.breaker"
    _inherit = ["contact_center.machine.row"]
    _description = "GLPI Circuit Breaker"
    _rec_name = "server_id"

    server_id = fields.Many2one("glpi.server", required=True, readonly=True, ondelete="cascade")
    state = fields.Selection(
        [
            (breaker.CLOSED, "Sending"),
            (breaker.OPEN, "Paused: GLPI does not answer"),
            (breaker.HALF_OPEN, "Trying again"),
        ],
        required=True,
        readonly=True,
        default=breaker.CLOSED,
    )
    failures = fields.Integer(readonly=True, help="Failures in a row.")
    opened = fields.Integer(readonly=True, help="How often it was opened in a row.")
    until = fields.Datetime(string="Next try", readonly=True)

    _server_unique = models.Constraint("UNIQUE(server_id)", "A GLPI has one circuit breaker.")

    @api.model
    def _of(self, server):
        """Return the breaker of a server, creating it if missing."""
        # sudo: glpi.breaker - internal bookkeeping
        breakers = self.sudo()
        found = breakers.search([("server_id", "=", server.id)])
        return found or breakers.create({"server_id": server.id})

    def _value(self):
        """Return the pure value of this record."""
        return breaker.Breaker(self.state, self.failures, self.opened, self.until or None)

    def _keep(self, value):
        """Write what changed."""
        values = {
            "state": value.state,
            "failures": value.failures,
            "opened": value.opened,
            "until": value.until or False,
        }
        changed = {name: new for name, new in values.items() if self[name] != new}
        if changed:
            self.write(changed)

    def _ask(self):
        """Return 0 if GLPI may be called now, otherwise the seconds to wait."""
        value, seconds = self._value().ask(fields.Datetime.now())
        self._keep(value)
        return seconds

    def _idle(self):
        """Release an attempt that had nothing to send."""
        self._keep(self._value().idle(fields.Datetime.now()))

    def _succeeded(self):
        """Record that GLPI answered."""
        self._keep(self._value().succeeded())

    def _failed(self, *, setup=False):
        """Record that GLPI did not answer (`setup`: not until somebody fixes the connection)."""
        chance = random.random()
        self._keep(self._value().failed(fields.Datetime.now(), chance, setup=setup))
