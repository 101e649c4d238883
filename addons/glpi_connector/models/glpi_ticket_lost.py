from odoo import fields, models

from .. import rest

# A ticket that was merged into one that was merged, and so on: followed so many times at most.
_MERGES = 5


class GlpiTicket(models.Model):
    """A ticket that is no longer where it was: in the bin, gone, merged, out of our sight."""

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
        """Whether something of this wall time of GLPI is older than the merging of our ticket."""
        return bool(self.merged_at) and (date or "") < self.merged_at

    def _deleted(self, client, news):
        """The ticket is in the bin: because it was merged into another one, or deleted."""
        try:
            target = client.merged_into(self.glpi_id)
        except rest.GlpiRefused:
            target = 0
        earlier = [int(number) for number in (self.merged_from or "").split(", ") if number]
        if target and target not in earlier and len(earlier) < _MERGES:
            try:
                passed = self._passed_on(client, target, earlier)
            except rest.GlpiRefused as error:
                self._lost(self.server_id._explain(error))
                return
            self._merged(client, passed, news.date_mod)
            return
        env = self.with_context(lang=self.server_id.lang).env
        self._lost(env._("It is in GLPI's trash."))

    def _passed_on(self, client, target, earlier):
        """The tickets of a chain of merged ones, ours left out; the last one is where it ends.

        Raises rest.GlpiRefused when one of them is not to be seen.
        """
        passed = [target]
        while client.read_ticket(passed[-1]).deleted and len(earlier) + len(passed) < _MERGES:
            following = client.merged_into(passed[-1])
            if not following or following in {self.glpi_id, *earlier, *passed}:
                break
            passed.append(following)
        return passed

    def _merged(self, client, passed, merged_at):
        """Follow the ticket to the one into which it was merged, and read that one's news.

        What stood there before is another story, perhaps another citizen's: it is not told.
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
        twin = self._twin(target)
        if twin:
            self._leave_to(twin, before)
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
        self.env["glpi.server"]._checkpoint()
        self._read_news(client)

    def _twin(self, glpi_id):
        """Another ticket of the same citizen that is this one in GLPI, or empty."""
        return self.search(
            [
                ("server_id", "=", self.server_id.id),
                ("glpi_id", "=", glpi_id),
                ("conversation_id.partner_id", "=", self.partner_id.id),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _leave_to(self, twin, before):
        """The citizen follows the other ticket already: what waits goes there, told once."""
        self.write({"glpi_status": False, "out_of_sight": True, "loss_told": True})
        waiting = self.outbox_ids.filtered(lambda one: one.state == "waiting")
        waiting.document_ids.ticket_id = twin
        waiting.ticket_id = twin
        twin._tell("ticket_merged", anterior=before)
        twin._enqueue_push()

    def _lost(self, words, for_good=True):
        """The ticket is out of our sight in GLPI: say so to people once, and ask no more unless
        it may come back. The citizen is told by `_tell_loss`, when it is sure."""
        if not self.out_of_sight:
            self._tell_agent(
                self.with_context(lang=self.server_id.lang).env._(
                    "Ticket No. %(number)s is no longer to be seen in GLPI: %(reason)s",
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
        """The ticket is to be seen; whether the citizen heard before that it was not."""
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
