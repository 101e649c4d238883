# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .. import routing


class Queue(models.Model):
    """The preview of a queue's form: who would get the next contact now, and why."""

    _inherit = "contact_center.queue"

    distribution_preview = fields.Html(
        compute="_compute_distribution_preview",
        sanitize=False,
        string="Who would get the next contact now, and why",
    )

    @api.depends("mode")
    def _compute_distribution_preview(self):
        """Compute it as the router decides, from what is stored: save to see a change."""
        groups = self.env["contact_center.offer"]._domains()
        for queue in self:
            saved = queue._origin
            group = next((group for group in groups if saved in group), None)
            queue.distribution_preview = saved._preview_in(group) if group and saved else False

    def _preview_in(self, group):
        """Return the preview of this queue, which shares its agents with `group` (Markup)."""
        # sudo: contact_center.offer - agents and reasons only, no citizens
        offers = self.env["contact_center.offer"].sudo()
        explanation = routing.explain(
            offers._snapshot(group), self.id, offers._now(), offers._settings(group)
        )
        users = self.env["res.users"]
        rows = [
            {
                "place": one.place,
                "agent": users.browse(one.agent)._contact_center_label(),
                "why": offers._reason_words(one.reasons),
            }
            for one in explanation.candidates
            if one.standing or one.agent in self.sudo().member_ids.ids
        ]
        return self.env["ir.qweb"]._render(
            "contact_center_distribution.queue_preview",
            {"reasons": offers._reason_words(explanation.reasons), "rows": rows},
        )
