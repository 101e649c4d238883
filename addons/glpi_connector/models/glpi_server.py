# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import rest
from ..rest.wire import ENTRY, normalise_url
from .glpi_words import explain

_logger = logging.getLogger(__name__)


class GlpiServer(models.Model):
    """A GLPI in which tickets are opened, and how to reach it."""

    _name = "glpi.server"
    _inherit = ["contact_center.background.work"]
    _description = "GLPI Server"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Whose tickets go there. Empty: every company's.",
    )
    url = fields.Char(
        string="Address", help="Address of GLPI or of its API, e.g. https://glpi.example.org"
    )
    document_limit_mb = fields.Float(
        string="Largest file (MB)", default=2.0, help="GLPI's own limit for documents."
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language of tickets",
        required=True,
        default=lambda self: self._default_lang(),
    )
    state = fields.Selection(
        [("draft", "Not tested"), ("ok", "Connected"), ("down", "No answer"), ("error", "Error")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    last_error = fields.Text(readonly=True, copy=False)
    last_ok_at = fields.Datetime(string="Last success", readonly=True, copy=False)
    version = fields.Char(readonly=True, copy=False)
    profile = fields.Char(string="Profile in GLPI", readonly=True, copy=False)
    poll_mark = fields.Char(
        readonly=True, copy=False, help="GLPI's own time of the last change seen."
    )
    category_count = fields.Integer(compute="_compute_counts")
    location_count = fields.Integer(compute="_compute_counts")
    ticket_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts", string="Refused tickets")

    @api.model_create_multi
    def create(self, vals_list):
        """Create the circuit breakers too: two jobs that miss one would conflict."""
        servers = super().create(vals_list)
        for server in servers:
            self.env["glpi.breaker"]._of(server)
        return servers

    @api.model
    def _default_lang(self):
        """Return Brazilian Portuguese if installed: technicians in GLPI read it."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return "pt_BR" if "pt_BR" in installed else installed[0]

    @api.model
    def _first_of(self, company):
        """Return the first server that a company uses; for no company, the first of all."""
        domain = [("company_id", "in", [company.id, False])] if company else []
        return self.search(domain, limit=1)

    # Not a CHECK constraint: PostgreSQL's error, which is logged, would contain the row with its
    # tokens.
    @api.constrains("document_limit_mb")
    def _check_document_limit(self):
        for server in self:
            if server.document_limit_mb <= 0:
                raise ValidationError(self.env._("The largest file must be more than 0 MB."))

    @api.constrains("url")
    def _check_url(self):
        for server in self.filtered("url"):
            try:
                normalise_url(server.url)
            except rest.GlpiAuth as error:
                raise ValidationError(explain(self.env, error)) from error

    def _compute_counts(self):
        for server in self:
            # Return `ids` without those of unsaved servers.
            mine = [("server_id", "in", server.ids)]
            server.category_count = self.env["glpi.category"].search_count(mine)
            server.location_count = self.env["glpi.location"].search_count(mine)
            tickets = self.env["glpi.ticket"]
            server.ticket_count = tickets.search_count(mine)
            server.failed_count = tickets.search_count([*mine, ("state", "=", "failed")])

    # ------------------------------------------------------------ speaking
    def _explain(self, error):
        """Return `error` in words, in the language of this server's tickets."""
        return explain(self.with_context(lang=self.lang).env, error)

    def _base_url(self):
        """Return the URL of GLPI's pages, without the API path; "" if there is none."""
        return normalise_url(self.url).removesuffix(f"/{ENTRY}") if self.url else ""

    def _note_ok(self):
        """Record that GLPI works (written only if that is new)."""
        # sudo: glpi.server - the state is internal bookkeeping
        server = self.sudo()
        if server.state != "ok" or server.last_error:
            server.write({"state": "ok", "last_error": False, "last_ok_at": fields.Datetime.now()})
            self.env["contact_center.outages"]._ended("integration", server)

    def _note_error(self, error):
        """Record a connection error where the administrator sees it."""
        # sudo: glpi.server - the state is internal bookkeeping
        server = self.sudo()
        words = server._explain(error)
        state = "down" if isinstance(error, rest.GlpiDown) else "error"
        if (server.state, server.last_error) != (state, words):
            _logger.info("GLPI %s: %s", server.name, error)
            server.write({"state": state, "last_error": words})
            if server.last_ok_at:
                # One that has never answered is being set up.
                self.env["contact_center.outages"]._began("integration", server, words)

    def _note_refusal(self, error):
        """Record a refusal: GLPI answers, so only problems that affect everything are stored."""
        if error.kind == "right":
            self._note_error(error)
        else:
            self._note_ok()

    # ------------------------------------------------------------ buttons
    def action_push_failed(self):
        """Send again all tickets that GLPI refused."""
        self.ensure_one()
        self.check_access("write")
        tickets = self.env["glpi.ticket"].search(
            [("server_id", "=", self.id), ("state", "=", "failed")]
        )
        tickets.action_push()
        return self._notify(
            "info",
            self.env._("Tickets on their way"),
            self.env._("%s tickets are being sent again.", len(tickets)),
        )

    def action_open_tickets(self):
        """Show the tickets of this server."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("glpi_connector.ticket_action")
        return {**action, "domain": [("server_id", "=", self.id)], "context": {}}

    def _notify(self, kind, title, message):
        """Return a notification for the user, after which the form shows the new state."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                "sticky": kind in ("danger", "warning"),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
