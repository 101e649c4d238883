# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import timezone
from zoneinfo import ZoneInfo, available_timezones

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import ormcache

from odoo.addons.contact_center.models.secret_field import Secret

from .. import rest
from ..rest.certificates import bundle_file, check_certificates
from ..rest.pace import PACES
from ..rest.sessions import POOL
from .glpi_words import explain, right_place, right_words

# A user who may not read the tokens may not decide where they are sent, or who can read them on the
# way.
_TOKEN_DESTINATIONS = frozenset({"url", "verify_tls", "ca_certificates", "proxy", "dialect"})
# Changing one of these ends open sessions.
_SESSION_FIELDS = frozenset(
    {"url", "dialect", "app_token", "user_token", "client_id", "client_secret", "username"}
    | {"password", "profile_id", "entity_id", "active"}
)


class GlpiServer(models.Model):
    """The connection to a GLPI: credentials, route, profile, entity, test's results."""

    _inherit = "glpi.server"

    dialect = fields.Selection(
        [
            ("auto", "Find out"),
            ("legacy", "REST API (apirest.php, GLPI 9.5 or later)"),
            ("hlapi", "High-level API (GLPI 11, OAuth2)"),
        ],
        string="API",
        required=True,
        default="auto",
        help="“Find out” takes the high-level API when an OAuth client is entered below and the "
        "server has that API, else the REST API, which GLPI 11 still has.",
    )
    dialect_found = fields.Selection(
        [("legacy", "REST API"), ("hlapi", "High-level API")],
        string="API in use",
        readonly=True,
        copy=False,
    )
    app_token = Secret(string="App-Token")
    user_token = Secret(string="User token")
    client_id = fields.Char(string="OAuth client ID", groups="base.group_system", copy=False)
    client_secret = Secret(string="OAuth client secret")
    username = fields.Char(string="GLPI user", groups="base.group_system", copy=False)
    password = Secret()
    verify_tls = fields.Boolean(
        string="Check TLS certificate",
        default=True,
        help="Rather upload your own authority's certificates than switch this off.",
    )
    ca_certificates = fields.Binary(
        string="Own CA certificates",
        attachment=True,
        help="A PEM file with the certificates of your own authority, beside the public ones.",
    )
    ca_filename = fields.Char()
    # Its address may hold a user and a password
    proxy = Secret(
        help="e.g. http://proxy.example.org:3128. Empty: as the server's own environment says."
    )
    connect_timeout = fields.Integer(
        string="Connect within (seconds)", default=5, help="How long to wait for a connection."
    )
    read_timeout = fields.Integer(
        string="Time limit (seconds)", default=15, help="How long to wait for each answer."
    )
    rate = fields.Float(
        string="Requests per second",
        default=10.0,
        help="No more than this from each Odoo process. 0: as fast as GLPI answers.",
    )
    time_zone = fields.Selection(
        selection=lambda self: [(zone, zone) for zone in self._time_zones()],
        help="Of the times that GLPI tells. Empty: found out from its answers.",
    )
    clock_words = fields.Char(string="Clock of GLPI", readonly=True, copy=False)
    profile_id = fields.Many2one(
        "glpi.profile",
        domain="[('server_id', '=', id)]",
        copy=False,
        help="Empty: the default profile of the API user.",
    )
    entity_id = fields.Many2one(
        "glpi.entity",
        domain="[('server_id', '=', id)]",
        copy=False,
        help="Where tickets are opened. Empty: the default entity of the API user.",
    )
    other_entity = fields.Boolean(compute="_compute_entity", store=True, readonly=False)
    glpi_entity_id = fields.Integer(
        string="Entity (GLPI id)", compute="_compute_entity", store=True, readonly=False
    )
    request_type_id = fields.Many2one(
        "glpi.request.type",
        string="Request source",
        domain="[('server_id', '=', id)]",
        copy=False,
        help="Empty: GLPI's default request source.",
    )
    glpi_request_type_id = fields.Integer(
        string="Request source (GLPI id)",
        compute="_compute_request_type",
        store=True,
        readonly=False,
    )

    characters = fields.Selection(
        [
            ("unknown", "Not yet known"),
            ("all", "All, emojis included"),
            ("narrow", "Without emojis (old MySQL “utf8”)"),
        ],
        string="Characters it stores",
        required=True,
        default="unknown",
        copy=False,
        help="Found out by the first text with an emoji. Set it back to “Not yet known” after "
        "GLPI's database was converted to utf8mb4.",
    )

    def _note_characters(self, width):
        """Store which characters GLPI's database accepts."""
        self.characters = width

    @api.model
    @ormcache()
    def _time_zones(self):
        return sorted(available_timezones())

    @api.depends("entity_id")
    def _compute_entity(self):
        for server in self:
            server.other_entity = bool(server.entity_id)
            server.glpi_entity_id = server.entity_id.glpi_id

    @api.depends("request_type_id")
    def _compute_request_type(self):
        for server in self:
            server.glpi_request_type_id = server.request_type_id.glpi_id

    # Not a CHECK constraint: PostgreSQL's error, which is logged, would contain the row's tokens.
    @api.constrains("read_timeout", "connect_timeout", "rate")
    def _check_limits(self):
        for server in self:
            if not (1 <= server.read_timeout <= 120 and 1 <= server.connect_timeout <= 120):
                raise ValidationError(self.env._("The time limit is between 1 and 120 seconds."))
            if server.rate < 0:
                raise ValidationError(self.env._("Requests per second cannot be less than 0."))

    @api.constrains("ca_certificates")
    def _check_certificates(self):
        for server in self.filtered("ca_certificates"):
            try:
                check_certificates(server._ca_pem())
            except rest.GlpiAuth as error:
                raise ValidationError(explain(self.env, error)) from error

    @api.constrains("proxy")
    def _check_proxy(self):
        # sudo: glpi.server - the proxy may contain a password; its group restricts who sets it
        for server in self.sudo().filtered("proxy"):
            if not rest.is_proxy(server.proxy):
                raise ValidationError(explain(self.env, rest.GlpiAuth("proxy_format")))

    def write(self, vals):
        """Let only who may read or re-enter the tokens change where they are sent."""
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            # sudo: glpi.server - existence of tokens only
            for server in self.sudo().filtered(lambda server: server._has_secrets()):
                changed = [n for n in _TOKEN_DESTINATIONS & vals.keys() if vals[n] != server[n]]
                if changed and not self._entered_anew(vals):
                    raise AccessError(
                        self.env._(
                            "The tokens would be sent elsewhere: enter them anew together with the "
                            "address. Only the system administrator may change it alone."
                        )
                    )
                if changed:
                    server._forget_secrets()
        result = super().write(vals)
        if _SESSION_FIELDS & vals.keys():
            self._end_sessions()
        if not vals.get("copy_users", True):
            self._forget_users()
        return result

    def unlink(self):
        """First close open sessions there."""
        self._end_sessions()
        return super().unlink()

    def _has_secrets(self):
        return any((self.app_token, self.user_token, self.client_secret, self.password))

    def _end_sessions(self):
        """Close this process's sessions; those of other processes end by themselves."""
        keys = {self._session_key(server) for server in self}
        POOL.close(lambda key: key[0] in keys)

    def _session_key(self, server):
        return (self.env.cr.dbname, server.id)

    def _ca_pem(self):
        """Return the uploaded certificates as bytes."""
        return base64.b64decode(self.with_context(bin_size=False).ca_certificates or b"")

    # ------------------------------------------------------------ speaking
    def _client(self):
        """Return a rest.GlpiClient for this server, for use in a `with`.

        Raises rest.GlpiAuth if URL or credentials are missing or invalid.
        """
        self.ensure_one()
        # sudo: glpi.server - the secrets are read by the system only and never leave the client
        server = self.sudo()
        if not server.url:
            raise rest.GlpiAuth("url_format")
        return rest.connect(
            server._dialect(),
            server.url,
            server.app_token,
            server.user_token,
            credentials=rest.Credentials(
                server.client_id or "",
                server.client_secret or "",
                server.username or "",
                server.password or "",
            ),
            profile_id=server.profile_id.glpi_id if server.profile_id else None,
            entity_id=server.entity_id.glpi_id if server.entity_id else None,
            zone=ZoneInfo(server.time_zone) if server.time_zone else None,
            pool=POOL,
            pool_key=self._session_key(server),
            width=rest.Width(server.characters, server._note_characters),
            **server._wire_options(),
        )

    def _dialect(self):
        """Return the dialect: the chosen one, otherwise that found by the last test."""
        if self.dialect != "auto":
            return self.dialect
        return self.dialect_found or "legacy"

    def _wire_options(self):
        """Return options for rest.wire.Wire (self in sudo: the proxy may contain a password)."""
        verify = self.verify_tls
        if verify and self.ca_certificates:
            verify = bundle_file(self._ca_pem())
        return {
            "verify": verify,
            "timeout": (self.connect_timeout, self.read_timeout),
            "proxy": self.proxy or "",
            "pace": PACES.of(self._session_key(self), self.rate),
        }

    # ------------------------------------------------------------ the test
    def action_test(self):
        """Log in, check the rights, and explain what is wrong."""
        self.ensure_one()
        self.check_access("write")
        # sudo: glpi.server - the results are internal bookkeeping
        server = self.sudo()
        try:
            server._find_dialect()
            with self._client() as client:
                info = client.test()
                clock = self._clock_of(client)
        except rest.GlpiError as error:
            self._note_error(error)
            return self._notify("danger", self.env._("Not connected"), explain(self.env, error))
        missing = "; ".join(
            f"{right_words(self.env, right)} ({right_place(self.env, right)})"
            for right in info.missing_rights
        )
        words = missing and self.env._(
            "The profile of the API user lacks these rights in GLPI: %s.", missing
        )
        server._note_scope(info.scope)
        server.write(
            {
                "state": "error" if missing else "ok",
                "last_error": words or False,
                "last_ok_at": fields.Datetime.now(),
                "version": info.version,
                "profile": info.profile,
                "clock_words": self._clock_words(clock),
            }
        )
        if missing:
            return self._notify("warning", self.env._("Connected, but rights are missing"), words)
        self.env["contact_center.outages"]._ended("integration", server)
        self._wake_tickets()
        return self._notify(
            "success", self.env._("Connected"), self.env._("GLPI %s answers.", info.version or "")
        )

    @staticmethod
    def _clock_of(client):
        """Return GLPI's clock, empty if no ticket is visible: the test reports missing rights."""
        try:
            return client.server_clock()
        except rest.GlpiRefused:
            return rest.interface.ServerClock()

    def _find_dialect(self):
        """Choose the API if the administrator leaves it to us."""
        if self.dialect != "auto" or not self.url:
            return
        found = "legacy"
        if self.client_id and rest.high_level_versions(self.url, **self._wire_options()):
            found = "hlapi"
        elif (
            self.client_id
            and self.dialect_found == "hlapi"
            and rest.speaks_high_level(self.url, **self._wire_options()) is None
        ):
            return  # no answer now: the earlier result still applies
        if self.dialect_found != found:
            self.dialect_found = found
            self._end_sessions()

    def _note_scope(self, scope):
        """Store the profiles and entities that can be chosen."""
        self.env["glpi.profile"]._sync(self, map(rest.choice_item, scope.profiles))
        if scope.entities:
            self.env["glpi.entity"]._sync(self, map(rest.choice_item, scope.entities))

    def _clock_words(self, clock):
        """Return the test's result about GLPI's clock: its offset from UTC, and its error."""
        words = []
        if clock.utc_offset_seconds is not None:
            sign = "-" if clock.utc_offset_seconds < 0 else "+"
            hours, minutes = divmod(abs(clock.utc_offset_seconds) // 60, 60)
            words.append(f"UTC{sign}{hours:02}:{minutes:02}")
        if clock.now:
            now = fields.Datetime.now().replace(tzinfo=timezone.utc)
            ahead = round((clock.now - now).total_seconds())
            if abs(ahead) >= 60:
                words.append(
                    self.env._("%s minutes ahead of ours", ahead // 60)
                    if ahead > 0
                    else self.env._("%s minutes behind ours", -ahead // 60)
                )
        return ", ".join(words) or False
