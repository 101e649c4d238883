import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.modules import module

from .. import rest
from ..rest.wire import ENTRY, normalise_url
from .glpi_words import explain

_logger = logging.getLogger(__name__)


class GlpiServer(models.Model):
    """A GLPI in which tickets are opened, and how to reach it."""

    _name = "glpi.server"
    _description = "GLPI Server"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
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
    category_ids = fields.One2many("glpi.category", "server_id")
    location_ids = fields.One2many("glpi.location", "server_id")
    category_count = fields.Integer(compute="_compute_counts")
    location_count = fields.Integer(compute="_compute_counts")
    ticket_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts", string="Refused tickets")

    @api.model
    def _default_lang(self):
        """Brazilian Portuguese where it is installed: technicians in GLPI read it."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return "pt_BR" if "pt_BR" in installed else installed[0]

    # Not by CHECK: PostgreSQL's complaint, which is logged, holds the whole row with its tokens.
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
            # `ids` of a server that is not yet saved are none.
            mine = [("server_id", "in", server.ids)]
            server.category_count = self.env["glpi.category"].search_count(mine)
            server.location_count = self.env["glpi.location"].search_count(mine)
            tickets = self.env["glpi.ticket"]
            server.ticket_count = tickets.search_count(mine)
            server.failed_count = tickets.search_count([*mine, ("state", "=", "failed")])

    # ------------------------------------------------------------ speaking
    def _explain(self, error):
        """`error` in words, in the language of this server's tickets."""
        return explain(self.with_context(lang=self.lang).env, error)

    def _base_url(self):
        """Address of GLPI's pages, without the API's entry; "" without an address."""
        return normalise_url(self.url).removesuffix(f"/{ENTRY}") if self.url else ""

    def _note_ok(self):
        """Remember that GLPI works (written only when that is news)."""
        # sudo: glpi.server - the state is bookkeeping of the system
        server = self.sudo()
        if server.state != "ok" or server.last_error:
            server.write({"state": "ok", "last_error": False, "last_ok_at": fields.Datetime.now()})

    def _note_error(self, error):
        """Remember an error of the connection where the administrator sees it."""
        # sudo: glpi.server - the state is bookkeeping of the system
        server = self.sudo()
        words = server._explain(error)
        state = "down" if isinstance(error, rest.GlpiDown) else "error"
        if (server.state, server.last_error) != (state, words):
            _logger.info("GLPI %s: %s", server.name, error)
            server.write({"state": state, "last_error": words})

    def _note_refusal(self, error):
        """GLPI refused one thing: it answers, so only what concerns all is remembered."""
        if error.kind == "right":
            self._note_error(error)
        else:
            self._note_ok()

    @api.model
    def _checkpoint(self):
        """Commit what is known so far, so that nothing later can undo it (not inside a test)."""
        self.env.flush_all()
        if not module.current_test:
            # Jobs and the scheduled action only: what GLPI has done cannot be rolled back with us.
            self.env.cr.commit()  # pylint: disable=invalid-commit

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
        """A notification for the user, after which the form shows the new state."""
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
