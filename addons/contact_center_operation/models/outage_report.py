# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class OutageReport(models.Model):
    """Reports of things that stopped working or work again, in their order.

    Written in the transaction of the noticing job, so a row and nothing else: two jobs that notice
    the same at once never wait for each other, and neither fails because of it. A scheduled action
    makes `contact_center.outage` of them.
    """

    _name = "contact_center.outage.report"
    _inherit = ["contact_center.machine.row"]
    _description = "Outage Report"
    _order = "id"
    _rec_name = "subject"

    at = fields.Datetime(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    subject = fields.Char(required=True, readonly=True)
    reason = fields.Text(readonly=True)
    begins = fields.Boolean(readonly=True)
    processed = fields.Boolean(readonly=True)

    _waiting_idx = models.Index("(id) WHERE processed IS NOT TRUE")


class Outages(models.AbstractModel):
    """Keeps what is told, and has it worked through at once."""

    _inherit = "contact_center.outages"

    @api.model
    def _began(self, kind, what, reason="", at=None, name=""):
        self._report(kind, what, at, begins=True, reason=reason, name=name)
        return super()._began(kind, what, reason=reason, at=at, name=name)

    @api.model
    def _ended(self, kind, what, at=None):
        self._report(kind, what, at)
        return super()._ended(kind, what, at=at)

    @api.model
    def _report(self, kind, what, at, begins=False, reason="", name=""):
        """Write one report and wake the scheduled action."""
        is_record = isinstance(what, models.BaseModel)
        # sudo: contact_center.outage.report - the system's own notes, whichever user noticed
        self.env["contact_center.outage.report"].sudo().create(
            {
                "at": at or fields.Datetime.now(),
                "kind": kind,
                "key": f"{what._name},{what.id}" if is_record else what,
                # sudo: any - the name of a number or a server, whichever user found it out of order
                "subject": what.sudo().display_name if is_record else name or what,
                "reason": reason or False,
                "begins": begins,
            }
        )
        # sudo: ir.cron - to wake it
        self.env.ref("contact_center_operation.outage_cron").sudo()._trigger()
