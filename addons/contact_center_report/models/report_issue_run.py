# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import logging
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import email_normalize, email_split

from odoo.addons.queue_job.exception import RetryableJobError

from .. import sheet
from .report_issue import FAILED, ISSUED, RUNNING, WAITING

_logger = logging.getLogger(__name__)

# Reports of so many rows are made while the user waits
AT_ONCE = 5000
# Larger files are not attached to an e-mail, which then leads to the report
MAIL_PARAMETER, MAIL_BYTES = "contact_center_report.mail_bytes", 8_000_000


class ReportIssue(models.Model):
    """Makes a report: reads the rows once, writes all files, tells who waits for it."""

    _inherit = "contact_center.report.issue"

    def _run(self):
        """Make this report (queue_job); from the beginning, if an earlier job was killed.

        Files, state and e-mail are on record together or not at all: it is issued once.
        """
        self.ensure_one()
        if self.state not in (WAITING, RUNNING):
            return
        start = {"state": RUNNING, "started_at": fields.Datetime.now(), "row_count": 0}
        self.write({**start, "tries": self.tries + 1})
        self._commit()
        try:
            self._make(self._tell)
            self._commit()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as conflict:
            self._give_up()
            raise RetryableJobError("others wrote the same", seconds=2) from conflict
        except Exception as problem:  # noqa: BLE001 - `_fail` logs what nobody expected
            self._give_up()
            self._fail(problem)
            self._commit()

    def _give_up(self):
        """Roll back, and close the cursors that outlive a transaction."""
        self._rollback()
        self.env.cr.execute("CLOSE ALL")

    def _tell(self, count):
        """Let the list show how far it is."""
        self.row_count = count
        self._commit()

    def _run_at_once(self):
        """Make this report now if it is short; return whether it was.

        :raise UserError: it cannot be made
        """
        self.ensure_one()
        try:
            # sudo: contact_center.report.issue - written by the system
            self.sudo()._make(lambda count: None, AT_ONCE)
        except sheet.TooLong:
            return False
        return True

    def _make(self, tell, most=None):
        """Write the files, and record that the report is issued.

        :param most: more rows are too many (`sheet.TooLong`)
        """
        users = self.user_id | self.recipient_ids
        kinds = self.env["contact_center.report.kind"]._in_portuguese()
        kind = kinds._kind(self.kind)
        scope = kinds._scope(kind, users, self.first, self.last, self.choices or {})
        table = kinds._sheet(kind, scope)
        with TemporaryDirectory() as folder:
            paths = {
                suffix: str(Path(folder) / f"report.{suffix}") for suffix in self.formats.split()
            }
            with closing(kinds._rows(kind, scope)) as rows:
                count = sheet.write(table, rows, paths, tell, most)
            self.file_ids.unlink()
            for suffix, path in paths.items():
                self._keep_file(suffix, Path(path).read_bytes())
        self._finish(count)

    def _keep_file(self, suffix, content):
        """Keep a file of this report.

        Its content goes straight to where the field has it: through the field it would stand in
        memory three times.
        """
        period = f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"
        title = self.env["ir.http"]._slugify(self.name, max_length=60) or self.kind
        file = self.env["contact_center.report.file"].create(
            {
                "issue_id": self.id,
                "suffix": suffix,
                "name": f"{title}_{period}.{suffix}",
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        # sudo: ir.attachment - the content of a field that nobody reads but its own route
        self.env["ir.attachment"].sudo().create(
            {
                "name": file.name,
                "raw": content,
                "res_model": file._name,
                "res_field": "content",
                "res_id": file.id,
            }
        )
        file.invalidate_recordset(["content"])

    def _finish(self, count):
        """Record the end; write the e-mail."""
        self.write(
            {
                "state": ISSUED,
                "row_count": count,
                "finished_at": fields.Datetime.now(),
                "expires_at": self._keep_until(),
                "error": False,
            }
        )
        self._send()
        self._notify("success", self.env._("The report “%s” is ready.", self.name))

    def _notify(self, style, words):
        """Tell the person who asked for it, wherever they are in Odoo."""
        message = {"type": style, "message": words, "sticky": style == "danger"}
        self.user_id._bus_send("simple_notification", message)

    # ------------------------------------------------------------
    # What can go wrong
    # ------------------------------------------------------------

    def _fail(self, problem):
        """Record why it could not be made, in words that say what to do."""
        self = self._in_portuguese()  # noqa: PLW0642 - the words are the city's
        if isinstance(problem, UserError):
            words = str(problem)
        elif isinstance(problem, OSError):
            words = self.env._(
                "The server could not write the file (%s). Ask whoever runs the server whether "
                "its disk is full, then press “Issue again”.",
                problem.strerror or type(problem).__name__,
            )
        else:
            _logger.error("Report %s failed", self.id, exc_info=problem)
            words = self.env._(
                "The program could not make this report. Press “Issue again”; if it fails again, "
                "send the administrator this: %s",
                f"{type(problem).__name__}: {problem}"[:500],
            )
        self.write({"state": FAILED, "error": words, "finished_at": fields.Datetime.now()})
        self._notify("danger", self.env._("The report “%s” failed.", self.name))

    # ------------------------------------------------------------
    # E-mail
    # ------------------------------------------------------------

    def _addresses(self):
        """Return who gets this report by e-mail."""
        typed = [email_normalize(one) for one in email_split(self.email_to or "")]
        found = [email_normalize(one or "") for one in self.recipient_ids.mapped("email")]
        return sorted({one for one in typed + found if one})

    def _send(self):
        """Write the e-mail: with the files, or with a link to them if they are large.

        Citizens' data never travels by e-mail: a link leads to it, behind a login.
        """
        addresses = self._addresses()
        if not addresses or self.mailed_at:
            return
        issue = self._in_portuguese()
        # sudo: ir.config_parameter - a number of bytes
        stored = self.env["ir.config_parameter"].sudo().get_param(MAIL_PARAMETER)
        limit = int(stored) if stored and stored.isdecimal() else MAIL_BYTES
        attached = not self.personal and sum(self.file_ids.mapped("size")) <= limit
        files = self.file_ids if attached else self.file_ids.browse()
        # sudo: ir.attachment, mail.mail - people who schedule reports need not manage mails
        attachments = self.env["ir.attachment"].sudo()
        for file in files:
            attachments |= attachments.create({"name": file.name, "datas": file.content})
        self.env["mail.mail"].sudo().create(
            {
                "subject": f"{self.name} · {issue._days_in_words()}",
                "body_html": issue._mail_body(attached),
                "email_to": ",".join(addresses),
                "attachment_ids": [fields.Command.set(attachments.ids)],
                "auto_delete": False,
            }
        )
        self.mailed_at = fields.Datetime.now()
        # sudo: ir.cron - the e-mail leaves now and not within the hour
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _days_in_words(self):
        first, last = (f"{day:%d/%m/%Y}" for day in (self.first, self.last))
        return first if first == last else f"{first} – {last}"

    def _mail_body(self, attached):
        """Return the e-mail's text."""
        if attached:
            how = self.env._("The files are attached.")
        elif self.personal:
            how = self.env._("It shows citizens' data, which is not sent by e-mail.")
        else:
            how = self.env._("The files are too large for an e-mail.")
        rows = self.env._("%s rows", sheet.words("number", self.row_count))
        link = f"{self.get_base_url()}/odoo/relatorios-emitidos/{self.id}"
        return Markup("<p><b>%s</b><br/>%s · %s</p><p>%s</p><p><a href='%s'>%s</a></p>") % (
            self.name,
            self._days_in_words(),
            rows,
            how,
            link,
            self.env._("Open the report"),
        )
