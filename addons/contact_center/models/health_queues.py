# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Health(models.AbstractModel):
    """Check that somebody sees waiting citizens: queues without people, or archived."""

    _inherit = "contact_center.health"

    @api.model
    def _check_administrators(self):
        """Return whether the center can be managed without the person in charge of the server."""
        _ = self.env._
        title = _("Administrators")
        found = self.env["contact_center.first.steps"]._people_of(
            "contact_center.group_administrator"
        )
        if len(found) > 1:
            return self._result("ok", title, _("There are %s.", len(found)))
        words = (
            _("There is only one: %s.", found.name)
            if found
            else _("There is nobody but the person in charge of the server.")
        )
        advice = _("Add one under People and roles, so that somebody stands in.")
        return self._result("warning", title, words, advice, step="people")

    @api.model
    def _check_demo_hours(self):
        """Return whether queues act as open although nobody may be there (demonstrations only)."""
        _ = self.env._
        until = self.env["contact_center.demo"]._open_until()
        if not until:
            return []
        words = _("All queues act as if it were Monday, 10 a.m.: the real hours do not count.")
        advice = _("Go back to the real hours by the banner above every screen.")
        return [self._result("warning", _("Demonstration"), words, advice)]

    @api.model
    def _check_queues(self):
        """Return one result for each queue with a problem, or one saying that all is well."""
        _ = self.env._
        queues = self.env["contact_center.queue"].with_context(active_test=False).search([])
        results = [result for queue in queues if (result := self._queue_result(queue))]
        if not queues.filtered("active"):
            words = _("There is no queue: nobody sees citizens who ask for a person.")
            advice = _("Make a queue under Settings, Queues, and put its agents into it.")
            results.append(self._result("error", _("Queues"), words, advice, step="queue"))
        elif not any(queue._serving_members() for queue in queues if queue.active):
            words = _("No queue has any agents: citizens wait in vain.")
            advice = _("Put agents into it under Settings, Queues.")
            results = [self._result("error", _("Queues"), words, advice, step="queue")]
        return results or [self._result("ok", _("Queues"), _("Every queue has agents."))]

    def _queue_result(self, queue):
        """Return what is wrong with one queue, or None."""
        _ = self.env._
        title = _("Queue %s", queue.name)
        waiting, used_by = queue._waiting_now(), queue._used_by()
        needed = [_("%s waiting", waiting)] if waiting else []
        needed += used_by
        if not queue.active:
            if not needed:
                return None
            words = _("It is archived, but still needed: %s.", ", ".join(needed))
            advice = _("Restore it, or choose another queue there.")
            return self._result("error", title, words, advice)
        if queue._serving_members():
            return None
        advice = _("Put agents into it under Settings, Queues.")
        if not needed:
            words = _("Nobody serves it: it has no active agent with the role of technician.")
            return self._result("warning", title, words, advice)
        words = _(
            "Nobody serves it: it has no active agent with the role of technician, but it is "
            "needed: %s.",
            ", ".join(needed),
        )
        return self._result("error", title, words, advice)
