# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class AlertContact(models.Model):
    """A contact about a watched subject: what alarms count.

    It also says whom to tell when it is mended.

    One row for each conversation and subject, written when the subject is first known; the district
    may become known later.
    """

    _name = "contact_center.alert.contact"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Contact about a Watched Subject"
    _access_content = frozenset({"conversation_id", "partner_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    subject_id = fields.Many2one(
        "contact_center.alert.subject", required=True, readonly=True, ondelete="cascade"
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    district = fields.Char(string="Key of the district", readonly=True)
    district_name = fields.Char(compute="_compute_district_name", string="District")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    how = fields.Selection(
        [("step", "Step of a flow"), ("words", "Words"), ("disposition", "Disposition")],
        string="Known by",
        readonly=True,
    )
    alarm_id = fields.Many2one(
        "contact_center.alert.alarm", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _once = models.Constraint(
        "UNIQUE(conversation_id, subject_id)", "A conversation is counted once for each subject."
    )
    _subject_idx = models.Index("(subject_id, at)")

    @api.depends("district")
    def _compute_district_name(self):
        districts = self.env["contact_center.district"]
        for contact in self:
            contact.district_name = contact.district and districts._alert_name(contact.district)

    @api.model
    def _of(self, conversation):
        """Return the contacts (sudo) of a conversation."""
        # sudo: contact_center.alert.contact - the system's own bookkeeping
        return self.sudo().search([("conversation_id", "=", conversation.id)])

    @api.model
    def _record(self, conversation, subjects, how, district=""):
        """Count a conversation for these subjects, once, and fill in a district that is new.

        :param conversation: contact_center.conversation (sudo)
        :param subjects: pairs of a subject's id and its company's id, or False for all companies
        :param how: by what they are known
        :param district: key, "" where it is not known
        """
        company = conversation.company_id
        wanted = {key for key, owner in subjects if not owner or not company or owner == company.id}
        found = self._of(conversation)
        if district:
            found.filtered(lambda one: not one.district).district = district
        missing = wanted - set(found.subject_id.ids)
        known = district or next((one.district for one in found if one.district), False)
        for subject_id in sorted(missing):
            self._add(conversation, subject_id, how, known)

    def _add(self, conversation, subject_id, how, district):
        """Write the row of a conversation and a subject.

        Of two transactions that find the subject at the same moment, an agent's and the citizen's,
        PostgreSQL refuses the second (serialization failure): it is run again, and finds the row.
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO contact_center_alert_contact (at, subject_id, conversation_id,"
                " partner_id, district, company_id, how, create_uid, write_uid, create_date,"
                " write_date) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                *(fields.Datetime.now(), subject_id, conversation.id, conversation.partner_id.id),
                *(district or None, conversation.company_id.id or None, how),
                *(self.env.uid, self.env.uid, self.env.cr.now(), self.env.cr.now()),
            ),
            # the refusal is expected: no error to log
            log_exceptions=False,
        )
        self.invalidate_model()
