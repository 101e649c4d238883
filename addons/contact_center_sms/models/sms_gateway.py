# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import LazyTranslate

from odoo.addons.contact_center.models.secret_field import Secret

from ..gateway import exchange
from ..gateway.exchange import ReportPaths, TemplateError

_lt = LazyTranslate(__name__)

ITEM = """{
  "to": "{digits}",
  "text": "{text}",
  "external_id": "{ref}",
  "from": "{sender}"
}"""
ENVELOPE = '{"messages": ["{messages}"]}'
WORDS = """accepted = aceita
queued = aceita
sent = aceita
delivered = entregue
delivrd = entregue
undelivered = falhou
undeliv = falhou
expired = falhou
rejected = falhou
rejectd = falhou
failed = falhou
error = falhou
blocked = falhou
invalid = falhou"""
_WRONG = {
    "json": _lt("“%(field)s” is not JSON: %(detail)s."),
    "name": _lt(
        "“%(field)s”: look at {%(detail)s}. A message may name {number}, {digits}, {national}, "
        "{text}, {sender} and must name {ref}; a request {sender} and {messages}."
    ),
    "items": _lt('“%(field)s” must hold the text "%(detail)s" once, where the messages belong.'),
    "path": _lt("“%(field)s”: “%(detail)s” is not a path (JMESPath), such as dados.mensagens."),
    "word": _lt(
        "“%(field)s”: write lines such as “DELIVRD = entregue” (aceita, entregue or falhou), not "
        "“%(detail)s”."
    ),
}
_PATHS = (
    *("answer_items", "answer_ref", "answer_gateway_id", "answer_word", "answer_detail"),
    *("receipt_items", "receipt_ref", "receipt_gateway_id", "receipt_word", "receipt_detail"),
    *("said_items", "said_number", "said_text", "said_gateway_id"),
)


class SmsGateway(models.Model):
    """A company that takes the city's text messages to the operators.

    It is reached by HTTP and JSON.     What it is sent and what it says is described by templates
    and paths (`gateway/exchange.py`), so that a city changes its gateway by a form. How it is
    asked: sms_gateway_sending.py; what it tells by itself: sms_gateway_hearing.py; what it bills:
    sms_gateway_meter.py.
    """

    _name = "contact_center.sms.gateway"
    _description = "Contact Center SMS Gateway"
    _inherit = ["mail.thread", "contact_center.background.work"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="City hall", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("draft", "Not in use"), ("ok", "In use"), ("paused", "Paused")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    last_error = fields.Char(readonly=True, copy=False)

    url = fields.Char(
        string="Address",
        required=True,
        help="As the gateway's manual says. Its host must be listed in the settings, among the web "
        "services that may be asked.",
    )
    header_name = fields.Char(string="Header of the key", default="Authorization")
    header_value = Secret(string="Key", help="As it is sent: with “Bearer ” if that belongs to it.")
    seconds = fields.Integer(string="Answer within (seconds)", default=20, required=True)
    sender = fields.Char(help="What the telephone shows, or the short number: as contracted.")
    item = fields.Text(string="A message", default=ITEM, required=True)
    envelope = fields.Text(
        string="A request", default=ENVELOPE, help="Empty if a request is one message."
    )
    batch_size = fields.Integer(string="Messages in a request", default=100, required=True)
    per_second = fields.Integer(string="Messages per second", default=20, required=True)
    is_idempotent = fields.Boolean(
        string="Ignores what it has already",
        help="The gateway recognises our id of a message and never sends it twice. Then a message "
        "without answer is offered again; otherwise only a person does that.",
    )
    has_accents = fields.Boolean(
        string="Send accents",
        help="With “á”, “ã” or “ç” a part has 70 characters in place of 160, and is billed alike.",
    )

    answer_items = fields.Char(string="List in the answer", default="messages")
    answer_ref = fields.Char(string="Our id in the answer", default="external_id")
    answer_gateway_id = fields.Char(string="Their id in the answer", default="id")
    answer_word = fields.Char(string="State in the answer", default="status")
    answer_detail = fields.Char(string="Reason in the answer", default="error")
    receipt_items = fields.Char(string="List in a receipt")
    receipt_ref = fields.Char(string="Our id in a receipt", default="external_id")
    receipt_gateway_id = fields.Char(string="Their id in a receipt", default="id")
    receipt_word = fields.Char(string="State in a receipt", default="status")
    receipt_detail = fields.Char(string="Reason in a receipt", default="error")
    said_items = fields.Char(string="List of replies")
    said_number = fields.Char(string="Who replied", default="from")
    said_text = fields.Char(string="What they wrote", default="text")
    said_gateway_id = fields.Char(string="Id of a reply", default="id")
    words = fields.Text(string="The gateway's words", default=WORDS, required=True)

    token = fields.Char(
        string="Token of our address",
        default=lambda self: secrets.token_urlsafe(24),
        groups="base.group_system",
        copy=False,
        readonly=True,
    )
    receipt_url = fields.Char(
        string="Address for receipts", compute="_compute_urls", groups="base.group_system"
    )
    said_url = fields.Char(
        string="Address for replies", compute="_compute_urls", groups="base.group_system"
    )
    queue_id = fields.Many2one(
        "contact_center.queue", string="Queue of replies", check_company=True
    )
    flow_id = fields.Many2one("chatbot.flow", string="Flow of replies")
    monthly_limit = fields.Integer(
        string="Contracted parts a month", default=30000, help="0: no limit is watched."
    )
    warn_percent = fields.Integer(string="Warn from (%)", default=80, required=True)
    warned_month = fields.Char(readonly=True, copy=False)

    _token_unique = models.Constraint("UNIQUE(token)", "Two gateways cannot share a token.")
    _sizes = models.Constraint(
        "CHECK(batch_size BETWEEN 1 AND 1000 AND per_second BETWEEN 1 AND 1000"
        " AND seconds BETWEEN 1 AND 60 AND monthly_limit >= 0"
        " AND warn_percent BETWEEN 1 AND 100)",
        "A request has 1 to 1000 messages, a second 1 to 1000; an answer is waited for 1 to 60 "
        "seconds; the warning comes from 1 to 100 %.",
    )

    @api.depends("token")
    def _compute_urls(self):
        for gateway in self:
            base = f"{gateway.get_base_url()}/contact_center/sms/{gateway.token}"
            gateway.receipt_url = f"{base}/receipt"
            gateway.said_url = f"{base}/reply"

    def write(self, vals):
        """Never send the key to a host that a system administrator did not intend."""
        if "url" in vals and not self.env.su and not self.env.user.has_group("base.group_system"):
            target = urlsplit(vals["url"] or "")
            for gateway in self:
                present = urlsplit(gateway.url or "")
                # sudo: contact_center.sms.gateway - whether there is a key, not which
                moved = (present.scheme, present.netloc) != (target.scheme, target.netloc)
                if moved and gateway.sudo().header_value:
                    raise AccessError(
                        self.env._(
                            "“%s” has a key: only a system administrator may send it to another "
                            "host.",
                            gateway.name,
                        )
                    )
        return super().write(vals)

    @api.constrains("url")
    def _check_url(self):
        for gateway in self:
            parts = urlsplit(gateway.url or "")
            if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
                raise ValidationError(
                    self.env._("“%s” is not the address of a gateway.", gateway.url)
                )

    @api.constrains("item", "envelope", "batch_size", "words", *_PATHS)
    def _check_templates(self):
        for gateway in self:
            gateway._checked("item", exchange.check_item)
            envelope = gateway._checked("envelope", exchange.check_envelope)
            if envelope is None and gateway.batch_size > 1:
                raise ValidationError(
                    self.env._("Without “A request” only one message fits in a request.")
                )
            gateway._checked("words", exchange.read_words)
            for name in _PATHS:
                gateway._checked(name, exchange.check_path)

    def _checked(self, name, check):
        """Return what `check` reads in a field; ValidationError in words if it cannot."""
        try:
            return check(self[name] or "")
        except TemplateError as error:
            label = self._fields[name]._description_string(self.env)
            words = self.env._(_WRONG[error.code])
            raise ValidationError(words % {"field": label, "detail": error.detail}) from error

    def _paths(self, kind):
        """Return where the reports are: a `ReportPaths`.

        :param kind: "answer" or "receipt"
        """
        self.ensure_one()
        return ReportPaths(
            items=self[f"{kind}_items"] or "",
            ref=self[f"{kind}_ref"] or "",
            gateway_id=self[f"{kind}_gateway_id"] or "",
            word=self[f"{kind}_word"] or "",
            detail=self[f"{kind}_detail"] or "",
            words=exchange.read_words(self.words),
            # A gateway that took the request and says no more has taken the messages
            silent=exchange.SENT if kind == "answer" else "",
        )

    @api.model
    def _of_company(self, company):
        """Return the gateway in use of a city hall, or none."""
        # sudo: contact_center.sms.gateway - which one sends is no secret, its key is
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "!=", "draft")], limit=1
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_use(self):
        """Begin to send, or go on."""
        self.check_access("write")
        for gateway in self:
            gateway.write({"state": "ok", "last_error": False})
            gateway._send_soon()

    def action_pause(self):
        """Stop sending; what is said meanwhile waits."""
        self.check_access("write")
        self.write({"state": "paused", "last_error": False})

    def action_new_token(self):
        """Make a new address for receipts and replies; the old one is refused from now on."""
        self.check_access("write")
        for gateway in self:
            gateway.token = secrets.token_urlsafe(24)
