import random
import time

from psycopg2 import errors as pg_errors

from odoo import fields, models

from .. import rest
from ..rest import breaker, text
from ..rest.narrow import narrowed

# An answer that was lost may belong to a request GLPI is still working on (PHP's usual limit).
UNKNOWN_WAIT = 30
# A crash that keeps coming is the ticket's own fault, not that of the moment.
MAX_CRASHES = 5


class GlpiTicket(models.Model):
    """Pushing a ticket to GLPI: once, whatever happens on the way."""

    _inherit = "glpi.ticket"

    def _enqueue_push(self):
        """Have it sent after the commit of the present transaction (see glpi_server_pump.py)."""
        for ticket in self:
            ticket.due_at = fields.Datetime.now()
        self.server_id._pump_soon()

    def _push(self):
        """Bring the ticket, the good news, what was said since and the files where they belong.

        Called by the server's pump, one at a time. Every step is committed on its own, so the
        process may be killed at any point and this run again: nothing is created that an earlier
        try may have created.

        :return: the rest.GlpiError because of which GLPI should be left in peace, or None
        """
        self.ensure_one()
        # sudo: glpi.ticket - the job acts for the system
        ticket = self.sudo()
        if ticket.state in ("failed", "given_up"):
            ticket.due_at = False
            return None
        try:
            with ticket.server_id._client() as client:
                ticket._push_ticket(client)
                ticket._announce_open()
                ticket._settle_requester(client)
                ticket._join_doubles(client)
                ticket._push_outbox(client)
                waiting = ticket._push_documents(client)
                ticket._join_double_parts(client)
        except rest.GlpiRefused as error:
            ticket._push_refused(error)
        except rest.GlpiError as error:
            return ticket._push_later(error)
        else:
            ticket._push_done(waiting)
        return None

    # ------------------------------------------------------------ the ticket
    def _push_ticket(self, client):
        """Create the ticket in GLPI unless it is there; glpi_id is committed at once."""
        if self.glpi_id:
            return
        found = client.find_tickets(self.marker) if self.maybe_sent else []
        if len(found) > 1:
            self.doubles_until = fields.Datetime.now()
        glpi_id = found[0] if found else self._create_in_glpi(client)
        self.write(
            {
                "glpi_id": glpi_id,
                "state": "open",
                "glpi_status": str(rest.interface.STATUS_NEW),
                "opened_at": fields.Datetime.now(),
                "requester_due": bool(self.glpi_requester_id or self.requester_email),
                "tries": 0,
                "crashes": 0,
                "error": False,
                "next_try_at": False,
            }
        )
        self._commit()

    def _create_in_glpi(self, client):
        """POST the ticket; its id. What was sent is on record before it is sent."""
        again = self.maybe_sent
        draft = self._draft(client)
        if self.crashes:
            # GLPI dies of an emoji where its database driver raises: the next try is without
            draft = narrowed(draft)
        self.write({"state": "pushing", "maybe_sent": True, "next_try_at": False})
        if again:
            self._expect_doubles()
        self._commit()
        try:
            created = client.create_ticket(draft)
        except rest.GlpiRefused:
            self.maybe_sent = bool(self.doubles_until)
            raise
        return self._oldest_of(client, created) if again else created

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
            ticket_type=int(self.ticket_type or 1),
            urgency=int(self.urgency or 0),
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
        self._tell("ticket_opened")
        conversation._bus_refresh(panel=True)
        self._commit()

    def _lock_conversation(self, conversation=None):
        """Wait for whoever is changing the conversation, and see it as it is afterwards.

        :param conversation: another one than the ticket's own

        What was done so far is committed, so a refused snapshot (the citizen has just written)
        is simply taken again, quietly.
        """
        query = "SELECT id FROM contact_center_conversation WHERE id = %s FOR UPDATE"
        for attempt in range(1, 6):
            try:
                self.env.cr.execute(
                    query, [(conversation or self.conversation_id).id], log_exceptions=False
                )
                break
            except (pg_errors.SerializationFailure, pg_errors.DeadlockDetected):
                self.env.cr.rollback()
                if attempt == 5:
                    raise
                time.sleep(0.05 * attempt)
        self.env.invalidate_all()

    # ------------------------------------------------------------ outcomes
    def _push_later(self, error):
        """GLPI is not there, or does not let us in: keep why, and come back.

        :return: the error; None when it is taken for the ticket's own fault
        """
        crashes = self.crashes + isinstance(error, rest.GlpiCrash)
        self.server_id._note_error(error)
        if crashes >= MAX_CRASHES:
            self._push_refused(error)
            return None
        seconds = breaker.wait(self.tries, random.random())
        if isinstance(error, rest.GlpiAuth):
            seconds = max(seconds, breaker.SETUP_WAIT)
        elif error.maybe_done:
            seconds = max(seconds, UNKNOWN_WAIT)
        self.write(
            {
                "tries": self.tries + 1,
                "crashes": crashes,
                "error": self.server_id._explain(error),
            }
        )
        self._try_later(seconds)
        self._commit()
        return error

    def _try_later(self, seconds):
        """Have this ticket looked at again in so many seconds."""
        moment = fields.Datetime.add(fields.Datetime.now(), seconds=int(seconds))
        self.write({"due_at": moment, "next_try_at": moment})

    def _push_refused(self, error):
        """No use in repeating: say why where people see it; the conversation goes on."""
        self._note_failure(self.server_id._explain(error))
        self._commit()
        self.server_id._note_refusal(error)
        self._commit()

    def _note_failure(self, words):
        """Keep why the ticket, or what was left to do for it, came to an end."""
        self.write({"error": words, "next_try_at": False, "due_at": False})
        if self.glpi_id:
            # the ticket is there: what comes next for it is not
            self.outbox_ids.filtered(lambda entry: entry.state == "waiting").sorted("id")[:1].write(
                {"state": "failed", "error": words}
            )
            self.document_ids.filtered(lambda document: document.state == "pending").write(
                {"state": "failed", "error": words}
            )
            return
        self.state = "failed"
        self.conversation_id._log("ticket_failed", ticket=self.id, reason=words)
        self._tell_agent(
            self.with_context(lang=self.server_id.lang).env._(
                "GLPI did not take the ticket “%(title)s”: %(reason)s",
                title=self.title,
                reason=words,
            )
        )

    def _on_unforeseen(self, error):
        """Sending raised something unforeseen: say so on the ticket."""
        env = self.with_context(lang=self.server_id.lang).env
        self._note_failure(
            env._(
                "Unexpected error: %(error)s. The details are in the log.",
                error=f"{type(error).__name__} {error}".strip()[:300],
            )
        )

    def _push_done(self, waiting):
        """All is done but for files that are still on their way to us (`waiting`)."""
        self.server_id._note_ok()
        nothing = dict.fromkeys(("next_try_at", "error", "due_at"), False)
        self.write({**nothing, "tries": 0, "crashes": 0})
        moments = [waiting.wait_seconds() if waiting else None, self._seconds_to_look()]
        seconds = min((moment for moment in moments if moment is not None), default=None)
        if seconds is not None:
            self.due_at = fields.Datetime.add(fields.Datetime.now(), seconds=int(seconds))
        self._commit()

    def _commit(self):
        """Make the step just done last."""
        self.env["glpi.server"]._checkpoint()
