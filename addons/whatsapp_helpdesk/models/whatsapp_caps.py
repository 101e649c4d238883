# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timezone

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.contact_center.core import caps, lifecycle


class WhatsappAccount(models.Model):
    """Limits on one citizen's use of the machine over a number."""

    _inherit = "whatsapp.account"

    messages_per_minute = fields.Integer(
        string="Messages of a citizen per minute",
        default=30,
        required=True,
        help="Beyond it the bot does not answer for the rest of the minute; the messages are kept "
        "and shown. While an agent serves nothing is limited. 0: no limit.",
    )
    files_per_hour = fields.Integer(
        string="Files of a citizen per hour",
        default=20,
        required=True,
        help="Further files stay at WhatsApp until an agent fetches them by a click (Meta keeps "
        "them for 7 days). While an agent serves nothing is limited. 0: no limit.",
    )
    tickets_per_hour = fields.Integer(
        string="Tickets of a citizen per hour",
        default=3,
        required=True,
        help="The bot opens no further ones; agents may. 0: no limit.",
    )

    @api.constrains("messages_per_minute", "files_per_hour", "tickets_per_hour")
    def _check_caps(self):
        for account in self:
            limits = (
                account.messages_per_minute,
                account.files_per_hour,
                account.tickets_per_hour,
            )
            if min(limits) < 0:
                raise ValidationError(self.env._("A limit is not negative; 0 means no limit."))

    @tools.ormcache("self.id")
    def _caps(self):
        """Return {kind: how many one citizen has in its period}, cached; see `core.caps`."""
        # sudo: whatsapp.account - jobs need it, whichever user caused them
        account = self.sudo()
        return {
            caps.MESSAGES: account.messages_per_minute,
            caps.FILES: account.files_per_hour,
            caps.TICKETS: account.tickets_per_hour,
        }


class WhatsappIdentity(models.Model):
    """Count a person's recent use of the machine."""

    _inherit = "whatsapp.identity"

    caps = fields.Json(readonly=True, help="Counts of this person: {kind: [since, number]}.")

    def _add_to_cap(self, kind, at):
        """Count one more of `kind`, asked for at `at` (seconds); return the `caps.Count`."""
        self.ensure_one()
        counted = self.caps or {}
        count = caps.add(caps.Count(*counted.get(kind, ())), at, caps.PERIODS[kind])
        self.caps = {**counted, kind: [count.since, count.number]}
        return count


class Conversation(models.Model):
    """Caps of a citizen who writes over WhatsApp."""

    _inherit = "contact_center.conversation"

    def _over_cap(self, kind, at=None):
        # sudo: contact_center.conversation, whatsapp.identity - counted whichever user caused it
        conversation = self.sudo()
        identity, account = conversation.whatsapp_identity_id, conversation.whatsapp_account_id
        if conversation.channel_kind != "whatsapp" or not identity:
            return super()._over_cap(kind, at)
        if conversation.state == lifecycle.IN_SERVICE:
            # The agent decides; the citizen's messages to them are never held back
            return False
        # Meta's time where it is known: what waited there for an hour comes all at once
        moment = (at or fields.Datetime.now().replace(tzinfo=timezone.utc)).timestamp()
        count, most = identity._add_to_cap(kind, moment), account._caps()[kind]
        if caps.is_first_over(count, most):
            self._log("limit_reached", limit=kind)
            if conversation.state != lifecycle.CLOSED:
                self._automatic(f"too_many_{kind}")
        return caps.is_over(count, most)

    def _repeatable_kinds(self):
        # Once in each period, as `_over_cap` sees to
        return super()._repeatable_kinds() | {f"too_many_{kind}" for kind in caps.KINDS}
