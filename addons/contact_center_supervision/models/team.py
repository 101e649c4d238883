# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.contact_center.core import lifecycle


class Team(models.AbstractModel):
    """The live team view of supervisors."""

    _name = "contact_center.team"
    _description = "Contact Center Team"

    @api.model
    def get_team(self):
        """Return the current state of agents and queues.

        :return: {"queues": [{id, name, waiting, oldest, goal_seconds, in_service, agents}],
            "agents": [{id, name, kind, label, reason, since, presence, queues, conversations:
            [{id, protocol, partner, queue, since, last_inbound_at, unread}]}]}; times in UTC as
            `YYYY-MM-DD HH:MM:SS` or False
        :raise AccessError: the user is neither supervisor nor manager
        """
        user = self.env.user
        if not user.has_group("contact_center.group_supervisor") and not user.has_group(
            "contact_center.group_manager"
        ):
            raise AccessError(self.env._("Only supervisors and managers see the team."))
        # sudo: contact_center.queue, contact_center.conversation, res.users - checked above
        team = self.sudo()
        queues = team.env["contact_center.queue"].search([])
        serving = team.env["contact_center.conversation"].search(
            [("state", "=", lifecycle.IN_SERVICE)], order="accepted_at, id"
        )
        return {
            "queues": team._queues(queues),
            "agents": team._agents(queues.member_ids | serving.agent_id, queues, serving),
        }

    def _queues(self, queues):
        """Return the rows of the queues: waiting citizens, longest wait, conversations in
        service."""
        groups = self.env["contact_center.conversation"]._read_group(
            [("state", "in", (lifecycle.QUEUED, lifecycle.IN_SERVICE))],
            ["queue_id", "state"],
            ["__count"],
        )
        counts = {(queue.id, state): count for queue, state, count in groups}
        since = self.env["contact_center.stay"]._waiting_since(queues)
        rows = []
        for queue in queues:
            oldest = since.get(queue)
            rows.append(
                {
                    "id": queue.id,
                    "name": queue.name,
                    "waiting": counts.get((queue.id, lifecycle.QUEUED), 0),
                    "oldest": fields.Datetime.to_string(oldest) or False,
                    "goal_seconds": queue.service_level_seconds,
                    "in_service": counts.get((queue.id, lifecycle.IN_SERVICE), 0),
                    "agents": len(queue.member_ids),
                }
            )
        return rows

    def _agents(self, users, queues, serving):
        """Return the rows of the agents: their state, since when, and whom they serve."""
        States = self.env["contact_center.agent.state"]
        labels = dict(States._fields["kind"]._description_selection(self.env))
        current = {
            state.user_id: state
            for state in States.search([("user_id", "in", users.ids), ("end", "=", False)])
        }
        rows = []
        names = users._contact_center_labels()
        for user in users.filtered("active").sorted(names.get):
            state = current.get(user, States)
            rows.append(
                {
                    "id": user.id,
                    "name": names[user],
                    "kind": state.kind or False,
                    "label": labels.get(state.kind) or self.env._("Did not start yet"),
                    "reason": state.reason or "",
                    "since": fields.Datetime.to_string(state.start) or False,
                    "presence": user.im_status,
                    "queues": [queue.name for queue in queues if user in queue.member_ids],
                    "conversations": [
                        self._conversation(conversation)
                        for conversation in serving
                        if conversation.agent_id == user
                    ],
                }
            )
        return rows

    def _conversation(self, conversation):
        """Return one conversation in service for the agent's row."""
        return {
            "id": conversation.id,
            "protocol": conversation.protocol,
            "partner": conversation.partner_id.name or "",
            "queue": conversation.queue_id.name or "",
            "since": fields.Datetime.to_string(conversation.accepted_at) or False,
            "last_inbound_at": fields.Datetime.to_string(conversation.last_inbound_at) or False,
            "unread": conversation.unread_count,
        }
