# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.report_kind import by_code

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
        """Return {code: `Kind`} of all kinds, in the user's language."""
        return by_code(self._kinds())

    @api.model
    def _rows(self, kind, scope):
        """Return the rows of a kind of report, one after the other.

        :param kind: `Kind`
        :param scope: `Scope`: what is counted; nothing else limits what is read
        """
        # sudo: the scope says what whoever asks may count
        return getattr(self.sudo(), kind.source)(scope)
