# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep


class Event(models.Model):
    """What the distribution did with a contact."""

    _inherit = "contact_center.event"

    kind = fields.Selection(
        selection_add=[
            ("offered", "Offered"),
            ("refused", "Offer refused"),
            ("expired", "Offer not answered"),
            ("overflowed", "Overflowed"),
            ("overflow_ended", "Overflow ended"),
        ],
        ondelete=dict.fromkeys(
            ("offered", "refused", "expired", "overflowed", "overflow_ended"), keep
        ),
    )

    def _detail_hidden(self):
        """Hide the row of the offer."""
        return super()._detail_hidden() | {"offer_id"}

    def _detail_labels(self):
        """Add the labels of the distribution."""
        _ = self.env._
        return {
            **super()._detail_labels(),
            "agent": _("Agent"),
            "automatic": _("Assigned"),
            "to_queue": _("To queue"),
            "why": _("Because"),
        }

    def _detail_words(self, key, value, label, values):
        """Say why offers were not accepted: the same codes mean something else in transfers."""
        if key == "reason" and self.kind in ("refused", "expired"):
            values = {**values, **self._refusal_words()}
        return super()._detail_words(key, value, label, values)

    def _refusal_words(self):
        """Return the labels of why an offer was not accepted: {code: words}."""
        refusal = self.env["contact_center.offer"]._fields["refusal"]
        return {
            **dict(refusal._description_selection(self.env)),
            "gone": self.env._("The agent's browser was gone"),
            "supervisor": self.env._("The agent's supervisor was not logged in"),
        }
