# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools

SUPERVISOR = "contact_center.group_supervisor"


class Queue(models.Model):
    """Queues that nobody serves while their own direct supervisor is not logged in."""

    _inherit = "contact_center.queue"

    supervisor_present = fields.Boolean(
        string="Only with the own supervisor logged in",
        help="An agent whose direct supervisor (see the assignments) is not logged in is offered "
        "nothing of this queue and can take nothing. Supervisors themselves may.",
    )

    @api.model
    @tools.ormcache()
    def _needs_supervisors(self):
        """Return whether any queue asks for supervisors; where none does, nothing here costs."""
        # sudo: contact_center.queue - whether there is one
        return bool(self.sudo().search_count([("supervisor_present", "=", True)], limit=1))

    def _supervision_changed(self):
        """Follow a change of the switch: forget what was cached, tell agents' screens."""
        self.env.registry.clear_cache()
        # sudo: contact_center.queue - agents are told what concerns them
        for user in self.sudo().member_ids:
            user._bus_send("contact_center/gate", {})
        if self._distributes():
            self.env["contact_center.offer"]._wake()

    @api.model
    def _supervisor_missing(self, seat, always=False):
        """Return why this seat may not serve for want of its supervisor; "" if it may.

        :param always: ask for the supervisor even where the agent's queue does not
        """
        if not (seat.needs_supervisor or always) or seat.supervisor_is_there:
            return ""
        # sudo: res.users - whether a colleague is a supervisor is no secret
        users = self.env["res.users"].sudo()
        if users.browse(seat.user_id).has_group(SUPERVISOR):
            return ""
        if not seat.supervisor_id:
            return self.env._("has no direct supervisor today")
        name = users.browse(seat.supervisor_id).name
        return self.env._("the direct supervisor (%s) is not logged in", name)

    @api.model
    def _gate_notice(self, user):
        """Return what an agent reads while their supervisor's absence keeps contacts from them.

        :return: why, and what to do; "" when nothing does
        """
        if not self._needs_supervisors():
            return ""
        # sudo: contact_center.queue - the user's own queues
        queues = self.sudo().search(
            [("member_ids", "in", user.ids), ("supervisor_present", "=", True)]
        )
        seats = [seat for seat in queues._seats(user) if self._supervisor_missing(seat)]
        if not seats:
            return ""
        # sudo: res.users, contact_center.assignment - the user's own
        supervisor = self.env["res.users"].sudo().browse(seats[0].supervisor_id or [])
        values = {"queues": ", ".join(queues.mapped("name"))}
        if not supervisor:
            return self.env._(
                "You get no contacts of %(queues)s: you have no direct supervisor today. Ask a "
                "supervisor to enter your assignment.",
                **values,
            )
        coordinator = self.env["contact_center.assignment"]._on(user)[user].coordinator_id
        values["supervisor"] = supervisor.name
        if coordinator:
            return self.env._(
                "You get no contacts of %(queues)s while your supervisor %(supervisor)s is not "
                "logged in. They come again by themselves; until then call %(coordinator)s.",
                coordinator=coordinator.name,
                **values,
            )
        return self.env._(
            "You get no contacts of %(queues)s while your supervisor %(supervisor)s is not logged "
            "in. They come again by themselves; until then call the coordination.",
            **values,
        )
