"""The simulation's memory: phones, messages, logs and counters, under one lock.

Everything is bounded, so that hours of load do not fill the memory: the oldest go first.
"""

import collections
import dataclasses
import threading
import time

from . import numbers
from .templates import TEMPLATES

LOG_ENTRIES = 1000
ACCEPTED_ENTRIES = 200_000
EXCHANGE_ENTRIES = 200_000


@dataclasses.dataclass
class Message:
    """One message on a citizen's phone, seen from the phone: "in" came from the city.

    `status` of "in": sent, delivered, read, played or failed; of "out" (the citizen's): sent until
    the city's webhook answered 200, then delivered, and read when the city says so.
    """

    wamid: str
    wa_id: str
    direction: str
    type: str
    at: float
    payload: dict
    status: str = "sent"
    text: str = ""
    options: list = dataclasses.field(default_factory=list)
    details: dict = dataclasses.field(default_factory=dict)
    media_id: str = ""
    opaque: str = ""
    by_user_id: bool = False
    delivered_at: float = 0.0
    revision: int = 0

    def as_dict(self):
        """Return it as the control API gives it."""
        return {
            "wamid": self.wamid,
            "direction": self.direction,
            "from": "city" if self.direction == "in" else "citizen",
            "type": self.type,
            "text": self.text,
            "options": self.options,
            "media_id": self.media_id,
            "status": self.status,
            "at": self.at,
            "details": self.details,
            "payload": self.payload,
        }


@dataclasses.dataclass
class Phone:
    """A citizen's phone. `window_open` None: as computed from `last_message_at`."""

    wa_id: str
    name: str = ""
    username: str = ""
    hide_number: bool = False
    unreachable: bool = False
    window_open: bool | None = None
    last_message_at: float = 0.0
    last_stamp: int = 0
    typing_until: float = 0.0
    revision: int = 0
    renewed: int = 0
    given_user_id: str = ""
    messages: dict = dataclasses.field(default_factory=dict)

    @property
    def user_id(self):
        """Its business-scoped user id."""
        return self.given_user_id or numbers.user_id(self.wa_id + "+" * self.renewed)


class Store:
    """Thread-safe memory. `changed` is notified at every change of a phone."""

    def __init__(self, settings):
        self.settings = settings
        self.changed = threading.Condition(threading.RLock())
        self.clear()

    def clear(self):
        """Forget everything."""
        with self.changed:
            self.phones = {}
            self.by_wamid = collections.OrderedDict()
            self.user_ids = {}
            self.requests = collections.deque(maxlen=LOG_ENTRIES)
            self.deliveries = collections.deque(maxlen=LOG_ENTRIES)
            self.accepted = collections.deque(maxlen=ACCEPTED_ENTRIES)
            self.exchanges = collections.OrderedDict()
            self.waiting = collections.defaultdict(list)
            self.counters = collections.Counter()
            self.subscribed = True
            self.templates = list(TEMPLATES)
            self.since = time.time()
            self._accepted_number = 0
            self.changed.notify_all()

    def wa_id(self, number):
        """Return the wa_id of a number as typed; see `numbers.wa_id`."""
        return numbers.wa_id(number, self.settings.ninth_digit)

    def phone(self, number, name=""):
        """Return that number's phone, made if new; ValueError if it is no number."""
        wa_id = self.wa_id(number)
        with self.changed:
            phone = self.phones.get(wa_id)
            if phone is None:
                phone = self.phones[wa_id] = Phone(wa_id)
                self.user_ids[phone.user_id] = wa_id
            if name:
                phone.name = name
            return phone

    def renew_user_id(self, phone):
        """Give a phone another user id; the one that it had is nobody's from then on."""
        with self.changed:
            self.user_ids.pop(phone.user_id, None)
            phone.renewed += 1
            phone.given_user_id = ""
            self.user_ids[phone.user_id] = phone.wa_id

    def give_user_id(self, phone, user_id):
        """Give a phone this user id."""
        with self.changed:
            self.user_ids.pop(phone.user_id, None)
            phone.given_user_id = user_id
            self.user_ids[user_id] = phone.wa_id

    def by_user_id(self, user_id):
        """Return the phone with that business-scoped user id, or None."""
        with self.changed:
            return self.phones.get(self.user_ids.get(user_id))

    def add(self, message):
        """Put a message on its phone and forget the oldest ones beyond the limit.

        The city's stand where they arrive: one that Meta is still preparing comes after it.
        """
        with self.changed:
            phone = self.phone(message.wa_id)
            phone.messages[message.wamid] = message
            for later in self._overtaken(phone, message):
                phone.messages[later.wamid] = phone.messages.pop(later.wamid)
            self.by_wamid[message.wamid] = message
            self._touch(phone, message)
            while len(self.by_wamid) > max(self.settings.keep_messages, 1):
                wamid, oldest = self.by_wamid.popitem(last=False)
                self._forget(wamid, oldest)

    def set_status(self, message, status):
        """Change a message's status and wake waiting threads."""
        with self.changed:
            message.status = status
            if phone := self.phones.get(message.wa_id):
                self._touch(phone, message)

    def set_typing(self, phone, until):
        """Show that somebody is typing, until a time (0: nobody is)."""
        with self.changed:
            phone.typing_until = until
            self._touch(phone)

    def wait_for_change(self, phone, revision, seconds):
        """Block until the phone's revision is another one, or the seconds are over.

        Returns the phone: another object when the simulation was reset meanwhile.
        """
        with self.changed:
            self.changed.wait_for(
                lambda: self.phones.get(phone.wa_id) is not phone or phone.revision != revision,
                seconds,
            )
            return self.phone(phone.wa_id, phone.name)

    def note_accepted(self, message):
        """Note when the city's message was accepted; it answers the phone's tagged ones."""
        with self.changed:
            self.counters["accepted"] += 1
            self._accepted_number += 1
            self.accepted.append(
                (self._accepted_number, message.at, message.wa_id, message.wamid, message.opaque)
            )
            for tag in self.waiting.pop(message.wa_id, ()):
                if tag in self.exchanges:
                    self.exchanges[tag]["first_answer_at"] = message.at

    def note_sent(self, tag, wa_id, at):
        """Note when a citizen's message with a client's tag was sent."""
        with self.changed:
            self.exchanges[tag] = {"wa_id": wa_id, "sent_at": at, "first_answer_at": None}
            self.waiting[wa_id].append(tag)
            if len(self.exchanges) > EXCHANGE_ENTRIES:
                self.exchanges.popitem(last=False)

    def count(self, name, by=1):
        """Add to a counter."""
        with self.changed:
            self.counters[name] += by

    @staticmethod
    def _overtaken(phone, message):
        """Return the city's messages at the end of the phone that arrive only after this one."""
        if message.direction != "in":
            return []
        found = []
        for earlier in reversed(phone.messages.values()):
            if earlier is message:
                continue
            if earlier.direction != "in" or earlier.delivered_at <= message.delivered_at:
                break
            found.append(earlier)
        return found[::-1]

    def _touch(self, phone, message=None):
        phone.revision += 1
        if message:
            message.revision = phone.revision
        self.changed.notify_all()

    def _forget(self, wamid, message):
        phone = self.phones.get(message.wa_id)
        if phone:
            phone.messages.pop(wamid, None)
            if not phone.messages and not phone.name:
                del self.phones[message.wa_id]
                self.user_ids.pop(phone.user_id, None)
