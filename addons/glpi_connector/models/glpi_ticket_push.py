import logging
import time
from contextlib import contextmanager

from psycopg2 import errors as pg_errors

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from .. import rest
from ..rest import text

_logger = logging.getLogger(__name__)

# Seconds before the next try, by number of tries so far; the last one for ever after.
BACK_OFF = (5, 10, 20, 40, 60, 120, 300)
# An answer that was lost may belong to a request GLPI is still working on (PHP's usual limit).
UNKNOWN_WAIT = 30
# A crash that keeps coming is the ticket's own fault, not that of the moment.
MAX_CRASHES = 5
_LOCK_SPACE = 19_190  # first key of the advisory locks of pushes


class GlpiTicket(models.Model):
    """Pushing a ticket to GLPI: once, whatever happens on the way."""

    _inherit = "glpi.ticket"

    def _push_key(self):
        """Identity of the job that pushes this ticket."""
        return f"glpi.ticket.push:{self.id}"

    def _enqueue_push(self):
        """Queue the push; it runs after the commit of the present transaction."""
        self.ensure_one()
        # max_retries=0: for ever
        self.with_delay(
            identity_key=self._push_key(),
            max_retries=0,
            description=self.env._("Open ticket of %s in GLPI", self.protocol),
        )._push()

    def _push(self):
        """Job: bring the ticket, its files and the good news where they belong.

        Every step is committed on its own, so the job may be killed at any point and run again:
        a ticket is only created when no earlier try may have created it.
        """
        self.ensure_one()
        # sudo: glpi.ticket - the job acts for the system
        ticket = self.sudo()
        with ticket._push_lock() as alone:
            if not alone or ticket.state == "failed":
                return
            try:
                with ticket.server_id._client() as client:
                    ticket._push_ticket(client)
                    ticket._announce_open()
                    waiting = ticket._push_documents(client)
            except rest.GlpiDown as error:
                ticket._push_later(error)
            except rest.GlpiError as error:
                ticket._push_refused(error)
            else:
                ticket._push_done(waiting)

    @contextmanager
    def _push_lock(self):
        """Yield whether this is the only push of the ticket now (a lock on another cursor).

        The job commits on its way, which would end a lock of its own transaction.
        """
        with self.env.registry.cursor() as cr:
            cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (_LOCK_SPACE, self.id))
            yield cr.fetchone()[0]

    # ------------------------------------------------------------ the ticket
    def _push_ticket(self, client):
        """Create the ticket in GLPI unless it is there; glpi_id is committed at once."""
        if self.glpi_id:
            return
        glpi_id = client.find_ticket(self.marker) if self.maybe_sent else None
        if not glpi_id:
            draft = self._draft(client)
            self.write({"state": "pushing", "maybe_sent": True, "next_try_at": False})
            self._commit()
            try:
                glpi_id = client.create_ticket(draft)
            except rest.GlpiRefused:
                self.maybe_sent = False
                raise
        self.write(
            {
                "glpi_id": glpi_id,
                "state": "open",
                "glpi_status": str(rest.interface.STATUS_NEW),
                "opened_at": fields.Datetime.now(),
                "tries": 0,
                "crashes": 0,
                "error": False,
                "next_try_at": False,
            }
        )
        self._commit()

    def _draft(self, client):
        """The rest.TicketDraft, with ids that exist: GLPI takes unknown ones in silence."""
        server = self.server_id
        notices = []
        category_id = location_id = 0
        if self.category_id:
            category_id = self._checked(client.has_category, self.category_id, notices)
        if self.location_id:
            location_id = self._checked(client.has_location, self.location_id, notices)
        requester = self._find_requester(client)
        self.write(
            {
                "notice": "\n".join(notices) or False,
                "glpi_requester_id": requester.id if requester else False,
            }
        )
        return rest.TicketDraft(
            title=self.title,
            content=text.describe(self.description or self.title, self._facts(), self.marker),
            marker=self.marker,
            category_id=category_id,
            location_id=location_id,
            entity_id=server.glpi_entity_id if server.other_entity else None,
            request_type_id=server.glpi_request_type_id,
            requester_id=requester.id if requester else 0,
            requester_email=self.requester_email or "",
        )

    def _checked(self, exists, record, notices):
        """GLPI id of a category or place, 0 (and a notice) when GLPI no longer has it."""
        try:
            found = exists(record.glpi_id)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            found = True  # it was read once; without the right to look it is taken as it is
        if found:
            return record.glpi_id
        env = self.with_context(lang=self.server_id.lang).env
        notices.append(
            env._(
                "%(name)s (id %(id)s) no longer exists in GLPI: the ticket was opened without it. "
                "Fetch the categories and locations again.",
                name=record.complete_name,
                id=record.glpi_id,
            )
        )
        return 0

    def _find_requester(self, client):
        """The GLPI account of the citizen (rest.UserRef), or None."""
        try:
            found = client.find_user(email=self.requester_email) if self.requester_email else None
            if not found and self.requester_phone:
                found = client.find_user(phone=self.requester_phone)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return None  # may not look at accounts: the e-mail address is the requester then
        return found

    def _facts(self):
        """(label, value) pairs under the description, in the language of GLPI's technicians."""
        env = self.with_context(lang=self.server_id.lang).env
        return [
            (env._("Protocol"), self.protocol),
            (env._("Name"), self.requester_name or self.partner_id.name),
            (env._("E-mail"), self.requester_email),
            (env._("Phone"), self.requester_phone),
            (env._("Category"), self.category_id.complete_name),
            (env._("Location"), self.location_id.complete_name),
        ]

    # ------------------------------------------------------------ telling
    def _announce_open(self):
        """Tell the citizen the number, once, also when the conversation has ended meanwhile."""
        if self.announced:
            return
        self._lock_conversation()
        conversation = self.conversation_id
        self.announced = True
        conversation._log("ticket_opened", ticket=self.id, number=self.glpi_id)
        conversation._collect(
            "glpi_ticket",
            self.with_context(lang=self.server_id.lang).env._("GLPI ticket"),
            str(self.glpi_id),
        )
        conversation._automatic("ticket_opened", ticket=self.glpi_id)
        conversation._bus_refresh()
        self._commit()

    def _lock_conversation(self):
        """Wait for whoever is changing the conversation, and see it as it is afterwards.

        What was done so far is committed, so a refused snapshot (the citizen has just written)
        is simply taken again, quietly.
        """
        query = "SELECT id FROM contact_center_conversation WHERE id = %s FOR UPDATE"
        for attempt in range(1, 6):
            try:
                self.env.cr.execute(query, [self.conversation_id.id], log_exceptions=False)
                break
            except (pg_errors.SerializationFailure, pg_errors.DeadlockDetected):
                self.env.cr.rollback()
                if attempt == 5:
                    raise
                time.sleep(0.05 * attempt)
        self.env.invalidate_all()

    # ------------------------------------------------------------ outcomes
    def _push_later(self, error):
        """GLPI is not there: keep why, and come back. Raises RetryableJobError, always."""
        crashes = self.crashes + isinstance(error, rest.GlpiCrash)
        if crashes >= MAX_CRASHES:
            self._push_refused(error)
            return
        seconds = BACK_OFF[min(self.tries, len(BACK_OFF) - 1)]
        if error.maybe_done and self.state == "pushing":
            seconds = max(seconds, UNKNOWN_WAIT)
        self.write(
            {
                "tries": self.tries + 1,
                "crashes": crashes,
                "error": self.server_id._explain(error),
                "next_try_at": fields.Datetime.add(fields.Datetime.now(), seconds=seconds),
            }
        )
        self._commit()
        self.server_id._note_error(error)
        self._commit()
        raise RetryableJobError(str(error), seconds=seconds, ignore_retry=True)

    def _push_refused(self, error):
        """No use in repeating: say why where people see it; the conversation goes on."""
        self._note_failure(self.server_id._explain(error))
        self._commit()
        self.server_id._note_error(error)
        self._commit()

    def _note_failure(self, words):
        """Keep why the ticket, or what was left to do for it, came to an end."""
        self.write({"error": words, "next_try_at": False})
        if self.glpi_id:
            # the ticket is there, only its files are not
            self.document_ids.filtered(lambda document: document.state == "pending").write(
                {"state": "failed", "error": words}
            )
        else:
            self.state = "failed"
            self.conversation_id._log("ticket_failed", ticket=self.id, reason=words)

    def _on_push_job_failed(self, exc_name="", exc_message="", **_details):
        """Called by queue_job when the push raised something unforeseen: say so on the ticket."""
        # sudo: glpi.ticket - the job acts for the system
        ticket = self.sudo()
        env = ticket.with_context(lang=ticket.server_id.lang).env
        ticket._note_failure(
            env._(
                "Unexpected error: %(error)s. The details are among the failed jobs.",
                error=f"{exc_name} {exc_message}".strip()[:300],
            )
        )

    def _push_done(self, waiting):
        """All is done but for files that are still on their way to us (`waiting`)."""
        self.server_id._note_ok()
        self.write({"next_try_at": False, "error": False})
        self._commit()
        if waiting:
            seconds = waiting.wait_seconds()
            raise RetryableJobError("files still to come", seconds=seconds, ignore_retry=True)

    def _commit(self):
        """Make the step just done last."""
        self.env["glpi.server"]._checkpoint()
