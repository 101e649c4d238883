# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import privacy


class PrivacyIncident(models.Model):
    """A confirmed or suspected data breach, and the 24 hours to tell the city.

    Requirement A24; LGPD art. 48; Resolução CD/ANPD 15/2024 (three working days for the ANPD).
    """

    _name = "contact_center.privacy.incident"
    _description = "Privacy Incident"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, detected_at desc, id desc"
    _rec_names_search = ["name", "title"]

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default=lambda self: "/"
    )
    title = fields.Char(string="What happened, in a line", required=True)
    certainty = fields.Selection(
        [("suspected", "Suspicion"), ("confirmed", "Confirmed"), ("dismissed", "Nothing happened")],
        required=True,
        default="suspected",
        tracking=True,
    )
    state = fields.Selection(
        [("open", "City not told yet"), ("told", "City told"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
        copy=False,
    )
    detected_at = fields.Datetime(
        required=True, default=fields.Datetime.now, tracking=True, copy=False
    )
    occurred_at = fields.Datetime(string="Happened at", help="As far as known.")
    deadline = fields.Datetime(
        string="Tell the city until", compute="_compute_deadline", store=True, index=True
    )
    clock_state = fields.Selection(
        [("ok", "In time"), ("soon", "Soon"), ("late", "Overdue"), ("done", "Told")],
        compute="_compute_clock",
    )
    clock = fields.Char(string="24-hour clock", compute="_compute_clock")
    description = fields.Text(required=True)
    data_affected = fields.Text(
        string="Data affected", help="Which data, and whether sensitive ones or of children."
    )
    people_count = fields.Integer(string="People affected", tracking=True, aggregator=None)
    people_note = fields.Char(string="Who they are")
    risks = fields.Text(help="Possible consequences for the people affected.")
    measures = fields.Text(help="Measures taken, and protection of the data before.")
    cause = fields.Text()
    contact_name = fields.Char(string="The city's contact", default=lambda self: self._last("name"))
    contact_email = fields.Char(
        string="E-mail of the city's contact", required=True, default=lambda self: self._last()
    )
    city_told_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    city_mail_id = fields.Many2one("mail.mail", readonly=True, copy=False, ondelete="set null")
    anpd_told_at = fields.Datetime(string="ANPD told at", tracking=True, copy=False)
    people_told_at = fields.Datetime(string="People told at", tracking=True, copy=False)
    reminders = fields.Json(readonly=True, copy=False)

    _name_unique = models.Constraint("UNIQUE(name)", "The number must be unique.")

    def _last(self, what="email"):
        """Return the latest incident's contact as the default for the next one."""
        latest = self.search([], order="id desc", limit=1)
        return latest[f"contact_{what}"]

    @api.depends("name", "title")
    def _compute_display_name(self):
        for incident in self:
            parts = (incident.name if incident.name != "/" else "", incident.title)
            incident.display_name = " · ".join(part for part in parts if part)

    @api.depends("detected_at")
    def _compute_deadline(self):
        for incident in self:
            incident.deadline = incident.detected_at and fields.Datetime.add(
                incident.detected_at, hours=privacy.INCIDENT_HOURS
            )

    @api.depends("detected_at", "city_told_at")
    @api.depends_context("lang")
    def _compute_clock(self):
        """Compute the time left in words, each time it is read."""
        now = fields.Datetime.now()
        for incident in self:
            if not incident.detected_at:
                incident.clock_state = incident.clock = False
                continue
            clock = privacy.incident_clock(incident.detected_at, now, incident.city_told_at)
            minutes = abs(clock.seconds_left) // 60
            values = {"hours": minutes // 60, "minutes": minutes % 60}
            incident.clock_state = clock.state
            if clock.state == "done":
                incident.clock = (
                    self.env._("Told in time")
                    if clock.seconds_left >= 0
                    else self.env._("Told %(hours)s h %(minutes)s min too late", **values)
                )
            elif clock.state == "late":
                incident.clock = self.env._("Overdue by %(hours)s h %(minutes)s min", **values)
            else:
                incident.clock = self.env._("%(hours)s h %(minutes)s min left", **values)

    @api.model_create_multi
    def create(self, vals_list):
        """Give each incident its number and a responsible person."""
        for vals in vals_list:
            # sudo: ir.sequence - officers may not use sequences by themselves
            number = self.env["ir.sequence"].sudo().next_by_code("contact_center.privacy.incident")
            vals.update(name=number, state="open")
        incidents = super().create(vals_list)
        for incident in incidents:
            incident._remind(self.env._("Tell the city within 24 hours"), mail=False)
        return incidents

    def write(self, vals):
        """Refuse to turn the clock back after the city was told."""
        if "detected_at" in vals and any(incident.city_told_at for incident in self):
            raise UserError(self.env._("The city was told already: the time is on record."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Incidents are kept (LGPD art. 37; ANPD: five years)."))

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def action_tell_city(self):
        """Send the e-mail to the city's contact and stop the clock."""
        self.ensure_one()
        self.env["contact_center.privacy.request"]._check_officer()
        if self.city_told_at:
            raise UserError(self.env._("The city was told already: the time is on record."))
        missing = [name for name in ("data_affected", "measures") if not self[name]]
        if missing:
            labels = ", ".join(self._fields[name]._description_string(self.env) for name in missing)
            raise UserError(self.env._("Write this first, the law wants it told: %s", labels))
        template = self.env.ref("contact_center_privacy.incident_mail")
        # sudo: mail.template, mail.mail - officers may not write e-mails by themselves
        mail_id = template.sudo().send_mail(self.id, email_values={"email_to": self.contact_email})
        self.write(
            {"city_told_at": fields.Datetime.now(), "city_mail_id": mail_id, "state": "told"}
        )
        # sudo: mail.activity - the reminders of all officers are settled
        self.sudo().activity_ids.action_done()
        self.message_post(body=self.env._("The city was told by e-mail: %s", self.contact_email))
        return True

    def action_close(self):
        """Close it: the city knows, or nothing happened."""
        for incident in self:
            if not incident.city_told_at and incident.certainty != "dismissed":
                raise UserError(self.env._("Tell the city first."))
        self.state = "closed"

    # ------------------------------------------------------------
    # Clock
    # ------------------------------------------------------------

    def _officers(self):
        """Return users who are data protection officers in their own right or as administrators."""
        # sudo: res.groups - who has the role
        group = self.env.ref("contact_center_privacy.group_privacy_officer").sudo()
        return group.all_user_ids.filtered(lambda user: user.active and not user.share)

    def _remind(self, summary, mail=True):
        """Create an activity and an e-mail for each officer."""
        self.ensure_one()
        officers = self._officers().filtered(lambda user: user.id != 1)
        for user in officers:
            # sudo: mail.activity - the system reminds the holders of the role; the activity needs
            # no e-mail of its own beside ours
            self.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.context_today(self, self.deadline),
                summary=summary,
                user_id=user.id,
            )
        if not mail:
            return
        template = self.env.ref("contact_center_privacy.incident_reminder").sudo()
        addresses = ",".join(user.email for user in officers if user.email)
        if addresses:
            template.send_mail(self.id, email_values={"email_to": addresses})

    @api.model
    def _cron_remind(self):
        """Scheduled: remind after 12, 20 and 24 hours."""
        now = fields.Datetime.now()
        # sudo: scheduled action
        for incident in self.sudo().search([("state", "=", "open")]):
            due = privacy.due_reminders(incident.detected_at, now, incident.reminders or [])
            if due:
                incident.reminders = [*(incident.reminders or []), *due]
                incident._remind(incident.clock)
                incident.message_post(body=self.env._("Officers were reminded: %s", incident.clock))
