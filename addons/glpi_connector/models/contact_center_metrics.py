# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.metrics import Gauge

_SERVERS = """
SELECT s.id, s.name, (s.state = 'ok')::int, EXTRACT(EPOCH FROM %(now)s - s.last_ok_at),
       COALESCE((SELECT max((b.state != 'closed')::int) FROM glpi_breaker b
                 WHERE b.server_id = s.id), 0)
FROM glpi_server s WHERE s.active
"""
# A ticket and what is to be written into it wait in two tables.
_WAITING = """
SELECT server_id, 'ticket', count(*), count(*) FILTER (WHERE maybe_sent),
       EXTRACT(EPOCH FROM %(now)s - min(create_date))
FROM glpi_ticket WHERE state IN ('draft', 'pushing') GROUP BY server_id
UNION ALL
SELECT t.server_id, o.kind, count(*), count(*) FILTER (WHERE o.maybe_sent),
       EXTRACT(EPOCH FROM %(now)s - min(o.create_date))
FROM glpi_outbox o JOIN glpi_ticket t ON t.id = o.ticket_id
WHERE o.state = 'waiting' GROUP BY t.server_id, o.kind
"""
_REFUSED = "SELECT server_id, count(*) FROM glpi_ticket WHERE state = 'failed' GROUP BY server_id"


class Metrics(models.AbstractModel):
    """Metrics of GLPI: whether it answers, and the waiting entries."""

    _inherit = "contact_center.metrics"

    @api.model
    def _sources(self):
        return {
            **super()._sources(),
            "glpi_servers": self._measure_glpi_servers,
            "glpi_outbox": self._measure_glpi_outbox,
        }

    @api.model
    def _measure_glpi_servers(self):
        """Return the state of each server by its last calls; make no call."""
        labels = ("server_id", "server")
        up = Gauge("contact_center_glpi_up", "Whether GLPI answered the last call.", labels)
        silent = Gauge(
            "contact_center_glpi_last_answer_seconds", "Time since its last answer.", labels
        )
        breaker = Gauge(
            "contact_center_glpi_sending_paused", "Whether sending to it is paused.", labels
        )
        for server_id, name, is_up, seconds, is_paused in self._rows(_SERVERS):
            up.add(is_up, server_id, name)
            silent.add(None if seconds is None else max(seconds, 0), server_id, name)
            breaker.add(is_paused, server_id, name)
        return [up, silent, breaker]

    @api.model
    def _measure_glpi_outbox(self):
        """Return the number of waiting, uncertain and refused entries."""
        labels = ("server_id", "kind")
        waiting = Gauge("contact_center_glpi_outbox", "Entries waiting to be sent.", labels)
        unknown = Gauge(
            "contact_center_glpi_outbox_unknown",
            "Entries of which it is not known whether GLPI took them.",
            labels,
        )
        oldest = Gauge(
            "contact_center_glpi_outbox_oldest_seconds", "Age of the oldest of them.", labels
        )
        for server_id, kind, count, unknowns, seconds in self._rows(_WAITING):
            waiting.add(count, server_id, kind)
            unknown.add(unknowns, server_id, kind)
            oldest.add(max(seconds, 0), server_id, kind)
        refused = Gauge("contact_center_glpi_refused", "Tickets GLPI refused.", ("server_id",))
        return [waiting, unknown, oldest, self._count_by(refused, self._rows(_REFUSED))]
