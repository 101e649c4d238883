import logging

from odoo import api, models

from .. import rest

_logger = logging.getLogger(__name__)


class GlpiServer(models.Model):
    """GLPI's news: which of our tickets moved since we last looked."""

    _inherit = "glpi.server"

    @api.model
    def _cron_poll(self):
        """Scheduled action: read the news of every GLPI, one failing server not stopping others."""
        # sudo: glpi.server - scheduled action
        for server in self.sudo().search([("url", "!=", False)]):
            server._poll()

    def _poll(self):
        """Read the tickets of this GLPI that changed. Nothing is asked while none is watched."""
        self.ensure_one()
        watched = self.env["glpi.ticket"].search(
            [("server_id", "=", self.id), *self.env["glpi.ticket"]._watched_domain()]
        )
        if not watched:
            return
        try:
            with self._client() as client:
                for ticket in self._moved(client, watched):
                    ticket._read_news(client)
                    self._checkpoint()
        except rest.GlpiError as error:
            self._note_error(error)
        else:
            self._note_ok()
        self._checkpoint()

    def _moved(self, client, watched):
        """Yield the watched tickets that changed since the mark; afterwards the mark moves on.

        The mark is GLPI's own wall time, so neither clock nor time zone can be wrong. Without a
        mark all are read once.
        """
        mark = self.poll_mark
        if not mark:
            yield from watched
            self.poll_mark = max(watched.filtered("date_mod").mapped("date_mod"), default=False)
            return
        moved = dict(client.changed_tickets(mark))
        for ticket in watched:
            # the overlap of a second brings tickets that were already read: date_mod tells
            if ticket.glpi_id in moved and (
                not ticket.date_mod
                or moved[ticket.glpi_id] != ticket.date_mod
                or moved[ticket.glpi_id] == mark
            ):
                yield ticket
        self.poll_mark = max([mark, *filter(None, moved.values())])
