# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Rating(models.Model):
    """Only the citizen rates a conversation, through the survey."""

    _inherit = "rating.rating"

    def _check_no_conversation(self):
        """Raise AccessError if one of these ratings is about a conversation's channel."""
        if self.env.su:
            return
        # sudo: rating.rating - the guard applies to every user
        channel_ids = [
            rating.res_id
            for rating in self.sudo()
            if rating.res_model == "discuss.channel" and rating.res_id
        ]
        self.env["discuss.channel"].browse(channel_ids)._check_no_conversation()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse ratings of a conversation by users, whether given by values or defaults."""
        ratings = super().create(vals_list)
        ratings._check_no_conversation()
        return ratings

    def write(self, vals):
        """Refuse to change a conversation's rating, or to turn another into one."""
        self._check_no_conversation()
        result = super().write(vals)
        self._check_no_conversation()
        return result
