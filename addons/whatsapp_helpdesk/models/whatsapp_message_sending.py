# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from odoo import api, fields, models

from ..cloud_api import errors, pacing, payloads
from ..cloud_api.client import Sent
from ..cloud_api.errors import ErrorClass
from .meta_call import Call, with_media_id

_logger = logging.getLogger(__name__)

# After a day the citizen no longer waits for a message
GIVE_UP_AFTER = timedelta(hours=24)
# Each of these may have reached the citizen: not more than so many copies
MAX_UNKNOWN_TRIES = 8
# Words wait so long for the news that a file before them went out: Meta takes its time to prepare
# one, keeps no order, and words would overtake it. See docs/decisions/pictures-before-words.md
HOLD_AFTER_FILE = timedelta(seconds=10)

_NEXT = """
SELECT DISTINCT ON (m.identity_id)
       m.id, m.identity_id, m.state, m.next_try_at, COALESCE(m.tries, 0) AS tries,
       COALESCE(m.queued_at, m.create_date) AS queued_at,
       m.account_id, m.payload, m.opaque, m.quoted_wamid, m.attachment_id, m.mail_message_id,
       m.media_id,
       a.unknown_grace_seconds, c.state AS conversation_state,
       (SELECT max(f.holds_until) FROM whatsapp_message f
        WHERE f.identity_id = m.identity_id AND f.holds_until IS NOT NULL) AS held_until
FROM whatsapp_message m
JOIN whatsapp_account a ON a.id = m.account_id
LEFT JOIN contact_center_conversation c ON c.id = m.conversation_id
WHERE m.identity_id = ANY(%s) AND m.direction = 'out' AND m.merged_into_id IS NULL
  AND m.state IN ('queued', 'sending', 'unknown')
  AND a.state IS DISTINCT FROM 'paused'
ORDER BY m.identity_id, m.id
"""

_RECORD_SENT = """
WITH sent AS (
    SELECT id, wamid FROM unnest(%(ids)s::int[], %(wamids)s::text[]) AS sent (id, wamid)
    UNION ALL
    SELECT part.id, NULL FROM whatsapp_message part WHERE part.merged_into_id = ANY(%(ids)s)
)
UPDATE whatsapp_message message
SET wamid = sent.wamid,
    state = CASE WHEN state IN ('queued', 'sending', 'unknown') THEN 'sent' ELSE state END,
    status_at = COALESCE(status_at, %(now)s), write_date = %(now)s,
    holds_until = CASE WHEN state IN ('sending', 'unknown') AND attachment_id IS NOT NULL
                       THEN %(held)s::timestamp END,
    error_code = CASE WHEN state = 'failed' THEN error_code END,
    error_detail = CASE WHEN state = 'failed' THEN error_detail END,
    next_try_at = NULL
FROM sent WHERE message.id = sent.id
"""

# Conversations in these states are on agents' screens
_WATCHED = ("queued", "in_service")


@dataclass
class Step:
    """The next step for a person: make a call, come back later, or nothing."""

    call: Call | None = None
    wait_until: datetime | None = field(default=None)


class WhatsappMessage(models.Model):
    """One message on its way to Meta: may it go now, its content, the outcome.

    The job that takes them one after another: whatsapp_identity_sending.py.
    """

    _inherit = "whatsapp.message"

    @api.model
    def _next_of(self, identities):
        """Return {id of the identity: row of the message to send them next (`_NEXT`)}."""
        # Written by the ORM in this transaction, read in SQL
        self.env.flush_all()
        self.env.cr.execute(_NEXT, [identities.ids])
        return {row["identity_id"]: row for row in self.env.cr.dictfetchall()}

    def _claim(self, row, identity):
        """Decide about this message, which is the next one; mark it as being sent when it goes.

        :param row: as `_next_of` gives it
        :param identity: whatsapp.identity to whom it goes
        :return: a `Step`, or None when this message was settled without a call
        """
        now = fields.Datetime.now()
        if row["state"] == "sending":
            # We hold the lock: the job that was sending it was stopped in the middle
            until = now + timedelta(seconds=row["unknown_grace_seconds"])
            self.write({"state": "unknown", "next_try_at": until, "error_code": "timeout"})
            return Step(wait_until=until)
        if row["next_try_at"] and row["next_try_at"] > now:
            return Step(wait_until=row["next_try_at"])
        if row["held_until"] and row["held_until"] > now and not row["attachment_id"]:
            # The status of the file wakes the job before that
            return Step(wait_until=row["held_until"])
        refusal = self._refusal(row, identity, now)
        if refusal:
            self._fail(refusal)
            self.mail_message_id._notify_delivery()
            return None
        wait = identity._wait_for_pace(row["account_id"])
        if wait:
            until = now + timedelta(seconds=int(wait) + 1)
            self.next_try_at = until
            return Step(wait_until=until)
        call = self._call(row, identity)
        if call:
            self.write(
                {
                    "state": "sending",
                    "tries": row["tries"] + 1,
                    "next_try_at": False,
                    "window_inbound_at": identity.last_inbound_at,
                }
            )
        return Step(call=call) if call else None

    @staticmethod
    def _refusal(row, identity, now):
        """Return the error by which a message is refused without asking Meta, or None."""
        if not (identity.wa_id or identity.bsuid):
            return "no_recipient"
        if now - row["queued_at"] > GIVE_UP_AFTER:
            return "too_many_tries"
        if row["state"] == "unknown" and row["tries"] >= MAX_UNKNOWN_TRIES:
            return "too_many_tries"
        is_template = (row["payload"] or {}).get("type") == "template"
        until = identity._window_until()
        if not is_template and (not until or until < now):
            return "window"
        return None

    def _call(self, row, identity):
        """Return the call to make, or None when the message cannot be made (it failed then)."""
        content, upload = row["payload"], ()
        if row["attachment_id"] and not row["media_id"]:
            # sudo: ir.attachment - a file of a message that is being sent
            attachment = self.attachment_id.sudo()
            raw = attachment.raw
            if not raw:
                self._fail("internal")
                self.mail_message_id._notify_delivery()
                return None
            upload = (raw, attachment.name or "file", attachment.mimetype)
        elif row["media_id"]:
            content = with_media_id(content, row["media_id"])
        envelope = payloads.envelope(
            content,
            wa_id=identity.wa_id or "",
            bsuid=identity.bsuid or "",
            quoted=row["quoted_wamid"] or "",
            opaque=row["opaque"] or "",
        )
        account = self.env["whatsapp.account"].browse(row["account_id"])
        return Call(row, account._api(), envelope, upload)

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model
    def _record_calls(self, calls):
        """Record the outcome of calls; never step back, since a status may have come before."""
        sent = {}
        for message in self.browse(call.row["id"] for call in calls):
            call = next(call for call in calls if call.row["id"] == message.id)
            if call.media_id:
                message._record_upload(call)
            if isinstance(call.result, Sent):
                # Waiting again already: a status told that it was refused before the answer came
                if message.state != "queued":
                    sent[message] = call.result
            elif call.result and message.state == "sending":
                message._record_error(call.result)
        self._record_all_sent(sent)
        watched = [c.row["id"] for c in calls if c.row["conversation_state"] in _WATCHED]
        self.browse(watched).mail_message_id._notify_delivery()

    def _record_upload(self, call):
        """Record that the file of a call is at Meta, to be reused when the message is resent."""
        kind = call.envelope["type"]
        content = {"type": kind, kind: {**call.envelope[kind], "id": ""}}
        now = fields.Datetime.now()
        self.write({"media_id": call.media_id, "media_uploaded_at": now, "payload": content})

    def _record_sent(self, sent):
        """Record that the API took this message (`cloud_api.client.Sent`)."""
        self._record_all_sent({self: sent})

    @api.model
    def _record_all_sent(self, sent):
        """Record that the API took messages; learn the ids under which it knows the people.

        :param sent: {whatsapp.message: `cloud_api.client.Sent`}
        """
        if not sent:
            return
        # Read of all before the cache is emptied
        before = {
            message: (message.identity_id, message.identity_id.menu and not message.menu_error)
            for message in sent
        }
        now = fields.Datetime.now()
        # In SQL: one statement that does not depend on what was read before
        self.env.flush_all()
        self.env.cr.execute(
            _RECORD_SENT,
            {
                "ids": [message.id for message in sent],
                "wamids": [one.wamid for one in sent.values()],
                "now": now,
                "held": now + HOLD_AFTER_FILE,
            },
            log_exceptions=False,
        )
        self.invalidate_model()
        for message, (identity, menu_is_over) in before.items():
            if menu_is_over:
                # Numbers that the citizen types from here on are about what was said now
                identity.menu = False
            for value in (sent[message].bsuid, sent[message].wa_id):
                if value and value not in (identity.bsuid, identity.wa_id):
                    # An address only: the id that the person writes from is the current one
                    identity._add_address(value)

    def _record_error(self, error):
        """Handle a refusal or an unknown outcome by the class of the `ApiError`."""
        now = fields.Datetime.now()
        values = {"error_code": str(error.code), "error_detail": error.details[:500] or False}
        tries = self.tries
        if error.kind is ErrorClass.PAUSE_ACCOUNT:
            self.account_id._pause(error.code, error.details)
            values.update(state="queued", tries=tries - 1)
        elif error.kind is ErrorClass.UNKNOWN:
            if self.attachment_id and errors.may_be_the_file(error.code):
                values["media_id"] = False
            grace = self.account_id.unknown_grace_seconds * 2 ** min(tries - 1, 4)
            values.update(state="unknown", next_try_at=now + timedelta(seconds=grace))
        elif error.kind is ErrorClass.RETRY_PAIR:
            delay = pacing.pair_retry_delay(tries)
            values.update(state="queued", next_try_at=now + timedelta(seconds=delay))
        elif error.kind is ErrorClass.RETRY:
            delay = pacing.retry_delay(tries)
            values.update(state="queued", next_try_at=now + timedelta(seconds=delay))
        else:
            _logger.info("WhatsApp message %s was refused: error %s", self.id, error.code)
            self._refused(error.code, error.details)
            return
        self.write(values)
