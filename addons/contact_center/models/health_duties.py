from odoo import api, models


class Health(models.AbstractModel):
    """Duties of people that have a deadline or must be done before the first work."""

    _inherit = "contact_center.health"

    @api.model
    def _check_support(self):
        """Requests of the platform's users that nobody answered within the hours agreed."""
        _ = self.env._
        # sudo: contact_center.support.request - counted only
        requests = self.env["contact_center.support.request"].sudo()
        late = requests.search([("late", "=", True), ("state", "!=", "solved")], order="deadline")
        if not late:
            return self._result("ok", _("Support requests"), _("None is overdue."))
        return self._result(
            "warning",
            _("Support requests"),
            _(
                "%(count)s unanswered past the deadline, the oldest is %(number)s.",
                count=len(late),
                number=late[:1].number,
            ),
            _("Answer them under Support; the deadline counts the hours of work."),
        )

    @api.model
    def _check_confidentiality(self):
        """Whether there is a term in force, and who works without having accepted it."""
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
