import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from odoo import api, fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import errors, files, pacing, payloads, photo, template
from ..cloud_api.client import ApiError, Sent
from ..cloud_api.errors import ErrorClass

_logger = logging.getLogger(__name__)

# What could not be sent for a day is nothing that the citizen still waits for
GIVE_UP_AFTER = timedelta(hours=24)
# Each of these may have reached the citizen: not more than so many copies
MAX_UNKNOWN_TRIES = 8
_LONGEST_SLEEP = 0.3
_SWEEP_AFTER = timedelta(seconds=45)
# Words wait so long for the news that a file before them went out: Meta takes its time to prepare
# one, keeps no order, and words would overtake it. See docs/decisions/pictures-before-words.md
HOLD_AFTER_FILE = timedelta(seconds=10)

_NEXT = """
SELECT m.id, m.state, m.next_try_at, COALESCE(m.tries, 0) AS tries,
       COALESCE(m.queued_at, m.create_date) AS queued_at,
       m.account_id, m.payload, m.opaque, m.quoted_wamid, m.attachment_id, m.mail_message_id,
       m.media_id,
       a.unknown_grace_seconds, c.state AS conversation_state,
       (SELECT max(f.holds_until) FROM whatsapp_message f
        WHERE f.identity_id = m.identity_id AND f.holds_until IS NOT NULL) AS held_until
FROM whatsapp_message m
JOIN whatsapp_account a ON a.id = m.account_id
LEFT JOIN contact_center_conversation c ON c.id = m.conversation_id
WHERE m.identity_id = %s AND m.direction = 'out' AND m.merged_into_id IS NULL
  AND m.state IN ('queued', 'sending', 'unknown')
  AND a.state IS DISTINCT FROM 'paused'
ORDER BY m.id LIMIT 1
"""


@dataclass
class Call:
    """One message on its way: all that is needed while no transaction is open."""

    row: dict
    api: object
    envelope: dict
    upload: tuple = ()
    result: Sent | ApiError | None = None
    media_id: str = ""


@dataclass
class Step:
    """What to do next: make a call, come back later, or nothing."""

    call: Call | None = None
    wait_until: datetime | None = field(default=None)


class WhatsappIdentity(models.Model):
    """Sending to one person, in order."""

    _inherit = "whatsapp.identity"

    def _send_outbox(self):
        """Job (and end of the inbound job): send what waits for this person.

        Each message is marked as being sent, and that is committed, before the call is made; so
        whatever happens in between, no message is taken for unsent that may have gone out.
        """
        self.ensure_one()
        self = self._in_portuguese()  # noqa: PLW0642
        try:
            with self._exclusive(f"whatsapp.out:{self.id}"):
                call = None
                while True:
                    step = self._repeat(lambda call=call: self._record_and_claim(call))
                    if step.wait_until:
                        self._send_at(step.wait_until)
                    if not step.call:
                        break
                    call = step.call
                    _perform(call)
        except RetryableJobError:
            # Within the inbound job the events are done: only the sending comes back
            self._send_at(fields.Datetime.now() + timedelta(seconds=2))
            self._commit()

    def _record_and_claim(self, call):
        """Record how the last call went and claim the next message, in one transaction."""
        if call:
            self._record(call)
        while True:
            # Written by the ORM in this transaction, read in SQL
            self.env.flush_all()
            self.env.cr.execute(_NEXT, [self.id])
            row = self.env.cr.dictfetchone()
            if not row:
                return Step()
            step = self._claim(row)
            if step:
                return step

    def _claim(self, row):
        """Decide about the next message.

        :return: a `Step`, or None when this message was settled without a call
        """
        now = fields.Datetime.now()
        message = self.env["whatsapp.message"].browse(row["id"])
        if row["state"] == "sending":
            # We hold the lock: whoever was sending it was stopped in the middle
            until = now + timedelta(seconds=row["unknown_grace_seconds"])
            message.write({"state": "unknown", "next_try_at": until, "error_code": "timeout"})
            return Step(wait_until=until)
        if row["next_try_at"] and row["next_try_at"] > now:
            return Step(wait_until=row["next_try_at"])
        if row["held_until"] and row["held_until"] > now and not row["attachment_id"]:
            # The status of the file wakes the job before that
            return Step(wait_until=row["held_until"])
        refusal = self._refusal(row, now)
        if refusal:
            message._fail(refusal)
            message.mail_message_id._notify_delivery()
            return None
        wait = self._wait_for_pace(row["account_id"])
        if wait:
            until = now + timedelta(seconds=int(wait) + 1)
            message.next_try_at = until
            return Step(wait_until=until)
        call = self._call(row, message)
        if call:
            message.write(
                {
                    "state": "sending",
                    "tries": row["tries"] + 1,
                    "next_try_at": False,
                    "window_inbound_at": self.last_inbound_at,
                }
            )
        return Step(call=call) if call else None

    def _refusal(self, row, now):
        """The error by which a message is refused without asking Meta, or None."""
        if not (self.wa_id or self.bsuid):
            return "no_recipient"
        if now - row["queued_at"] > GIVE_UP_AFTER:
            return "too_many_tries"
        if row["state"] == "unknown" and row["tries"] >= MAX_UNKNOWN_TRIES:
            return "too_many_tries"
        is_template = (row["payload"] or {}).get("type") == "template"
        until = self._window_until()
        if not is_template and (not until or until < now):
            return "window"
        return None

    def _wait_for_pace(self, account_id):
        """Take one message out of both limits; 0, or the seconds to wait.

        The number's limit is waited for here when it is a moment; a person's never is: their
        job comes back, and the others go on.
        """
        now = time.time()
        wait, full_at = pacing.take(self.full_at, now, pacing.PAIR_PERIOD, pacing.PAIR_BURST)
        if wait:
            return wait
        limiter = self.env["whatsapp.account"].browse(account_id)._limiter()
        for _attempt in range(3):
            wait = limiter.take(time.time())
            if not wait:
                self.full_at = full_at
                return 0
            if wait > _LONGEST_SLEEP:
                break
            time.sleep(wait)
        return max(wait, 1)

    def _call(self, row, message):
        """Return the call to make, or None when the message cannot be made (it failed then)."""
        content, upload = row["payload"], ()
        if row["attachment_id"] and not row["media_id"]:
            # sudo: ir.attachment - a file of a message that is being sent
            attachment = message.attachment_id.sudo()
            raw = attachment.raw
            if not raw:
                message._fail("internal")
                message.mail_message_id._notify_delivery()
                return None
            upload = (raw, attachment.name or "file", attachment.mimetype)
        elif row["media_id"]:
            content = _with_media_id(content, row["media_id"])
        envelope = payloads.envelope(
            content,
            wa_id=self.wa_id or "",
            bsuid=self.bsuid or "",
            quoted=row["quoted_wamid"] or "",
            opaque=row["opaque"] or "",
        )
        account = self.env["whatsapp.account"].browse(row["account_id"])
        return Call(row, account._api(), envelope, upload)

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def _record(self, call):
        """Record how a call went. A status may have come before: never step back."""
        message = self.env["whatsapp.message"].browse(call.row["id"])
        if call.media_id:
            # What is sent again goes with the file that is there, in the form it has there
            kind = call.envelope["type"]
            content = {"type": kind, kind: {**call.envelope[kind], "id": ""}}
            now = fields.Datetime.now()
            message.write({"media_id": call.media_id, "media_uploaded_at": now, "payload": content})
        if isinstance(call.result, Sent):
            # Waiting again already: a status told that it was refused before the answer was here
            if message.state != "queued":
                self._record_sent(message, call.result)
        elif message.state == "sending":
            self._record_error(message, call)
        if call.row["conversation_state"] in ("queued", "in_service"):
            message.mail_message_id._notify_delivery()

    def _record_sent(self, message, sent):
        """The API took the message; learn the ids under which it knows the person."""
        now = fields.Datetime.now()
        # In SQL: one statement that does not depend on what was read before
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE whatsapp_message
            SET wamid = CASE WHEN id = %(id)s THEN %(wamid)s END,
                state = CASE WHEN state IN ('queued', 'sending', 'unknown') THEN 'sent'
                             ELSE state END,
                status_at = COALESCE(status_at, %(now)s), write_date = %(now)s,
                holds_until = CASE WHEN state IN ('sending', 'unknown')
                                        AND attachment_id IS NOT NULL
                                   THEN %(held)s::timestamp END,
                error_code = CASE WHEN state = 'failed' THEN error_code END,
                error_detail = CASE WHEN state = 'failed' THEN error_detail END,
                next_try_at = NULL
            WHERE id = %(id)s OR merged_into_id = %(id)s
            """,
            {"id": message.id, "wamid": sent.wamid, "now": now, "held": now + HOLD_AFTER_FILE},
            log_exceptions=False,
        )
        message.invalidate_model()
        if self.menu and not message.menu_error:
            # Numbers that the citizen types from here on are about what was said now
            self.menu = False
        for value in (sent.bsuid, sent.wa_id):
            if value and value not in (self.bsuid, self.wa_id):
                # An address only: what the person writes from decides which id is current
                self._add_address(value)

    def _record_error(self, message, call):
        """The API refused, or nobody knows: decide by the error's class."""
        error, now = call.result, fields.Datetime.now()
        values = {"error_code": str(error.code), "error_detail": error.details[:500] or False}
        tries = message.tries
        if error.kind is ErrorClass.PAUSE_ACCOUNT:
            message.account_id._pause(error.code, error.details)
            values.update(state="queued", tries=tries - 1)
        elif error.kind is ErrorClass.UNKNOWN:
            if message.attachment_id and errors.may_be_the_file(error.code):
                values["media_id"] = False
            grace = message.account_id.unknown_grace_seconds * 2 ** min(tries - 1, 4)
            values.update(state="unknown", next_try_at=now + timedelta(seconds=grace))
        elif error.kind is ErrorClass.RETRY_PAIR:
            delay = pacing.pair_retry_delay(tries)
            values.update(state="queued", next_try_at=now + timedelta(seconds=delay))
        elif error.kind is ErrorClass.RETRY:
            delay = pacing.retry_delay(tries)
            values.update(state="queued", next_try_at=now + timedelta(seconds=delay))
        else:
            _logger.info("WhatsApp message %s was refused: error %s", message.id, error.code)
            message._refused(error.code, error.details)
            return
        message.write(values)

    # ------------------------------------------------------------
    # Waking jobs
    # ------------------------------------------------------------

    def _send_soon(self):
        """Enqueue the job that sends to this person, once in this transaction.

        Without an identity key that others share: a job that is found waiting might have looked
        into the outbox before this transaction is committed.
        """
        done = self.env.cr.precommit.data.setdefault("whatsapp_send_soon", set())
        for identity in self:
            if identity.id not in done:
                done.add(identity.id)
                identity.with_delay(
                    priority=5, description=self.env._("WhatsApp: send to a citizen")
                )._send_outbox()

    def _send_at(self, moment):
        """Enqueue the job that sends to this person at `moment`, once."""
        self.with_delay(
            eta=moment,
            identity_key=f"whatsapp.out:{self.id}@{moment.replace(microsecond=0)}",
            description=self.env._("WhatsApp: send to a citizen later"),
        )._send_outbox()

    @api.model
    def _send_waiting(self, accounts, older_than=timedelta()):
        """Wake jobs for all that waits to be sent from `accounts` and may go now."""
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT DISTINCT identity_id FROM whatsapp_message
            WHERE direction = 'out' AND merged_into_id IS NULL AND account_id = ANY(%s)
              AND state IN ('queued', 'sending', 'unknown') AND identity_id IS NOT NULL
              AND write_date <= %s AND COALESCE(next_try_at, %s) <= %s
            LIMIT 2000
            """,
            [accounts.ids, self.env.cr.now() - older_than, now, now],
        )
        for (identity_id,) in self.env.cr.fetchall():
            self.browse(identity_id)._send_at(now)

    @api.model
    def _sweep_outbox(self):
        """Wake jobs for what was left behind, by a crash between two commits."""
        accounts = self.env["whatsapp.account"].search([("state", "=", "ok")])
        self._send_waiting(accounts, older_than=_SWEEP_AFTER)


def _perform(call):
    """Make the call. No transaction is open and none is opened here."""
    try:
        if call.upload:
            _prepare(call)
            call.media_id = call.api.upload(*call.upload)
            call.envelope = _with_media_id(call.envelope, call.media_id)
    except ApiError as error:
        # Nothing was sent to the citizen: an unknown outcome is a plain failure here
        call.result = _not_sent(error)
        return
    try:
        call.result = call.api.send(call.envelope)
    except ApiError as error:
        call.result = error


def _prepare(call):
    """Bring the file of a call into the form in which Meta takes it.

    :raises ApiError: it cannot be brought into one
    """
    try:
        call.envelope, call.upload, problem = files.prepare(call.envelope, call.upload)
    except photo.PhotoError as error:
        raise ApiError("media_type", str(error)) from error
    if problem:
        _logger.warning(
            "WhatsApp message %s: the recording goes out as a sound file: %s",
            call.row["id"],
            problem,
        )


def _not_sent(error):
    """Return an upload's error; one with an unknown outcome may simply be repeated."""
    if error.kind is ErrorClass.UNKNOWN:
        error.kind = ErrorClass.RETRY
    return error


def _with_media_id(content, media_id):
    """Return the content (or envelope) of a file with the id that the upload gave it."""
    kind = content["type"]
    if kind == "template":
        return template.with_media_id(content, media_id)
    return {**content, kind: {**content[kind], "id": media_id}}
