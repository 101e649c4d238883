# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
import time

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .. import rest
from ..rest import breaker, text
from ..rest.narrow import narrowed

# After a lost response GLPI may still be processing the request (PHP's usual limit).
UNKNOWN_WAIT = 30
# A crash that keeps recurring is the ticket's fault, not temporary.
MAX_CRASHES = 5


class GlpiTicket(models.Model):
    """Pushes a ticket to GLPI: once, whatever happens on the way."""

    _inherit = "glpi.ticket"

    def _enqueue_push(self):
        """Queue it for sending after the current transaction (see glpi_server_pump.py)."""
        for ticket in self:
            ticket.due_at = fields.Datetime.now()
        self.server_id._pump_soon()

    def _push(self):
        """Send the ticket, tell the citizen its number, and send later entries and files.

        Called by the server's pump, one at a time. Every step is committed separately, so the
        process may be killed at any point and this run again: nothing is created that an earlier
        attempt may have created.

        :return: the rest.GlpiError that should stop further calls to GLPI, or None
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
        """Create the ticket in GLPI unless it exists; glpi_id is committed at once."""
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
        """POST the ticket and return its id. The attempt is recorded before it is sent."""
        again = self.maybe_sent
        draft = self._draft(client)
        if self.crashes:
            # an emoji crashes GLPI if its database driver raises: retry without it
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
        """Return the rest.TicketDraft with existing ids: GLPI silently accepts unknown ones."""
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
        """Return the GLPI id of a category or location, 0 (and a notice) if it is gone."""
        try:
            found = exists(record.glpi_id)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            found = True  # it was read once; without the right to check, it is assumed to exist
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
        """Return (label, value) pairs below the description, in the technicians' language."""
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
        """Tell the citizen the number, once, even if the conversation has ended in the meantime."""
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
        """Wait for concurrent changes to the conversation, then read its current state.

        :param conversation: a different one from the ticket's own

        What was done so far is committed, so a refused snapshot (the citizen has just written)
        is simply taken again, quietly.
        """
        for attempt in range(1, 6):
            try:
                (conversation or self.conversation_id)._lock()
                break
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self._rollback()
                if attempt == 5:
                    raise
                time.sleep(0.05 * attempt)
        self.env.invalidate_all()

    # ------------------------------------------------------------ outcomes
    def _push_later(self, error):
        """Handle GLPI being down or refusing access: record why, and retry later.

        :return: the error; None if the ticket itself is considered at fault
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
        """Schedule this ticket for another attempt in this many seconds."""
        moment = fields.Datetime.add(fields.Datetime.now(), seconds=int(seconds))
        self.write({"due_at": moment, "next_try_at": moment})

    def _push_refused(self, error):
        """Give up: show the reason to people; the conversation continues."""
        self._note_failure(self.server_id._explain(error))
        self._commit()
        self.server_id._note_refusal(error)
        self._commit()

    def _note_failure(self, words):
        """Record why the ticket, or its remaining work, was given up."""
        self.write({"error": words, "next_try_at": False, "due_at": False})
        if self.glpi_id:
            # the ticket exists, but its remaining entries do not
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
        """Record an unexpected error on the ticket."""
        env = self.with_context(lang=self.server_id.lang).env
        self._note_failure(
            env._(
                "Unexpected error: %(error)s. The details are in the log.",
                error=f"{type(error).__name__} {error}".strip()[:300],
            )
        )

    def _push_done(self, waiting):
        """Finish, except for files that have not arrived here yet (`waiting`)."""
        self.server_id._note_ok()
        nothing = dict.fromkeys(("next_try_at", "error", "due_at"), False)
        self.write({**nothing, "tries": 0, "crashes": 0})
        moments = [waiting.wait_seconds() if waiting else None, self._seconds_to_look()]
        seconds = min((moment for moment in moments if moment is not None), default=None)
        if seconds is not None:
            self.due_at = fields.Datetime.add(fields.Datetime.now(), seconds=int(seconds))
        self._commit()
