# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

# Updates an agent's own screens; `_announce` updates supervisors.
BUS_TYPE = "contact_center/my_state"
# States an agent may choose; "in service" follows from the conversations.
BY_HAND = ("available", "after_work", "break", "with_supervisor", "away")
# In these states the agent cannot take conversations, see `_check_may_take`.
PAUSES = ("break", "with_supervisor", "away")


class AgentState(models.Model):
    """Ledger of each agent's states: one interval per row, the last one still open."""

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
            ("available", "Available"),
            ("in_service", "In service"),
            ("after_work", "After-service work"),
            ("break", "Break"),
            ("with_supervisor", "With the supervisor"),
            ("away", "Away"),
        ],
        string="State",
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    start = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    end = fields.Datetime(readonly=True)
    duration = fields.Float(
        compute="_compute_duration", string="Duration (hours)", help="Until now while it lasts."
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

    @api.depends("kind", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for interval in self:
            interval.display_name = f"{interval.user_id.name}: {labels.get(interval.kind, '')}"

    @api.model
    def _current(self, user):
        """Return the open interval of `user`, or empty."""
        # sudo: contact_center.agent.state - internal look-up
        return self.sudo().search([("user_id", "=", user.id), ("end", "=", False)], limit=1)

    @api.model
    def _switch(self, user, kind, reason=""):
        """Close the current interval of `user` and open one of `kind`; returns the open one."""
        current = self._current(user)
        if current and current.kind == kind and (current.reason or "") == (reason or ""):
            return current
        # If the clock was set back, a state must not end before it began
        now = max(fields.Datetime.now(), current.start or fields.Datetime.now())
        current.end = now
        # Write this before the new interval: the index allows one open interval per agent.
        current.flush_recordset()
        self._announce(user)
        values = {"user_id": user.id, "kind": kind, "reason": reason, "start": now}
        # sudo: contact_center.agent.state - the ledger is written by the system only
        started = self.sudo().create(values) if current else self._start_first(values)
        user._bus_send(BUS_TYPE, started._screen())
        return started

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
    def set_mine(self, kind, reason=""):
        """Change the current user's own state (called from the agent's screen).

        Returns {"kind", "reason", "start"} of the new interval.
        """
        user = self.env.user
        if not user.has_group("contact_center.group_technician"):
            raise UserError(self.env._("Only agents of the contact center have a state."))
        if kind not in BY_HAND:
            raise UserError(self.env._("This state cannot be chosen by hand."))
        if kind == "break" and not (reason or "").strip():
            raise UserError(self.env._("Please give the reason for the break."))
        if kind == "available" and self._is_serving(user):
            kind = "in_service"
        return self._switch(user, kind, reason)._screen()

    @api.model
    def get_mine(self):
        """Return the current user's own state, see `_screen`; "available" if there is none yet."""
        return self._current(self.env.user)._screen()

    @api.model
    def get_reasons(self):
        """Return the states the user may choose: [{"id", "name", "kind"}] in the order of the
        settings.
        """
        return self.env["contact_center.pause.reason"].search_read([], ["name", "kind"])

    def _screen(self):
        """Return the desk's data for an interval: {"kind", "reason", "start"}, start in UTC."""
        return {
            "kind": self.kind or "available",
            "reason": self.reason or "",
            "start": fields.Datetime.to_string(self.start) if self.start else False,
        }

    @api.model
    def _check_may_take(self, user):
        """Raise UserError while `user` is on a pause.

        Otherwise the ledger would count work as a pause, or a mandatory break would not be one. An
        agent who is back ends the pause with one click, then takes conversations.
        """
        current = self._current(user)
        if current.kind in PAUSES:
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
        if serving and current.kind in (False, "available", "after_work"):
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
            current.end = max(fields.Datetime.now(), current.start)
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
