from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# Of so many conversations closed last, the last so many subjects are offered first.
RECENT_CONVERSATIONS = 50
RECENT_SHOWN = 5


class Tabulation(models.Model):
    """What a conversation was about: a tree of subjects, each with a nature."""

    _name = "contact_center.tabulation"
    _description = "Contact Center Tabulation"
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
            ("suggestion", "Suggestion"),
            ("praise", "Praise"),
            ("report", "Report of misconduct"),
        ],
        required=True,
        default="request",
    )
    parent_id = fields.Many2one(
        "contact_center.tabulation", string="Parent subject", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("contact_center.tabulation", "parent_id", string="Subjects")
    queue_ids = fields.Many2many(
        "contact_center.queue",
        string="Queues",
        help="Queues that use this tabulation; empty: all of them.",
    )
    active = fields.Boolean(default=True)

    # Two indexes: PostgreSQL before 15 has no NULLS NOT DISTINCT.
    _name_parent_unique = models.UniqueIndex(
        "(name, parent_id) WHERE parent_id IS NOT NULL",
        "There is already a tabulation of this name under the same subject.",
    )
    _name_root_unique = models.UniqueIndex(
        "(name) WHERE parent_id IS NULL", "There is already a subject of this name."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for tabulation in self:
            parent = tabulation.parent_id.complete_name
            tabulation.complete_name = (
                f"{parent} / {tabulation.name}" if parent else tabulation.name
            )

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Offer those that the user used last before all others, where the dialog asks so.

        The context's key changes the order only; what is found is what the user may read.
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

    @api.model
    def _recently_used(self):
        """The tabulations of the last conversations that the user closed, the newest first."""
        closed = self.env["contact_center.conversation"].search_fetch(
            [("agent_id", "=", self.env.uid), ("tabulation_id", "!=", False)],
            ["tabulation_id"],
            order="id desc",
            limit=RECENT_CONVERSATIONS,
        )
        return closed.tabulation_id.filtered("active")[:RECENT_SHOWN]

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A subject cannot be inside itself."))
