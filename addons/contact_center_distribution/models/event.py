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
        """Add why offers were not accepted."""
        values = super()._detail_values()
        refusal = self.env["contact_center.offer"]._fields["refusal"]
        values["reason"] = {
            **values["reason"],
            **dict(refusal._description_selection(self.env)),
            "gone": self.env._("The agent's browser was gone"),
            "callback": self.env._("Chose to be called back"),
        }
        why = self.env["contact_center.callback"]._fields["why"]
        values["why"] = dict(why._description_selection(self.env))
        return values
