# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class PrivacyConsent(models.Model):
    """A citizen's view of a version of the notice, and their answer: append-only."""

    _name = "contact_center.privacy.consent"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Privacy Consent"
    _access_content = frozenset({"partner_id"})
    _access_subject = "partner_id"
    _order = "id desc"
    _rec_name = "kind"

    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, readonly=True, ondelete="restrict"
    )
    notice_id = fields.Many2one(
        "contact_center.privacy.notice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    version = fields.Integer(related="notice_id.version")
    kind = fields.Selection(
        [
            ("shown", "Notice shown"),
            ("asked", "Asked for consent"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    message_id = fields.Many2one(
        "mail.message",
        string="By which message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The message that showed the notice, or that answered it.",
    )

    _partner_notice_idx = models.Index("(partner_id, notice_id, id)")

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Consents are never changed: a new answer is a new record."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Consents are never deleted: they prove that the citizen was informed.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    @api.model
    def _latest(self, partner, notice):
        """Return the kind of the citizen's latest record for this version, or False."""
        # sudo: contact_center.privacy.consent - looked up for the citizen's message
        found = self.sudo().search_fetch(
            [("partner_id", "=", partner.id), ("notice_id", "=", notice.id)], ["kind"], limit=1
        )
        return found.kind

    @api.model
    def _note(self, kind, notice, conversation, message=None):
        """Append a record for the citizen of `conversation`."""
        # sudo: contact_center.privacy.consent - the ledger is written by the system only
        return self.sudo().create(
            {
                "partner_id": conversation.partner_id.id,
                "notice_id": notice.id,
                "kind": kind,
                "conversation_id": conversation.id,
                "message_id": message.id if message else False,
            }
        )
