# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

# Changed by the buttons only: they are what is on record.
BOOKKEEPING = {
    *("name", "state", "city_told_at", "city_mail_id", "decided_at", "decided_by_id"),
    *("decision", "disclosed_at", "disclosed_by_id"),
}
# Not changed once the city has been told.
TOLD = {"authority_kind", "authority", "protocol", "legal_basis", "asked", "received_at"}


class AuthorityRequest(models.Model):
    """An authority asks for citizens' data; the city is told before any is disclosed.

    The city is the controller and decides (LGPD arts. 7 II, 23, 39); the platform only answers on
    its instruction.
    """

    _name = "contact_center.authority.request"
    _description = "Request of an Authority"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "authority", "protocol"]

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default=lambda self: "/"
    )
    authority_kind = fields.Selection(
        [
            ("court", "Court"),
            ("prosecutor", "Public prosecutor"),
            ("police", "Police"),
            ("anpd", "ANPD"),
            ("other", "Another authority"),
        ],
        string="Kind of authority",
        required=True,
        default="court",
        tracking=True,
    )
    authority = fields.Char(
        required=True, help="Which court, police station or body, and who signs."
    )
    protocol = fields.Char(
        string="Their reference",
        required=True,
        copy=False,
        help="Number of the process, the inquiry or the letter.",
    )
    legal_basis = fields.Text(required=True, help="The law or the decision that it relies on.")
    asked = fields.Text(string="What is asked", required=True)
    partner_ids = fields.Many2many(
        "res.partner", "contact_center_authority_request_partner_rel", string="Citizens concerned"
    )
    received_at = fields.Datetime(
        required=True, default=fields.Datetime.now, tracking=True, copy=False
    )
    deadline = fields.Datetime(string="Answer until", tracking=True, copy=False, index=True)
    late = fields.Boolean(compute="_compute_late", search="_search_late")
    state = fields.Selection(
        [
            ("new", "City not told yet"),
            ("told", "City told"),
            ("disclosed", "Disclosed"),
            ("refused", "Not disclosed"),
        ],
        default="new",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    contact_name = fields.Char(
        string="The city's contact", default=lambda self: self._latest("contact_name")
    )
    contact_email = fields.Char(
        string="E-mail of the city's contact",
        required=True,
        default=lambda self: self._latest("contact_email"),
    )
    city_told_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    city_mail_id = fields.Many2one("mail.mail", readonly=True, copy=False, ondelete="set null")
    city_answer = fields.Text(string="What the city answered", copy=False)
    decision = fields.Selection(
        [("disclose", "Disclose"), ("refuse", "Do not disclose")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    decision_reason = fields.Text(string="Reason of the decision", copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    disclosed = fields.Text(
        string="What was disclosed", copy=False, help="Which data, of whom, in which form, to whom."
    )
    disclosed_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    disclosed_by_id = fields.Many2one(
        "res.users", string="Disclosed by", readonly=True, copy=False, ondelete="restrict"
    )

    _name_unique = models.Constraint("UNIQUE(name)", "The number must be unique.")
    _told_first = models.Constraint(
        "CHECK(state NOT IN ('told', 'disclosed') OR city_told_at IS NOT NULL)",
        "The city is told before anything is disclosed.",
    )
    _told_before = models.Constraint(
        "CHECK(disclosed_at IS NULL OR disclosed_at >= city_told_at)",
        "The city is told before anything is disclosed.",
    )

    def _latest(self, name):
        """Return the city's contact of the latest request, or of the latest incident."""
        latest = self.search([], order="id desc", limit=1)
        incidents = self.env["contact_center.privacy.incident"]
        if not latest and incidents.has_access("read"):
            latest = incidents.search([], order="id desc", limit=1)
        return latest[name]

    @api.depends("deadline", "state")
    def _compute_late(self):
        now = fields.Datetime.now()
        for request in self:
            waits = request.state in ("new", "told")
            request.late = bool(waits and request.deadline and request.deadline < now)

    def _search_late(self, operator, value):
        """Unanswered requests past their deadline."""
        if operator != "in" or True not in value:
            return NotImplemented
        return [("state", "in", ("new", "told")), ("deadline", "<", fields.Datetime.now())]

    @api.model_create_multi
    def create(self, vals_list):
        """Give each request its number, and the officers an activity to tell the city."""
        clean = []
        for vals in vals_list:
            # sudo: ir.sequence - officers have no access to sequences
            number = self.env["ir.sequence"].sudo().next_by_code(self._name)
            vals = {key: value for key, value in vals.items() if key not in BOOKKEEPING}
            clean.append({**vals, "name": number})
        requests = super().create(clean)
        for request in requests:
            request._call_officers()
        return requests

    def write(self, vals):
        """Keep what is on record to the buttons, and what the city was told as it was."""
        if BOOKKEEPING & vals.keys():
            raise UserError(self.env._("A request moves on only by its own buttons."))
        if TOLD & vals.keys() and any(one.city_told_at for one in self):
            raise UserError(
                self.env._("The city was told of this already: write news in the thread.")
            )
        if any(one.state in ("disclosed", "refused") for one in self):
            raise UserError(self.env._("This request is closed: it is kept as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Requests are kept: they prove the request and its handling."))

    def _call_officers(self):
        """Create an activity for each data protection officer."""
        self.ensure_one()
        officers = self.env["contact_center.privacy.incident"]._officers()
        for user in officers.filtered(lambda user: user.id != 1):
            # sudo: mail.activity - the system reminds everybody with the role
            self.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.context_today(self, self.deadline),
                summary=self.env._("Tell the city before anything is disclosed"),
                user_id=user.id,
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def _check_officer(self):
        """Raise AccessError unless the user is a data protection officer or administrator."""
        self.env["contact_center.privacy.request"]._check_officer()

    def _move(self, **vals):
        """Change what only the buttons change."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def action_tell_city(self):
        """Send the e-mail to the city's contact; its date and time are on record."""
        self.ensure_one()
        self._check_officer()
        if self.city_told_at:
            raise UserError(self.env._("The city was told already: the time is on record."))
        template = self.env.ref("contact_center_privacy.authority_request_mail")
        # sudo: mail.template, mail.mail - officers have no access to e-mails
        mail_id = template.sudo().send_mail(self.id, email_values={"email_to": self.contact_email})
        self._move(state="told", city_told_at=fields.Datetime.now(), city_mail_id=mail_id)
        # sudo: mail.activity - the reminders of all officers are settled
        self.sudo().activity_ids.action_done()
        self.message_post(body=self.env._("The city was told by e-mail: %s", self.contact_email))
        return True

    def action_disclose(self):
        """Record that the data was disclosed to the authority, after the city was told."""
        self.ensure_one()
        self._check_officer()
        if not self.city_told_at or self.state == "new":
            raise UserError(self.env._("Tell the city first: nothing is disclosed before."))
        if not (self.disclosed or "").strip():
            raise UserError(self.env._("Write first which data were disclosed."))
        self._decide("disclose", "disclosed")
        self._move(disclosed_at=fields.Datetime.now(), disclosed_by_id=self.env.uid)
        if self.partner_ids:
            self.env["contact_center.access.log"]._record(
                "exported", self.partner_ids, request=self.name
            )
        return True

    def action_refuse(self):
        """Close it without disclosing anything."""
        self.ensure_one()
        self._check_officer()
        if not self.city_told_at:
            raise UserError(self.env._("Tell the city first."))
        self._decide("refuse", "refused")
        return True

    def _decide(self, decision, state):
        if self.state != "told":
            raise UserError(self.env._("Request %s cannot do this now.", self.name))
        if not (self.decision_reason or "").strip():
            raise UserError(self.env._("Write the reason of the decision first."))
        self._move(
            decision=decision,
            state=state,
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
        )
