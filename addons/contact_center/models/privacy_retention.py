import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..core import lifecycle
from .privacy_access_log import PRIVACY_WORK
from .privacy_family import REFUSALS, refusal_words

_logger = logging.getLogger(__name__)

# So many at a time, each batch in a transaction of its own.
BATCH = 100
EXAMPLES = 10
# So many reasons are written down in full.
LEFT_OUT_SHOWN = 200
# Less than this is no policy but a mistake.
LEAST_MONTHS = 1


class PrivacyRetention(models.Model):
    """How long one kind of data is kept; what is older is erased by a scheduled action.

    One domain (`_domain`) says what is due, for the dry run as for the real one. Addons add
    kinds by `selection_add` and methods `_due_<kind>(before)` and `_erase_<kind>(records)`.
    """

    _name = "contact_center.privacy.retention"
    _description = "Retention Policy"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("media", "Files of closed conversations"),
            ("texts", "Texts of closed conversations"),
            ("contacts", "Citizens without a conversation"),
            ("access_log", "Access log"),
        ],
        string="Data",
        required=True,
        readonly=True,
    )
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
    note = fields.Text(string="Why so long", help="The legal ground, for whoever asks.")
    run_ids = fields.One2many("contact_center.privacy.retention.run", "policy_id")
    last_run_at = fields.Datetime(compute="_compute_last_run_at")

    _kind_unique = models.Constraint("UNIQUE(kind)", "There is one policy for each kind of data.")

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["kind"]._description_selection(self.env))
        for policy in self:
            policy.display_name = words.get(policy.kind)

    @api.depends("run_ids")
    def _compute_last_run_at(self):
        for policy in self:
            policy.last_run_at = policy.run_ids[:1].started_at

    @api.constrains("months")
    def _check_months(self):
        for policy in self:
            if policy.months and policy.months < LEAST_MONTHS:
                raise ValidationError(self.env._("Months cannot be negative."))

    def write(self, vals):
        """Other months switch the policy off: they need a dry run of their own."""
        if vals.get("months", 0) and "enabled" not in vals:
            vals = {**vals, "enabled": False}
        return super().write(vals)

    # ------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------

    def _before(self):
        """What was closed, or written, before this moment is due (naive UTC)."""
        return fields.Datetime.subtract(fields.Datetime.now(), months=self.months)

    def _domain(self):
        """(records of the model, domain) of what is due now; None when kept for ever."""
        self.ensure_one()
        if not self.months:
            return None
        # sudo: the policy was decided by the officer; nobody's own rules play a part
        return getattr(self.sudo(), f"_due_{self.kind}")(self._before())

    def _held_partner_ids(self):
        """Citizens whose data a legal hold keeps."""
        # sudo: contact_center.privacy.request - as above
        requests = self.env["contact_center.privacy.request"].sudo()
        return requests.search([("legal_hold", "=", True)]).partner_ids.ids

    def _due_conversations(self, before):
        """Conversations closed before, of nobody under a legal hold."""
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

    # ------------------------------------------------------------
    # Erasing: each returns a line for each record that was left out, if any
    # ------------------------------------------------------------

    def _erase_media(self, records):
        records._privacy_erase_media()

    def _erase_texts(self, records):
        records._privacy_erase_texts()

    def _erase_contacts(self, records):
        left = {}
        for partner in records:
            if partner.privacy_erased_at:  # together with the contact above it
                continue
            reasons = partner._privacy_blockers()
            left |= {partner: reasons} if reasons else self._erase_contact(partner)
        return records._privacy_left_out_words(left)

    def _erase_contact(self, partner):
        """Erase one contact, or leave just this one out when Odoo refuses."""
        try:
            with self.env.cr.savepoint():
                return partner._privacy_erase()
        except REFUSALS as refusal:
            return {partner: [refusal_words(refusal)]}

    def _erase_access_log(self, records):
        records.unlink()

    # ------------------------------------------------------------
    # Running
    # ------------------------------------------------------------

    def _check_officer(self):
        """Raise unless the user is a data protection officer or administrator."""
        self.env["contact_center.privacy.request"]._check_officer()

    def action_dry_run(self):
        """Count what would be erased now, with examples, and erase nothing."""
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
        """Let the scheduled action erase from now on; only after a dry run with these months."""
        self._check_officer()
        self.ensure_one()
        tried = self.run_ids.filtered(lambda run: run.dry and run.months == self.months)
        if not self.months or not tried:
            raise UserError(self.env._("Make a dry run with these months first."))
        self.enabled = True

    def action_switch_off(self):
        """Erase nothing any more."""
        self._check_officer()
        self.enabled = False

    def _example(self, record):
        """One line that tells people which record it is, without what was said."""
        at = next(
            (record[name] for name in ("closed_at", "at", "create_date") if name in record._fields),
            False,
        )
        return f"{record.display_name} · {fields.Datetime.to_string(at) or ''}"

    def _run_record(self, dry):
        """A new record of a run of this policy."""
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
        """Scheduled: erase what is due by the policies that are switched on."""
        for policy in self.search([("enabled", "=", True), ("months", ">", 0)]):
            if not policy._run():
                return

    def _run(self):
        """Erase what is due, a batch per transaction; False when the time is over before."""
        policy = self.with_context(contact_center_privacy=PRIVACY_WORK, tracking_disable=True)
        records, domain = policy._domain()
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
        """Erase these records; when they cannot be erased together, each by itself.

        :return: one line for each that was left out, with the reason
        """
        erase = getattr(self, f"_erase_{self.kind}")
        try:
            with self.env.cr.savepoint():
                return erase(batch) or []
        except Exception as error:  # whatever it is, the others are erased all the same
            if len(batch) == 1:
                if not isinstance(error, REFUSALS):
                    _logger.exception("Retention: %s could not be erased", batch)
                return [f"{batch.display_name}: {refusal_words(error)}"]
        return [line for record in batch for line in self._erase_batch(record)]


class PrivacyRetentionRun(models.Model):
    """What one run of a policy erased, or would have erased: append-only for people."""

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
        help="What was due and stays: it is tried again in each run.",
    )
    examples = fields.Text(readonly=True)

    def _note(self, count, left):
        """Add a batch of `count` records, of which the lines `left` say what stays and why."""
        kept = (self.left_out or "").splitlines()
        self.write(
            {
                "count": self.count + max(count - len(left), 0),
                "left_out_count": self.left_out_count + len(left),
                "left_out": "\n".join((kept + left)[:LEFT_OUT_SHOWN]) or False,
                "ended_at": fields.Datetime.now(),
            }
        )
