# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import privacy
from . import sweep

ANSWER_DAYS = 15
# Prefixes of tables in which a person's name or number is overwritten everywhere.
SCRUBBED = ("contact_center_", "mail_message", "mail_tracking", "mail_mail", "mail_activity")
SCRUBBED += ("queue_job", "bus_bus", "discuss_channel", "ir_attachment", "rating_")


class PrivacyRequest(models.Model):
    """A citizen's request about their data (LGPD art. 18), and its outcome."""

    _name = "contact_center.privacy.request"
    _description = "Privacy Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "due_date, id desc"

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default=lambda self: "/"
    )
    kind = fields.Selection(
        [
            ("access", "Access or copy of the data"),
            ("erase", "Erasure"),
            ("correct", "Correction"),
            ("information", "Information"),
            ("withdraw", "Withdrawal of consent, objection"),
        ],
        string="What is asked",
        required=True,
        default="access",
        tracking=True,
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Contacts of the person",
        context={"active_test": False},
        help="All contacts that are this person, for instance with an old number.",
    )
    requester = fields.Char(string="Who asked", required=True)
    requester_contact = fields.Char(string="How to answer them")
    proof = fields.Selection(
        [
            ("own_number", "Wrote from their own number"),
            ("document", "Showed a document in person"),
            ("gov_br", "Signed by gov.br"),
            ("representative", "Legal representative, with power of attorney"),
            ("other", "Otherwise"),
        ],
        string="How identity was proved",
        tracking=True,
    )
    proof_note = fields.Char(string="About the proof")
    description = fields.Text(string="What was said")
    asked_at = fields.Date(
        required=True,
        default=lambda self: self.env["contact_center.queue"]._city_today(),
        tracking=True,
    )
    due_date = fields.Date(
        string="Answer until",
        compute="_compute_due_date",
        store=True,
        readonly=False,
        help="15 days for a complete statement (LGPD art. 19 II).",
    )
    is_late = fields.Boolean(compute="_compute_is_late")
    state = fields.Selection(
        [
            ("new", "New"),
            ("approved", "Approved"),
            ("running", "Being carried out"),
            ("done", "Answered"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="new",
        tracking=True,
        copy=False,
        group_expand=True,
    )
    decision_reason = fields.Text(string="Reason of the decision", tracking=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True, copy=False)
    legal_hold = fields.Boolean(
        tracking=True, help="Nothing of this person is erased, not by the retention either."
    )
    hold_reason = fields.Char(tracking=True, help="For instance the number of the lawsuit.")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    export_ids = fields.One2many("contact_center.privacy.export", "request_id")
    erased_at = fields.Datetime(readonly=True, copy=False)
    report = fields.Html(string="Record of the erasure", readonly=True, copy=False)
    remains = fields.Text(string="Found after the erasure", readonly=True, copy=False)

    _name_unique = models.Constraint("UNIQUE(name)", "The number must be unique.")

    @api.depends("asked_at")
    def _compute_due_date(self):
        for request in self:
            start = request.asked_at or self.env["contact_center.queue"]._city_today()
            request.due_date = fields.Date.add(start, days=ANSWER_DAYS)

    @api.depends("due_date", "state")
    def _compute_is_late(self):
        today = self.env["contact_center.queue"]._city_today()
        for request in self:
            open_ = request.state in ("new", "approved", "running")
            request.is_late = bool(open_ and request.due_date and request.due_date < today)

    @api.depends("partner_ids", "state")
    def _compute_preview(self):
        """Compute what an erasure would erase and keep, and what blocks it."""
        for request in self:
            partners = request.partner_ids._origin
            if not partners or request.erased_at:
                request.preview = False
                continue
            blockers = partners._privacy_blockers()
            _persons, left = partners._privacy_family()
            request.preview = (
                self._overview_table(partners._privacy_overview())
                + self._warning(self.env._("Cannot be erased yet:"), blockers)
                + self._left_out_warning(left)
            )

    def _warning(self, title, lines):
        """Return the HTML of `lines` under `title`; empty if there are none."""
        if not lines:
            return Markup()
        words = Markup().join(Markup("<li>%s</li>") % text for text in lines)
        return (
            Markup("<div class='alert alert-warning mb-0'>%s<ul class='mb-0'>%s</ul></div>")
        ) % (title, words)

    def _left_out_warning(self, left):
        """Return the HTML listing child contacts that are left out, and why."""
        words = self.env["res.partner"]._privacy_left_out_words(left)
        return self._warning(self.env._("Contacts below this one that are left out:"), words)

    def _overview_table(self, rows):
        """Return the HTML of `res.partner._privacy_overview`."""
        _ = self.env._
        lines = Markup().join(
            Markup("<tr><td>%s</td><td class='text-end'>%s</td><td>%s</td><td>%s</td></tr>")
            % (
                row["label"],
                row["count"],
                _("Erased") if row["erased"] else _("Kept"),
                row["reason"],
            )
            for row in rows
        )
        return Markup(
            "<table class='table table-sm'><thead><tr><th>%s</th><th class='text-end'>%s</th>"
            "<th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>"
        ) % (_("What"), _("Number"), _("What becomes of it"), _("Why it is kept"), lines)

    @api.model_create_multi
    def create(self, vals_list):
        """Give each request its number."""
        for vals in vals_list:
            # sudo: ir.sequence - officers may not use sequences by themselves
            number = self.env["ir.sequence"].sudo().next_by_code("contact_center.privacy.request")
            vals.update(name=number, state="new")
        return super().create(vals_list)

    def write(self, vals):
        """Keep the state to the actions; see `_move`."""
        if "state" in vals:
            raise UserError(self.env._("A request moves on only by its own buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Requests are kept: they prove the request and its handling."))

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def _check_officer(self):
        """Raise AccessError unless the user is a data protection officer or administrator."""
        if not self.env.user.has_group("contact_center_privacy.group_privacy_officer"):
            raise AccessError(self.env._("Only the data protection officer may do this."))

    def _move(self, state, *, of, **vals):
        """Change the state from one of `of`, together with `vals`."""
        self.ensure_one()
        if self.state not in of:
            raise UserError(self.env._("Request %s cannot do this now.", self.name))
        return super().write({**vals, "state": state})  # pylint: disable=super-method-mismatch

    def action_approve(self):
        """Grant the request."""
        self._check_officer()
        if not self.proof:
            raise UserError(self.env._("Say first how the person proved who they are."))
        if not self.partner_ids and self.kind in ("access", "erase"):
            raise UserError(self.env._("Choose first the contacts of the person."))
        self._decide("approved")

    def action_refuse(self):
        """Refuse the request; the person is told the reason (art. 18 § 4)."""
        self._check_officer()
        if not self.decision_reason:
            raise UserError(self.env._("Write the reason of the decision first."))
        self._decide("refused")

    def _decide(self, state):
        self._move(state, of=("new",), decided_by_id=self.env.uid, decided_at=fields.Datetime.now())

    def action_done(self):
        """Close a request that needs nothing else."""
        self._check_officer()
        self._move("done", of=("approved",))

    # ------------------------------------------------------------
    # Handing over
    # ------------------------------------------------------------

    def action_export(self):
        """Gather the person's data in a background job."""
        self._check_officer()
        if self.state not in ("approved", "done") or self.erased_at:
            raise UserError(self.env._("Approve the request first."))
        export = self.env["contact_center.privacy.export"]._start(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": export._name,
            "res_id": export.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------

    def action_erase(self):
        """Open the dialog that confirms erasing the data for good."""
        self._check_erasable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase for good"),
            "res_model": "contact_center.privacy.erase",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def _check_erasable(self):
        """Raise unless the user may erase and nothing blocks it."""
        self.ensure_one()
        self._check_officer()
        if self.kind != "erase" or self.state != "approved":
            raise UserError(self.env._("Only an approved request for erasure is carried out."))
        if not self.decision_reason:
            raise UserError(self.env._("Write the reason of the decision first."))
        blockers = self.partner_ids._privacy_blockers()
        if blockers:
            raise UserError("\n".join([self.env._("Cannot be erased yet:"), *blockers]))

    def _start_erasing(self):
        """Carry out the decision in a background job (it reads the whole database once)."""
        self._check_erasable()
        self._move("running", of=("approved",))
        self.with_delay(
            description=self.env._("Privacy: erase the data of request %s", self.name)
        )._erase()

    def _may_erase(self):
        """Return whether this request is decided and being carried out."""
        return len(self) == 1 and self.kind == "erase" and self.state == "running"

    def _erase(self):
        """Job: anonymise the people in this request and check for leftovers.

        Besides retention, this is the only way to erase conversations and messages. All in one
        transaction: either everything is erased, or nothing and the job says why.
        """
        self.ensure_one()
        # sudo: the decision was checked in `_start_erasing`; the job does what was decided
        request = self.sudo().with_context(active_test=False, tracking_disable=True)
        if request.state != "running":
            return self.env._("Nothing was done: it is not being carried out.")
        partners = request.partner_ids
        blockers = partners._privacy_blockers()
        if blockers:
            request._move("approved", of=("running",))
            request.message_post(body="\n".join(blockers))
            return blockers[0]
        persons, _left = partners._privacy_family()
        strings = persons._privacy_strings()
        table = request._overview_table(persons._privacy_overview())
        table += request._left_out_warning(partners._privacy_erase(request))
        request._move(
            "done",
            of=("running",),
            requester=privacy.ERASED,
            requester_contact=False,
            proof_note=False,
            description=False,
            report=table,
            erased_at=fields.Datetime.now(),
        )
        request._scrub(strings)
        self.env["contact_center.access.log"]._record("erased", partners, request=request.name)
        return self.env._("Erased.")

    def _scrub(self, strings):
        """Overwrite the people's names and numbers everywhere else; record what is left.

        Anything left is in other applications' tables, which their owners must check.
        """
        self.env.flush_all()
        cr = self.env.cr
        found = sweep.find(cr, strings)
        prefixes = self._scrubbed_tables()
        own = [place for place in found if place[0].startswith(prefixes)]
        mentions = sweep.rows(cr, "mail_message", "body", strings)
        sweep.replace(cr, own, strings, privacy.ERASED)
        left = sweep.find(cr, strings) if own else found
        self.env.invalidate_all()
        # sudo: mail.message - addons' copies of their text are updated
        self.env["mail.message"].sudo().browse(mentions)._contact_center_words_changed()
        rows = {f"{table}.{column}": count for (table, column), count in left.items()}
        self.remains = json.dumps(rows, indent=1) if rows else False

    @api.model
    def _scrubbed_tables(self):
        """Return the prefixes of tables in which people are overwritten."""
        return SCRUBBED + self.env["contact_center.personal.data"]._personal_tables()
