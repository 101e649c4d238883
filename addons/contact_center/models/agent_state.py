# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from ..core import agent_time
from ..core.microseconds import SECOND, from_us, now_us, to_us
from .microseconds_field import Microseconds

# Updates an agent's own screens; `_announce` updates supervisors.
BUS_TYPE = "contact_center/my_state"
# States an agent may choose; "in service" follows from the conversations.
BY_HAND = (
    "available",
    "after_work",
    "break",
    "with_supervisor",
    "training",
    "outbound",
    "recovery",
    "away",
)
# In these states the agent cannot take conversations, see `_check_may_take`.
PAUSES = ("break", "with_supervisor", "training", "recovery", "away")
# These give way to "in service" when the agent serves somebody; the others are kept.
GIVE_WAY = (False, "logged_out", "available", "offered", "not_answering", "after_work")


class AgentState(models.Model):
    """Ledger of each agent's states: one interval per row, the last one still open.

    From the first login on there is neither a gap nor an overlap: an interval ends at the
    microsecond at which the next begins (`core.agent_time`). What an agent's time went into is read
    from here; the time of each contact comes from the conversations' events.
    """

    _name = "contact_center.agent.state"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Agent State"
    _order = "start desc, id desc"
    _rec_name = "kind"

    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("logged_out", "Logged out"),
            ("available", "Available"),
            ("offered", "Offered a contact"),
            ("in_service", "In service"),
            ("after_work", "After-service work"),
            ("break", "Break"),
            ("with_supervisor", "With the supervisor"),
            ("training", "Training"),
            ("outbound", "Active service"),
            ("recovery", "Recovery after abuse"),
            ("away", "Away"),
            ("not_answering", "Not answering"),
        ],
        string="State",
        required=True,
        readonly=True,
    )
    break_kind = fields.Selection(
        [("snack", "Snack"), ("regulated", "Regulated break"), ("other", "Other")],
        string="Kind of break",
        readonly=True,
        help="Breaks only: by rule, for a snack, or another one.",
    )
    reason = fields.Char(readonly=True)
    set_by = fields.Selection(
        [("agent", "Agent"), ("system", "System"), ("supervisor", "Supervisor")],
        string="Changed by",
        readonly=True,
        help="Who changed to this state: the agent by hand, the system, or a supervisor with a "
        "reason.",
    )
    set_by_id = fields.Many2one(
        "res.users", string="Changed by (person)", readonly=True, ondelete="restrict"
    )
    lost_at = fields.Datetime(
        string="Browser lost at", readonly=True, help="Closed or asleep since, as far as noticed."
    )
    start = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    end = fields.Datetime(readonly=True)
    start_us = Microseconds(string="Start (microseconds)", required=True, readonly=True)
    end_us = Microseconds(string="End (microseconds)", readonly=True)
    duration = fields.Float(
        compute="_compute_duration", string="Duration (hours)", help="Until now while it lasts."
    )
    hours = fields.Float(
        string="Time (hours)",
        compute="_compute_hours",
        store=True,
        aggregator="sum",
        digits=(16, 6),
        help="Of intervals that have ended.",
    )

    _one_open_per_user = models.UniqueIndex(
        '(user_id) WHERE "end" IS NULL', "An agent has one current state only."
    )
    _end_after_start = models.Constraint(
        'CHECK("end" IS NULL OR "end" >= start)', "A state cannot end before it starts."
    )

    @api.depends("start", "end")
    def _compute_duration(self):
        now = fields.Datetime.now()
        for interval in self:
            seconds = ((interval.end or now) - (interval.start or now)).total_seconds()
            interval.duration = max(seconds, 0) / 3600

    @api.depends("end_us")
    def _compute_hours(self):
        for interval in self:
            time = interval.end_us - interval.start_us if interval.end_us else 0
            interval.hours = time / SECOND / 3600

    @api.depends("kind", "user_id")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for interval in self:
            agent = interval.user_id.display_name
            interval.display_name = f"{agent}: {labels.get(interval.kind, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        """Begin each interval at the microsecond, or at the second that is given."""
        now = now_us()
        begun = []
        for vals in vals_list:
            at = vals.get("start_us")
            if not at:
                start = fields.Datetime.to_datetime(vals.get("start"))
                at = to_us(start) if start else now
            begun.append({**vals, "start_us": at, "start": from_us(at)})
        return super().create(begun)

    @api.model
    def _current(self, user):
        """Return the open interval of `user`, or empty."""
        # sudo: contact_center.agent.state - internal look-up
        return self.sudo().search([("user_id", "=", user.id), ("end", "=", False)], limit=1)

    @api.model
    def _switch(self, user, kind, reason="", set_by="system", break_kind=False):
        """Close the current interval of `user` and open one of `kind`; returns the open one.

        :param set_by: a value of the field; but for the system, the current user did it
        :param break_kind: a value of the field, for breaks
        """
        current = self._current(user)
        if current and current.kind == kind and (current.reason or "") == (reason or ""):
            return current
        at = agent_time.moment_of_switch(current.start_us, now_us())
        current._end(at)
        # Write this before the new interval: the index allows one open interval per agent.
        current.flush_recordset()
        self._announce(user)
        values = {
            "user_id": user.id,
            "kind": kind,
            "reason": reason,
            "break_kind": kind == "break" and (break_kind or "other"),
            "set_by": set_by,
            "set_by_id": set_by != "system" and self.env.uid,
            "start_us": at,
        }
        # sudo: contact_center.agent.state - the ledger is written by the system only
        started = self.sudo().create(values) if current else self._start_first(values)
        user._bus_send(BUS_TYPE, started._screen())
        return started

    def _end(self, at):
        """End these intervals at a moment in microseconds."""
        if self:
            self.write({"end": from_us(at), "end_us": at})

    @api.model
    def _start_first(self, values):
        """Create the first interval of an agent.

        :raise ConcurrencyError: another transaction has done so meanwhile (later ones meet at the
            interval that both end): Odoo repeats the request
        """
        try:
            with self.env.cr.savepoint():
                # sudo: contact_center.agent.state - the ledger is written by the system only
                return self.sudo().create(values)
        except UniqueViolation as error:
            raise ConcurrencyError("the agent's first state was started meanwhile") from error

    @api.model
    def _announce(self, user):
        """Tell the supervisors' screens that the state of `user` changed."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("contact_center.group_supervisor")
        self.env["res.groups"].browse(group_id)._bus_send(
            "contact_center/agent_state", {"user_id": user.id}
        )

    @api.model
    def set_mine(self, kind, reason="", reason_id=False):
        """Change the current user's own state (called from the agent's screen).

        :param reason_id: id of the chosen contact_center.pause.reason; it decides the other two
        :return: {"kind", "reason", "start"} of the new interval
        """
        user = self.env.user
        self._check_has_state(user)
        chosen = self.env["contact_center.pause.reason"].browse(reason_id or []).exists()
        if chosen:
            kind, reason = chosen.kind, chosen.name
        if kind not in BY_HAND:
            raise UserError(self.env._("This state cannot be chosen by hand."))
        if kind == "break" and not (reason or "").strip():
            raise UserError(self.env._("Please give the reason for the break."))
        if kind == "available" and self._is_serving(user):
            kind = "in_service"
        return self._switch(user, kind, reason, "agent", chosen.break_kind)._screen()

    @api.model
    def _check_has_state(self, user):
        """Raise UserError unless `user` is an agent."""
        if not user.has_group("contact_center.group_technician"):
            raise UserError(self.env._("Only agents of the contact center have a state."))

    @api.model
    def set_for(self, user_id, kind, reason):
        """Change an agent's state, as a supervisor, with a reason.

        The agent is told by whom.

        :param user_id: id of the res.users
        :param kind: "logged_out", or a state that agents choose by hand
        :param reason: why, in words
        """
        if not self.env.user.has_group("contact_center.group_supervisor"):
            raise AccessError(self.env._("Only supervisors may change an agent's state."))
        # sudo: res.users - a supervisor need not read users
        user = self.env["res.users"].sudo().browse(user_id).exists()
        self._check_has_state(user)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give the reason: the agent reads it."))
        if kind != "logged_out" and kind not in BY_HAND:
            raise UserError(self.env._("This state cannot be chosen by hand."))
        if kind == "available" and self._is_serving(user):
            kind = "in_service"
        self._switch(user, kind, reason, "supervisor")
        return True

    @api.model
    def get_mine(self):
        """Return the user's own state (see `_screen`), "available" if there is none yet."""
        return self._current(self.env.user)._screen()

    @api.model
    def get_reasons(self):
        """Return the states the user may choose, in the order of the settings.

        Each is {"id", "name", "kind"}.
        """
        return self.env["contact_center.pause.reason"].search_read([], ["name", "kind"])

    def _screen(self):
        """Return the desk's data for an interval.

        {"kind", "reason", "start", "forced_by"}: the start in UTC, the last one the name of the
        supervisor who changed it, if one did.
        """
        forced = self.set_by == "supervisor"
        return {
            "kind": self.kind or "available",
            "reason": self.reason or "",
            "start": fields.Datetime.to_string(self.start) if self.start else False,
            # sudo: res.users - an agent reads by whom they were sent on a break
            "forced_by": self.sudo().set_by_id.name if forced else "",
        }

    @api.model
    def _check_may_take(self, user):
        """Raise UserError while `user` is on a pause.

        Otherwise the ledger would count work as a pause, or a mandatory break would not be one. An
        agent who is back ends the pause with one click, then takes conversations.
        """
        current = self._current(user)
        if current.kind in PAUSES and not current._is_by_loss():
            labels = dict(self._fields["kind"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "You are pausing (%(reason)s): make yourself available to take a conversation.",
                    reason=current.reason or labels[current.kind],
                )
            )

    @api.model
    def _pausing(self, users):
        """Return those of `users` who are on a pause now, and so cannot take conversations."""
        # sudo: contact_center.agent.state - whether a colleague pauses, not why
        pauses = [("user_id", "in", users.ids), ("end", "=", False), ("kind", "in", PAUSES)]
        return users.browse(self.sudo().search(pauses).user_id.ids)

    @api.model
    def _sync_service(self, user):
        """Follow the agent's conversations: in service while there is one, available after.

        A pause is kept; after-contact work ends with the next conversation.
        """
        serving = self._is_serving(user)
        current = self._current(user)
        if serving and (current.kind in GIVE_WAY or current._is_by_loss()):
            self._switch(user, "in_service")
        elif not serving and current.kind == "in_service":
            self._switch(user, "available")

    @api.model
    def _end_for(self, user):
        """Close the interval of a user who no longer serves: archived, or in another role."""
        if user.active and user.has_group("contact_center.group_technician"):
            return
        current = self._current(user)
        if current:
            current._end(agent_time.moment_of_switch(current.start_us, now_us()))
            self._announce(user)

    @api.model
    def _is_serving(self, user):
        """Return whether `user` is the agent of a conversation in service."""
        # sudo: contact_center.conversation - counting the agent's own conversations
        return bool(
            self.env["contact_center.conversation"]
            .sudo()
            .search_count([("agent_id", "=", user.id), ("state", "=", "in_service")], limit=1)
        )
