# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core.microseconds import from_us, now_us
from odoo.addons.contact_center.models.microseconds_field import Microseconds


class Loan(models.Model):
    """Ledger of agents who are, or were, lent: when and why, home again when and why.

    Append-only: a loan is begun (`_begin`) and ended once (`_end`); nothing else changes it, not
    even for the superuser. Loans are of agents, not of contacts, so they are no events of a
    conversation; see docs/decisions/loans.md.
    """

    _name = "contact_center.loan"
    _inherit = ["contact_center.machine.row"]
    _description = "Loan of an Agent"
    _order = "id desc"
    _rec_name = "user_id"

    rule_id = fields.Many2one(
        "contact_center.queue.loan", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="Agent", required=True, readonly=True, ondelete="restrict"
    )
    lender_id = fields.Many2one(
        "contact_center.queue",
        string="From the queue",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    borrower_names = fields.Char(
        string="To the queues", required=True, readonly=True, help="As they were called then."
    )
    since = fields.Datetime(required=True, readonly=True)
    since_us = Microseconds(string="Since (microseconds)", required=True, readonly=True)
    why = fields.Char(required=True, readonly=True)
    until = fields.Datetime(string="Home since", readonly=True)
    until_us = Microseconds(string="Home since (microseconds)", readonly=True)
    why_home = fields.Char(readonly=True)

    _one_open = models.UniqueIndex(
        "(user_id) WHERE until IS NULL", "An agent is lent by one rule at a time."
    )
    _home_after_lent = models.Constraint(
        "CHECK(until_us IS NULL OR until_us >= since_us)", "A loan cannot end before it begins."
    )
    _ended_whole = models.Constraint(
        "CHECK((until IS NULL) = (until_us IS NULL) AND (until IS NULL) = (why_home IS NULL))",
        "The end of a loan says when and why.",
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(
            self.env._("Loans of agents are never changed: they say who served where, and why.")
        )

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Loans of agents are never deleted: they say who served where, and why.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    @api.model
    def _begin(self, rule, user, why):
        """Lend an agent by a rule; return the loan.

        :param rule: contact_center.queue.loan
        :param user: res.users
        :param why: in words
        """
        at = now_us()
        # sudo: contact_center.loan - the ledger is written by the system only
        return self.sudo().create(
            {
                "rule_id": rule.id,
                "user_id": user.id,
                "lender_id": rule.lender_id.id,
                "borrower_names": ", ".join(rule.borrower_ids.mapped("name")),
                "since": from_us(at),
                "since_us": at,
                "why": why,
            }
        )

    @api.model
    def _open_of(self, user):
        """Return the loan of an agent who is lent now (sudo), or empty."""
        # sudo: contact_center.loan - internal look-up
        return self.sudo().search([("user_id", "=", user.id), ("until", "=", False)])

    def _end(self, why):
        """Note that these agents are home again; who was already stays as they are.

        :param why: in words
        """
        for loan in self.filtered(lambda loan: not loan.until):
            # If the clock was set back, a loan must not end before it began
            at = max(now_us(), loan.since_us)
            loan._write_once({"until": from_us(at), "until_us": at, "why_home": why})
        # Write this before the agent's next loan: the index allows one open loan per agent
        self.flush_recordset(["until"])

    def _write_once(self, vals):
        """Write past `write`, which lets nobody change a loan."""
        write = super().write
        return write(vals)
