from odoo import api, models
from odoo.exceptions import AccessError


class Rating(models.Model):
    """The citizen alone rates a conversation, by the survey."""

    _inherit = "rating.rating"

    @api.model
    def _check_no_conversation(self, values):
        """Raise AccessError if a rating with these values is about a conversation's channel."""
        channel_ids = [value["res_id"] for value in values if value.get("res_id")]
        # sudo: discuss.channel, ir.model - the guard looks whoever is asking
        model_id = self.env["ir.model"]._get_id("discuss.channel")
        about_channels = any(
            value.get("res_model_id") == model_id or value.get("res_model") == "discuss.channel"
            for value in values
        )
        channels = self.env["discuss.channel"].sudo().browse(channel_ids).exists()
        if about_channels and channels.contact_center_conversation_id:
            raise AccessError(self.env["discuss.channel"]._closed_words())

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse people to rate a conversation."""
        if not self.env.su:
            self._check_no_conversation(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse people to change the rating of a conversation, or to make one of another."""
        if not self.env.su:
            # sudo: rating.rating - the guard looks whoever is asking
            present = [
                {"res_model": rating.res_model, "res_id": rating.res_id} for rating in self.sudo()
            ]
            self._check_no_conversation([*present, *[{**one, **vals} for one in present]])
        return super().write(vals)
