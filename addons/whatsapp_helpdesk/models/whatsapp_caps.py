# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timezone

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.contact_center.core import caps, lifecycle

_LIMITS = {
    caps.MESSAGES: "messages_per_minute",
    caps.HOURLY: "messages_per_hour",
    caps.FILES: "files_per_hour",
    caps.TICKETS: "tickets_per_hour",
    caps.MEGABYTES: "megabytes_per_day",
}


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
    messages_per_hour = fields.Integer(
        string="Messages of a citizen per hour",
        default=300,
        required=True,
        help="Beyond it the bot does not answer for the rest of the hour; the messages are kept "
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

    megabytes_per_day = fields.Integer(
        string="Megabytes of a citizen's files per day",
        default=200,
        required=True,
        help="Further files stay at WhatsApp until an agent fetches them by a click (Meta keeps "
        "them for 7 days), also while an agent serves: the disk is everybody's. 0: no limit.",
    )

    @api.constrains(*_LIMITS.values())
    def _check_caps(self):
        for account in self:
            if min(account[field] for field in _LIMITS.values()) < 0:
                raise ValidationError(self.env._("A limit is not negative; 0 means no limit."))

    @tools.ormcache("self.id")
    def _caps(self):
        """Return {kind: how many one citizen has in its period}, cached; see `core.caps`."""
        # sudo: whatsapp.account - jobs need it, whichever user caused them
        account = self.sudo()
        return {kind: account[field] for kind, field in _LIMITS.items()}


class WhatsappIdentity(models.Model):
    """Count a person's recent use of the machine."""

    _inherit = "whatsapp.identity"

    caps = fields.Json(readonly=True, help="Counts of this person: {kind: [since, number]}.")

    def _add_to_caps(self, kinds, at):
        """Count one more of each of `kinds`, asked for at `at` (seconds).

        :return: {kind: `caps.Count`}
        """
        self.ensure_one()
        counted = self.caps or {}
        counts = {
            kind: caps.add(caps.Count(*counted.get(kind, ())), at, caps.PERIODS[kind])
            for kind in kinds
        }
        self.caps = counted | {kind: [one.since, one.number] for kind, one in counts.items()}
        return counts


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
        counts = identity._add_to_caps(caps.COUNTED_AS[kind], moment)
        over, is_first = caps.exceeded(counts, account._caps())
        if is_first:
            self._note_over_cap(over)
        return bool(over)

    def _note_over_cap(self, kind):
        """Record that a cap was reached, and tell the citizen once, unless an agent speaks."""
        self._log("limit_reached", limit=kind)
        if self.state not in (lifecycle.IN_SERVICE, lifecycle.CLOSED):
            self._automatic(f"too_many_{kind}")

    def _repeatable_kinds(self):
        # Once in each period, as `_over_cap` sees to
        return super()._repeatable_kinds() | {f"too_many_{kind}" for kind in caps.KINDS}
