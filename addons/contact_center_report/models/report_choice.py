# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.contact_center.core.report_kind import AGENT, CHANNEL, QUEUE

from ..sheet import WRITERS

GROUPINGS = [
    ("half_hour", "Half hour"),
    ("hour", "Hour"),
    ("day", "Day"),
    ("month", "Month"),
    ("year", "Year"),
    ("whole", "Whole period"),
]


class ReportChoice(models.AbstractModel):
    """Which report somebody wants: kind, filters and grouping."""

    _name = "contact_center.report.choice"
    _description = "Choice of a Report"

    kind = fields.Selection(
        selection="_kind_selection", string="Report", required=True, default="service"
    )
    kind_note = fields.Char(compute="_compute_kind_facts")
    kind_filters = fields.Char(compute="_compute_kind_facts")
    kind_groupings = fields.Char(compute="_compute_kind_facts")
    is_personal = fields.Boolean(compute="_compute_kind_facts", string="Citizens' data")
    grouping = fields.Selection(GROUPINGS, string="Divided by")
    queue_ids = fields.Many2many("contact_center.queue", string="Queues", help="Empty: all.")
    agent_ids = fields.Many2many(
        "res.users",
        string="Agents",
        help="Empty: all.",
        domain=lambda self: self._agent_domain(),
    )
    channel = fields.Selection(selection="_channel_selection", help="Empty: all.")

    @api.model
    def _kind_selection(self):
        """Return [(code, section and name)] of the kinds the user may see."""
        kinds = self.env["contact_center.report.kind"]._kinds()
        return [(kind.code, f"{kind.section} · {kind.name}") for kind in kinds]

    @api.model
    def _channel_selection(self):
        return list(self.env["contact_center.report.kind"]._channels().items())

    @api.model
    def _agent_domain(self):
        group = self.env["ir.model.data"]._xmlid_to_res_id("contact_center.group_technician")
        return [("all_group_ids", "in", group)]

    @api.depends("kind")
    def _compute_kind_facts(self):
        kinds = self.env["contact_center.report.kind"]._by_code()
        for choice in self:
            kind = kinds.get(choice.kind)
            choice.kind_note = kind.note if kind else ""
            choice.kind_filters = " ".join(kind.filters) if kind else ""
            choice.kind_groupings = " ".join(code for code, _name in kind.groupings) if kind else ""
            choice.is_personal = bool(kind and kind.personal)

    @api.onchange("kind")
    def _onchange_kind(self):
        """Propose the usual grouping, unless the chosen one fits."""
        codes = (self.kind_groupings or "").split()
        if self.grouping not in codes:
            self.grouping = codes[0] if codes else False

    @api.onchange("grouping")
    def _onchange_grouping(self):
        """Say so if this report cannot be divided in that way."""
        codes = (self.kind_groupings or "").split()
        if not codes or not self.grouping or self.grouping in codes:
            return None
        names = dict(self._fields["grouping"]._description_selection(self.env))
        self.grouping = codes[0]
        message = self.env._(
            "This report can be divided by: %s.", ", ".join(names[code] for code in codes)
        )
        return {"warning": {"title": self.env._("Not this way"), "message": message}}

    def _check_grouping(self):
        """Raise ValidationError if the report cannot be divided in the chosen way."""
        for choice in self:
            codes = (choice.kind_groupings or "").split()
            if codes and choice.grouping and choice.grouping not in codes:
                names = dict(choice._fields["grouping"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "This report can be divided by: %s.",
                        ", ".join(names[code] for code in codes),
                    )
                )

    def _choices(self):
        """Return the filters and the grouping as `contact_center.report.kind._scope` takes them."""
        self.ensure_one()
        filters = (self.kind_filters or "").split()
        return {
            "grouping": self.grouping or "",
            "queues": self.queue_ids.ids if QUEUE in filters else [],
            "agents": self.agent_ids.ids if AGENT in filters else [],
            "channel": self.channel or "" if CHANNEL in filters else "",
        }

    @api.model
    def _check_format(self, suffix):
        """Raise UserError unless there is such a format."""
        if suffix not in WRITERS:
            raise UserError(self.env._("There is no format “%s”.", suffix))
