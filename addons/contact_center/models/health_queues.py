from odoo import api, models


class Health(models.AbstractModel):
    """Whether somebody would see those who wait: queues without people, queues out of use."""

    _inherit = "contact_center.health"

    @api.model
    def _check_queues(self):
        """One result for each queue with trouble, or one that all is well."""
        _ = self.env._
        queues = self.env["contact_center.queue"].with_context(active_test=False).search([])
        results = [result for queue in queues if (result := self._queue_result(queue))]
        if not queues.filtered("active"):
            words = _("There is no queue: nobody sees citizens who ask for a person.")
            advice = _("Make a queue under Configuration, Queues, and put its agents into it.")
            results.append(self._result("error", _("Queues"), words, advice))
        return results or [
            self._result("ok", _("Queues"), _("Every queue has people who may serve it."))
        ]

    def _queue_result(self, queue):
        """What is wrong with one queue, or None."""
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
        advice = _("Put agents into it under Configuration, Queues.")
        if not needed:
            words = _("Nobody serves it: it has no active agent with the role of technician.")
            return self._result("warning", title, words, advice)
        words = _(
            "Nobody serves it: it has no active agent with the role of technician, but it is "
            "needed: %s.",
            ", ".join(needed),
        )
        return self._result("error", title, words, advice)
