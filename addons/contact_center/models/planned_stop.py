from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime, ormcache

from ..core import lifecycle

BUS_TYPE = "contact_center/planned_stops"
# A25: stops in business hours are announced this long before.
NOTICE = timedelta(hours=24)
LISTENERS = ("contact_center.group_technician", "contact_center.group_manager")


class PlannedStop(models.Model):
    """A planned stop of the system or a part of it: announced before, told to citizens during."""

    _name = "contact_center.planned.stop"
    _description = "Contact Center Planned Stop"
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
        help="Who answers for this stop, in or outside the system.",
    )
    short_notice_reason = fields.Text(
        string="Reason for the short notice",
        tracking=True,
        help="A stop in business hours must be announced 24 hours before. When that cannot be, "
        "say why: it stays on record.",
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
        help="Queues whose service hours meet the stop.",
    )
    short_notice = fields.Boolean(compute="_compute_short_notice")

    _end_after_start = models.Constraint(
        "CHECK(date_end > date_start)", "The end of a stop is after its start."
    )

    @api.depends("date_start", "date_end")
    def _compute_in_service_hours(self):
        """Names of the queues that people serve during the stop."""
        queues = self.env["contact_center.queue"].search([])
        for stop in self:
            if not stop.date_start or not stop.date_end:
                stop.in_service_hours = False
                continue
            start, end = (
                at.replace(tzinfo=timezone.utc) for at in (stop.date_start, stop.date_end)
            )
            met = queues.filtered(
                lambda queue, start=start, end=end: (
                    not queue.calendar_id or queue._open_ranges(start, end)
                )
            )
            stop.in_service_hours = ", ".join(met.mapped("name"))

    @api.depends("date_start", "published_at", "in_service_hours")
    def _compute_short_notice(self):
        """In business hours, and less than 24 hours after it is (or would be) announced."""
        for stop in self:
            announced = stop.published_at or fields.Datetime.now()
            stop.short_notice = bool(
                stop.in_service_hours and stop.date_start and stop.date_start < announced + NOTICE
            )

    @api.constrains("date_start", "date_end", "short_notice_reason")
    def _check_published(self):
        self.filtered(lambda stop: stop.state == "published")._check_notice()

    def _check_notice(self):
        """Raise ValidationError for a stop in business hours with short notice and no reason."""
        for stop in self:
            if stop.short_notice and not (stop.short_notice_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "This stop is within the service hours of %s and would be announced less "
                        "than 24 hours before. Choose another time, or give the reason for the "
                        "short notice.",
                        stop.in_service_hours,
                    )
                )

    def write(self, vals):
        """Tell people about what changes in a stop that they know of."""
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("Publish or cancel a stop with its buttons."))
        known = self.filtered(lambda stop: stop.state == "published")
        before = {stop: (stop.date_start, stop.date_end) for stop in known}
        result = super().write(vals)
        if {"state", "date_start", "date_end"} & vals.keys():
            self.env.registry.clear_cache()
        for stop in known:
            if stop.state == "published" and before[stop] != (stop.date_start, stop.date_end):
                stop._announce(self.env._("The planned stop was changed."))
        if known:
            self._bus_refresh()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """A stop begins as a draft, whatever the caller asks for."""
        return super().create([{**vals, "state": "draft"} for vals in vals_list])

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(stop.state != "draft" for stop in self):
            raise UserError(self.env._("Stops that were published are kept: cancel them instead."))

    # ------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------

    def action_publish(self):
        """Announce the stop: to the people at once, on every desk from 24 hours before."""
        self.check_access("write")
        for stop in self.filtered(lambda stop: stop.state == "draft"):
            if stop.date_end <= fields.Datetime.now():
                raise UserError(self.env._("This stop is over already."))
            stop._check_notice()
            # sudo: contact_center.planned.stop - its state changes by these buttons only
            stop.sudo().write({"state": "published", "published_at": fields.Datetime.now()})
            stop._announce(self.env._("A stop was planned."))
        self._bus_refresh()
        return True

    def action_cancel(self):
        """Take the announcement back."""
        self.check_access("write")
        for stop in self.filtered(lambda stop: stop.state != "cancelled"):
            published = stop.state == "published"
            # sudo: contact_center.planned.stop - its state changes by these buttons only
            stop.sudo().state = "cancelled"
            if published:
                stop._announce(self.env._("The planned stop was cancelled."))
        return True

    def _announce(self, headline):
        """Write to everybody who works here, by notification or e-mail as each of them chose."""
        self.ensure_one()
        # sudo: res.groups, res.users - whoever works here is told
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
        """Published stops that begin within 24 hours or go on now, for the banner.

        :return: [{id, name, reason, start, end}], times in UTC as `YYYY-MM-DD HH:MM:SS`
        :raise AccessError: the user does not work here
        """
        self.check_access("read")
        now = fields.Datetime.now()
        stops = self.search(
            [
                ("state", "=", "published"),
                ("date_start", "<=", now + NOTICE),
                ("date_end", ">", now),
            ],
            order="date_start",
        )
        return [stop._banner_data() for stop in stops]

    def _banner_data(self):
        return {
            "id": self.id,
            "name": self.name,
            "reason": self.reason,
            "start": fields.Datetime.to_string(self.date_start),
            "end": fields.Datetime.to_string(self.date_end),
        }

    def _bus_refresh(self):
        """Let every open screen read the announced stops again."""
        for name in LISTENERS:
            self.env.ref(name)._bus_send(BUS_TYPE, {})

    @api.model
    def _current(self):
        """The published stop that goes on now, the one that ends last; else empty.

        Asked at every message of a citizen: read from the cache.
        """
        now = fields.Datetime.now()
        going_on = [
            (end, stop_id) for stop_id, start, end in self._published() if start <= now < end
        ]
        # sudo: contact_center.planned.stop - asked when a citizen writes
        return self.sudo().browse(max(going_on)[1] if going_on else [])

    @api.model
    @ormcache()
    def _published(self):
        """Stops that are published and not over, as ((id, start, end), ...); naive in UTC."""
        # sudo: contact_center.planned.stop - see _current
        stops = self.sudo().search(
            [("state", "=", "published"), ("date_end", ">", fields.Datetime.now())]
        )
        return tuple((stop.id, stop.date_start, stop.date_end) for stop in stops)

    def _end_text(self, queue):
        """The expected end in the queue's time zone, in Portuguese: "22/11 às 18:30"."""
        local = self.date_end.replace(tzinfo=timezone.utc).astimezone(queue._timezone())
        return local.strftime("%d/%m às %H:%M")


class Conversation(models.Model):
    """Citizens who write during a planned stop are told until when it lasts."""

    _inherit = "contact_center.conversation"

    def _receive(self, incoming, body=None, attachments=None):
        """Say the automatic message of the planned stop, once in each conversation."""
        message = super()._receive(incoming, body=body, attachments=attachments)
        if message and self.state not in (lifecycle.SURVEY, lifecycle.CLOSED):
            stop = self.env["contact_center.planned.stop"]._current()
            if stop:
                self._automatic("planned_stop", fim=stop._end_text(self.queue_id))
        return message
