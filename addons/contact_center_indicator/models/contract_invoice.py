# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ContractInvoice(models.Model):
    """What was invoiced for a month: penalties are percentages of it.

    A correction is another row; the newest of a month counts, and the earlier ones stay to be seen.
    """

    _name = "contact_center.contract.invoice"
    _description = "Invoice of a Month"
    _order = "month desc, id desc"
    _rec_name = "document"

    contract_id = fields.Many2one(
        "contact_center.contract",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "approved")],
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    month = fields.Date(required=True, help="Its first day.")
    amount = fields.Float(required=True, digits=(16, 2))
    document = fields.Char(string="Number of the invoice", required=True)
    reason = fields.Char(help="Why it was corrected.")

    _amount_positive = models.Constraint("CHECK(amount > 0)", "An invoice is above zero.")

    @api.constrains("month")
    def _check_month(self):
        if any(invoice.month.day != 1 for invoice in self):
            raise ValidationError(self.env._("A month is given by its first day."))

    @api.constrains("contract_id")
    def _check_contract(self):
        if any(invoice.contract_id.state != "approved" for invoice in self):
            raise ValidationError(
                self.env._("Invoices belong to a contract that both parties approved.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for a reason where the month has an invoice already."""
        made = super().create(vals_list)
        for invoice in made:
            earlier = invoice.contract_id.invoice_ids.filtered(
                lambda one, new=invoice: one.month == new.month and one.id < new.id
            )
            if earlier and not (invoice.reason or "").strip():
                raise UserError(
                    self.env._("This month has an invoice already: say why it is corrected.")
                )
        return made

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("An invoice is not changed: add the corrected one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An invoice is not changed: add the corrected one."))
