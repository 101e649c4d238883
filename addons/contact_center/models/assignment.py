# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Assignment(models.Model):
    """For whom an agent works from one day to another.

    That is the operation, the direct supervisor, the coordinator, and the registration number under
    which the city sees the agent.

    At any day an agent has one assignment at most, and so one direct supervisor. A new supervisor
    is a new assignment: who led whom on a day in the past stays known.
    """

    _name = "contact_center.assignment"
    _description = "Contact Center Assignment"
    _order = "date_from desc, id desc"
    _rec_name = "registration"
    _rec_names_search = ["registration", "user_id.name"]

    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        index=True,
        ondelete="restrict",
        domain=lambda self: self._people_domain("contact_center.group_technician"),
    )
    operation_id = fields.Many2one("contact_center.operation", required=True, ondelete="restrict")
    supervisor_id = fields.Many2one(
        "res.users",
        string="Direct supervisor",
        required=True,
        index=True,
        ondelete="restrict",
        domain=lambda self: self._people_domain("contact_center.group_supervisor"),
    )
    coordinator_id = fields.Many2one("res.users", ondelete="restrict")
    registration = fields.Char(
        string="Registration number",
        required=True,
        help="The city sees the agent under this number, not by name.",
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_until = fields.Date(string="Until", help="The last day; empty: until further notice.")

    # Two at once could pass the check in Python, which has the better words: so this is the later
    # one. Ranges of whole numbers need no extension.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(user_id, user_id, '[]') WITH &&, "
        "daterange(date_from, date_until, '[]') WITH &&) DEFERRABLE INITIALLY DEFERRED",
        "An agent has one assignment at a time: end the earlier one first.",
    )
    _until_after_from = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)",
        "An assignment cannot end before it begins.",
    )

    @api.model
    def _people_domain(self, group):
        """Return the domain of the users in a group, given by its xml id."""
        return [("all_group_ids", "in", self.env["ir.model.data"]._xmlid_to_res_id(group))]

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("user_id", "date_from", "date_until")
    def _check_one_at_a_time(self):
        for assignment in self:
            other = self.search(
                Domain("id", "!=", assignment.id)
                & Domain("user_id", "=", assignment.user_id.id)
                & assignment._overlap_domain(),
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(agent)s already has an assignment from %(since)s: end it first.",
                        agent=assignment.user_id.name,
                        since=fields.Date.to_string(other.date_from),
                    )
                )

    @api.constrains("user_id", "registration", "date_from", "date_until")
    def _check_registration(self):
        """Check that a number names one person at a time."""
        for assignment in self:
            other = self.search(
                Domain("user_id", "!=", assignment.user_id.id)
                & Domain("registration", "=", assignment.registration)
                & assignment._overlap_domain(),
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "The registration number %(number)s is that of %(agent)s at this time.",
                        number=assignment.registration,
                        agent=other.user_id.name,
                    )
                )

    @api.constrains("user_id", "supervisor_id", "coordinator_id")
    def _check_people(self):
        for assignment in self:
            agent, supervisor = assignment.user_id, assignment.supervisor_id
            if not agent.has_group("contact_center.group_technician"):
                raise ValidationError(
                    self.env._("%s is no agent of the contact center.", agent.name)
                )
            if agent == supervisor:
                raise ValidationError(self.env._("Nobody is their own direct supervisor."))
            if not supervisor.has_group("contact_center.group_supervisor"):
                raise ValidationError(self.env._("%s is no supervisor.", supervisor.name))

    def _overlap_domain(self):
        """Return the domain of the assignments that share a day with this one."""
        self.ensure_one()
        domain = Domain("date_until", "=", False) | Domain("date_until", ">=", self.date_from)
        if self.date_until:
            domain &= Domain("date_from", "<=", self.date_until)
        return domain

    @api.onchange("registration")
    def _onchange_registration(self):
        self.registration = (self.registration or "").strip()

    # ------------------------------------------------------------
    # Read by others
    # ------------------------------------------------------------

    @api.model
    def _on(self, users, day=None):
        """Return the assignments of these users on a day: {user: assignment (sudo)}.

        :param day: date, today where the current user is by default
        """
        day = day or fields.Date.context_today(self)
        # sudo: contact_center.assignment - the callers check what they show
        found = self.sudo().search(
            Domain("user_id", "in", users.ids)
            & Domain("date_from", "<=", day)
            & (Domain("date_until", "=", False) | Domain("date_until", ">=", day))
        )
        return {assignment.user_id: assignment for assignment in found}

    @api.model
    def _led_by(self, supervisor, day):
        """Return the assignments of the agents whom `supervisor` leads on a day."""
        return self.search(
            Domain("supervisor_id", "=", supervisor.id)
            & Domain("date_from", "<=", day)
            & (Domain("date_until", "=", False) | Domain("date_until", ">=", day))
        )

    @api.model
    def _names_for_the_city(self, users, day=None):
        """Return under what the city sees these agents on a day: {user: registration number}.

        Never a name: who has no number that day is "Agent" with an internal one.
        """
        found = self._on(users, day)
        return {
            user: found[user].registration if user in found else self.env._("Agent %s", user.id)
            for user in users
        }
