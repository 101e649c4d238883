# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, fields, models

from odoo.addons.contact_center.core import agent_time

from ..core import standing

# Parameters with their defaults: days of probation; minutes of work until a break is due.
NOVICE_DAYS = ("contact_center_supervision.novice_days", 90)
BREAK_MINUTES = ("contact_center_supervision.break_minutes", 120)
BREAK_GRACE = 15 * standing.MINUTE

_MEMBERS = """
SELECT member.user_id, array_agg(member.queue_id)
FROM contact_center_queue_res_users_rel member JOIN res_users u ON u.id = member.user_id
WHERE member.queue_id = ANY(%(ids)s) AND u.active GROUP BY member.user_id
"""
_SERVING = """
SELECT c.agent_id, c.id, c.protocol, c.queue_id, p.name, c.accepted_at, c.last_inbound_at,
    c.unread_count, c.joined
FROM contact_center_conversation c JOIN res_partner p ON p.id = c.partner_id
WHERE c.state = 'in_service' AND c.queue_id = ANY(%(ids)s) ORDER BY c.accepted_at, c.id
"""
_STATES = """
SELECT user_id, kind, reason, start FROM contact_center_agent_state
WHERE "end" IS NULL AND user_id = ANY(%(users)s)
"""
_SPELLS = """
SELECT user_id, kind,
    sum(LEAST(COALESCE(end_us, %(now_us)s), %(now_us)s) - GREATEST(start_us, %(day_us)s)),
    min(GREATEST(start_us, %(day_us)s)), max(COALESCE(end_us, %(now_us)s))
FROM contact_center_agent_state
WHERE ("end" IS NULL OR "end" >= %(day)s) AND user_id = ANY(%(users)s) AND start_us < %(now_us)s
GROUP BY user_id, kind
"""
_TAKEN = """
SELECT agent_id, count(*), max(left_at) FROM contact_center_stay
WHERE left_at >= %(day)s AND left_how IN ('accepted', 'lent') AND agent_id = ANY(%(users)s)
GROUP BY agent_id
"""
_FIRST_DAYS = """
SELECT user_id, min(date_from) FROM contact_center_assignment
WHERE user_id = ANY(%(users)s) GROUP BY user_id
"""


class Team(models.AbstractModel):
    """Figures of the agents."""

    _inherit = "contact_center.team"

    @api.model
    def _agents(self, figures):
        """Return the rows of the agents of the queues, and of others who serve in them.

        :return: [{"id", "name", "kind", "label", "reason", "since", "presence", "queues",
            "queue_ids", "conversations": rows of `_contact`, "served", "last_contact",
            "break": {"state", "minutes"}, "shares": {kind: percent}, "novice", "has_picture"}]
        """
        members = dict(self._ask(_MEMBERS, figures))
        contacts = defaultdict(list)
        for agent_id, *contact in self._ask(_SERVING, figures):
            contacts[agent_id].append(self._contact(figures, *contact))
        ids = sorted(members.keys() | (contacts.keys() - {None}))
        users = self.env["res.users"].browse(ids)
        about = self._about(figures, users)
        names = {queue.id: queue.name for queue in figures["queues"]}
        labels = self._state_labels()
        rows = []
        for user, name in users._contact_center_labels().items():
            kind, reason, since = about["states"].get(user.id, (False, "", None))
            served, last = about["taken"].get(user.id, (0, None))
            spells = about["spells"].get(user.id, [])
            rows.append(
                {
                    "id": user.id,
                    "name": name,
                    "kind": kind,
                    "label": labels.get(kind) or self.env._("Did not start yet"),
                    "reason": reason or "",
                    "since": fields.Datetime.to_string(since) or False,
                    "presence": user.im_status,
                    "queue_ids": members.get(user.id, []),
                    "queues": [names[one] for one in members.get(user.id, [])],
                    "conversations": contacts.get(user.id, []),
                    "served": served,
                    "last_contact": fields.Datetime.to_string(last) or False,
                    "break": self._break(figures, kind, spells),
                    "shares": self._shares(spells),
                    "novice": about["novices"].get(user.id, False),
                }
            )
        return sorted(rows, key=lambda row: row["name"].lower())

    @api.model
    def _shares(self, spells):
        """Return what the logged time of an agent's day went into: {kind: whole percent}."""
        times = {one.kind: one.time for one in spells if one.time > 0}
        times.pop(agent_time.LOGGED_OUT, None)
        return agent_time.whole_shares(times)

    @api.model
    def _about(self, figures, users):
        """Return what the statements say of these agents.

        :return: {"states", "spells", "taken", "novices"}, each by the user's id
        """
        asked = {"users": users.ids}
        spells = defaultdict(list)
        for user_id, kind, total, first, last in self._ask(_SPELLS, figures, **asked):
            spells[user_id].append(standing.Spell(kind, int(total), first, last))
        today = self.env["contact_center.queue"]._city_today()
        days = self._parameter(NOVICE_DAYS)
        return {
            "states": {row[0]: row[1:] for row in self._ask(_STATES, figures, **asked)},
            "spells": spells,
            "taken": {row[0]: row[1:] for row in self._ask(_TAKEN, figures, **asked)},
            "novices": {
                user_id: standing.is_novice(first, today, days)
                for user_id, first in self._ask(_FIRST_DAYS, figures, **asked)
            },
        }

    @api.model
    def _parameter(self, parameter):
        """Return a system parameter as a whole number, or its default."""
        name, default = parameter
        # sudo: ir.config_parameter - a number that says how the screen counts
        value = self.env["ir.config_parameter"].sudo().get_param(name) or ""
        return int(value) if value.isdigit() else default

    @api.model
    def _break(self, figures, kind, spells):
        """Return how an agent's next break stands, {"state", "minutes"} (hook).

        By the time worked since the last one; an addon that plans breaks says better.

        :param kind: the present state
        :param spells: what the agent did today, `core.standing.Spell`
        """
        since = None
        if kind and kind not in ("logged_out", "break", "away", "recovery"):
            since = standing.worked_since(spells)
        after = self._parameter(BREAK_MINUTES) * standing.MINUTE
        state, minutes = standing.break_due(since, figures["now_us"], after, BREAK_GRACE)
        return {"state": state, "minutes": minutes}

    @api.model
    def _contact(
        self, figures, number, protocol, queue_id, partner, accepted, inbound, unread, joined
    ):
        """Return one conversation in service for its agent's row."""
        names = figures.setdefault("names", {queue.id: queue.name for queue in figures["queues"]})
        return {
            "id": number,
            "protocol": protocol,
            "partner": partner or "" if figures["sees_citizens"] else "",
            "queue": names.get(queue_id, ""),
            "since": fields.Datetime.to_string(accepted) or False,
            "last_inbound_at": fields.Datetime.to_string(inbound) or False,
            "unread": unread or 0,
            "joined": len(joined or []),
        }
