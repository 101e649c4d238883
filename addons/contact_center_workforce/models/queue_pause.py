# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..workforce import shifts


class Queue(models.Model):
    """Queues whose next contact waits for the regulated pause (NR-17, annex II)."""

    _inherit = "contact_center.queue"

    pause_first_minutes = fields.Integer(
        string="Regulated pause first, after (minutes)",
        help="An agent whose regulated pause has been due for so many minutes is offered nothing "
        "more of this queue until the pause is taken. What they serve they finish. Of no effect "
        "where agents pick contacts by hand. 0: pauses keep nobody from contacts.",
    )

    _pause_first_not_negative = models.Constraint(
        "CHECK(pause_first_minutes >= 0)", "The minutes after a pause is due cannot be negative."
    )

    @api.model
    def _refusals(self, seats, weight=1):
        """Keep contacts from agents whose regulated pause is overdue.

        What was offered before (no weight) may still be accepted.
        """
        refusals = super()._refusals(seats, weight)
        asking = [seat for seat in seats if (seat.queue_id, seat.user_id) not in refusals]
        if not weight or not asking:
            return refusals
        # sudo: contact_center.queue - how queues work; the system distributes
        queues = self.env["contact_center.queue"].sudo().browse({s.queue_id for s in asking})
        patience = {queue.id: queue.pause_first_minutes for queue in queues}
        asking = [seat for seat in asking if patience[seat.queue_id]]
        overdue = self._pauses_overdue({seat.user_id for seat in asking})
        for seat in asking:
            pause = overdue.get(seat.user_id)
            if pause and pause[1] >= timedelta(minutes=patience[seat.queue_id]):
                refusals[seat.queue_id, seat.user_id] = self.env._(
                    "the regulated pause of %s comes first", self._hour_of(pause[0])
                )
        return refusals

    @api.model
    def _pauses_overdue(self, user_ids):
        """Return the regulated pauses that these people should have taken by now.

        :return: {user id: (when the first of them was planned, since when it is due as timedelta)}
        """
        if not user_ids:
            return {}
        now = fields.Datetime.now()
        # sudo: contact_center.shift - the system distributes; nobody reads others' shifts by it
        under_way = self.env["contact_center.shift"].sudo()._now_domain()
        working = (
            self.env["contact_center.shift"]
            .sudo()
            .search(under_way & Domain("user_id", "in", list(user_ids)))
        )
        found = {}
        for pause in working.pause_ids.sorted("planned_at"):
            is_open = pause.kind == shifts.REGULATED and pause.state in (shifts.DUE, shifts.LATE)
            if is_open and pause.user_id.id not in found:
                found[pause.user_id.id] = (pause.planned_at, now - pause.planned_at)
        return found

    @api.model
    def _hour_of(self, at):
        """Return the hour of a moment (naive UTC) by the city's clock."""
        return f"{self.env['contact_center.queue']._local_time(at):%H:%M}"

    @api.model
    def _gate_notice(self, user):
        """Tell agents whose pause is overdue why no contact comes."""
        notice = super()._gate_notice(user)
        # sudo: contact_center.queue - the user's own queues
        queues = self.sudo().search(
            [("member_ids", "in", user.ids), ("pause_first_minutes", ">", 0)]
        )
        pause = self._pauses_overdue(user.ids).get(user.id) if queues else None
        if not pause or pause[1] < timedelta(minutes=min(queues.mapped("pause_first_minutes"))):
            return notice
        words = self.env._(
            "Your regulated pause of %s is due: you get no new contacts until you have taken it. "
            "Finish what you are serving and choose the pause.",
            self._hour_of(pause[0]),
        )
        return f"{notice} {words}".strip()
