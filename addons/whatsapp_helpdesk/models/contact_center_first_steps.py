# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core import first_steps


class FirstSteps(models.AbstractModel):
    """The step of the WhatsApp number, and the flow that answers on it."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _steps(self):
        return {**super()._steps(), "whatsapp": (40, self._step_whatsapp)}

    @api.model
    def _step_whatsapp(self):
        """Check token, webhook, subscription, a message received and one sent."""
        _ = self.env._
        account = self.env["whatsapp.account"].search([], limit=1)
        title = _("WhatsApp number")
        intro = _(
            "Meta gives you the ids, the token and the app secret of the city's number (page "
            "WhatsApp of the guide). Here you enter them, and see step by step what already works."
        )
        if not account:
            new = self._action(
                _("Enter the number"),
                "whatsapp_helpdesk.account_action",
                dialog=True,
                view_id="whatsapp_helpdesk.account_view_form_first_steps",
            )
            checks = [self._check(False, _("There is no number yet."))]
            return self._step(title, intro, checks, [new])
        return self._step(
            title,
            intro,
            self._whatsapp_checks(account),
            self._whatsapp_buttons(account),
            [
                self._fact(_("Number"), account.display_phone_number or account.name),
                self._fact(_("Webhook address, for Meta"), account.webhook_url, copy=True),
            ],
        )

    @api.model
    def _whatsapp_checks(self, account):
        _ = self.env._
        secrets = account.access_token and account.app_secret
        tested = account.tested_at and account.state == "ok"
        came, went = account._last_received(), account._last_sent()
        rows = [
            (
                secrets,
                _("Access token and app secret are stored."),
                _("Enter access token and app secret."),
            ),
            (tested, _("Meta answers for this number."), _("Test the connection.")),
            (
                account.verify_token,
                _("There is a verify token."),
                _("Make a verify token, and enter it at Meta with the address below."),
            ),
            (
                account.webhook_verified_at or account._last_webhook(),
                _("Meta confirmed the webhook."),
                _("Meta has not asked at this address yet: press “Verify and save” there."),
            ),
            (
                account.subscribed_at or came,
                _("Meta passes the messages on to our app."),
                _("Subscribe to the messages of the account."),
            ),
            (came, _("A message was received."), _("Send “oi” to the number from a telephone.")),
            (
                went,
                _("A message was sent."),
                _("No answer went out yet: it follows the first message by itself."),
            ),
        ]
        checks = [self._check(bool(done), good if done else todo) for done, good, todo in rows]
        if account.state != "ok":
            words = account.state_reason or _("Sending is paused.")
            checks.insert(0, self._check(first_steps.PROBLEM, words))
        return checks

    @api.model
    def _whatsapp_buttons(self, account):
        """Return the buttons of a number, the most likely needed one first."""
        _ = self.env._
        form = self._action(
            _("Ids and tokens"),
            "whatsapp_helpdesk.account_action",
            dialog=True,
            view_id="whatsapp_helpdesk.account_view_form_first_steps",
            res_id=account.id,
        )
        test = self._call(_("Test connection"), account, "action_test")
        token = self._call(_("Make a verify token"), account, "action_new_verify_token")
        subscribe = self._call(_("Subscribe to messages"), account, "action_subscribe")
        if not (account.access_token and account.app_secret):
            return [form]
        if not account.tested_at or account.state != "ok":
            return [test, form]
        if not account.verify_token:
            return [token, test, form]
        return [subscribe, test, token, form]

    @api.model
    def _flow_checks(self, flows):
        """Also check that the flow answers on a number, with people behind it."""
        _ = self.env._
        checks = super()._flow_checks(flows)
        accounts = self.env["whatsapp.account"].search([])
        served = accounts.filtered(
            lambda account: account.flow_id.published_version_id and account.queue_id
        )
        words = (
            _("It answers on %s.", self._names(served))
            if served
            else _("No number uses a published flow yet: citizens go straight to the queue.")
        )
        return [*checks, self._check(bool(served), words)]

    @api.model
    def _flow_buttons(self, flows):
        """Also offer to let the published flow answer on the number."""
        buttons = super()._flow_buttons(flows)
        account = self.env["whatsapp.account"].search([], limit=1)
        published = flows.filtered("published_version_id")
        if (
            account
            and published
            and not (account.flow_id.published_version_id and account.queue_id)
        ):
            label = self.env._("Use it on the number %s", account.name)
            buttons.insert(0, self._call(label, account, "action_use_flow"))
        return buttons
