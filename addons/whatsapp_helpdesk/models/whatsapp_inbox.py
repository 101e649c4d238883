# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import sys
import traceback
from datetime import timedelta

import psycopg2

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.contact_center.core.structured_log import log_scoped

from ..cloud_api import events, fairness, pacing
from ..cloud_api import fields as event_fields
from .turn import Turn, are_together

_logger = logging.getLogger(__name__)

# What is said to, or from, one of our numbers
_OF_A_NUMBER = frozenset(
    {
        events.MESSAGE,
        events.ECHO,
        events.HISTORY,
        events.STANDBY,
        events.CALL,
        events.CONTACT,
        events.ROUTING,
    }
)
MAX_TRIES = 5

# What waits of each person; of nobody when the key is empty
_NEXT_EVENTS = """
SELECT lane.key, ARRAY(
    SELECT id FROM (
        SELECT id, at, state, next_try_at FROM whatsapp_event
        WHERE contact_key = lane.key AND kind NOT IN ('status', 'unreadable')
          AND state IN ('received', 'failed')
        UNION ALL
        SELECT id, at, state, next_try_at FROM whatsapp_event
        WHERE lane.key = '' AND contact_key IS NULL AND kind NOT IN ('status', 'unreadable')
          AND state IN ('received', 'failed')
    ) AS waiting
    WHERE state = 'received' OR next_try_at <= %(now)s
    ORDER BY at, id LIMIT %(limit)s)
FROM unnest(%(keys)s::text[]) AS lane (key)
"""


class WhatsappEvent(models.Model):
    """Processing the inbox: one person's events in order, each for itself."""

    _inherit = "whatsapp.event"

    def _process_batch(self, contact_key, batch=None):
        """Process some of a person's events.

        :param batch: these events, where they are known already
        :return: number of events looked at, and the identities to whom there may be something
            to send
        """
        batch = self._next_of([contact_key])[contact_key] if batch is None else batch
        identities = self.env["whatsapp.identity"]
        for event in batch:
            identities |= event._process_safely()
        return len(batch), identities

    def _next_of(self, contact_keys):
        """Return the next events of people: {contact key: events}, all read together.

        In the order in which things happened. The more people, the fewer of each: nobody waits long
        for somebody else's.

        :param contact_keys: "" for events that are about nobody
        """
        values = {
            "keys": list(contact_keys),
            "now": fields.Datetime.now(),
            "limit": fairness.share(len(contact_keys)),
        }
        self.env.cr.execute(_NEXT_EVENTS, values)
        found = dict(self.env.cr.fetchall())
        ahead = [event_id for ids in found.values() for event_id in ids]
        return {key: self.browse(found[key]).with_prefetch(ahead) for key in contact_keys}

    def _log_ids(self):
        """Return the ids that the log tells while this event is processed."""
        payload = self.payload or {}
        payload = payload if isinstance(payload, dict) else {}
        element = payload.get("message") or payload.get("status")
        return {"wamid": element.get("id") if isinstance(element, dict) else None}

    @log_scoped(_log_ids)
    def _process_safely(self):
        """Process one event; a failure in it leaves the others alone.

        :return: the identity to whom something may have to be sent
        """
        self.ensure_one()
        if are_together(self.env):
            # A failure undoes all that share the savepoint; each comes again alone
            return self._process_turn()
        try:
            with self.env.cr.savepoint():
                return self._process_turn()
        except psycopg2.OperationalError as error:
            if error.pgcode in PG_CONCURRENCY_ERRORS_TO_RETRY:
                raise
            self._mark_failed()
        except Exception:  # noqa: BLE001 - whatever it is, it is kept and the others go on
            self._mark_failed()
        return self.env["whatsapp.identity"]

    def _process_turn(self):
        """Process one event, and put the messages of its turn into the outbox.

        :return: the identity to whom something may have to be sent
        """
        identities = self.env["whatsapp.identity"]
        turn = Turn.begin(self.env, self.contact_key or "")
        note = turn.around(self)._process()
        if turn.rows:
            identities = self.env["whatsapp.message"]._store_turn(turn)
        if are_together(self.env):
            # Marked when all are done, see `_mark_together`
            turn.processed.setdefault(note or False, []).append(self.id)
        else:
            self._mark_processed(note)
        return identities

    def _mark_together(self):
        """Mark the events that were processed in one savepoint with others."""
        for note, ids in Turn.of(self.env).processed.items():
            self.browse(ids)._mark_processed(note)

    def _mark_processed(self, note=False):
        """Mark these events as done; `note` says what was done if it is not obvious."""
        self.write(
            {
                "state": "processed",
                "processed_at": fields.Datetime.now(),
                "note": note or False,
                "next_try_at": False,
                "error": False,
            }
        )

    def _mark_failed(self):
        """Keep the failure with its traceback; tried again with back-off, at most five times."""
        tries = self.tries + 1
        next_try_at = False
        if tries < MAX_TRIES:
            delay = timedelta(seconds=max(5.0, pacing.retry_delay(tries * 2)))
            next_try_at = fields.Datetime.now() + delay
        # Not the data: it is personal, and stands in the event
        _logger.error(
            "WhatsApp event %s failed (attempt %s)", self.id, tries, exc_info=sys.exc_info()
        )
        self.write(
            {
                "state": "failed",
                "tries": tries,
                "next_try_at": next_try_at,
                "error": traceback.format_exc(),
            }
        )
        if next_try_at and self.kind != events.STATUS:
            self._wake_inbox(eta=next_try_at)

    def _process(self):
        """Handle the event by its kind.

        :return: a note for people, or None when nothing is worth a note
        """
        if self.kind in _OF_A_NUMBER and not self.account_id:
            return self.env._(
                "Nothing was done: %s is not one of our active numbers.",
                self.phone_number_id or "?",
            )
        handler = {
            events.MESSAGE: self._process_message,
            events.ECHO: self._process_echo,
            events.HISTORY: self._process_history,
            events.STANDBY: self._process_standby,
            events.CALL: self._process_call,
            events.CONTACT: self._process_contact,
            events.ROUTING: self._process_routing,
            events.IDENTITY: self._process_identity,
            events.PREFERENCE: self._process_preference,
            events.TEMPLATE: self._process_template,
            events.ACCOUNT: self._process_account,
            events.ERROR: self._process_error,
        }.get(self.kind)
        if handler:
            return handler()
        field = (self.payload or {}).get("field") or ""
        if event_fields.is_only_kept(field):
            return self.env._("Kept: nothing here depends on it (%s).", field)
        return self.env._("Kept, but not understood: nothing was done.")
