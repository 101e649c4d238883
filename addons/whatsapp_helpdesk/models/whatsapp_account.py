# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
import threading
from urllib.parse import urlsplit

import requests

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.contact_center.models.secret_field import Secret

from ..cloud_api import errors, pacing
from ..cloud_api.client import DEFAULT_MEDIA_HOSTS, DEFAULT_URL, DEFAULT_VERSION, CloudApi

# Where the token goes: anyone who may change these could read it. Server administrators may set
# others for all numbers (a gateway, a simulator): system parameters of these names.
_DEFAULTS = {
    "api_url": ("whatsapp_helpdesk.api_url", DEFAULT_URL),
    "allowed_media_hosts": ("whatsapp_helpdesk.media_hosts", ",".join(DEFAULT_MEDIA_HOSTS)),
}
_TOKEN_DESTINATIONS = frozenset(_DEFAULTS)
# Parts of a connection test
_TESTED = frozenset({"access_token", "phone_number_id", *_TOKEN_DESTINATIONS})
_sessions = {}
_limiters = {}
_lock = threading.Lock()


def shared_session(origin):
    """Return the connections to one address, shared by the threads of this process."""
    with _lock:
        session = _sessions.get(origin)
        if session is None:
            session = _sessions[origin] = requests.Session()
            adapter = requests.adapters.HTTPAdapter(pool_connections=4, pool_maxsize=32)
            session.mount("https://", adapter)
            session.mount("http://", adapter)
        return session


class WhatsappAccount(models.Model):
    """A business number at Meta: how to reach it, what serves it, does it work."""

    _name = "whatsapp.account"
    _description = "WhatsApp Account"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        required=True,
        help="The company that serves citizens over this number.",
    )
    phone_number_id = fields.Char(
        string="Phone number ID", required=True, help="Meta's id of the number, not the number."
    )
    waba_id = fields.Char(string="WhatsApp Business Account ID")
    portfolio = fields.Char(
        compute="_compute_portfolio",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="People's ids are the same for all numbers of one business portfolio: give numbers "
        "of the same portfolio the same value.",
    )
    display_phone_number = fields.Char(string="Number", help="As citizens see it.")
    access_token = Secret()
    app_secret = Secret()
    verify_token = Secret()
    api_url = fields.Char(
        string="API address",
        required=True,
        default=lambda self: self._default_destination("api_url"),
    )
    api_version = fields.Char(string="API version", required=True, default=DEFAULT_VERSION)
    allowed_media_hosts = fields.Char(
        required=True,
        default=lambda self: self._default_destination("allowed_media_hosts"),
        help="Servers, besides the API's own, from which files may be fetched with the access "
        "token. Separated by commas.",
    )
    unknown_grace_seconds = fields.Integer(
        string="Wait before sending again (seconds)",
        default=60,
        required=True,
        help="When Meta did not answer in time nobody knows whether the message went out. It is "
        "sent again only after this time without news of it.",
    )
    messages_per_second = fields.Integer(
        default=int(pacing.NUMBER_RATE),
        required=True,
        help="Meta's limit for the number: 80 at first.",
    )
    event_retention_days = fields.Integer(
        string="Keep received data (days)",
        default=90,
        required=True,
        help="Raw data from Meta are deleted after this time; conversations are not.",
    )
    flow_id = fields.Many2one(
        "chatbot.flow", ondelete="restrict", check_company=True, help="The bot that answers."
    )
    queue_id = fields.Many2one(
        "contact_center.queue",
        ondelete="restrict",
        check_company=True,
        help="Where citizens wait for people.",
    )
    state = fields.Selection(
        [("ok", "Working"), ("paused", "Paused")], required=True, default="ok", readonly=True
    )
    state_code = fields.Char(readonly=True, copy=False)
    state_detail = fields.Char(readonly=True, copy=False)

    _phone_number_id_unique = models.Constraint(
        "UNIQUE(phone_number_id)", "There is already an account with this phone number ID."
    )

    @api.depends("waba_id")
    def _compute_portfolio(self):
        for account in self:
            account.portfolio = account.portfolio or account.waba_id or "default"

    @api.constrains("phone_number_id", "waba_id", "api_version")
    def _check_ids(self):
        for account in self:
            if not re.fullmatch(r"[A-Za-z0-9_-]+", account.phone_number_id or ""):
                raise ValidationError(
                    self.env._(
                        "The phone number ID is Meta's id of the number, without blanks or signs."
                    )
                )
            if account.waba_id and not re.fullmatch(r"[A-Za-z0-9_-]+", account.waba_id):
                raise ValidationError(
                    self.env._("The WhatsApp Business Account ID has no blanks or signs.")
                )
            if not re.fullmatch(r"v\d{1,3}\.\d{1,2}", account.api_version or ""):
                raise ValidationError(self.env._("The API version looks like v25.0."))

    # Not by CHECK: PostgreSQL's complaint, which is logged, holds the whole row with its secrets.
    @api.constrains("unknown_grace_seconds", "messages_per_second", "event_retention_days")
    def _check_limits(self):
        for account in self:
            if account.unknown_grace_seconds < 10:
                raise ValidationError(
                    self.env._(
                        "Wait at least 10 seconds before sending again: the first attempt may "
                        "still arrive."
                    )
                )
            if account.messages_per_second <= 0:
                raise ValidationError(
                    self.env._("The number of messages per second must be positive.")
                )
            if account.event_retention_days < 7:
                raise ValidationError(
                    self.env._(
                        "Meta repeats deliveries for 7 days: received data are needed at least "
                        "as long."
                    )
                )

    @api.constrains("api_url")
    def _check_api_url(self):
        for account in self:
            try:
                parts = urlsplit(account.api_url or "")
                valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
            except ValueError:
                valid = False
            if not valid or parts.username or parts.query or parts.fragment:
                raise ValidationError(
                    self.env._("The API address looks like https://graph.facebook.com")
                )

    # ------------------------------------------------------------
    # Writing: secrets, caches
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create, and forget what was kept in memory."""
        for vals in vals_list:
            self._check_destinations(vals)
        vals_list = [self._trimmed(vals) for vals in vals_list]
        self.browse()._check_number_is_new(vals_list)
        accounts = super().create(vals_list)
        self.env.registry.clear_cache()
        return accounts

    def write(self, vals):
        """Write, and forget what was kept in memory."""
        self._check_destinations(vals)
        vals = self._trimmed(vals)
        if _TESTED & vals.keys():
            vals = {"tested_at": False, **vals}
        self._check_number_is_new([vals])
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Delete, and forget what was kept in memory."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _check_number_is_new(self, vals_list):
        """Refuse an id that another account has, before PostgreSQL does.

        Its complaint would be logged with the whole statement, secrets included.
        """
        numbers = [vals["phone_number_id"] for vals in vals_list if vals.get("phone_number_id")]
        # sudo: whatsapp.account - also those that the user may not see
        others = self.sudo().with_context(active_test=False)
        taken = [("phone_number_id", "in", numbers), ("id", "not in", self.ids)]
        twice = len(numbers) != len(set(numbers))
        if numbers and (twice or others.search_count(taken, limit=1)):
            raise ValidationError(
                self.env._("There is already an account with this phone number ID.")
            )

    @api.model
    def _default_destination(self, name):
        """Return where the token goes unless a number says otherwise."""
        parameter, usual = _DEFAULTS[name]
        # sudo: ir.config_parameter - addresses are no secret
        return self.env["ir.config_parameter"].sudo().get_param(parameter) or usual

    def _check_destinations(self, vals):
        """Let only users who may read the token say where it is sent."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        for name in _TOKEN_DESTINATIONS & vals.keys():
            known = {_DEFAULTS[name][1], self._default_destination(name), *self.mapped(name)}
            if vals[name] not in known:
                raise AccessError(
                    self.env._(
                        "Only the system administrator may change where the access token is sent."
                    )
                )

    @staticmethod
    def _trimmed(vals):
        """Return the values without the blanks that pasting ids brings along."""
        return {
            key: value.strip() if isinstance(value, str) and key != "name" else value
            for key, value in vals.items()
        }

    # ------------------------------------------------------------
    # Look-ups of the hot path, kept in memory
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _app_secrets(self):
        """Return the app secrets of the active accounts, to check signatures with."""
        # sudo: whatsapp.account - the webhook has no user; the secrets do not leave the server
        accounts = self.sudo().search([("app_secret", "!=", False)])
        return tuple(sorted(set(accounts.mapped("app_secret"))))

    @api.model
    @tools.ormcache()
    def _verify_tokens(self):
        """Return the verify tokens of the active accounts."""
        # sudo: whatsapp.account - as in _app_secrets
        accounts = self.sudo().search([("verify_token", "!=", False)])
        return tuple(sorted(set(accounts.mapped("verify_token"))))

    @api.model
    @tools.ormcache()
    def _ids_by_number(self):
        """Return {phone number id: id} of the active accounts."""
        # sudo: whatsapp.account - the webhook has no user
        return {account.phone_number_id: account.id for account in self.sudo().search([])}

    @tools.ormcache("self.id")
    def _connection(self):
        """Return how to reach the API: arguments of `cloud_api.client.CloudApi`."""
        # sudo: whatsapp.account - jobs need the token, whichever user caused them
        account = self.sudo()
        return {
            "phone_number_id": account.phone_number_id,
            "token": account.access_token or "",
            "api_url": account.api_url,
            "version": account.api_version,
            "media_hosts": tuple(account.allowed_media_hosts.split(",")),
        }

    def _api(self):
        """Return the API's client for this account.

        The connections are shared within the process; the client holds the token, so it must
        not be stored or shown.
        """
        self.ensure_one()
        connection = self._connection()
        return CloudApi(**connection, session=shared_session(connection["api_url"]))

    def _limiter(self):
        """Return the number's rate limiter of this process."""
        rate = float(self._rate())
        with _lock:
            key = (self.env.cr.dbname, self.id)
            limiter = _limiters.get(key)
            if limiter is None or limiter.rate != rate:
                limiter = _limiters[key] = pacing.RateLimiter(rate)
            return limiter

    @tools.ormcache("self.id")
    def _rate(self):
        """Return messages per second, from memory."""
        # sudo: whatsapp.account - jobs need it, whichever user caused them
        return self.sudo().messages_per_second

    def _reason(self, code, detail=""):
        """Return a code of Meta's, or of ours, in words of the user's language."""
        reason = self.env._(errors.info(code).reason)
        return f"{reason} ({detail})" if detail else reason
