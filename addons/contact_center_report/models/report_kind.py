# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.report_kind import by_code

from ..sheet import periods

# What an agent's service of a contact ends with
ENDS = ["transferred", "released", "returned_to_bot", "survey_asked", "closed", "taken_over"]
# How a stay ends in which a person answers
ANSWERED = ["accepted", "lent"]


class ReportKind(models.AbstractModel):
    """The reports made of the core's own ledgers, and how all of them are found."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _kinds(self):
        """Return the kinds of report of the core's ledgers, in the order of the list."""
        return [
            *super()._kinds(),
            *self._queue_kinds(),
            *self._wait_kinds(),
            *self._agent_kinds(),
            *self._agent_state_kinds(),
            *self._contact_kinds(),
            *self._subject_kinds(),
            *self._survey_kinds(),
        ]

    @api.model
    def _by_code(self):
        """Return {code: `ReportKind`} of all kinds, in the user's language."""
        return by_code(self._kinds())

    @api.model
    def _selection(self):
        """Return [(code, name)] of all kinds, for a field."""
        return [(kind.code, kind.name) for kind in self._kinds()]

    @api.model
    def _rows(self, kind, scope):
        """Return the rows of a kind of report, one after the other.

        :param kind: `ReportKind`
        :param scope: `Scope`: what is counted; nothing else limits what is read
        """
        # sudo: the scope says what whoever asks may count
        return getattr(self.sudo(), kind.source)(scope)

    # ------------------------------------------------------------
    # Words that many kinds share
    # ------------------------------------------------------------

    @api.model
    def _slots(self, *codes):
        """Return groupings by time, (code, name) of each."""
        names = {
            "half_hour": self.env._("Half hour"),
            "hour": self.env._("Hour"),
            "day": self.env._("Day"),
            "month": self.env._("Month"),
            "year": self.env._("Year"),
            "whole": self.env._("Whole period"),
        }
        return tuple((code, names[code]) for code in codes)

    @api.model
    def _period_words(self, scope):
        """Return a period as people write it."""
        first, last = (f"{day:%d/%m/%Y}" for day in (scope.first, scope.last))
        return first if first == last else f"{first} – {last}"

    @api.model
    def _slot_label(self, scope, slot):
        """Return the words of a slot; of the whole period where it is not divided."""
        if scope.grouping == "whole":
            return self._period_words(scope)
        return self._slot_words(scope, slot)

    @api.model
    def _local(self, scope, moment):
        """Return a moment (naive UTC) in the city's time, None if there is none."""
        return periods.to_local(moment, scope.zone) if moment else None

    @api.model
    def _masked(self, number):
        """Return a telephone number of which only the last four digits can be read."""
        digits = (number or "").strip()
        return "•••• " + digits[-4:] if len(digits) > 4 else ""

    @api.model
    def _channels(self):
        """Return {code: name} of the channels."""
        return self._words_of("contact_center.conversation", "channel_kind")
