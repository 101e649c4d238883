# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta, timezone

from odoo import api, fields, models

from ..gateway import states

_PARTS = """
SELECT COALESCE(sum(parts), 0) FROM contact_center_sms_message
WHERE gateway_id = %s AND direction = 'out' AND state = ANY(%s)
  AND queued_at >= %s AND queued_at < %s
"""


class SmsGateway(models.Model):
    """What the city is billed: parts a month, beside the contract's (B22, M3)."""

    _inherit = "contact_center.sms.gateway"

    parts_this_month = fields.Integer(compute="_compute_parts_this_month")
    percent_of_month = fields.Float(
        string="Of the contracted (%)", compute="_compute_parts_this_month", digits=(5, 1)
    )

    def _compute_parts_this_month(self):
        for gateway in self:
            start, end = gateway._month()[1:]
            parts = gateway._billed_parts(start, end)
            gateway.parts_this_month = parts
            limit = gateway.monthly_limit
            gateway.percent_of_month = 100 * parts / limit if limit else 0

    def _billed_parts(self, start, end):
        """Return the parts that are billed of messages put into the outbox in [start, end).

        Those that the gateway took, and those of which nobody knows. Moments in naive UTC.
        """
        self.env["contact_center.sms.message"].flush_model()
        # A gateway that is being entered has no id yet, and nothing was sent over it
        self.env.cr.execute(_PARTS, [self._origin.id or 0, list(states.BILLED), start, end])
        return self.env.cr.fetchone()[0]

    def _month(self):
        """Return the city's month: (its name as "2026-12", first moment, first of the next)."""
        local = self.env["contact_center.queue"]._local_time()
        first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first + timedelta(days=32)).replace(day=1)
        # A wall clock's midnight, whatever the summer time: the zone finds the offset anew
        return (f"{first:%Y-%m}", *(_in_utc(moment) for moment in (first, following)))

    @api.model
    def _cron_meter(self):
        """Warn those who follow a gateway, once a month, before the contract's limit is reached."""
        for gateway in self.search([("state", "!=", "draft"), ("monthly_limit", ">", 0)]):
            month = gateway._month()[0]
            if gateway.warned_month == month or gateway.percent_of_month < gateway.warn_percent:
                continue
            gateway.warned_month = month
            gateway.message_post(
                body=self.env._(
                    "%(parts)s of the %(limit)s parts contracted for this month are used "
                    "(%(percent).0f %%).",
                    parts=gateway.parts_this_month,
                    limit=gateway.monthly_limit,
                    percent=gateway.percent_of_month,
                ),
                subtype_xmlid="mail.mt_comment",
            )


def _in_utc(local):
    """Return an aware moment as naive UTC."""
    return local.astimezone(timezone.utc).replace(tzinfo=None)
