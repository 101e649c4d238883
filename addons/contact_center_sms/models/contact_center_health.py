# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..gateway import states


class Health(models.AbstractModel):
    """Gateways that refuse us, messages that failed or of which nobody knows."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "sms_gateway": ("channel", self._check_sms_gateways),
            "sms_event": ("channel", self._check_sms_events),
        }

    @api.model
    def _failed_kinds(self):
        return {
            **super()._failed_kinds(),
            "sms_message": (
                "contact_center.sms.message",
                [("state", "in", (states.FAILED, states.UNKNOWN)), ("direction", "=", "out")],
                "action_send_again",
                "detail",
            ),
            "sms_event": (
                "contact_center.sms.event",
                [("state", "=", "failed")],
                "action_process_again",
                "error",
            ),
        }

    @api.model
    def _job_titles(self):
        return {**super()._job_titles(), "root.sms": self.env._("Jobs of text messages")}

    @api.model
    def _check_sms_gateways(self):
        _ = self.env._
        results = []
        for gateway in self.env["contact_center.sms.gateway"].search([("state", "!=", "draft")]):
            title = _("SMS by %s", gateway.name)
            if gateway.state == "paused":
                words = _("Paused: messages wait. %s", gateway.last_error or "")
                advice = _("Check its key and the contract, then “Use” on its form.")
                results.append(self._result("error", title, words.strip(), advice))
                continue
            used = gateway.percent_of_month
            over = gateway.monthly_limit and used >= gateway.warn_percent
            words = _(
                "%(parts)s of %(limit)s contracted parts this month.",
                parts=gateway.parts_this_month,
                limit=gateway.monthly_limit or "∞",
            )
            advice = _("Order more, or send less: see “Text messages by month”.")
            results.append(self._result("warning" if over else "ok", title, words, advice))
        return results

    @api.model
    def _check_sms_events(self):
        _ = self.env._
        failed = self.env["contact_center.sms.event"].search_count([("state", "=", "failed")])
        return self._result(
            "warning" if failed else "ok",
            _("What SMS gateways say"),
            _("%s calls could not be read.", failed) if failed else _("All was read."),
            _("See the reasons, correct the gateway's paths and read them again."),
            failed="sms_event",
        )
