# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools

USUAL_WEIGHT = 30
"""Weight of a conversation on a channel of which nothing is said: three at once fit into 100."""


class ChannelWeight(models.Model):
    """How much of an agent's capacity a conversation on a channel takes."""

    _name = "contact_center.channel.weight"
    _description = "Weight of a Channel"
    _order = "channel_kind"
    _rec_name = "channel_kind"

    channel_kind = fields.Selection(selection="_channel_kinds", string="Channel", required=True)
    weight = fields.Integer(
        required=True,
        default=USUAL_WEIGHT,
        help="Of a capacity of 100: with 30 an agent serves three at once, with 100 one.",
    )

    _once = models.Constraint("UNIQUE(channel_kind)", "A channel has one weight.")
    _positive = models.Constraint("CHECK(weight > 0)", "A weight must be positive.")

    @api.model
    def _channel_kinds(self):
        """Return the channels that are installed."""
        kinds = self.env["contact_center.conversation"]._fields["channel_kind"]
        return kinds._description_selection(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        """Forget what was cached."""
        weights = super().create(vals_list)
        self.env.registry.clear_cache()
        return weights

    def write(self, vals):
        """Forget what was cached."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Forget what was cached."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache("channel_kind")
    def _of(self, channel_kind):
        """Return the weight of a conversation on this channel."""
        # sudo: contact_center.channel.weight - how much a conversation counts is no secret
        found = self.sudo().search([("channel_kind", "=", channel_kind)], limit=1)
        return found.weight or USUAL_WEIGHT
