# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [
    ("raised", "Alarm raised"),
    ("calmed", "Back to the ordinary"),
    ("raised_again", "Out of the ordinary again"),
    ("over", "Alarm ended by itself"),
    ("dismissed", "Alarm dismissed"),
    ("resolved", "Resolved"),
    ("notice_published", "Notice published"),
    ("notice_ended", "Notice ended"),
    ("send_started", "Sending started"),
    ("send_stopped", "Sending stopped"),
    ("send_resumed", "Sending resumed"),
    ("send_done", "Sending finished"),
    ("civil_started", "Civil-defence mode switched on"),
    ("civil_extended", "End moved"),
    ("civil_ended", "Civil-defence mode switched off"),
    ("flow_switched", "Entry flow switched"),
    ("flow_back", "Entry flow as before"),
    ("agents_added", "Agents put into the emergency queue"),
    ("agents_back", "Agents taken out of the emergency queue"),
    ("agents_kept", "Agents could not be taken out yet"),
    ("checked", "Checked in the drill"),
]


class AlertEntry(models.Model):
    """Who did what when, in alarms, notices, sendings and the civil-defence mode.

    Append-only: nobody changes or deletes an entry, not even the superuser.
    """

    _name = "contact_center.alert.entry"
    _inherit = ["contact_center.machine.row"]
    _description = "Record of an Alert"
    _order = "id desc"
    _rec_name = "kind"

    at = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    kind = fields.Selection(KINDS, string="What", required=True, readonly=True)
    detail = fields.Char(readonly=True)
    alarm_id = fields.Many2one(
        "contact_center.alert.alarm", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    notice_id = fields.Many2one(
        "contact_center.alert.notice", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    broadcast_id = fields.Many2one(
        "contact_center.alert.broadcast",
        string="Sending",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    run_id = fields.Many2one(
        "contact_center.civil.run", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("The record of alerts is never changed."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("The record of alerts is never deleted.")
        raise UserError(words)  # pylint: disable=no-raise-unlink


class AlertLogged(models.AbstractModel):
    """What has a record of who did what when."""

    _name = "contact_center.alert.logged"
    _description = "With a Record of Alerts"

    def _note(self, kind, detail="", **links):
        """Append an entry about this record.

        :param links: further records that it is about, by field of the entry
        """
        self.ensure_one()
        # sudo: contact_center.alert.entry - written by the system in the user's name
        entries = self.env["contact_center.alert.entry"].sudo()
        records = {self._entry_field: self, **links}
        ids = {name: record.id for name, record in records.items()}
        return entries.create(
            {"kind": kind, "detail": detail, "company_id": self.company_id.id, **ids}
        )
