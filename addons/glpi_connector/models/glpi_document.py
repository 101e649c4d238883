# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import fields, models

from .. import rest
from ..rest import documents, pictures

_logger = logging.getLogger(__name__)

# How long to wait for a file from the channel before the ticket goes without it.
MAX_WAIT_HOURS = 24


class GlpiDocument(models.Model):
    """A file that goes with a ticket."""

    _name = "glpi.document"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "GLPI Document"
    _access_content = frozenset({"name"})
    _access_subject = "ticket_id.conversation_id"
    _order = "id"

    ticket_id = fields.Many2one("glpi.ticket", required=True, ondelete="cascade", index=True)
    outbox_id = fields.Many2one(
        "glpi.outbox",
        string="Followup",
        ondelete="cascade",
        index="btree_not_null",
        help="The followup with which it goes; empty: it belongs to the ticket itself.",
    )
    message_id = fields.Many2one(
        "mail.message", ondelete="set null", help="The message whose file this is."
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", ondelete="set null")
    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [
            ("pending", "Waiting"),
            ("sent", "In GLPI"),
            ("refused", "Not accepted"),
            ("failed", "Not sent"),
        ],
        default="pending",
        required=True,
        readonly=True,
    )
    maybe_sent = fields.Boolean(
        readonly=True, help="A try was made: look for the file in GLPI before another one."
    )
    tries = fields.Integer(readonly=True, aggregator=None)
    next_try_at = fields.Datetime(related="ticket_id.next_try_at", string="Next try")
    glpi_id = fields.Integer(string="Document (GLPI id)", readonly=True, aggregator=None)
    error = fields.Char(string="What went wrong", readonly=True)
    reported = fields.Boolean(readonly=True, help="Technicians in GLPI know that it is missing.")

    def _compute_name(self):
        for document in self:
            # sudo: ir.attachment - the name of a file of a ticket that the user may read
            document.name = document.sudo().attachment_id.name or self.env._("File on its way")

    def wait_seconds(self):
        """Return the seconds until checking again for files that have not arrived."""
        now = fields.Datetime.now()
        age = max((now - document.create_date).total_seconds() for document in self)
        return int(min(max(age, 5), 300))

    def _resolve(self):
        """Find the files of messages whose download has finished; one record per file.

        :return: the documents to push (self and those added)
        """
        self.ensure_one()
        if self.attachment_id or not self.message_id:
            return self
        # sudo: mail.message, ir.attachment - files of the ticket's own conversation
        files = self.sudo().message_id.attachment_ids.sorted("id")
        if not files:
            return self
        self.attachment_id = files[0]
        return self | self.create(
            [
                {
                    "ticket_id": self.ticket_id.id,
                    "outbox_id": self.outbox_id.id,
                    "attachment_id": extra.id,
                }
                for extra in files[1:]
            ]
        )

    def _is_late(self):
        """Return whether the file will never arrive."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), hours=MAX_WAIT_HOURS)
        return not self.message_id or self.create_date < limit

    def _push(self, client):
        """Send the file; refusals by GLPI are recorded, not raised.

        Raises rest.GlpiDown and rest.GlpiAuth.
        """
        self.ensure_one()
        # sudo: ir.attachment - file of a ticket that the system pushes
        attachment = self.sudo().attachment_id
        try:
            draft = self._draft(attachment)
            again = self.maybe_sent
            glpi_id = again and client.find_document(*self._place(draft))
            if not glpi_id:
                self.write({"maybe_sent": True, "tries": self.tries + 1})
                if again:
                    self._expect_doubles()
                self._commit()
                glpi_id = self._add(client, draft)
            self.write({"state": "sent", "glpi_id": glpi_id, "error": False})
        except rest.GlpiRefused as error:
            self.write({"state": "refused", "error": self.ticket_id.server_id._explain(error)})
        self._commit()

    def _add(self, client, draft):
        """Add the file, zipped if GLPI does not accept its type."""
        try:
            return client.add_document(*self._place(draft))
        except rest.GlpiRefused as error:
            if error.kind != "document_type" or draft.filename.endswith(".zip"):
                raise
        packed = self._zipped(draft)
        place = self._place(packed)
        return client.find_document(*place) or client.add_document(*place)

    def _place(self, draft):
        """Return the client's arguments: ticket, file, and its followup (or 0)."""
        return self.ticket_id.glpi_id, draft, self.outbox_id.glpi_id or 0

    def _zipped(self, draft):
        """Return the same file in a zip."""
        filename, mimetype, data = documents.zipped(draft.filename, draft.data)
        return rest.DocumentDraft(filename, mimetype, data, self._glpi_name(filename))

    def _draft(self, attachment):
        """Return the rest.DocumentDraft: a name and bytes that GLPI accepts.

        Raises GlpiRefused for a file that is too large.
        """
        plan = documents.plan(attachment.name, attachment.mimetype)
        data, filename, mimetype = attachment.raw or b"", plan.filename, attachment.mimetype
        limit = int(self.ticket_id.server_id.document_limit_mb * 1024 * 1024)
        if plan.convert:
            data, mimetype = self._as_png(data), "image/png"
        if len(data) > limit and (mimetype or "").startswith("image/"):
            try:
                data, mimetype = pictures.smaller(data, limit), "image/jpeg"
                filename = f"{filename.rpartition('.')[0]}.jpg"
            except pictures.PictureError as error:
                _logger.info("picture %s cannot be made smaller: %s", filename, error)
        if not data or len(data) > limit:
            raise rest.GlpiRefused("document_size" if data else "document_type")
        return rest.DocumentDraft(
            filename, mimetype or "application/octet-stream", data, self._glpi_name(filename)
        )

    @staticmethod
    def _as_png(data):
        """Return a picture (first frame) as PNG. Raises GlpiRefused if it is not a picture."""
        try:
            return pictures.to_png(data)
        except pictures.PictureError as error:
            raise rest.GlpiRefused("document_type") from error

    def _glpi_name(self, filename):
        """Return the name in GLPI's list; the number makes it findable after a lost response."""
        return f"{filename} ({self.ticket_id.protocol}-{self.id})"
