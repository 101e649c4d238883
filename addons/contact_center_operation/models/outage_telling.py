# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..core import outage as clocks

# Nobody is reminded of an outage that is older.
REMINDED_FOR = timedelta(days=7)
CITY_TIMEZONE = "America/Sao_Paulo"


class Outage(models.Model):
    """Notices of an outage to the city and to staff, and the clocks that remind of it."""

    _inherit = "contact_center.outage"

    @api.model
    def _tell(self):
        """Write the e-mails that are due, note those that left, and mind the clocks."""
        now = fields.Datetime.now()
        for outage in self.search([("state", "in", ("open", "over"))]):
            if not outage.maintenance_window_id:
                outage._mail_if_due(now)
            if outage.state == "over" and now - outage.ended_at >= clocks.AGAIN:
                outage._close()
        recent = ("began_at", ">", now - REMINDED_FOR)
        untold = [recent, ("told_at", "=", False), ("maintenance_window_id", "=", False)]
        for outage in self.search(untold):
            outage._note_told(now)
        unmended = [("ended_at", "=", False), ("maintenance_window_id", "=", False)]
        for outage in self.search([*unmended, ("repair_missed", "=", False)]):
            outage._mind_repair(now)

    def _mail_if_due(self, now):
        """Mail the begin after a moment, and the end when it has lasted; a short one in one."""
        self.ensure_one()
        if not self.mail_id and not self.told_at:
            due = now - self.began_at >= clocks.TELL_AFTER
        else:
            over = self.state == "over" and not self.end_mailed
            due = over and now - self.ended_at >= clocks.AGAIN
        if due:
            self._mail_city()

    def _mail_city(self):
        """Write one e-mail to the city's contacts; without any, nobody is told."""
        self.ensure_one()
        addresses = self.env["contact_center.city.contact"]._outage_addresses()
        if not addresses:
            return
        outage = self._portuguese()
        mail = self.env["mail.mail"].create(
            {
                "subject": outage._mail_subject(),
                "body_html": outage._mail_body(),
                "email_to": ",".join(addresses),
                "auto_delete": False,
            }
        )
        values = {"end_mailed": self.state == "over"}
        if not self.mail_id:
            values["mail_id"] = mail.id
        self.write(values)
        self._note("mailed", ", ".join(addresses))
        # sudo: ir.cron - the e-mail leaves now and not within the hour
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _mail_subject(self):
        _ = self.env._
        if self.state == "over":
            return _("Contact center: %s works again", self.subject)
        return _("Contact center: %s does not work", self.subject)

    def _mail_body(self):
        """Return what the city reads: what, since when, until when, and the time to mend it."""
        _ = self.env._
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        rows = [
            (_("Number"), self.name),
            (_("What"), f"{kinds[self.kind]}: {self.subject}"),
            (_("Began"), self._local(self.began_at)),
        ]
        if self.ended_at:
            rows += [(_("Ended"), self._local(self.ended_at)), (_("Duration"), self.duration)]
        else:
            due = self.began_at + timedelta(hours=self.repair_hours)
            rows.append((_("To be mended until"), self._local(due)))
        if self.interruptions > 1:
            rows.append((_("Interruptions"), self.interruptions))
        if self.reason:
            rows.append((_("What the system saw"), self.reason))
        if self.cause:
            rows.append((_("Cause"), self.cause))
        items = Markup().join(Markup("<li>%s: %s</li>") % row for row in rows)
        return Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            self._mail_subject(),
            items,
            _("Citizens' messages are kept meanwhile and answered afterwards."),
        )

    @api.model
    def _local(self, at):
        """Return a moment as the city reads it."""
        calendar = self.env.ref("contact_center.calendar_business_hours", raise_if_not_found=False)
        zone = (calendar and calendar.sudo().tz) or CITY_TIMEZONE
        return format_datetime(self.env, at, tz=zone, dt_format="short")

    # ------------------------------------------------------------
    # Clocks
    # ------------------------------------------------------------

    def _note_told(self, now):
        """Note that the e-mail left: the city knows. Else remind the administrators."""
        self.ensure_one()
        if self.mail_id.state == "sent":
            self.told_at = now
            self._note("told", self.mail_id.email_to)
            return
        due = clocks.due_reminders(self.began_at, now, self.reminders or [])
        if due:
            self.reminders = [*(self.reminders or []), *due]
            late = due[-1] >= clocks.NOTICE_HOURS
            self._warn(
                "late" if late else "reminded",
                lambda outage: outage.env._("The city has not been told of this outage."),
            )

    def _mind_repair(self, now):
        """Note once that the time to mend it has passed."""
        self.ensure_one()
        clock = clocks.clock(self.began_at, self.repair_hours, now)
        if clock.state == "late":
            self.repair_missed = True
            self._warn(
                "late", lambda outage: outage.env._("The time to mend this outage has passed.")
            )

    def _warn(self, kind, words_in):
        """Note it, and tell the administrators as the health page does."""
        outage = self._portuguese()
        words = words_in(outage)
        self._note(kind, words)
        health = outage.env["contact_center.health"]
        health._alert([health._result("error", outage.display_name, words)])
