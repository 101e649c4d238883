# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.models.entered_secret import entered

from ..cloud_api.client import ApiError

VERIFY_BYTES = 24


class WhatsappAccount(models.Model):
    """Connecting a number step by step, by an administrator who reads no secret."""

    _name = "whatsapp.account"
    _inherit = ["whatsapp.account", "contact_center.entered.secret"]

    _entered = {"new_access_token": "access_token", "new_app_secret": "app_secret"}

    new_access_token = entered("New access token")
    new_app_secret = entered("New app secret")
    tested_at = fields.Datetime(string="Answered a test", readonly=True, copy=False)
    webhook_verified_at = fields.Datetime(string="Webhook confirmed", readonly=True, copy=False)
    subscribed_at = fields.Datetime(
        string="Subscribed to messages",
        readonly=True,
        copy=False,
        help="When Meta last said that it passes this account's messages on to our app.",
    )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_new_verify_token(self):
        """Make a verify token and show it, this once, with the address: both go to Meta."""
        self.ensure_one()
        self.check_access("write")
        token = secrets.token_urlsafe(VERIFY_BYTES)
        # sudo: whatsapp.account - users who may write the number may give it a new token
        self.sudo().write({"verify_token": token, "webhook_verified_at": False})
        _ = self.env._
        return {
            "type": "ir.actions.client",
            "tag": "contact_center.show_once",
            "params": {
                "title": _("Webhook of %s", self.name),
                "intro": _(
                    "Enter both at Meta under WhatsApp, Configuration, Webhook, and press “Verify "
                    "and save” there. The token is not shown again; a new one may be made any time."
                ),
                "rows": [
                    {"label": _("Callback URL"), "value": self.webhook_url},
                    {"label": _("Verify token"), "value": token},
                ],
            },
        }

    def action_subscribe(self):
        """Subscribe our app to the account's messages, and check that Meta confirms it."""
        self.ensure_one()
        self.check_access("write")
        if not self.waba_id:
            raise UserError(
                self.env._("Fill in the WhatsApp Business Account ID first: Meta asks for it.")
            )
        try:
            subscribed = self._api().subscribe(self.waba_id)
        except ApiError as error:
            return self._notice("danger", [self._reason(error.code, error.details)])
        # sudo: whatsapp.account - what Meta said is bookkeeping of the system
        self.sudo().subscribed_at = fields.Datetime.now() if subscribed else False
        if not subscribed:
            words = self.env._("Meta does not pass the messages of this account on to any app.")
            return self._notice("warning", [words])
        return self._notice("success", [self.env._("Meta passes the messages on to our app.")])

    def action_use_flow(self):
        """Assign the only published flow, and the first queue, to this number."""
        self.ensure_one()
        self.check_access("write")
        flow = self.flow_id or self._flow_to_use()
        if not flow:
            raise UserError(self.env._("Publish a flow first: then it can serve the number."))
        queue = self.queue_id or self.env["contact_center.queue"].search([], limit=1)
        self.write({"flow_id": flow.id, "queue_id": queue.id})
        words = self.env._("%(flow)s answers on %(number)s now.", flow=flow.name, number=self.name)
        return self._notice("success", [words])

    @api.model
    def _flow_to_use(self):
        """Return the flow that was published last, which may be none."""
        flows = self.env["chatbot.flow"].search([("published_version_id", "!=", False)])
        return flows.sorted(lambda flow: flow.published_version_id.id, reverse=True)[:1]

    # ------------------------------------------------------------
    # Results of the steps
    # ------------------------------------------------------------

    def _note_tested(self):
        """Remember that Meta answered for this number with the token that is stored."""
        # sudo: whatsapp.account - bookkeeping of the system
        self.sudo().tested_at = fields.Datetime.now()

    @api.model
    def _note_verified(self, token):
        """Remember that Meta asked with the verify token of these numbers."""
        # sudo: whatsapp.account - the webhook has no user
        accounts = self.sudo().search([("verify_token", "!=", False)])
        accounts = accounts.filtered(lambda account: account.verify_token == token)
        accounts.webhook_verified_at = fields.Datetime.now()

    def _last_sent(self):
        """Return when Meta last accepted a message of this number, or False."""
        # sudo: whatsapp.message - only the time is told
        taken = [
            ("direction", "=", "out"),
            ("state", "in", ("sent", "delivered", "read", "played")),
        ]
        messages = self.env["whatsapp.message"].sudo()
        found = messages.search([("account_id", "in", self.ids), *taken], order="id desc", limit=1)
        return found.create_date

    def _last_received(self):
        """Return when somebody last wrote to this number, or False."""
        # sudo: whatsapp.message - only the time is told
        came = [("account_id", "in", self.ids), ("direction", "=", "in")]
        found = self.env["whatsapp.message"].sudo().search(came, order="id desc", limit=1)
        return found.create_date
