# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import phones

from ..gateway import states
from ..gateway.parts import GSM7, MAX_PARTS, UCS2, measure, tidy

_UNSETTLED = (states.QUEUED, states.SENDING, states.UNKNOWN)
# What Odoo's own table of text messages calls our states
_OF_ODOO = {states.SENT: "pending", states.DELIVERED: "sent", states.FAILED: "error"}


class SmsMessage(models.Model):
    """A text message, sent or received: outbox and ledger in one.

    Written by the system only.     A citizen gets what was frozen here when it was said. How it
    goes out: sms_gateway_sending.py; which news changes what: `gateway/states.py`.
    """

    _name = "contact_center.sms.message"
    _description = "Contact Center Text Message"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _order = "id desc"
    _rec_name = "number"

    _access_content = frozenset({"text", "number"})
    _access_subject = "partner_id"

    gateway_id = fields.Many2one(
        "contact_center.sms.gateway", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True, index=True)
    direction = fields.Selection(
        [("in", "Received"), ("out", "Sent")], required=True, readonly=True, default="out"
    )
    number = fields.Char(required=True, readonly=True, help="With country and area code: +55…")
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", readonly=True, index="btree_not_null"
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", readonly=True, index="btree_not_null"
    )
    mail_message_id = fields.Many2one(
        "mail.message", string="Message", readonly=True, index="btree_not_null"
    )
    text = fields.Text(readonly=True)
    parts = fields.Integer(readonly=True, help="What the operator bills.")
    alphabet = fields.Selection(
        [(GSM7, "160 characters a part"), (UCS2, "70 characters a part")],
        readonly=True,
    )
    state = fields.Selection(
        [
            (states.QUEUED, "Waiting"),
            (states.SENDING, "Being sent"),
            (states.UNKNOWN, "Sent or not"),
            (states.SENT, "Taken by the gateway"),
            (states.DELIVERED, "Delivered"),
            (states.FAILED, "Failed"),
            ("received", "Received"),
        ],
        required=True,
        readonly=True,
        default=states.QUEUED,
    )
    detail = fields.Char(string="Reason", readonly=True)
    ref = fields.Char(
        string="Our id", readonly=True, default=lambda self: uuid.uuid4().hex, required=True
    )
    gateway_ref = fields.Char(string="The gateway's id", readonly=True)
    is_bulk = fields.Boolean(
        readonly=True, help="Goes after what answers somebody: campaigns, reminders."
    )
    is_alone = fields.Boolean(readonly=True)
    tries = fields.Integer(readonly=True)
    queued_at = fields.Datetime(readonly=True, default=fields.Datetime.now, required=True)
    sending_at = fields.Datetime(readonly=True)
    settled_at = fields.Datetime(readonly=True)
    next_try_at = fields.Datetime(readonly=True)
    sms_uuid = fields.Char(
        string="Odoo's id",
        readonly=True,
        index="btree_not_null",
        help="Of a message of Odoo's own.",
    )

    _ref_unique = models.Constraint("UNIQUE(ref)", "Two messages cannot share an id.")
    _sms_uuid_unique = models.UniqueIndex("(sms_uuid) WHERE sms_uuid IS NOT NULL")
    _gateway_ref_idx = models.Index("(gateway_id, gateway_ref) WHERE gateway_ref IS NOT NULL")
    _received_unique = models.UniqueIndex(
        "(gateway_id, gateway_ref) WHERE direction = 'in' AND gateway_ref IS NOT NULL"
    )
    _waiting_idx = models.Index(
        "(gateway_id, (is_bulk IS TRUE), id) WHERE state IN ('queued', 'sending', 'unknown')"
    )
    _month_idx = models.Index("(gateway_id, queued_at) WHERE direction = 'out'")

    # ------------------------------------------------------------
    # Into the outbox
    # ------------------------------------------------------------

    @api.model
    def _say(self, gateway, number, text, **vals):
        """Put a text into the outbox, frozen as it will be sent; wake the job.

        :param number: in E.164
        :param vals: further field values (`partner_id`, `conversation_id`, `is_bulk` ...)
        :raise UserError: the text is empty or has too many parts
        """
        words = tidy(text, accents=gateway.has_accents)
        taken = self._measured(words)
        message = self.create(
            {
                **vals,
                "gateway_id": gateway.id,
                "number": number,
                "text": words,
                "parts": taken.count,
                "alphabet": taken.alphabet,
            }
        )
        gateway._send_soon()
        return message

    @api.model
    def _measured(self, words):
        """Return the `Parts` of a tidy text.

        :raise UserError: it is empty or has too many
        """
        taken = measure(words)
        if not taken.count:
            raise UserError(self.env._("A text message needs a text."))
        if taken.count > MAX_PARTS:
            raise UserError(
                self.env._(
                    "This text would be sent as %(parts)s messages; at most %(most)s are. Shorten "
                    "it, or send a link.",
                    parts=taken.count,
                    most=MAX_PARTS,
                )
            )
        return taken

    def _values(self):
        """Return the values of this message for the gateway's template."""
        self.ensure_one()
        digits = self.number.lstrip("+")
        return {
            "number": self.number,
            "digits": digits,
            "national": digits.removeprefix("55"),
            "text": self.text or "",
            "ref": self.ref,
        }

    @api.model
    def _next_waiting(self, gateway):
        """Return the message of `gateway` that goes next, or none."""
        now = fields.Datetime.now()
        return self.search(
            [
                ("gateway_id", "=", gateway.id),
                ("direction", "=", "out"),
                ("state", "=", states.QUEUED),
                "|",
                ("next_try_at", "=", False),
                ("next_try_at", "<=", now),
            ],
            order="is_bulk, id",
            limit=1,
        )

    @api.model
    def _next_moment(self, gateway):
        """Return when the next message of `gateway` may go, None if none waits."""
        first = self.search(
            [
                ("gateway_id", "=", gateway.id),
                ("direction", "=", "out"),
                ("state", "=", states.QUEUED),
            ],
            order="next_try_at NULLS FIRST, id",
            limit=1,
        )
        return (first.next_try_at or fields.Datetime.now()) if first else None

    # ------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------

    @api.model
    def _of_report(self, gateway, report):
        """Return the message of ours that a `Report` is about, or none."""
        domain = [("gateway_id", "=", gateway.id), ("direction", "=", "out")]
        found = self.browse()
        if report.ref:
            found = self.search([*domain, ("ref", "=", report.ref)], limit=1)
        if not found and report.gateway_id:
            found = self.search([*domain, ("gateway_ref", "=", report.gateway_id)], limit=1)
        return found

    def _hear(self, report):
        """Apply what the gateway says of this message: a `Report` with a state."""
        self.ensure_one()
        values = {}
        if report.gateway_id and report.gateway_id != self.gateway_ref:
            values["gateway_ref"] = report.gateway_id
        state = states.after(self.state, report.state)
        if state != self.state:
            failed = state == states.FAILED
            values.update(
                state=state,
                settled_at=fields.Datetime.now(),
                detail=report.detail if failed else False,
                next_try_at=False,
            )
        if values:
            self.write(values)
        if "gateway_ref" in values:
            self.env["contact_center.sms.event"]._look_again(self.gateway_id, report.gateway_id)
        if "state" in values:
            self._tell()

    def _settle(self, state, detail):
        """Settle messages without news of the gateway's: a refusal, a day gone by."""
        if self:
            self.write(
                {
                    "state": state,
                    "detail": detail,
                    "settled_at": fields.Datetime.now(),
                    "next_try_at": False,
                }
            )
            self._tell()

    def _wait(self, detail, at_once=False):
        """Put messages back that certainly did not go out."""
        for message in self:
            pause = timedelta() if at_once else states.retry_after(message.tries)
            message.write(
                {
                    "state": states.QUEUED,
                    "detail": detail,
                    "next_try_at": fields.Datetime.now() + pause,
                }
            )

    def _no_answer(self, detail, gateway_id=""):
        """Handle messages that may have gone out: offered again only where that is safe."""
        for message in self:
            if gateway_id:
                message.gateway_ref = gateway_id
            gateway = message.gateway_id
            if gateway.is_idempotent and gateway._offers_left(message.tries):
                message._wait(detail)
            else:
                message._settle(states.UNKNOWN, detail)

    def _tell(self):
        """Tell the screens, and Odoo's own messages, how far these got."""
        self.mail_message_id._notify_delivery()
        for message in self.filtered("sms_uuid"):
            state = _OF_ODOO.get(message.state)
            if state:
                # sudo: sms.tracker - the system's news of a message
                tracker = self.env["sms.tracker"].sudo()
                found = tracker.search([("sms_uuid", "=", message.sms_uuid)])
                failure = "unknown" if state == "error" else False
                found._action_update_from_sms_state(
                    state, failure_type=failure, failure_reason=message.detail
                )

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def action_send_again(self):
        """Send messages again that failed, or of which nobody knows."""
        self._check_may_repair()
        # sudo: contact_center.sms.message - rows of the system, the right was checked
        again = self.sudo().filtered(lambda one: one.state in (states.FAILED, states.UNKNOWN))
        again.write(
            {
                "state": states.QUEUED,
                "tries": 0,
                "detail": False,
                "gateway_ref": False,
                "settled_at": False,
                "next_try_at": False,
                "queued_at": fields.Datetime.now(),
            }
        )
        again._tell()
        again.gateway_id._send_soon()
        return True

    def _ticks(self):
        """Return {mail.message id: {"state", "reason", "parts"}} for the agent's screen."""
        ticks = {}
        for message in self.sorted("id"):
            state = states.QUEUED if message.state in _UNSETTLED else message.state
            ticks[message.mail_message_id.id] = {
                "state": state,
                "reason": message.detail or "" if message.state == states.FAILED else "",
                "parts": [],
            }
        return ticks

    @api.model
    def _mobile(self, text):
        """Return the mobile number that a text holds, in E.164.

        :raise UserError: it holds none, with the reason
        """
        try:
            found = phones.read(text or "", self.env["res.partner"]._area_code()).numbers
        except phones.NotAPhone as error:
            raise UserError(self.env["res.partner"]._why_no_phone(error)) from error
        mobiles = [number for number in found if phones.is_mobile(number)]
        if not mobiles:
            raise UserError(self.env._("%s is not a mobile: it takes no text messages.", found[0]))
        return mobiles[0]
