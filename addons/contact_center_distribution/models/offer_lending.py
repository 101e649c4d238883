# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import asdict, replace

from odoo import api, models

from .. import routing
from ..routing import model as core

_LOANS = """
SELECT loan.rule_id, loan.user_id, loan.lender_id, loan.since_us,
    ARRAY(SELECT borrower.contact_center_queue_id
        FROM contact_center_queue_contact_center_queue_loan_rel borrower
        WHERE borrower.contact_center_queue_loan_id = loan.rule_id)
FROM contact_center_loan loan
WHERE loan.until IS NULL AND loan.lender_id = ANY(%(queues)s)
ORDER BY loan.id
"""


class Offer(models.Model):
    """Agents who are lent to overloaded queues and come home again by themselves."""

    _inherit = "contact_center.offer"

    @api.model
    def _lend(self, queues):
        """Lend agents among these queues, or call them home, as their rules say.

        The caller holds the lock of these queues.

        :return: the moves made, `routing.LoanMove`
        """
        # sudo: contact_center.queue.loan - the system lends
        rules = self.env["contact_center.queue.loan"].sudo()
        rules = rules.search([("lender_id", "in", queues.ids)])
        snapshot = self._snapshot(queues)
        if not rules and not snapshot.loans:
            return []
        health = self._health(queues, snapshot, estimate=rules.lender_id | rules.borrower_ids)
        for lender in rules.lender_id:
            health[lender.id] = replace(
                health[lender.id], service_level=lender._service_level_today()
            )
        moves, states = routing.lend(
            replace(snapshot, health=health),
            self._now(),
            tuple(_loan_rule(rule) for rule in rules),
            self._settings(queues),
            {rule.id: routing.LoanState(**rule.memory) for rule in rules if rule.memory},
        )
        for rule in rules:
            memory = asdict(states[rule.id])
            if memory != rule.memory:
                rule.memory = memory
        for move in moves:
            self._lend_one(move)
        return moves

    @api.model
    def _lend_one(self, move):
        """Do what the router decided about one agent; supervisors see it on the team's screens."""
        # sudo: res.users, contact_center.queue.loan - the system lends
        user = self.env["res.users"].sudo().browse(move.agent)
        rule = self.env["contact_center.queue.loan"].sudo().browse(move.rule)
        loans = self.env["contact_center.loan"]
        why = self._one_reason(move.reason)
        if move.lent:
            loans._begin(rule, user, why)
        else:
            loans._open_of(user)._end(why)
        self.env["contact_center.agent.state"]._announce(user)

    @api.model
    def _open_loans(self, queues):
        """Return the `routing.Loan` of agents of these queues who are lent now."""
        self.env.cr.execute(_LOANS, {"queues": queues.ids})
        return tuple(
            core.Loan(
                rule=rule,
                agent=agent,
                lender=lender,
                borrowers=frozenset(borrowers),
                since=since / 1e6,
            )
            for rule, agent, lender, since, borrowers in self.env.cr.fetchall()
        )


def _loan_rule(rule):
    """Return the `routing.LoanRule` of a rule."""
    return routing.LoanRule(
        id=rule.id,
        lender=rule.lender_id.id,
        borrowers=frozenset(rule.borrower_ids.ids),
        agents=tuple(rule.user_ids.ids),
        on_factor=rule.on_factor,
        on_seconds=float(rule.on_seconds),
        off_seconds=float(rule.off_seconds),
        gap_seconds=float(rule.gap_seconds),
        most=rule.most,
    )
