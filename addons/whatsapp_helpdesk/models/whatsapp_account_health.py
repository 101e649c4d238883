# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

from ..cloud_api import phone
from ..cloud_api.client import ApiError
from ..cloud_api.reading import a_text

_logger = logging.getLogger(__name__)


class WhatsappAccount(models.Model):
    """Tell the administrator whether the number works."""

    _inherit = "whatsapp.account"

    state_reason = fields.Char(compute="_compute_state_reason", string="Why it is paused")
    problems = fields.Text(compute="_compute_problems")
    last_webhook_at = fields.Datetime(compute="_compute_counts", string="Last call from Meta")
    failed_event_count = fields.Integer(compute="_compute_counts", string="Failed to process")
    waiting_message_count = fields.Integer(compute="_compute_counts", string="Waiting to be sent")
    failed_message_count = fields.Integer(compute="_compute_counts", string="Failed to send")
    webhook_url = fields.Char(compute="_compute_webhook_url", string="Webhook address")

    @api.depends("state", "state_code", "state_detail")
    @api.depends_context("lang")
    def _compute_state_reason(self):
        for account in self:
            account.state_reason = (
                account._reason(account.state_code, account.state_detail)
                if account.state == "paused"
                else False
            )

    def _compute_webhook_url(self):
        for account in self:
            account.webhook_url = f"{account.get_base_url()}/whatsapp/webhook"

    @api.depends_context("lang")
    @api.depends("flow_id", "queue_id", "access_token", "app_secret", "verify_token", "waba_id")
    def _compute_problems(self):
        for account in self:
            account.problems = "\n".join(account._configuration_problems()) or False

    def _configuration_problems(self):
        """Return the problems of the configuration, one sentence each.

        Needs no call to Meta; other modules may add their own.
        """
        self.ensure_one()
        # sudo: whatsapp.account - only whether the secrets are there is told
        account = self.sudo()
        problems = []
        if not account.access_token:
            problems.append(self.env._("There is no access token: nothing can be sent."))
        if not account.app_secret:
            problems.append(
                self.env._("There is no app secret: what Meta delivers cannot be checked.")
            )
        if not account.verify_token:
            problems.append(
                self.env._("There is no verify token: Meta cannot confirm the webhook.")
            )
        if not account.queue_id:
            problems.append(self.env._("There is no queue: nobody is called to serve citizens."))
        elif not account.queue_id.active:
            problems.append(self.env._("Queue %s is archived.", account.queue_id.name))
        if account.flow_id and not account.flow_id.active:
            problems.append(self.env._("Flow %s is archived.", account.flow_id.name))
        elif account.flow_id and not account.flow_id.published_version_id:
            problems.append(
                self.env._(
                    "Flow %s has no published version: citizens go straight to the queue.",
                    account.flow_id.name,
                )
            )
        return problems

    def _compute_counts(self):
        for account in self:
            account.last_webhook_at = account._last_webhook()
        events = self._counts("whatsapp.event", [("state", "=", "failed")])
        waiting = self._counts(
            "whatsapp.message",
            [("direction", "=", "out"), ("state", "in", ("queued", "sending", "unknown"))],
        )
        failed = self._counts(
            "whatsapp.message", [("direction", "=", "out"), ("state", "=", "failed")]
        )
        for account in self:
            account.failed_event_count = events.get(account.id, 0)
            account.waiting_message_count = waiting.get(account.id, 0)
            account.failed_message_count = failed.get(account.id, 0)

    def _last_webhook(self):
        """Return when Meta last delivered something for this number, or False."""
        # sudo: whatsapp.event - only the time is shown
        event = (
            self.env["whatsapp.event"]
            .sudo()
            .search([("account_id", "in", self.ids)], order="id desc", limit=1)
        )
        return event.create_date

    def _counts(self, model, domain):
        """Return {account id: number of records of `model` in `domain`}."""
        # sudo: whatsapp.event, whatsapp.message - only numbers are shown
        groups = (
            self.env[model]
            .sudo()
            ._read_group([*domain, ("account_id", "in", self.ids)], ["account_id"], ["__count"])
        )
        return {account.id: count for account, count in groups}

    # ------------------------------------------------------------
    # Testing
    # ------------------------------------------------------------

    def action_test(self):
        """Ask Meta about the number and show whether everything is right."""
        self.ensure_one()
        self.check_access("write")
        problems = self._configuration_problems()
        try:
            number = self._api().number()
        except ApiError as error:
            return self._notice("danger", [self._reason(error.code, error.details), *problems])
        self._note_quality(number)
        self._note_tested()
        shown = a_text(number.get("display_phone_number"))
        given = phone.digits(self.display_phone_number or "")
        if given and phone.digits(shown) and phone.digits(shown) not in phone.variants(given):
            problems.append(
                self.env._(
                    "Meta says that this phone number ID belongs to %(number)s, not to %(given)s.",
                    number=shown,
                    given=self.display_phone_number,
                )
            )
        if problems:
            return self._notice("warning", problems)
        return self._notice(
            "success",
            [
                self.env._(
                    "The number %(number)s (%(name)s) answers.",
                    number=shown or self.display_phone_number or self.phone_number_id,
                    name=a_text(number.get("verified_name")) or self.name,
                )
            ],
        )

    def _notice(self, kind, lines):
        """Return the client action that shows `lines` to the user."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": self.name,
                "message": "\n".join(lines),
                "sticky": kind != "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------
    # Pausing
    # ------------------------------------------------------------

    def _pause(self, code, detail="", tell=True):
        """Stop sending from this number until somebody has acted, and tell the administrators.

        :param code: Meta's error, or one of `cloud_api.errors`
        :param detail: Meta's own words
        :param tell: whether they have to be told here
        """
        self.ensure_one()
        # sudo: whatsapp.account - jobs find out, whichever user caused them
        account = self.sudo()
        if account.state == "paused" and account.state_code == str(code):
            return
        account.write({"state": "paused", "state_code": str(code), "state_detail": detail[:500]})
        _logger.warning("WhatsApp account %s is paused: error %s", account.id, code)
        self.env["contact_center.outages"]._began(
            "channel", account, account.with_context(lang="pt_BR")._reason(code)
        )
        if not tell:
            return
        # sudo: res.groups - to tell its members
        administrators = self.env.ref("contact_center.group_administrator").sudo().all_user_ids
        for user in administrators.filtered("active"):
            told = account.with_context(lang=user.lang or "pt_BR")
            user._bus_send(
                "simple_notification",
                {
                    "type": "danger",
                    "sticky": True,
                    "title": told.env._("WhatsApp number paused: %s", account.name),
                    "message": told._reason(code, detail),
                },
            )

    def action_resume(self):
        """Resume sending: waiting messages of the paused number go out, in order."""
        self.check_access("write")
        # sudo: whatsapp.account - the state is no field for users, the right was checked
        self.sudo().write({"state": "ok", "state_code": False, "state_detail": False})
        for account in self:
            self.env["contact_center.outages"]._ended("channel", account)
        # sudo: whatsapp.message - the system sends
        self.env["whatsapp.message"].sudo()._send_waiting(self)
        # sudo: whatsapp.message - files that citizens sent meanwhile
        self.env["whatsapp.message"].sudo()._fetch_after_repair(self)

    def action_view_failed_events(self):
        """Open the events of this number that could not be processed."""
        action = self.env["ir.actions.act_window"]._for_xml_id("whatsapp_helpdesk.event_action")
        return {**action, "domain": [("account_id", "in", self.ids), ("state", "=", "failed")]}

    def action_view_outbox(self):
        """Open the messages of this number that wait to be sent, or failed."""
        action = self.env["ir.actions.act_window"]._for_xml_id("whatsapp_helpdesk.message_action")
        states = ("queued", "sending", "unknown", "failed")
        return {
            **action,
            "domain": [("account_id", "in", self.ids), ("state", "in", states)],
            "context": {},
        }
