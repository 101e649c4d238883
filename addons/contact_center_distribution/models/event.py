# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.models.event import keep

KINDS = (
    *("offered", "refused", "expired", "overflowed", "overflow_ended", "turned_away"),
    *("callback_offered", "callback_agreed", "callback_declined", "callback_cancelled"),
    *("called_back", "callback_answered", "callback_unanswered"),
)


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
            ("turned_away", "No room in the queue"),
            ("callback_offered", "Call-back offered"),
            ("callback_agreed", "Call-back agreed"),
            ("callback_declined", "Call-back not wanted"),
            ("called_back", "Called back"),
            ("callback_answered", "Call-back answered"),
            ("callback_unanswered", "Call-back not answered"),
            ("callback_cancelled", "Call-back cancelled"),
        ],
        ondelete=dict.fromkeys(KINDS, keep),
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
            "reached": _("Message sent"),
            "tries": _("Tries"),
            "to_queue": _("To queue"),
            "why": _("Because"),
        }

    def _detail_values(self):
        """Add why somebody entered the queue again, and why a call-back was offered."""
        values = super()._detail_values()
        values["reason"] = {**values["reason"], "callback": self.env._("Chose to be called back")}
        why = self.env["contact_center.callback"]._fields["why"]
        return {**values, "why": dict(why._description_selection(self.env))}

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
