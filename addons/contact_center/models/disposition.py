# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# The number of recently closed conversations considered, and of recent subjects offered first.
RECENT_CONVERSATIONS = 50
RECENT_SHOWN = 5


class Disposition(models.Model):
    """The subject of a conversation: a tree of subjects, each with a nature."""

    _name = "contact_center.disposition"
    _description = "Contact Center Disposition"
    _order = "complete_name"
    _rec_name = "complete_name"
    _parent_store = True

    name = fields.Char(required=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True, string="Full name"
    )
    nature = fields.Selection(
        [
            ("information", "Information"),
            ("request", "Request"),
            ("incident", "Incident"),
            ("complaint", "Complaint"),
            ("criticism", "Criticism"),
            ("suggestion", "Suggestion"),
            ("praise", "Praise"),
            ("report", "Report of misconduct"),
        ],
        required=True,
        default="request",
    )
    parent_id = fields.Many2one(
        "contact_center.disposition", string="Parent subject", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("contact_center.disposition", "parent_id", string="Subjects")
    queue_ids = fields.Many2many(
        "contact_center.queue",
        string="Queues",
        help="Queues that use this disposition; empty: all of them.",
    )
    active = fields.Boolean(default=True)

    # Two indexes: PostgreSQL before 15 has no NULLS NOT DISTINCT.
    _name_parent_unique = models.UniqueIndex(
        "(name, parent_id) WHERE parent_id IS NOT NULL",
        "There is already a disposition of this name under the same subject.",
    )
    _name_root_unique = models.UniqueIndex(
        "(name) WHERE parent_id IS NULL", "There is already a subject of this name."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for disposition in self:
            parent = disposition.parent_id.complete_name
            disposition.complete_name = (
                f"{parent} / {disposition.name}" if parent else disposition.name
            )

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Offer the user's most recent subjects first, if the dialog asks for it.

        The context key changes only the order; the user still finds only readable records.
        """
        found = super().name_search(name, domain, operator, limit)
        if not self.env.context.get("contact_center_recent_first"):
            return found
        recent = self._recently_used().filtered_domain(Domain(domain or Domain.TRUE))
        if name:
            recent &= self.browse(record_id for record_id, _label in found)
        labels = {record.id: record.display_name for record in recent}
        others = [(key, label) for key, label in found if key not in labels]
        return [*labels.items(), *others][:limit]

    def action_make_usual(self):
        """Create the subjects that most centers begin with, if there are none yet.

        Without a subject nobody can close a conversation.
        """
        self.check_access("create")
        if self.search_count([], limit=1):
            return
        _ = self.env._
        usual = (
            (_("Information"), "information"),
            (_("Request for a service"), "request"),
            (_("Technical problem"), "incident"),
            (_("Complaint"), "complaint"),
            (_("Praise or suggestion"), "praise"),
            (_("Mistake or no answer"), "information"),
        )
        self.create([{"name": name, "nature": nature} for name, nature in usual])

    @api.model
    def _recently_used(self):
        """Return the dispositions of the user's last conversations, the newest first."""
        closed = self.env["contact_center.conversation"].search_fetch(
            [("agent_id", "=", self.env.uid), ("disposition_id", "!=", False)],
            ["disposition_id"],
            order="id desc",
            limit=RECENT_CONVERSATIONS,
        )
        return closed.disposition_id.filtered("active")[:RECENT_SHOWN]

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A subject cannot be inside itself."))
