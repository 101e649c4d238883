# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import rest

# Maximum length of a chain of merged tickets that is followed.
_MERGES = 5


class GlpiTicket(models.Model):
    """A ticket that is no longer there: in the trash, purged, merged, out of sight."""

    _inherit = "glpi.ticket"

    out_of_sight = fields.Boolean(readonly=True, copy=False)
    loss_told = fields.Boolean(string="Citizen was told that it is gone", readonly=True, copy=False)
    uncounted = fields.Boolean(
        readonly=True, copy=False, help="GLPI does not list it among our open tickets."
    )
    merged_from = fields.Char(
        string="Numbers before merging",
        readonly=True,
        copy=False,
        help="Numbers under which the citizen knew the ticket before GLPI merged it.",
    )
    merged_at = fields.Char(
        readonly=True, copy=False, help="When it was merged, in GLPI's own local time."
    )

    def _before_merging(self, date):
        """Return whether this GLPI wall time is before the merge of our ticket."""
        return bool(self.merged_at) and (date or "") < self.merged_at

    def _deleted(self, client, news):
        """Handle a ticket in the trash: merged into another one, or deleted."""
        try:
            target = client.merged_into(self.glpi_id)
        except rest.GlpiRefused:
            target = 0
        earlier = [int(number) for number in (self.merged_from or "").split(", ") if number]
        if target and target not in earlier and len(earlier) < _MERGES:
            try:
                passed = self._merge_chain(client, target, earlier)
            except rest.GlpiRefused as error:
                self._lost(self.server_id._explain(error))
                return
            self._merged(client, passed, news.date_mod)
            return
        env = self.with_context(lang=self.server_id.lang).env
        self._lost(env._("It is in GLPI's trash."))

    def _merge_chain(self, client, target, earlier):
        """Return a chain of merged tickets, without ours; the last one is the final target.

        Raises rest.GlpiRefused if one of them is not visible.
        """
        passed = [target]
        while client.read_ticket(passed[-1]).deleted and len(earlier) + len(passed) < _MERGES:
            following = client.merged_into(passed[-1])
            if not following or following in {self.glpi_id, *earlier, *passed}:
                break
            passed.append(following)
        return passed

    def _merged(self, client, passed, merged_at):
        """Follow the ticket to the one it was merged into, and read that one's news.

        Its earlier content is another story, perhaps another citizen's: it is not reported.
        """
        self._lock_conversation()
        before, target = self.glpi_id, passed[-1]
        env = self.with_context(lang=self.server_id.lang).env
        words = env._(
            "Ticket No. %(before)s was merged into No. %(now)s.", before=before, now=target
        )
        self._tell_agent(words)
        numbers = ", ".join(filter(None, [self.merged_from, *map(str, [before, *passed[:-1]])]))
        self.write({"notice": words, "merged_from": numbers})
        twin = self._with_same_glpi_ticket(target)
        if twin:
            self._move_entries_to(twin, before)
            return
        self.write(
            {
                "glpi_id": target,
                "merged_at": merged_at,
                "last_followup_id": 0,
                "date_mod": False,
                "entity_glpi_id": False,
                "requester_glpi_ids": False,
                "uncounted": True,
            }
        )
        self._tell("ticket_merged", anterior=before)
        self.conversation_id._bus_refresh(panel=True)
        self._commit()
        self._read_news(client)

    def _with_same_glpi_ticket(self, glpi_id):
        """Return another ticket of the same citizen with the same GLPI ticket, or empty."""
        return self.search(
            [
                ("server_id", "=", self.server_id.id),
                ("glpi_id", "=", glpi_id),
                ("conversation_id.partner_id", "=", self.partner_id.id),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _move_entries_to(self, twin, before):
        """Move pending entries to the other ticket, which the citizen already follows."""
        self.write({"glpi_status": False, "out_of_sight": True, "loss_told": True})
        waiting = self.outbox_ids.filtered(lambda one: one.state == "waiting")
        waiting.document_ids.ticket_id = twin
        waiting.ticket_id = twin
        twin._tell("ticket_merged", anterior=before)
        twin._enqueue_push()

    def _lost(self, words, for_good=True):
        """Report a ticket that is out of our sight in GLPI to staff, once.

        Stop asking unless it may come back. `_tell_loss` tells the citizen once it is certain.
        """
        if not self.out_of_sight:
            self._tell_agent(
                self.with_context(lang=self.server_id.lang).env._(
                    "Ticket No. %(number)s is no longer visible in GLPI: %(reason)s",
                    number=self.glpi_id,
                    reason=words,
                )
            )
        known = self.out_of_sight and self.notice == words
        values = {"glpi_status": False} if for_good else {}
        values |= {"notice": words, "out_of_sight": True, "read_at": fields.Datetime.now()}
        self.write(values)
        if not known:
            self.conversation_id._bus_refresh(panel=True)

    def _tell_loss(self):
        """Tell the citizen that the ticket can no longer be followed, once."""
        self.ensure_one()
        if self.loss_told or not self.out_of_sight:
            return
        self._lock_conversation()
        self.write({"loss_told": True, "uncounted": True, "awaiting_reply_at": False})
        self._tell("ticket_gone")

    def _found_again(self):
        """Record that the ticket is visible; return whether the citizen had been told otherwise."""
        back = self.loss_told
        if self.out_of_sight or self.read_failures:
            self.write(
                {
                    "out_of_sight": False,
                    "loss_told": False,
                    "uncounted": False,
                    "notice": False,
                    "read_failures": 0,
                }
            )
        return back
