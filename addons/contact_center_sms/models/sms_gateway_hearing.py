# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import logging

from odoo import api, fields, models

from ..gateway import exchange

_logger = logging.getLogger(__name__)

# Events that one job takes
_ROUND = 200
# Days after which what was said raw is emptied
_KEPT_DAYS = 90


class SmsGateway(models.Model):
    """What a gateway tells by itself: receipts, and what citizens wrote.

    Each call is stored as it came and answered; a job then takes one after the other.
    """

    _inherit = "contact_center.sms.gateway"

    @api.model
    def _of_token(self, token):
        """Return the gateway that this token of an address belongs to, or none."""
        # sudo: contact_center.sms.gateway - a gateway calls without a user; the token is its key
        for gateway in self.sudo().search([("token", "!=", False)]):
            if hmac.compare_digest(gateway.token.encode(), (token or "").encode()):
                return gateway
        return self.sudo().browse()

    def _store_call(self, kind, payload):
        """Store what the gateway said and wake the job that reads it.

        :param kind: "receipt" or "reply"
        :param payload: its JSON
        """
        self.ensure_one()
        event = self.env["contact_center.sms.event"].create(
            {"gateway_id": self.id, "kind": kind, "payload": payload}
        )
        self._hear_soon()
        return event

    def _hear_soon(self):
        """Enqueue the job that reads what came."""
        self.with_delay(
            priority=4,
            identity_key=f"contact_center.sms.in:{self.id}:{fields.Datetime.now()}",
            description=self.env._("SMS: read receipts and replies"),
        )._hear_all()

    @api.model
    def _cron_hear(self):
        """Wake what an interrupted job left."""
        waiting = self.env["contact_center.sms.event"]._read_group(
            [("state", "=", "received")], ["gateway_id"]
        )
        for (gateway,) in waiting:
            gateway._hear_soon()

    def _hear_all(self):
        """Read what came, one after the other (job); one that fails stops no other."""
        self.ensure_one()
        self = self._in_portuguese()  # noqa: PLW0642
        events = self.env["contact_center.sms.event"]
        with self._exclusive(f"contact_center.sms.in:{self.id}"):
            for _round in range(_ROUND):
                event = events.search(
                    [("gateway_id", "=", self.id), ("state", "=", "received")],
                    order="id",
                    limit=1,
                )
                if not event:
                    return
                self._hear_one(event)
        self._hear_soon()

    def _hear_one(self, event):
        try:
            self._repeat(event._process)
        except Exception as error:
            if self.env.cr.closed:
                raise
            self._rollback()
            _logger.exception("SMS event %s could not be processed", event.id)
            words = f"{type(error).__name__}: {error}"[:500]
            self._repeat(lambda: event.write({"state": "failed", "error": words}))

    def _hear_receipts(self, payload):
        """Apply receipts; return how many belong to a message of ours.

        One that names only the gateway's own id may come before the answer that tells us that id:
        it is kept then, and looked for when the answer comes.

        :return: (receipts applied, receipts of no message known yet)
        """
        messages = self.env["contact_center.sms.message"]
        found = unknown = 0
        for report in exchange.reports(payload, self._paths("receipt")):
            message = messages._of_report(self, report)
            if message and report.state:
                message._hear(report)
                found += 1
            elif not message:
                unknown += 1
        return found, unknown

    def _hear_replies(self, payload):
        """Hand what citizens wrote to their conversations; return how many messages."""
        said = exchange.said(
            payload,
            self.said_items or "",
            self.said_number or "",
            self.said_text or "",
            self.said_gateway_id or "",
        )
        heard = 0
        for one in said:
            heard += bool(self.env["contact_center.sms.identity"]._receive(self, one))
        return heard

    @api.autovacuum
    def _gc_calls(self):
        """Empty what gateways said after three months: numbers and texts stay no longer."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=_KEPT_DAYS)
        # sudo: contact_center.sms.event - machine rows, emptied by policy
        old = (
            self.env["contact_center.sms.event"]
            .sudo()
            .search([("create_date", "<", limit), ("payload", "!=", False)], limit=5000)
        )
        old.write({"payload": False, "error": False})
        return len(old), len(old) == 5000
