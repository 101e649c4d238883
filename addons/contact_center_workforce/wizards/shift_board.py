# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..workforce import shifts


class ShiftBoard(models.TransientModel):
    """The shift at this moment: who is planned, here, missing; leaders; pauses."""

    _name = "contact_center.shift.board"
    _description = "Shift Board"

    at = fields.Datetime(string="As of", readonly=True, default=fields.Datetime.now)
    shift_ids = fields.Many2many("contact_center.shift", compute="_compute_board")
    pause_ids = fields.Many2many(
        "contact_center.shift.pause", string="Pauses due or late", compute="_compute_board"
    )
    planned = fields.Integer(string="Agents planned", compute="_compute_board")
    here = fields.Integer(string="Agents here", compute="_compute_board")
    missing = fields.Integer(string="Agents missing", compute="_compute_board")
    supervisors = fields.Integer(string="Supervisors here", compute="_compute_board")
    supervisors_needed = fields.Integer(compute="_compute_board")
    coordinators = fields.Integer(string="Coordinators here", compute="_compute_board")
    coordinators_needed = fields.Integer(compute="_compute_board")
    warnings = fields.Text(compute="_compute_board")

    @api.depends("at")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Shift board")

    @api.depends("at")
    def _compute_board(self):
        going_on = self.env["contact_center.shift"].search(
            self.env["contact_center.shift"]._now_domain()
        )
        for board in self:
            board._fill(going_on)

    def _fill(self, going_on):
        """Count the shifts that are going on."""
        agents = going_on.filtered(lambda shift: shift.role == "agent")
        here = going_on.filtered(lambda shift: shift.presence == shifts.HERE)
        gone = (shifts.MISSING, shifts.LEFT)
        missing = agents.filtered(lambda shift: shift.presence in gone and not shift.is_replaced)
        counts = dict.fromkeys(("agent", "supervisor", "coordinator"), 0)
        for shift in here:
            counts[shift.role] += 1
        needed = shifts.leaders_needed(counts["agent"])
        due = here.pause_ids.filtered(lambda one: one.state in (shifts.DUE, shifts.LATE))
        self.update(
            {
                "shift_ids": going_on,
                "pause_ids": due,
                "planned": len(agents),
                "here": counts["agent"],
                "missing": len(missing),
                "supervisors": counts["supervisor"],
                "supervisors_needed": needed[0],
                "coordinators": counts["coordinator"],
                "coordinators_needed": needed[1],
            }
        )
        self.warnings = "\n".join(self._warnings(missing, due)) or False

    def _warnings(self, missing, due):
        """Return what a leader should do something about, one sentence each."""
        _ = self.env._
        words = []
        if missing:
            names = ", ".join(missing.user_id.mapped("name"))
            words.append(_("Missing and not replaced: %s.", names))
        if self.supervisors < self.supervisors_needed:
            words.append(
                _(
                    "%(here)s supervisors for %(agents)s agents: %(needed)s needed, one for 20.",
                    here=self.supervisors,
                    agents=self.here,
                    needed=self.supervisors_needed,
                )
            )
        if self.coordinators < self.coordinators_needed:
            words.append(
                _(
                    "%(here)s coordinators: %(needed)s needed, one for 15 supervisors.",
                    here=self.coordinators,
                    needed=self.coordinators_needed,
                )
            )
        late = due.filtered(lambda one: one.state == shifts.LATE)
        if late:
            names = ", ".join(late.user_id.mapped("name"))
            words.append(_("Pause late: %s.", names))
        return words

    @api.model
    def action_open(self):
        """Open the board as it is now."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Shift board"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
            "target": "main",
        }

    def action_refresh(self):
        """Open the board anew."""
        return self.action_open()

    def action_map(self):
        """Open the map of desks of the shifts that are going on."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_workforce.shift_action_map"
        )
        return {**action, "domain": self.env["contact_center.shift"]._now_domain()}
