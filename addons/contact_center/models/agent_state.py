from odoo import api, fields, models
from odoo.exceptions import UserError


class AgentState(models.Model):
    """Ledger of what each agent was doing and when: one interval per line, the last one open."""

    _name = "contact_center.agent.state"
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
            interval.duration = seconds / 3600

    @api.depends("kind", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for interval in self:
            interval.display_name = f"{interval.user_id.name}: {labels.get(interval.kind, '')}"

    @api.model
    def _current(self, user):
        """The open interval of `user`, or empty."""
        # sudo: contact_center.agent.state - internal look-up
        return self.sudo().search([("user_id", "=", user.id), ("end", "=", False)], limit=1)

    @api.model
    def _switch(self, user, kind, reason=""):
        """Close the current interval of `user` and open one of `kind`; returns the open one."""
        current = self._current(user)
        if current and current.kind == kind and (current.reason or "") == (reason or ""):
            return current
        now = fields.Datetime.now()
        current.end = now
        # Written before the new interval: the index allows one open interval per agent.
        current.flush_recordset()
        self._announce(user)
        # sudo: contact_center.agent.state - the ledger is written by the system only
        return self.sudo().create(
            {"user_id": user.id, "kind": kind, "reason": reason, "start": now}
        )

    @api.model
    def _announce(self, user):
        """Tell the supervisors' screens that what `user` is doing changed."""
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
        if kind not in ("available", "after_work", "break", "away"):
            raise UserError(self.env._("This state cannot be chosen by hand."))
        if kind == "break" and not (reason or "").strip():
            raise UserError(self.env._("Please give the reason for the break."))
        current = self._switch(user, kind, reason)
        return {
            "kind": current.kind,
            "reason": current.reason or "",
            "start": fields.Datetime.to_string(current.start),
        }

    @api.model
    def _sync_service(self, user):
        """Follow the agent's conversations: in service while there is one, available after."""
        # sudo: contact_center.conversation - counting the agent's own conversations
        serving = (
            self.env["contact_center.conversation"]
            .sudo()
            .search_count([("agent_id", "=", user.id), ("state", "=", "in_service")], limit=1)
        )
        current = self._current(user)
        if serving and current.kind in (False, "available"):
            self._switch(user, "in_service")
        elif not serving and current.kind == "in_service":
            self._switch(user, "available")
