# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class GlpiFollowup(models.Model):
    """A technician's contribution to a GLPI ticket: a followup, a solution or a file.

    Private ones are kept for agents and never sent to the citizen.
    """

    _name = "glpi.followup"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "GLPI Followup"
    _access_content = frozenset({"content", "attachment_ids"})
    _access_subject = "ticket_id.conversation_id"
    _order = "ticket_id, id"

    ticket_id = fields.Many2one("glpi.ticket", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [("followup", "Followup"), ("solution", "Solution"), ("document", "File")],
        required=True,
        readonly=True,
    )
    glpi_id = fields.Integer(string="Id in GLPI", required=True, readonly=True, aggregator=None)
    content = fields.Text(readonly=True, help="Plain text, or the name of a file.")
    author = fields.Char(readonly=True)
    private = fields.Boolean(readonly=True, help="Written for technicians only.")
    kept_back = fields.Selection(
        [
            ("requester", "The requester wrote it"),
            ("settled", "Refused solution"),
            ("unreadable", "Too large to be read"),
            ("hidden", "In an entity that is not to be seen"),
        ],
        string="Not for the citizen because",
        readonly=True,
    )
    gone = fields.Boolean(string="Deleted in GLPI", readonly=True)
    holder_glpi_id = fields.Integer(
        readonly=True, aggregator=None, help="Followup in GLPI that a file is attached to."
    )
    solution_glpi_id = fields.Integer(
        readonly=True, aggregator=None, help="Solution in GLPI that a file is attached to."
    )
    picture = fields.Boolean(readonly=True, help="Stands inside a text.")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", readonly=True)
    at = fields.Datetime(string="Written at", readonly=True)
    told = fields.Boolean(string="Citizen was told", readonly=True)

    _once = models.Constraint(
        "UNIQUE(ticket_id, kind, glpi_id)", "This followup of GLPI is already here."
    )

    def _for_citizen(self):
        """Return those that may be sent to the citizen: public, not deleted and not withheld."""
        return self.filtered(lambda one: not (one.private or one.kept_back or one.gone))

    def _holds(self, file):
        """Return whether `file`, an entry too, belongs to this followup or solution."""
        self.ensure_one()
        holder = {"followup": file.holder_glpi_id, "solution": file.solution_glpi_id}
        return bool(self.glpi_id) and holder.get(self.kind) == self.glpi_id

    def _keep_files(self, files):
        """Store `files` (rest.images.Picture) with this entry, replacing its old ones."""
        self.ensure_one()
        if not files:
            return
        # sudo: ir.attachment - created by the scheduled action
        self.attachment_ids = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": one.filename,
                        "mimetype": one.mimetype,
                        "raw": one.data,
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                    for one in files
                ]
            )
        )
