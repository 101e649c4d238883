# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
import time
from datetime import timedelta
from urllib.parse import urlsplit

import requests

from odoo import api, fields, models

from odoo.addons.chatbot_flow.web.asking import guarded_session, refused_address

from ..gateway import calling, exchange, states
from ..gateway.calling import Outcome, Result

_logger = logging.getLogger(__name__)

# A job sends for so long, and leaves the rest to the next one
_TURN = 20
# Bytes of an answer that are read
_ANSWER_MAX = 2_000_000
# After a day nobody waits for a message any more
_GIVE_UP = timedelta(hours=24)
# Times that a message without answer is offered again to a gateway that recognises it
_OFFERS = 5

_CLAIM = """
UPDATE contact_center_sms_message SET state = 'sending', tries = COALESCE(tries, 0) + 1,
       next_try_at = NULL, sending_at = %(now)s, write_date = %(now)s
WHERE id IN (
    SELECT id FROM contact_center_sms_message
    WHERE gateway_id = %(gateway)s AND state = 'queued' AND direction = 'out'
      AND (next_try_at IS NULL OR next_try_at <= %(now)s)
    ORDER BY is_bulk IS TRUE, id LIMIT %(limit)s
)
RETURNING id
"""


class SmsGateway(models.Model):
    """Sending: one job at a time takes messages, says so, and asks the gateway.

    A message is marked and committed before the call, so that none is taken for unsent that may
    have gone out. What no answer settles is settled by a receipt, or by a person.
    """

    _inherit = "contact_center.sms.gateway"

    def _send_soon(self):
        """Enqueue the job that sends, once in this transaction."""
        done = self.env.cr.precommit.data.setdefault("contact_center_sms_send_soon", set())
        for gateway in self.filtered(lambda one: one.state == "ok"):
            if gateway.id not in done:
                done.add(gateway.id)
                gateway.with_delay(
                    priority=5, description=self.env._("SMS: send messages")
                )._send_outbox()

    def _send_later(self, moment):
        """Enqueue the job that sends at `moment`, once."""
        self.with_delay(
            eta=moment,
            identity_key=f"contact_center.sms.out:{self.id}@{moment.replace(microsecond=0)}",
            description=self.env._("SMS: send messages later"),
        )._send_outbox()

    @api.model
    def _cron_send(self):
        """Wake what waits: after a pause, a crash, or when its moment has come."""
        for gateway in self.search([("state", "=", "ok")]):
            gateway._send_soon()

    def _send_outbox(self):
        """Send what waits (job); the next job goes on where this one stops."""
        self.ensure_one()
        self = self._in_portuguese()  # noqa: PLW0642
        with self._exclusive(f"contact_center.sms.out:{self.id}"):
            self._repeat(self._settle_interrupted)
            until = time.monotonic() + _TURN
            while time.monotonic() < until:
                claimed = self._repeat(self._claim)
                if not claimed:
                    break
                began = time.monotonic()
                result = self._ask(claimed)
                self._repeat(lambda claimed=claimed, result=result: self._record(claimed, result))
                if result.outcome in (Outcome.LATER, Outcome.CLOSED):
                    break
                # The gateway's pace
                pause = len(claimed) / self.per_second - (time.monotonic() - began)
                time.sleep(max(0, min(pause, _TURN)))
            self._repeat(self._go_on)

    def _go_on(self):
        """Enqueue the next job if something waits."""
        moment = self.env["contact_center.sms.message"]._next_moment(self)
        if moment and self.state == "ok":
            self._send_later(max(moment, fields.Datetime.now() + timedelta(seconds=1)))

    def _settle_interrupted(self):
        """Handle what an interrupted job left: it may have gone out."""
        messages = self.env["contact_center.sms.message"]
        left = messages.search([("gateway_id", "=", self.id), ("state", "=", states.SENDING)])
        left._no_answer(self.env._("The server stopped while it was being sent."))
        old = fields.Datetime.now() - _GIVE_UP
        late = messages.search(
            [
                ("gateway_id", "=", self.id),
                ("state", "=", states.QUEUED),
                ("queued_at", "<", old),
            ]
        )
        late._settle(states.FAILED, self.env._("It could not be sent within a day."))

    def _claim(self):
        """Mark the next messages as being sent; return them.

        A message that was refused together with others goes alone.
        """
        if self.state != "ok":
            return self.env["contact_center.sms.message"]
        messages = self.env["contact_center.sms.message"]
        first = messages._next_waiting(self)
        limit = 1 if not first or first.is_alone else self._at_once()
        messages.flush_model()
        self.env.cr.execute(
            _CLAIM, {"now": fields.Datetime.now(), "gateway": self.id, "limit": limit}
        )
        messages.invalidate_model()
        return messages.browse(sorted(row_id for (row_id,) in self.env.cr.fetchall()))

    def _at_once(self):
        """Return how many messages go in a request: no more than the pace of two seconds."""
        if not (self.envelope or "").strip():
            return 1
        return max(1, min(self.batch_size, 2 * self.per_second))

    # ------------------------------------------------------------
    # The call
    # ------------------------------------------------------------

    def _ask(self, messages):
        """Send messages in one request; return a `calling.Result`, never an exception."""
        body = exchange.request(
            exchange.check_item(self.item),
            exchange.check_envelope(self.envelope or ""),
            [message._values() for message in messages],
            self.sender or "",
        )
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.header_name and self.header_value:
            headers[self.header_name] = self.header_value
        url, seconds, allowed = self.url, self.seconds, self._allowed()
        # No transaction is kept open while the gateway thinks
        self._rollback()
        host = urlsplit(url).hostname or ""
        if not allowed.host(host):
            return Result(
                Outcome.CLOSED, detail=self.env._("%s is not among the hosts allowed", host)
            )
        try:
            with guarded_session(allowed) as session:
                answer = session.post(
                    url,
                    data=json.dumps(body),
                    headers=headers,
                    timeout=(min(seconds, 10), seconds),
                    allow_redirects=False,
                    stream=True,
                )
                with answer:
                    return calling.judge(answer.status_code, _json(answer))
        except requests.RequestException as error:
            return self._unanswered(error)

    def _unanswered(self, error):
        """Return the `calling.Result` of a request without answer: did anything go out?"""
        if refused := refused_address(error):
            return Result(Outcome.CLOSED, detail=self.env._("%s may not be called.", refused))
        name = type(error).__name__
        if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidURL):
            return Result(Outcome.LATER, detail=name)
        # A connection that broke may have taken the request with it; one never made has not
        never = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
        return Result(Outcome.LATER if never else Outcome.UNKNOWN, detail=name)

    def _allowed(self):
        """Return the hosts that may be called: those that a system administrator listed."""
        return self.env["chatbot.flow.service"]._allowed_hosts()

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def _record(self, messages, result):
        """Record the outcome of a request for its messages."""
        outcome = result.outcome
        if outcome is Outcome.ANSWERED:
            self._record_answer(messages, result.data)
        elif outcome is Outcome.LATER:
            messages._wait(result.detail)
        elif outcome is Outcome.CLOSED:
            messages._wait(result.detail)
            self._pause(result.detail)
        elif outcome is Outcome.REFUSED:
            self._record_refusal(messages, result)
        else:
            messages._no_answer(result.detail)

    def _record_answer(self, messages, data):
        """Record an answer; a message that it leaves out may have gone out or not."""
        by_ref = {message.ref: message for message in messages}
        paths = self._paths("answer")
        found = exchange.match(list(by_ref), exchange.reports(data, paths))
        for ref, message in by_ref.items():
            report = found.get(ref)
            if report and report.state:
                message._hear(report)
            else:
                detail = report.detail if report else self.env._("The answer leaves it out.")
                message._no_answer(detail, gateway_id=report.gateway_id if report else "")

    def _record_refusal(self, messages, result):
        """Record that the request was refused: each goes alone, to find whose fault it was."""
        if len(messages) > 1:
            messages.write({"is_alone": True})
            messages._wait(result.detail, at_once=True)
        else:
            paths = self._paths("answer")
            said = [report.detail for report in exchange.reports(result.data, paths)]
            messages._settle(states.FAILED, " ".join(filter(None, (result.detail, *said[:1]))))

    def _pause(self, detail):
        """Pause a gateway that refuses us, and tell those who follow it."""
        self.write({"state": "paused", "last_error": detail})
        self.message_post(
            body=self.env._(
                "The gateway refuses our messages (%s). They wait: check the key and the "
                "contract, then “Use”.",
                detail,
            ),
            subtype_xmlid="mail.mt_comment",
        )
        _logger.info("SMS gateway %s paused: %s", self.id, detail)

    @staticmethod
    def _offers_left(tries):
        """Return whether a message without answer is offered again to a gateway that knows it."""
        return tries < _OFFERS


def _json(answer):
    """Return the JSON of an answer, None if there is none or it is too large."""
    raw = bytearray()
    for chunk in answer.iter_content(16_384):
        raw += chunk
        if len(raw) > _ANSWER_MAX:
            return None
    try:
        return json.loads(raw.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return None
