# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.contact_center.core.microseconds import now_us, to_us


class Team(models.AbstractModel):
    """The live team view of leaders: its figures come from a few grouped statements."""

    _name = "contact_center.team"
    _description = "Contact Center Team"

    @api.model
    def get_team(self, opening=False):
        """Return the current state of queues and agents that the user may follow.

        :param opening: the screen is being opened: that is noted where citizens are named
        :return: {"at": server time, "queues": rows of `_queues`, "agents": rows of `_agents`,
            "labels": {kind of state: words}, "viewer": {"leads", "is_city", "sees_citizens"}};
            times in UTC as `YYYY-MM-DD HH:MM:SS` or False
        :raise AccessError: the user is neither supervisor nor manager
        """
        user = self.env.user
        queues = user._led_queues()
        sees_citizens = user._sees_citizens()
        if opening and sees_citizens:
            self.env["contact_center.access.logged"]._note_screen(self.env._("Team"))
        figures = self._figures(queues)
        figures["sees_citizens"] = sees_citizens
        agents = self._agents(figures)
        return {
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "queues": self._queues(figures, agents),
            "agents": agents,
            "labels": self._state_labels(),
            "viewer": {
                "leads": user.has_group("contact_center.group_supervisor"),
                "is_city": user._is_of_city(),
                "sees_citizens": sees_citizens,
            },
        }

    @api.model
    def _state_labels(self):
        """Return the words for the states of agents, {kind: words}."""
        kinds = self.env["contact_center.agent.state"]._fields["kind"]
        return dict(kinds._description_selection(self.env))

    @api.model
    def _figures(self, queues):
        """Return what all figures need: the queues, the moments, and their rows.

        :return: {"queues": contact_center.queue, "ids", "now", "now_us", "day", "day_us"}
        """
        for name in ("stay", "conversation", "event", "agent.state", "assignment"):
            self.env[f"contact_center.{name}"].flush_model()
        day = self.env["contact_center.queue"]._city_midnight()
        return {
            "queues": queues,
            "ids": queues.ids,
            "now": fields.Datetime.now(),
            "now_us": now_us(),
            "day": day,
            "day_us": to_us(day),
        }

    @api.model
    def _ask(self, statement, figures, **more):
        """Return the rows of one statement about these queues."""
        values = {name: figures[name] for name in ("ids", "now", "now_us", "day", "day_us")}
        self.env.cr.execute(statement, {**values, **more})
        return self.env.cr.fetchall()

    @api.model
    def _ago(self, figures, **past):
        """Return the moment before now by a timedelta of `past`, as (naive UTC, microseconds)."""
        at = figures["now"] - timedelta(**past)
        return at, to_us(at)

    @api.model
    def get_room(self):
        """Return the action that opens the common room of city and contractor.

        :raise AccessError: the user is none of its people
        """
        room = self.env.ref("contact_center_supervision.room")
        room.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "context": {"active_id": f"discuss.channel_{room.id}"},
        }
