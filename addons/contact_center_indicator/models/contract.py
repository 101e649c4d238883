# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..measure import GRACE_DAYS, first_judged_day


class Contract(models.Model):
    """The contract by which the contact center is measured and paid.

    Both parties decide on it. Afterwards it is archived at most: what changes comes as services,
    readings, goals and invoices of their own, each with its date. For the first days after its
    start figures are kept but not fined (its grace).
    """

    _name = "contact_center.contract"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Contract of the Contact Center"
    _rec_name = "name"
    _rec_names_search = ["name", "number"]

    name = fields.Char(required=True)
    number = fields.Char(required=True, help="Under which the city keeps it.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    supplier = fields.Char(string="Contractor", required=True)
    supplier_registry = fields.Char(string="CNPJ of the contractor")
    start = fields.Date(string="First day", help="From which the grace is counted.")
    end = fields.Date(string="Last day", copy=False)
    document = fields.Char(help="The contract itself: its number and date of publication.")
    grace_days = fields.Integer(
        string="Days of grace", required=True, default=GRACE_DAYS, aggregator=None
    )
    until = fields.Date(
        string="First day that counts",
        compute="_compute_until",
        help="The days before it are not fined.",
    )
    active = fields.Boolean(default=True)
    operation_ids = fields.Many2many(
        "contact_center.operation",
        "contact_center_contract_operation_rel",
        "contract_id",
        "operation_id",
        string="Operations",
        help="Whose agents' entries and exits make the turnover; empty: all of them.",
    )
    service_ids = fields.One2many(
        "contact_center.contract.service", "contract_id", string="Services", readonly=True
    )
    equipment_ids = fields.One2many(
        "contact_center.contract.equipment", "contract_id", readonly=True
    )
    invoice_ids = fields.One2many(
        "contact_center.contract.invoice", "contract_id", string="Invoices", readonly=True
    )

    _number_unique = models.UniqueIndex(
        "(number, company_id) WHERE state = 'approved'", "This contract is there already."
    )
    _end_after_start = models.Constraint(
        'CHECK("end" IS NULL OR "end" >= start)', "A contract cannot end before it begins."
    )
    _grace_positive = models.Constraint("CHECK(grace_days >= 0)", "Days cannot be negative.")

    @api.depends("name", "number")
    def _compute_display_name(self):
        for contract in self:
            # While it is being entered, one of them is still missing
            contract.display_name = " · ".join(filter(None, (contract.name, contract.number)))

    @api.depends("start", "grace_days")
    def _compute_until(self):
        for contract in self:
            contract.until = contract.start and first_judged_day(
                contract.start, contract.grace_days
            )

    def write(self, vals):
        """Let an approved contract be archived, and nothing else of it be changed."""
        if vals.keys() == {"active"}:
            self.check_access("write")
            return self._settle(**vals)
        return super().write(vals)

    def _check_may_begin(self):
        """Let it begin at any time: it changes no figure."""

    # ------------------------------------------------------------
    # Read by others
    # ------------------------------------------------------------

    @api.model
    def _on(self, day):
        """Return the contract in force on a day (sudo): the approved one that began last."""
        # sudo: contact_center.contract - dates of the contract are no secret
        return (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("state", "=", "approved"),
                    ("start", "<=", day),
                    "|",
                    ("end", "=", False),
                    ("end", ">=", day),
                ],
                order="start desc, id desc",
                limit=1,
            )
        )

    @api.model
    def _of_today(self):
        """Return today's contract if the user may read it: a default of forms."""
        contract = self.browse(self._on(self.env["contact_center.indicator.source"]._today()).id)
        return contract if contract and contract.has_access("read") else self.browse()

    @api.model
    def _graces(self, last):
        """Return whose first days are not fined, as far as they had begun by a day.

        :return: (start of the contract, its days of grace) or None, and
            {queue id: [(start, days of grace)]} of services and adjustments
        """
        contract = self._on(last)
        services = self.env["contact_center.contract.service"]._graces(last)
        return (contract.start, contract.grace_days) if contract else None, services

    def _invoice_of(self, month):
        """Return the invoice of reference of a month: the newest row, empty if there is none.

        :param month: its first day
        """
        self.ensure_one()
        # sudo: contact_center.contract.invoice - of a contract that the caller read
        return self.sudo().invoice_ids.filtered(lambda one: one.month == month).sorted("id")[-1:]

    def action_add_invoice(self):
        """Open the dialog for the invoice of a month."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "approved":
            raise UserError(self.env._("Invoices belong to a contract that both parties approved."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoice of a month"),
            "res_model": "contact_center.contract.invoice",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }
