from odoo import api, models


class Rating(models.Model):
    """The citizen alone rates a conversation, by the survey."""

    _inherit = "rating.rating"

    def _check_no_conversation(self):
        """Raise AccessError if one of these ratings is about a conversation's channel."""
        if self.env.su:
            return
        # sudo: rating.rating - the guard looks whoever is asking
        channel_ids = [
            rating.res_id
            for rating in self.sudo()
            if rating.res_model == "discuss.channel" and rating.res_id
        ]
        self.env["discuss.channel"].browse(channel_ids)._check_no_conversation()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse people to rate a conversation, whatever names it: values or defaults."""
        ratings = super().create(vals_list)
        ratings._check_no_conversation()
        return ratings

    def write(self, vals):
        """Refuse people to change the rating of a conversation, or to make one of another."""
        self._check_no_conversation()
        result = super().write(vals)
        self._check_no_conversation()
        return result
