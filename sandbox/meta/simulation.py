"""Messages between the city and the phones.

HTTP comes in through `graph` and `control`.
"""

import threading
import time

from ..line import Line
from . import limits, numbers, view, webhooks
from .errors import GraphError, unknown_object
from .faults import Faults
from .media import MediaStore, problem
from .sender import Sender
from .store import Message, Store

_ORDER = ("sent", "delivered", "read", "played")
_TYPING_SECONDS = 25


class Simulation:
    """The state of one simulated number. Every method may be called from any thread."""

    def __init__(self, settings):
        self.settings = settings
        self.store = Store(settings)
        self.faults, self.line = Faults(), Line()
        self.media = MediaStore(settings)
        self.sender = Sender(settings, self.store, self.faults)
        self.stopped = threading.Event()
        self.listens_at = ""
        self._held = {}
        self._turn = 0
        self._new_number()

    def _new_number(self):
        """Reset Meta's rating of the number; see `elsewhere.news`."""
        self.number = {"locked": False, "quality": "GREEN"}

    @property
    def base_url(self):
        """Address at which files and next pages are fetched."""
        return self.settings.public_url.rstrip("/") or self.listens_at

    def reset(self):
        """Reset to the initial state, except for the settings."""
        self.faults.clear()
        self.line.clear()
        self.sender.clear()
        self.store.clear()
        self.media.clear()
        self._new_number()

    # -- the city ------------------------------------------------------------------------------

    def accept(self, payload):
        """Accept a message of the city and schedule its statuses; return the API's answer.

        Raises GraphError when the message is refused at once. Problems found later (window
        over, unusable media, unreachable phone) comes as status `failed`.
        """
        if self.number["locked"]:
            raise GraphError(131031, "The account was disabled for a breach of the policies.")
        kind = limits.check_message(payload)
        number, user_id = limits.check_recipient(payload, self.settings.display_phone)
        phone = self.store.by_user_id(user_id) if user_id else self.store.phone(number)
        if phone is None:
            raise GraphError(131009, "recipient: unknown business-scoped user ID")
        self._check_media_ids(payload[kind])
        self._check_rates(phone)
        message = Message(
            wamid=numbers.new_wamid(),
            wa_id=phone.wa_id,
            direction="in",
            type=kind,
            at=time.time(),
            payload=payload,
            delivered_at=time.time() + self.settings.delivered_ms / 1000,
            opaque=payload.get("biz_opaque_callback_data", ""),
            by_user_id=bool(user_id),
            **view.of_city(kind, payload, self.store.templates),
        )
        if message.media_id:
            message.delivered_at += self.settings.media_ms / 1000
        message.details["quoted"] = (payload.get("context") or {}).get("message_id", "")
        error = self._late_problem(message, phone)
        message.status = "failed" if error else "delivered"
        self.store.add(message)
        self.store.set_typing(phone, 0)
        self.store.note_accepted(message)
        self._schedule_statuses(message, phone, error)
        contact = {"input": user_id, "user_id": user_id}
        if number:
            contact = {"input": number, "wa_id": phone.wa_id}
        sent = {"id": message.wamid}
        if kind == "template":
            sent["message_status"] = "accepted"
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}

    def mark_read(self, payload):
        """Mark a citizen's message and earlier ones as read by the city, perhaps typing."""
        limits.check_wamid(payload, "")
        message = self.store.by_wamid.get(payload["message_id"])
        if message and message.direction == "out":
            phone = self.store.phone(message.wa_id)
            for earlier in self._messages(phone, "out"):
                if earlier.at <= message.at and earlier.status != "read":
                    self.store.set_status(earlier, "read")
            if payload.get("typing_indicator"):
                self.store.set_typing(phone, time.time() + _TYPING_SECONDS)
        self.store.count("marked_read")

    # -- the citizen ---------------------------------------------------------------------------

    def send(self, phone, kind, value, *, shown=None, context=None, tag=None, more=None):
        """Send a citizen's message: `value` is the content under the type in the webhook.

        Returns its wamid. `shown`: fields of the `Message` for the phone's page; `more`: further
        fields of the webhook's `context`.
        """
        message = {"type": kind, kind: value}
        if context:
            message["context"] = {"from": self.settings.display_phone, "id": context}
        if more:
            message["context"] = {**message.get("context", {}), **more}
        return self.send_raw(phone, message, shown=shown, tag=tag)

    def send_raw(self, phone, message, *, shown=None, tag=None):
        """Send a citizen's message as Meta would, with id and timestamp if absent."""
        now = time.time()
        with self.store.changed:
            phone.last_stamp = self._stamp(phone, now)
            message = {"id": numbers.new_wamid(), "timestamp": str(phone.last_stamp), **message}
            phone.last_message_at = now
        kind = message.get("type", "unsupported")
        stored = Message(
            message["id"],
            phone.wa_id,
            "out",
            kind,
            now,
            message,
            **(shown or {"text": f"[{kind}]"}),
        )
        self.store.add(stored)
        self.store.count("citizen_messages")
        if tag:
            self.store.note_sent(str(tag), phone.wa_id, now)
        change = webhooks.message_change(message, phone, self.settings)
        self._put_message(phone, change, lambda: self._seen_by_city(stored))
        return stored.wamid

    def send_echo(self, phone, message):
        """Write to a phone as the city on the telephone's own application.

        :param message: one of Meta's `message_echoes[]`; id, timestamp and receiver are added
        :return: its wamid
        """
        now = time.time()
        message = {"id": numbers.new_wamid(), "timestamp": str(int(now)), **message}
        kind = message.get("type", "unsupported")
        if kind not in ("edit", "revoke", "reaction"):
            value = message.get(kind)
            shown = view.described(kind, value) if kind != "text" else {"text": value["body"]}
            self.store.add(
                Message(message["id"], phone.wa_id, "in", kind, now, message, "delivered", **shown)
            )
        self.sender.put(webhooks.echo_change(message, phone, self.settings), phone.wa_id)
        return message["id"]

    def read(self, phone):
        """Mark every message shown as read by the citizen; return how many."""
        found = [m for m in self._messages(phone, "in") if m.status in ("sent", "delivered")]
        for message in found:
            self._progress(message, phone, "read")
        return len(found)

    def played(self, phone, wamid):
        """Mark a voice message as listened to."""
        message = phone.messages.get(wamid)
        if message and message.direction == "in" and message.status != "failed":
            self._progress(message, phone, "played")

    # -- inside --------------------------------------------------------------------------------

    def _messages(self, phone, direction):
        with self.store.changed:
            return [m for m in phone.messages.values() if m.direction == direction]

    def _seen_by_city(self, message):
        if message.status == "sent":
            self.store.set_status(message, "delivered")

    def _check_media_ids(self, value):
        found = [value, (value.get("header") if isinstance(value, dict) else None) or {}]
        for holder in found:
            for kind in ("image", "video", "document"):
                if isinstance(holder, dict) and isinstance(holder.get(kind), dict):
                    found.append(holder[kind])
            media_id = holder.get("id") if isinstance(holder, dict) else None
            if media_id and self.media.get(media_id) is None:
                details = (
                    f"Param id {media_id} is not a valid whatsapp business media attachment ID"
                )
                raise GraphError(100, details)

    def _check_rates(self, phone):
        if self.faults.over_rate("number_rate", ""):
            raise GraphError(130429, "Message failed to send: too many messages from this number.")
        if self.faults.over_rate("pair_rate", phone.wa_id):
            details = "Message failed to send: too many messages to this phone in a short time."
            raise GraphError(131056, details)

    def _late_problem(self, message, phone):
        """Return why the accepted message fails afterwards, as a GraphError, or None."""
        fault = self.faults.take("error", **{"async": True})
        if fault:
            return GraphError(fault["code"], fault["details"])
        if phone.unreachable:
            return GraphError(131026, "Receiver is incapable of receiving this message")
        if message.type != "template" and not self.window_open(phone):
            details = (
                "Message failed to send because more than 24 hours have passed since the customer "
                "last replied to this number."
            )
            return GraphError(131047, details)
        media = self.media.get(message.media_id) if message.media_id else None
        if media and message.type not in ("interactive", "template"):
            why = problem(message.type, media, message.details.get("voice"))
            return GraphError(131053, why) if why else None
        return None

    def window_open(self, phone):
        """Return whether the city may write freely to this phone."""
        if phone.window_open is not None:
            return phone.window_open
        if not phone.last_message_at:
            return not self.settings.strict_window
        return time.time() - phone.last_message_at < self.settings.window_seconds

    def _schedule_statuses(self, message, phone, error):
        sent, delivered = self.settings.sent_ms / 1000, self.settings.delivered_ms / 1000
        if self.faults.get("disorder"):
            sent, delivered = self._disordered()
        if message.media_id:
            sent += self.settings.media_ms / 1000
            delivered += self.settings.media_ms / 1000
        if error:
            self._put_status(message, phone, "failed", message.at, sent, error)
            self.store.count("failed")
            return
        self._put_status(message, phone, "sent", message.at, sent)
        if message.type != "reaction":
            self._put_status(message, phone, "delivered", message.delivered_at, delivered)

    def _disordered(self):
        """Return the seconds until `sent` and `delivered` go out, disordered.

        By turns two kinds of disorder.
        """
        with self.store.changed:
            self._turn += 1
            return (0.6, 0.0) if self._turn % 2 else (0.3, 0.9)

    def _progress(self, message, phone, status):
        with self.store.changed:
            if _ORDER.index(status) <= _ORDER.index(message.status):
                return
            self.store.set_status(message, status)
        now = time.time()
        at = max(now, message.delivered_at)
        wait = 0.0 if self.faults.get("disorder") else max(at - now, 0.0)
        if wait:
            wait += 0.005
        self._put_status(message, phone, status, at, wait)

    def _put_status(self, message, phone, status, at, after, error=None):
        if self.faults.get("no_statuses"):
            return
        lane = None if self.faults.get("disorder") else phone.wa_id
        change = webhooks.status_change(message, status, at, phone, self.settings, error)
        self.sender.put(change, lane, after)

    def _stamp(self, phone, now):
        """Return Meta's timestamp: whole seconds; under disorder never repeated for a phone."""
        if self.faults.get("disorder"):
            return max(int(now), phone.last_stamp + 1)
        return int(now)

    def _put_message(self, phone, change, delivered):
        """Forward a citizen's message; under disorder the second of two overtakes the first."""
        if not self.faults.get("disorder"):
            self.sender.put(change, phone.wa_id, 0, delivered)
            return
        with self.store.changed:
            overtakes = self._held.get(phone.wa_id, 0.0) > time.monotonic()
            self._held[phone.wa_id] = 0.0 if overtakes else time.monotonic() + 0.3
        self.sender.put(change, None, 0 if overtakes else 0.3, delivered)

    def media_or_error(self, media_id):
        """Return the file with that id. Raises Meta's error for an unknown one."""
        media = self.media.get(media_id)
        if media is None:
            raise unknown_object(media_id)
        return media
