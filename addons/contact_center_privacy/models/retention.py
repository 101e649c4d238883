# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.contact_center.core import lifecycle

from .res_partner_family import REFUSALS, refusal_words

_logger = logging.getLogger(__name__)

# Batch size; each batch has its own transaction.
BATCH = 100
EXAMPLES = 10
# The number of reasons recorded in full.
LEFT_OUT_SHOWN = 200
# Default justifications of the periods, which the officer may rewrite.
MEDIA_NOTE = "O edital pede gravações guardadas por 5 anos (60 meses)."
TEXTS_NOTE = "Conforme a tabela de temporalidade de documentos da prefeitura."
CONTACTS_NOTE = "Cidadãos sem nenhum atendimento no período são anonimizados por inteiro."
ACCESS_LOG_NOTE = "Marco Civil da Internet, art. 15: no mínimo 6 meses."
# Anything shorter is a mistake, not a policy.
LEAST_MONTHS = 1


class PrivacyRetention(models.Model):
    """The retention period of one kind of data; a scheduled action erases older data.

    The same domain (`_domain`) selects due records for dry and real runs. Addons add kinds as
    described in `contact_center.personal.data`.
    """

    _name = "contact_center.privacy.retention"
    _inherit = "contact_center.personal.data"
    _description = "Retention Policy"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection("_selection_kind", string="Data", required=True, readonly=True)
    months = fields.Integer(
        string="Keep for (months)",
        aggregator=None,
        help="Counted from the closing of the conversation, or from the day of the line. 0: for "
        "ever. The city asks for recordings of 5 years (60 months), and for databases for a year "
        "after the end of the contract.",
    )
    enabled = fields.Boolean(
        string="Switched on", default=False, help="Only after a dry run with these months."
    )
    note = fields.Text(string="Why so long", help="The legal basis, in case anybody asks.")
    run_ids = fields.One2many("contact_center.privacy.retention.run", "policy_id")
    last_run_at = fields.Datetime(compute="_compute_last_run_at")

    erases_before = fields.Date(
        string="Erases up to",
        compute="_compute_erases_before",
        help="The day up to which a run of today erases; empty where data are kept for ever.",
    )

    _kind_unique = models.Constraint("UNIQUE(kind)", "There is one policy for each kind of data.")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["kind"]._description_selection(self.env))
        for policy in self:
            policy.display_name = words.get(policy.kind, policy.kind)

    @api.depends("run_ids")
    def _compute_last_run_at(self):
        for policy in self:
            policy.last_run_at = policy.run_ids[:1].started_at

    @api.depends("months")
    def _compute_erases_before(self):
        for policy in self:
            policy.erases_before = policy.months and policy._before().date()

    @api.constrains("months")
    def _check_months(self):
        for policy in self:
            if policy.months and policy.months < LEAST_MONTHS:
                raise ValidationError(self.env._("Months cannot be negative."))

    def write(self, vals):
        """Switch the policy off when the months change: it needs a new dry run."""
        if vals.get("months", 0) and "enabled" not in vals:
            vals = {**vals, "enabled": False}
        return super().write(vals)

    # ------------------------------------------------------------
    # Kinds
    # ------------------------------------------------------------

    @api.model
    def _selection_kind(self):
        return [(kind, values["label"]) for kind, values in self._retention_kinds().items()]

    @api.model
    def _retention_kinds(self):
        _ = self.env._
        own = {
            "media": (_("Files of closed conversations"), 10, MEDIA_NOTE),
            "texts": (_("Texts of closed conversations"), 20, TEXTS_NOTE),
            "contacts": (_("Citizens without a conversation"), 40, CONTACTS_NOTE),
            "access_log": (_("Access log"), 50, ACCESS_LOG_NOTE),
        }
        return {
            **{
                kind: {"label": label, "sequence": sequence, "note": note}
                for kind, (label, sequence, note) in own.items()
            },
            **super()._retention_kinds(),
        }

    @api.model
    def _add_missing(self):
        """Add a policy for each kind that has none: 0 months, the city decides after a dry run."""
        # sudo: contact_center.privacy.retention - called while an addon is installed
        policies = self.sudo()
        known = set(policies.search([]).mapped("kind"))
        policies.create(
            [
                {"kind": kind, "sequence": values["sequence"], "note": values["note"]}
                for kind, values in self._retention_kinds().items()
                if kind not in known
            ]
        )

    # ------------------------------------------------------------
    # Due data
    # ------------------------------------------------------------

    def _before(self):
        """Return the moment before which closed or written data is due (naive UTC)."""
        return fields.Datetime.subtract(fields.Datetime.now(), months=self.months)

    def _domain(self):
        """Return (records of the model, domain) of due records; None when kept for ever."""
        self.ensure_one()
        if not self.months or self.kind not in self._retention_kinds():
            return None  # the kind's addon was uninstalled
        # sudo: the officer decided on the policy; record rules do not apply
        return getattr(self.sudo(), f"_due_{self.kind}")(self._before())

    def _held_partner_ids(self):
        """Return citizens whose data is under a legal hold."""
        # sudo: contact_center.privacy.request - as above
        requests = self.env["contact_center.privacy.request"].sudo()
        return requests.search([("legal_hold", "=", True)]).partner_ids.ids

    def _due_conversations(self, before):
        """Return conversations closed before, except of citizens under a legal hold."""
        return (
            Domain("state", "=", lifecycle.CLOSED)
            & Domain("closed_at", "<", before)
            & Domain("partner_id", "not in", self._held_partner_ids())
        )

    def _due_media(self, before):
        domain = self._due_conversations(before) & Domain("media_erased_at", "=", False)
        return self.env["contact_center.conversation"], domain

    def _due_texts(self, before):
        domain = self._due_conversations(before) & Domain("texts_erased_at", "=", False)
        return self.env["contact_center.conversation"], domain

    def _due_contacts(self, before):
        # sudo: contact_center.conversation, res.users - whose contacts stay
        conversations = self.env["contact_center.conversation"].sudo()
        recent = conversations._search(
            Domain("state", "!=", lifecycle.CLOSED) | Domain("closed_at", ">=", before)
        )
        domain = (
            Domain("id", "in", conversations._search([]).subselect("partner_id"))
            & Domain("id", "not in", recent.subselect("partner_id"))
            & Domain("id", "not in", self._held_partner_ids())
            & Domain("privacy_erased_at", "=", False)
            & Domain("user_ids", "=", False)
        )
        return self.env["res.partner"].with_context(active_test=False), domain

    def _due_access_log(self, before):
        return self.env["contact_center.access.log"], Domain("at", "<", before)

    def _may_erase(self):
        """Return whether this is a policy: what is due by it may be erased."""
        return len(self) == 1

    # ------------------------------------------------------------
    # Erasing: each returns a line for each record that was left out, if any
    # ------------------------------------------------------------

    def _erase_media(self, records):
        records._privacy_erase_media(self)

    def _erase_texts(self, records):
        records._privacy_erase_texts(self)

    def _erase_contacts(self, records):
        left = {}
        for partner in records:
            if partner.privacy_erased_at:  # together with its parent
                continue
            reasons = partner._privacy_blockers()
            left |= {partner: reasons} if reasons else self._erase_contact(partner)
        return records._privacy_left_out_words(left)

    def _erase_contact(self, partner):
        """Erase one contact, or skip just this one if Odoo refuses."""
        try:
            with self.env.cr.savepoint():
                return partner._privacy_erase(self)
        except REFUSALS as refusal:
            return {partner: [refusal_words(refusal)]}

    def _erase_access_log(self, records):
        records._forget()

    # ------------------------------------------------------------
    # Running
    # ------------------------------------------------------------

    def _check_officer(self):
        """Raise unless the user is a data protection officer or administrator."""
        self.env["contact_center.privacy.request"]._check_officer()

    def action_dry_run(self):
        """Count what would be erased now, with examples, without erasing anything."""
        self._check_officer()
        self.ensure_one()
        due = self._domain()
        if not due:
            raise UserError(self.env._("With 0 months nothing is ever erased."))
        run = self._run_record(dry=True)
        records, domain = due
        examples = records.search(domain, order="id", limit=EXAMPLES)
        run.write(
            {
                "count": records.search_count(domain),
                "examples": "\n".join(self._example(record) for record in examples),
                "ended_at": fields.Datetime.now(),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_switch_on(self):
        """Enable erasure by the scheduled action; only after a dry run with these months."""
        self._check_officer()
        self.ensure_one()
        tried = self.run_ids.filtered(lambda run: run.dry and run.months == self.months)
        if not self.months or not tried:
            raise UserError(self.env._("Make a dry run with these months first."))
        self.enabled = True

    def action_switch_off(self):
        """Stop erasing."""
        self._check_officer()
        self.enabled = False

    def _example(self, record):
        """Return a line that identifies the record to people, without its content."""
        at = next(
            (record[name] for name in ("closed_at", "at", "create_date") if name in record._fields),
            False,
        )
        return f"{record.display_name} · {fields.Datetime.to_string(at) or ''}"

    def _run_record(self, dry):
        """Create a record of a run of this policy."""
        # sudo: contact_center.privacy.retention.run - written by the system only
        return (
            self.env["contact_center.privacy.retention.run"]
            .sudo()
            .create(
                {
                    "policy_id": self.id,
                    "dry": dry,
                    "months": self.months,
                    "before": self._before(),
                }
            )
        )

    @api.model
    def _cron_run(self):
        """Scheduled: erase due data under the enabled policies."""
        for policy in self.search([("enabled", "=", True), ("months", ">", 0)]):
            if not policy._run():
                return

    def _run(self):
        """Erase what is due, a batch per transaction; False when the time is over before."""
        policy = self.with_context(tracking_disable=True)
        due = policy._domain()
        if not due:
            return True
        records, domain = due
        records = records.with_env(policy.env).with_context(active_test=False).sudo()
        remaining = records.search_count(domain)
        if not remaining:
            return True
        run = policy._run_record(dry=False)
        last_id = 0
        while batch := records.search(domain & Domain("id", ">", last_id), order="id", limit=BATCH):
            last_id = batch[-1].id
            count = len(batch)
            run._note(count, policy._erase_batch(batch))
            remaining = max(remaining - count, 0)
            if not self.env["ir.cron"]._commit_progress(count, remaining=remaining):
                return False
        return True

    def _erase_batch(self, batch):
        """Erase these records; if they cannot be erased together, one by one.

        :return: one line for each skipped record, with the reason
        """
        erase = getattr(self, f"_erase_{self.kind}")
        try:
            with self.env.cr.savepoint():
                return erase(batch) or []
        except Exception as error:  # whatever the error, the others are still erased
            if len(batch) == 1:
                if not isinstance(error, REFUSALS):
                    _logger.exception("Retention: %s could not be erased", batch)
                return [f"{batch.display_name}: {refusal_words(error)}"]
        return [line for record in batch for line in self._erase_batch(record)]


class PrivacyRetentionRun(models.Model):
    """The result of a policy's run, real or dry: append-only for people."""

    _name = "contact_center.privacy.retention.run"
    _inherit = ["contact_center.machine.row"]
    _description = "Retention Run"
    _order = "id desc"
    _rec_name = "started_at"

    policy_id = fields.Many2one(
        "contact_center.privacy.retention", required=True, readonly=True, ondelete="restrict"
    )
    dry = fields.Boolean(string="Dry run", readonly=True)
    months = fields.Integer(string="Kept for (months)", readonly=True, aggregator=None)
    before = fields.Datetime(string="Older than", readonly=True)
    started_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    ended_at = fields.Datetime(readonly=True)
    count = fields.Integer(string="Number", readonly=True)
    left_out_count = fields.Integer(string="Left out", readonly=True)
    left_out = fields.Text(
        string="Left out, and why",
        readonly=True,
        help="Due data that are still there: each run tries again.",
    )
    examples = fields.Text(readonly=True)

    def _note(self, count, left):
        """Add a batch of `count` records; the lines `left` say which were skipped and why."""
        kept = (self.left_out or "").splitlines()
        self.write(
            {
                "count": self.count + max(count - len(left), 0),
                "left_out_count": self.left_out_count + len(left),
                "left_out": "\n".join((kept + left)[:LEFT_OUT_SHOWN]) or False,
                "ended_at": fields.Datetime.now(),
            }
        )
