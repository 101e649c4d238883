# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.fields import Domain

# Groups that see every conversation of their companies.
LEADERS = ("contact_center.group_supervisor", "contact_center.group_manager")


class Conversation(models.Model):
    """Visibility of a conversation: the one field that all record rules name."""

    _inherit = "contact_center.conversation"

    is_visible = fields.Boolean(
        compute="_compute_is_visible",
        compute_sudo=True,
        search="_search_is_visible",
        string="Visible to me",
        help="Leaders see all conversations of their companies, agents their own ones and those "
        "that wait in their queues.",
    )

    @api.depends("queue_id")
    def _compute_company_id(self):
        """Follow the queue; a queue shared by all companies leaves the company unchanged."""
        for conversation in self:
            conversation.company_id = (
                conversation.queue_id.company_id
                or conversation.company_id
                or conversation._first_company()
            )

    def _first_company(self):
        """Return the company of a conversation whose queue companies share (hook)."""
        return self.env.company

    @api.depends("agent_id", "company_id", "queue_id.member_ids", "state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_visible(self):
        visible = self.filtered_domain(self._visible_domain())
        visible.is_visible = True
        (self - visible).is_visible = False

    @api.model
    def _search_is_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._visible_domain() if True in value else ~self._visible_domain()

    @api.model
    def _visible_domain(self):
        """Return the domain of the conversations that the current user may see.

        :return: for leaders in a single-company installation, a domain without conditions
        """
        user = self.env.user
        companies = self._companies_of(user)
        domain = Domain.TRUE
        if len(companies) < self._companies_count():
            domain = Domain("company_id", "in", companies)
        if any(user.has_group(group) for group in LEADERS):
            return domain
        waiting = Domain("state", "=", "queued") & Domain("agent_id", "=", False)
        waiting &= Domain("queue_id.member_ids", "in", user.ids)
        return domain & (Domain("agent_id", "=", user.id) | waiting)

    @api.model
    def _companies_of(self, user):
        """Return the ids of a user's companies, limited to those selected on the screen if any.

        Record rules are evaluated with sudo, where Odoo accepts the context's ids unchecked: ids
        beyond the user's own companies are ignored.
        """
        own = user._get_company_ids()  # cached by Odoo, unlike `env.companies`
        chosen = self.env.context.get("allowed_company_ids")
        return [one for one in own if one in chosen] if chosen else list(own)

    @api.model
    @tools.ormcache()
    def _companies_count(self):
        """Return the number of active companies; Odoo clears the cache when one is created."""
        # sudo: res.company - counted only
        return self.env["res.company"].sudo().search_count([("active", "=", True)])
