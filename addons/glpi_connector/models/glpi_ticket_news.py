import logging

from odoo import models

from .. import rest
from ..rest import text
from ..rest.interface import STATUS_ASSIGNED, STATUS_CLOSED, STATUS_PENDING, STATUS_SOLVED

_logger = logging.getLogger(__name__)

# Statuses whose arrival the citizen hears of
_TOLD_STATUSES = (STATUS_ASSIGNED, STATUS_PENDING, STATUS_SOLVED, STATUS_CLOSED)


class GlpiTicket(models.Model):
    """What happens to a ticket in GLPI, kept here and told to the citizen."""

    _inherit = "glpi.ticket"

    def _watched_domain(self):
        """Tickets that may still have news."""
        return [("state", "=", "open"), ("glpi_status", "in", ["1", "2", "3", "4", "5"])]

    def _read_news(self, client):
        """Read status, public followups and solutions. Raises rest.GlpiDown, rest.GlpiAuth."""
        self.ensure_one()
        try:
            news = client.read_ticket(self.glpi_id)
            entries = self._new_entries(client, news)
        except rest.GlpiRefused as error:
            # gone, or no longer ours to see: that is news too, and nothing more will come
            self.write({"glpi_status": False, "notice": self.server_id._explain(error)})
            return
        if news.deleted:
            env = self.with_context(lang=self.server_id.lang).env
            self.write({"glpi_status": False, "notice": env._("It is in GLPI's trash.")})
            return
        self._lock_conversation()
        solved = False
        for entry in entries:
            followup = self.env["glpi.followup"].create(entry)
            solved = solved or followup.kind == "solution"
            followup.told = self._tell(f"ticket_{followup.kind}", mensagem=followup.content)
        status = str(news.status) if news.status in rest.interface.STATUSES else False
        moved = status and status != self.glpi_status
        self.write({"glpi_status": status or self.glpi_status, "date_mod": news.date_mod})
        if (
            moved
            and news.status in _TOLD_STATUSES
            and not (solved and news.status == STATUS_SOLVED)
        ):
            labels = dict(
                self._fields["glpi_status"]._description_selection(
                    self.with_context(lang=self.server_id.lang).env
                )
            )
            self._tell("ticket_status", situacao=labels[status])

    def _new_entries(self, client, news):
        """Values of glpi.followup for what is new, public and not written by ourselves."""
        known = {(entry.kind, entry.glpi_id) for entry in self.followup_ids}
        found = [
            ("followup", item)
            for item in client.followups(news)
            if not item.private and item.user_id != news.writer_id
        ]
        if news.status in (STATUS_SOLVED, STATUS_CLOSED):
            found += [("solution", item) for item in client.solutions(news)]
        return [
            {
                "ticket_id": self.id,
                "kind": kind,
                "glpi_id": item.id,
                "content": text.html_to_text(item.content),
                "at": item.at and item.at.replace(tzinfo=None),
            }
            for kind, item in found
            if (kind, item.id) not in known
        ]

    def _tell(self, kind, **values):
        """Say the automatic message of `kind`, as often as there is news; True when it was said.

        A conversation that has ended is left in peace.
        """
        conversation = self.conversation_id
        if conversation.state == "closed":
            return False
        return bool(conversation._automatic(kind, ticket=self.glpi_id, **values))
