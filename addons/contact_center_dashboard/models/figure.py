# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The city's day and half hour of a moment (UTC, without a zone)
_LOCAL = "(%(moment)s AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)"


class Figure(models.AbstractModel):
    """Rows of figures for managers: who sees which, and what they lead to.

    They show nothing of the citizen, so that people of the city see figures also without the right
    to citizens' data; the conversation behind a row opens for those only who may read it.
    """

    _name = "contact_center.figure"
    _inherit = ["contact_center.machine.row"]
    _description = "Figures of the Contact Center"

    conversation_id = fields.Many2one("contact_center.conversation", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    queue_id = fields.Many2one("contact_center.queue", readonly=True)
    agent_id = fields.Many2one("res.users", readonly=True)
    channel_kind = fields.Selection("_channel_kinds", string="Channel", readonly=True)
    day = fields.Date(readonly=True)
    half_hour = fields.Char(readonly=True, help="When it begins, on the city's clock.")
    is_visible = fields.Boolean(
        compute="_compute_is_visible",
        compute_sudo=True,
        search="_search_is_visible",
        string="Visible to me",
        help="Of one's companies; of the city's people only their queues.",
    )

    @api.model
    def _channel_kinds(self):
        """Return the channels of conversations, in the user's language."""
        field = self.env["contact_center.conversation"]._fields["channel_kind"]
        return field._description_selection(self.env)

    @api.depends("queue_id", "company_id")
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
        """Return the domain of the rows whose figures the current user may see."""
        user = self.env.user
        companies = self.env["contact_center.conversation"]._companies_of(user)
        domain = Domain("company_id", "in", [*companies, False])
        # sudo: res.users - one's own restriction, which only administrators change
        queues = user.sudo().contact_center_city_queue_ids
        if user._is_of_city() and queues:
            domain &= Domain("queue_id", "in", queues.ids)
        return domain

    @api.model
    def _local(self, moment):
        """Return SQL of a moment on the city's clock.

        :param moment: SQL of a timestamp in UTC
        """
        tz = self.env["contact_center.agent.day"]._timezone_name()
        return SQL(_LOCAL, moment=moment, tz=tz)

    @api.model
    def _half_hour(self, local):
        """Return SQL of the half hour in which a moment on the city's clock lies: "08:30"."""
        return SQL(
            "to_char(date_trunc('hour', %(at)s) + interval '30 min' "
            "* floor(date_part('minute', %(at)s) / 30), 'HH24:MI')",
            at=local,
        )

    def action_open(self):
        """Open the conversation behind this row, if the user may read it."""
        self.ensure_one()
        self.check_access("read")
        self.conversation_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact_center.conversation",
            "res_id": self.conversation_id.id,
            "views": [(False, "form")],
        }
