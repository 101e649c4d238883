# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Checks who works with citizens' data without the confidentiality term."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "confidentiality": ("security", self._check_confidentiality),
        }

    @api.model
    def _check_confidentiality(self):
        """Return whether a term is in force, and the users who work without having accepted it."""
        _ = self.env._
        # sudo: contact_center.confidentiality.term - counted only
        terms = self.env["contact_center.confidentiality.term"].sudo()
        term = terms.browse(terms._in_force_id() or [])
        title = _("Confidentiality term")
        if not term:
            return self._result(
                "warning",
                title,
                _("No version is in force: nobody is asked to accept it."),
                _("Adapt the draft under Privacy (LGPD) and put it in force."),
            )
        if not term.pending_ids:
            return self._result("ok", title, _("Accepted by everybody."))
        names = ", ".join(term.pending_ids.mapped("name")[:5])
        return self._result("ok", title, _("Not accepted yet, asked at the next login: %s.", names))
