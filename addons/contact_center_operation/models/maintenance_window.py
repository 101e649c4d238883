# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime, ormcache

BUS_TYPE = "contact_center/maintenance_windows"
# A25: windows in business hours are announced this long before.
NOTICE = timedelta(hours=24)
LISTENERS = ("contact_center.group_technician", "contact_center.group_manager")


class MaintenanceWindow(models.Model):
    """A stop of the system or a part of it: announced, and told to citizens in it."""

    _name = "contact_center.maintenance.window"
    _description = "Contact Center Maintenance Window"
    _inherit = ["mail.thread"]
    _order = "date_start desc, id desc"

    name = fields.Char(required=True, string="What stops", tracking=True)
    reason = fields.Text(required=True, tracking=True)
    date_start = fields.Datetime(required=True, string="Start", tracking=True, index=True)
    date_end = fields.Datetime(required=True, string="Expected end", tracking=True, index=True)
    decided_by = fields.Char(
        required=True,
        string="Decided by",
        default=lambda self: self.env.user.name,
        tracking=True,
        help="The person responsible for this maintenance window, in or outside the system.",
    )
    short_notice_reason = fields.Text(
        string="Reason for the short notice",
        tracking=True,
        help="A maintenance window in business hours must be announced 24 hours before. When "
        "that cannot be, say why: it stays on record.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    in_service_hours = fields.Char(
        compute="_compute_in_service_hours",
        string="Queues being served meanwhile",
        help="Queues whose service hours meet the maintenance window.",
    )
    short_notice = fields.Boolean(compute="_compute_short_notice")

    _end_after_start = models.Constraint(
        "CHECK(date_end > date_start)", "The end of a maintenance window is after its start."
    )

    @api.depends("date_start", "date_end")
    def _compute_in_service_hours(self):
        """Compute the names of the queues that are open during the window."""
        queues = self.env["contact_center.queue"].search([])
        for window in self:
            if not window.date_start or not window.date_end:
                window.in_service_hours = False
                continue
            start, end = (
                at.replace(tzinfo=timezone.utc) for at in (window.date_start, window.date_end)
            )
            met = queues.filtered(
                lambda queue, start=start, end=end: (
                    not queue.calendar_id or queue._open_ranges(start, end)
                )
            )
            window.in_service_hours = ", ".join(met.mapped("name"))

    @api.depends("date_start", "published_at", "in_service_hours")
    def _compute_short_notice(self):
        """Compute whether it is in business hours less than 24 hours after its announcement."""
        for window in self:
            announced = window.published_at or fields.Datetime.now()
            window.short_notice = bool(
                window.in_service_hours
                and window.date_start
                and window.date_start < announced + NOTICE
            )

    @api.constrains("date_start", "date_end", "short_notice_reason")
    def _check_published(self):
        self.filtered(lambda window: window.state == "published")._check_notice()

    def _check_notice(self):
        """Raise ValidationError for a window in business hours with short notice and no reason."""
        for window in self:
            if window.short_notice and not (window.short_notice_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "This maintenance window is within the service hours of %s and would be "
                        "announced less than 24 hours before. Choose another time, or give the "
                        "reason for the short notice.",
                        window.in_service_hours,
                    )
                )

    def write(self, vals):
        """Notify people about changes to an announced window."""
        if "state" in vals and not self.env.su:
            raise AccessError(
                self.env._("Publish or cancel a maintenance window with its buttons.")
            )
        known = self.filtered(lambda window: window.state == "published")
        before = {window: (window.date_start, window.date_end) for window in known}
        result = super().write(vals)
        if {"state", "date_start", "date_end"} & vals.keys():
            self.env.registry.clear_cache()
        for window in known:
            if window.state == "published" and before[window] != (
                window.date_start,
                window.date_end,
            ):
                window._announce(self.env._("The maintenance window was changed."))
        if known:
            self._bus_refresh()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Create windows as drafts, whatever the caller asks for."""
        return super().create([{**vals, "state": "draft"} for vals in vals_list])

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(window.state != "draft" for window in self):
            raise UserError(
                self.env._("Maintenance windows that were published are kept: cancel them instead.")
            )

    # ------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------

    def action_publish(self):
        """Announce the window: to staff at once, on every desk from 24 hours before."""
        self.check_access("write")
        for window in self.filtered(lambda window: window.state == "draft"):
            if window.date_end <= fields.Datetime.now():
                raise UserError(self.env._("This maintenance window is over already."))
            window._check_notice()
            # sudo: contact_center.maintenance.window - only these buttons change its state
            window.sudo().write({"state": "published", "published_at": fields.Datetime.now()})
            window._announce(self.env._("A maintenance window was planned."))
        self._bus_refresh()
        return True

    def action_cancel(self):
        """Withdraw the announcement."""
        self.check_access("write")
        for window in self.filtered(lambda window: window.state != "cancelled"):
            published = window.state == "published"
            # sudo: contact_center.maintenance.window - only these buttons change its state
            window.sudo().state = "cancelled"
            if published:
                window._announce(self.env._("The maintenance window was cancelled."))
        return True

    def _announce(self, headline):
        """Write to everybody who works here, by notification or e-mail as each prefers."""
        self.ensure_one()
        # sudo: res.groups, res.users - everybody who works here is notified
        groups = [self.env.ref(name).sudo() for name in LISTENERS]
        people = self.env["res.users"].sudo().union(*[group.all_user_ids for group in groups])
        people = people.filtered(lambda user: user.active and not user.share)
        text = self.env._(
            "%(headline)s %(name)s: from %(start)s to %(end)s. Reason: %(reason)s",
            headline=headline,
            name=self.name,
            start=format_datetime(self.env, self.date_start),
            end=format_datetime(self.env, self.date_end),
            reason=self.reason,
        )
        self.message_post(
            body=text, subject=self.name, partner_ids=people.partner_id.ids, subtype_xmlid=None
        )

    # ------------------------------------------------------------
    # On the screens
    # ------------------------------------------------------------

    @api.model
    def get_announced(self):
        """Return published windows that are current or begin within 24 hours.

        For the banner.

        :return: [{id, name, reason, start, end}], times in UTC as `YYYY-MM-DD HH:MM:SS`
        :raise AccessError: the user does not work here
        """
        self.check_access("read")
        now = fields.Datetime.now()
        windows = self.search(
            [
                ("state", "=", "published"),
                ("date_start", "<=", now + NOTICE),
                ("date_end", ">", now),
            ],
            order="date_start",
        )
        return [window._banner_data() for window in windows]

    def _banner_data(self):
        return {
            "id": self.id,
            "name": self.name,
            "reason": self.reason,
            "start": fields.Datetime.to_string(self.date_start),
            "end": fields.Datetime.to_string(self.date_end),
        }

    def _bus_refresh(self):
        """Make every open screen reload the announced windows."""
        for name in LISTENERS:
            self.env.ref(name)._bus_send(BUS_TYPE, {})

    @api.model
    def _current(self):
        """Return the current published window, the one that ends last; otherwise empty.

        Called for every message from a citizen: cached.
        """
        now = fields.Datetime.now()
        going_on = [
            (end, window_id) for window_id, start, end in self._published() if start <= now < end
        ]
        # sudo: contact_center.maintenance.window - called when a citizen writes
        return self.sudo().browse(max(going_on)[1] if going_on else [])

    @api.model
    @ormcache()
    def _published(self):
        """Return published windows that have not ended, as ((id, start, end), ...); naive UTC."""
        # sudo: contact_center.maintenance.window - see _current
        windows = self.sudo().search(
            [("state", "=", "published"), ("date_end", ">", fields.Datetime.now())]
        )
        return tuple((window.id, window.date_start, window.date_end) for window in windows)

    def _end_text(self, conversation):
        """Return the expected end as its citizen reads it: "22/11 às 18:30" in Portuguese."""
        # sudo: contact_center.conversation - the time zone of a queue is no secret
        zone = conversation.sudo().queue_id._timezone()
        local = self.date_end.replace(tzinfo=timezone.utc).astimezone(zone)
        return conversation._citizen_env()._(
            "%(month)s/%(day)s at %(time)s",
            day=f"{local:%d}",
            month=f"{local:%m}",
            time=f"{local:%H:%M}",
        )
