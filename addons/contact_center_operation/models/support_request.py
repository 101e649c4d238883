# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import email_normalize

from odoo.addons.contact_center.core import schedule
from odoo.addons.contact_center.models.queue_hours import DEFAULT_TIMEZONE

ADDRESS_PARAMETER = "contact_center.support_email"
HOURS_PARAMETER = "contact_center.support_hours"
DEFAULT_HOURS = 24
# How far ahead to search for the deadline, in days: longer than any recess.
HORIZON_DAYS = 120
MAX_FILES = 10
MAX_CONTEXT = 200
# Data that a screen may report about itself; never its content.
CONTEXT_FIELDS = ("page", "browser", "screen")


class SupportRequest(models.Model):
    """A problem or question of somebody who works with the platform, not a citizen."""

    _name = "contact_center.support.request"
    _description = "Contact Center Support Request"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "number"
    # The requester may keep writing: only the buttons change the record itself.
    _mail_post_access = "read"

    number = fields.Char(readonly=True, copy=False, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    category = fields.Selection(
        [
            ("problem", "Something does not work"),
            ("question", "How do I do it?"),
            ("access", "Access and passwords"),
            ("improvement", "Suggestion"),
        ],
        required=True,
        default="problem",
        tracking=True,
    )
    urgent = fields.Boolean(
        string="I cannot work", help="The service to citizens stands still because of this."
    )
    description = fields.Text(required=True, string="What happened")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "contact_center_support_request_attachment_rel",
        string="Pictures and files",
        help="Hide citizens' data in pictures of the screen before you join them.",
    )
    page = fields.Char(readonly=True, help="Address of the screen, without search terms.")
    browser = fields.Char(readonly=True)
    screen = fields.Char(string="Size of the screen", readonly=True)
    version = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("in_progress", "In progress"),
            ("waiting", "Waiting for you"),
            ("solved", "Solved"),
        ],
        default="new",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    assigned_id = fields.Many2one(
        "res.users", string="Support", readonly=True, tracking=True, ondelete="restrict"
    )
    deadline = fields.Datetime(
        readonly=True, copy=False, string="Answer until", help="In the hours agreed with support."
    )
    answered_at = fields.Datetime(readonly=True, copy=False, string="First answer")
    solved_at = fields.Datetime(readonly=True, copy=False)
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    _number_unique = models.UniqueIndex("(number) WHERE number IS NOT NULL")

    @api.depends("deadline", "answered_at")
    def _compute_late(self):
        for request in self:
            end = request.answered_at or fields.Datetime.now()
            request.late = bool(request.deadline and end > request.deadline)

    def _search_late(self, operator, value):
        """Return the domain of unanswered requests past their deadline."""
        if operator != "in" or True not in value:
            return NotImplemented
        return [("answered_at", "=", False), ("deadline", "<", fields.Datetime.now())]

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give each request its number, deadline and version, and notify the support."""
        support = self._is_support()
        clean = []
        for vals in vals_list:
            vals = {key: vals[key] for key in vals if key not in self._own_bookkeeping()}
            if not support or "user_id" not in vals:
                vals["user_id"] = self.env.uid
            for name in CONTEXT_FIELDS:
                told = vals.get(name) or self.env.context.get(f"default_{name}") or ""
                vals[name] = str(told).split("?")[0][:MAX_CONTEXT]
            clean.append(vals)
        requests = super().create(clean)
        for request in requests:
            request._begin()
        return requests

    @api.model
    def _own_bookkeeping(self):
        return {
            *("number", "version", "state", "assigned_id", "deadline", "answered_at", "solved_at")
        }

    def _begin(self):
        """Set number, deadline, files and followers, and notify the support."""
        # sudo: contact_center.support.request, ir.sequence - its own bookkeeping
        request = self.sudo()
        module = request.env["ir.module.module"]._get("contact_center")
        request.write(
            {
                "number": request.env["ir.sequence"].next_by_code(self._name),
                "version": module.latest_version,
                "deadline": request._agreed_deadline(),
            }
        )
        request._check_files(self.env.user)
        request.attachment_ids.write({"res_model": self._name, "res_id": self.id})
        request.message_subscribe(partner_ids=request.user_id.partner_id.ids)
        request._tell_support()

    @api.model
    def _agreed_deadline(self):
        """Return the deadline that the support has promised, in the city's working hours.

        Calendar leaves and public holidays are not working time.
        """
        # sudo: ir.config_parameter, resource.calendar - the requester may not read them
        hours = int(
            self.env["ir.config_parameter"].sudo().get_param(HOURS_PARAMETER, DEFAULT_HOURS)
        )
        now = fields.Datetime.now()
        calendar = self.env.ref("contact_center.calendar_business_hours", raise_if_not_found=False)
        if not calendar:
            return now + timedelta(hours=hours)
        start = now.replace(tzinfo=timezone.utc)
        end = start + timedelta(days=HORIZON_DAYS)
        zone = ZoneInfo(calendar.sudo().tz or DEFAULT_TIMEZONE)
        closed = self.env["contact_center.queue"]._holidays(
            start.astimezone(zone).date(), end.astimezone(zone).date()
        )
        worked = calendar.sudo()._work_intervals_batch(start, end)[False]
        ranges = [
            (opens, closes)
            for opens, closes, _line in worked
            if opens.astimezone(zone).date() not in closed
        ]
        until = schedule.after_hours(ranges, timedelta(hours=hours))
        if not until:
            return now + timedelta(hours=hours)
        return until.astimezone(timezone.utc).replace(tzinfo=None)

    def _check_files(self, user):
        """Raise if files are not the user's own, or too many."""
        if len(self.attachment_ids) > MAX_FILES:
            raise ValidationError(self.env._("Join at most %s files.", MAX_FILES))
        if any(file.create_uid != user or file.res_id for file in self.attachment_ids):
            raise AccessError(self.env._("You can only join files that you have uploaded here."))

    def _tell_support(self):
        """Notify the administrators, and write to the support's address where there is one."""
        self.ensure_one()
        # sudo: res.groups - to tell its members
        administrators = self.env.ref("contact_center.group_administrator").sudo().all_user_ids
        people = administrators.filtered("active").partner_id - self.user_id.partner_id
        categories = dict(self._fields["category"]._description_selection(self.env))
        subject = self.env._(
            "Support %(number)s: %(category)s",
            number=self.number,
            category=categories[self.category],
        )
        self.message_post(
            body=self.description,
            subject=subject,
            partner_ids=people.ids,
            author_id=self.user_id.partner_id.id,
            attachment_ids=self.attachment_ids.ids,
            subtype_xmlid="mail.mt_comment",
        )
        address = email_normalize(
            self.env["ir.config_parameter"].sudo().get_param(ADDRESS_PARAMETER) or ""
        )
        if address:
            self.env["mail.mail"].create(
                {
                    "subject": subject,
                    "body_html": self._mail_body(),
                    "email_to": address,
                    "reply_to": self.user_id.email_formatted,
                }
            )

    def _mail_body(self):
        """Return the e-mail to the support: the requester's words, and their screen's details."""
        told = ("user_id", "deadline", "page", "browser", "screen", "version")
        rows = Markup().join(
            Markup("<li>%s: %s</li>")
            % (
                self._fields[name]._description_string(self.env),
                self[name].display_name if name == "user_id" else self[name] or "-",
            )
            for name in told
        )
        return Markup("<p><strong>%s</strong></p><p>%s</p><ul>%s</ul>") % (
            self.number,
            self.description,
            rows,
        )

    # ------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------

    @api.model
    def _is_support(self):
        return self.env.su or self.env.user.has_group("contact_center.group_administrator")

    def _move(self, state, **vals):
        """Change the state; only the support may."""
        self.check_access("read")
        if not self._is_support():
            raise AccessError(self.env._("Only the support changes a request."))
        # sudo: contact_center.support.request - only these buttons change its state
        self.sudo().write({"state": state, **vals})
        return True

    def action_take(self):
        """Begin to work on it."""
        return self._move("in_progress", assigned_id=self.env.uid)

    def action_wait(self):
        """Wait for an answer from the requester."""
        return self._move("waiting")

    def action_solve(self):
        """Mark as done; the requester is notified in the thread."""
        now = fields.Datetime.now()
        for request in self:
            request._move("solved", solved_at=now, answered_at=request.answered_at or now)
        return True

    def action_reopen(self):
        """Reopen an unsolved request; the requester may do so too."""
        self.check_access("read")
        for request in self:
            if request.state != "solved":
                raise UserError(self.env._("This request is still open."))
            if not self._is_support() and request.user_id != self.env.user:
                raise AccessError(self.env._("Only the support changes a request."))
            # sudo: contact_center.support.request - the right was checked
            request.sudo().write({"state": "in_progress", "solved_at": False})
        return True

    def _message_post_after_hook(self, message, msg_vals):
        """Take the support's first message as the answer.

        The user's message reopens a waiting request.
        """
        result = super()._message_post_after_hook(message, msg_vals)
        for request in self.filtered("number"):
            if message.message_type != "comment" or message.subtype_id.internal:
                continue
            # sudo: contact_center.support.request - its own bookkeeping
            if message.author_id != request.user_id.partner_id:
                if not request.answered_at:
                    request.sudo().answered_at = fields.Datetime.now()
            elif request.state == "waiting":
                request.sudo().state = "in_progress"
        return result
