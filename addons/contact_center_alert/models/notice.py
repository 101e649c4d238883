# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import ormcache

from .banner import LEADERS, refresh_banners

TEXT_LENGTH = 1000
USUAL_HOURS = 4
LONGEST = timedelta(days=30)


class AlertNotice(models.Model):
    """A notice that citizens with a subject, in a district, hear at once.

    With the assistant they hear it before its next words and may say that it was enough; those who
    wait in a queue already hear it when it is published. It ends by itself.
    """

    _name = "contact_center.alert.notice"
    _inherit = ["contact_center.alert.logged", "contact_center.background.work"]
    _description = "Notice to Citizens"
    _entry_field = "notice_id"
    _order = "id desc"
    _rec_name = "text"

    text = fields.Text(required=True, string="What citizens hear")
    subject_id = fields.Many2one(
        "contact_center.alert.subject",
        ondelete="restrict",
        help="Who hears it: citizens who come with this subject. Empty: all.",
    )
    districts = fields.Text(help="Districts or regions, one in each line. Empty: the whole city.")
    ask = fields.Boolean(
        string="Ask whether that was enough",
        default=True,
        help="Buttons with which the citizen ends the contact, or goes on.",
    )
    date_start = fields.Datetime(
        string="From", required=True, default=fields.Datetime.now, copy=False
    )
    date_end = fields.Datetime(
        string="Until",
        required=True,
        copy=False,
        default=lambda self: fields.Datetime.now() + timedelta(hours=USUAL_HOURS),
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    alarm_id = fields.Many2one(
        "contact_center.alert.alarm", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    run_id = fields.Many2one(
        "contact_center.civil.run",
        string="Civil-defence mode",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True, readonly=True
    )
    hearing_ids = fields.One2many("contact_center.alert.hearing", "notice_id", readonly=True)
    heard_count = fields.Integer(compute="_compute_counts", string="Heard by")
    enough_count = fields.Integer(compute="_compute_counts", string="Enough for")
    entry_ids = fields.One2many("contact_center.alert.entry", "notice_id", readonly=True)

    _end_after_start = models.Constraint(
        "CHECK(date_end > date_start)", "The end of a notice is after its start."
    )
    _published_idx = models.Index("(date_end) WHERE state = 'published'")

    @api.depends("hearing_ids.answer")
    def _compute_counts(self):
        groups = self.env["contact_center.alert.hearing"]._read_group(
            [("notice_id", "in", self.ids)], ["notice_id", "answer"], ["__count"]
        )
        for notice in self:
            own = {answer: count for one, answer, count in groups if one == notice}
            notice.heard_count = sum(own.values())
            notice.enough_count = own.get("enough", 0)

    @api.constrains("text", "date_start", "date_end")
    def _check_text(self):
        for notice in self:
            if not notice.text.strip() or len(notice.text) > TEXT_LENGTH:
                raise ValidationError(
                    self.env._("Write what citizens hear, in up to %s characters.", TEXT_LENGTH)
                )
            if notice.date_end - notice.date_start > LONGEST:
                raise ValidationError(self.env._("A notice lasts 30 days at most."))

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as drafts, whatever the caller asks for."""
        kept = {} if self.env.su else {"alarm_id": False, "run_id": False}
        return super().create([{**vals, "state": "draft", **kept} for vals in vals_list])

    def write(self, vals):
        """Change drafts only; of a published notice people may move the end."""
        if not self.env.su:
            if {"state", "alarm_id", "run_id", "company_id"} & vals.keys():
                raise AccessError(self.env._("Publish or end a notice with its buttons."))
            if vals.keys() - {"date_end"} and any(one.state != "draft" for one in self):
                raise UserError(
                    self.env._(
                        "Citizens have heard this notice: end it and publish another one. Only "
                        "its end can be moved."
                    )
                )
        result = super().write(vals)
        self.env.registry.clear_cache()
        refresh_banners(self.env)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(notice.state != "draft" for notice in self):
            raise UserError(self.env._("Notices that were published are kept: end them instead."))

    # ------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------

    def action_publish(self):
        """Publish drafts: who comes hears them, and who waits already is told."""
        self._check_leads()
        for notice in self.filtered(lambda one: one.state == "draft"):
            if notice.date_end <= fields.Datetime.now():
                raise UserError(self.env._("This notice would be over already: move its end."))
            notice._publish()
        return True

    def action_end(self):
        """End these notices now: nobody hears them any more."""
        self._check_leads()
        self._end()
        return True

    def _check_leads(self):
        """Raise AccessError unless the user leads agents and may change these notices."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(LEADERS):
            raise AccessError(self.env._("Only supervisors publish and end notices to citizens."))

    def _publish(self):
        """Let citizens hear this draft; the right was checked."""
        # sudo: contact_center.alert.notice - only this changes its state
        notice = self.sudo()
        start = min(notice.date_start, fields.Datetime.now())
        notice.write({"state": "published", "date_start": start})
        self._note("notice_published", self.text[:200], **self._alert_links())
        notice._tell_waiting_later()

    def _end(self):
        """End those of these notices that are published."""
        for notice in self.filtered(lambda one: one.state == "published"):
            # sudo: contact_center.alert.notice - only this changes its state
            end = max(fields.Datetime.now(), notice.date_start + timedelta(seconds=1))
            notice.sudo().write({"state": "ended", "date_end": min(end, notice.date_end)})
            notice._note("notice_ended", **notice._alert_links())

    def _alert_links(self):
        """Return the alarm and the run that this notice belongs to, for its entries."""
        links = {"alarm_id": self.alarm_id, "run_id": self.run_id}
        return {name: record for name, record in links.items() if record}

    @api.model
    def _end_due(self):
        """End published notices whose time is over (scheduled)."""
        # sudo: contact_center.alert.notice - scheduled action
        domain = [("state", "=", "published"), ("date_end", "<=", fields.Datetime.now())]
        self.sudo().search(domain)._end()

    # ------------------------------------------------------------
    # Read when citizens write: from the process' cache
    # ------------------------------------------------------------

    @api.model
    @ormcache()
    def _published(self):
        """Return what is published: ((id, start, end, subject id, districts, company), ...)."""
        # sudo: contact_center.alert.notice - a citizen's message decides
        notices = self.sudo().search(
            [("state", "=", "published"), ("date_end", ">", fields.Datetime.now())]
        )
        districts = self.env["contact_center.district"]
        return tuple(
            (
                one.id,
                one.date_start,
                one.date_end,
                one.subject_id.id,
                frozenset(districts._alert_keys(one.districts)),
                one.company_id.id,
            )
            for one in notices.sorted("id")
        )

    @api.model
    def _current(self):
        """Return the rows of `_published` whose time it is."""
        published = self._published()
        now = fields.Datetime.now() if published else None
        return [row for row in published if row[1] <= now < row[2]]

    # ------------------------------------------------------------
    # Those who wait already
    # ------------------------------------------------------------

    def _tell_waiting_later(self):
        """Queue the job that tells citizens who wait already."""
        self.with_delay(
            channel="root.background",
            identity_key=f"alert.notice:{self.id}",
            description=f"Alert notice {self.id}: tell those who wait",
        )._tell_waiting()

    def _tell_waiting(self):
        """Say this notice to waiting citizens whom it concerns, each on record at once (job)."""
        conversations = self.env["contact_center.conversation"].search(
            [("state", "=", "queued")], order="queued_at, id"
        )
        for conversation in conversations:
            self._repeat(lambda one=conversation: one._hear_while_waiting())
