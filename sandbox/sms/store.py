"""What the gateway took, what the telephones show, and the faults in force."""

import threading
from dataclasses import asdict, dataclass, field

#: Fault -> what it does; a number is how many requests (or messages) it still meets
FAULTS = {
    "server_error": "answer 500 and take nothing",
    "server_error_after": "take the messages and answer 500",
    "timeout_after": "take the messages and answer nothing",
    "drop": "take nothing and cut the connection",
    "busy": "answer 429 and take nothing",
    "half": "take all and tell of the first half",
    "silent": "take all and answer an empty object",
    "refuse_batch": "answer 400 to a request with more than one message",
    "no_credit": "answer 402 and take nothing",
}


@dataclass
class Message:
    """One message that the gateway took."""

    id: str
    external_id: str
    to: str
    text: str
    sender: str
    status: str = "accepted"


@dataclass
class Store:
    """Everything the gateway remembers.

    :ivar key: what `Authorization` must say
    :ivar idempotent: a message whose `external_id` is known is not sent again
    :ivar refused: numbers that operators refuse
    """

    key: str = "Bearer sandbox"
    idempotent: bool = False
    refused: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def set_faults(self, values: dict[str, int]) -> None:
        """Replace the faults; ValueError for one that is not known."""
        for name, count in values.items():
            if name not in FAULTS or not isinstance(count, int) or count < 0:
                raise ValueError(f"unknown fault {name!r}={count!r}; known: {', '.join(FAULTS)}")
        with self.lock:
            self.faults = dict(values)

    def met(self, fault: str) -> bool:
        """Return whether this request meets a fault, and count it."""
        with self.lock:
            left = self.faults.get(fault, 0)
            if left:
                self.faults[fault] = left - 1
            return bool(left)

    def take(self, item: dict) -> Message:
        """Take a message, or find the one that it repeats.

        :raise ValueError: something is missing in it
        """
        for name in ("to", "text", "external_id"):
            if not isinstance(item.get(name), str) or not item[name]:
                raise ValueError(f"{name} is missing")
        with self.lock:
            known = [one for one in self.messages if one.external_id == item["external_id"]]
            if known and self.idempotent:
                return known[0]
            number = len(self.messages) + 1
            refused = item["to"] in self.refused
            message = Message(
                id=f"gw-{number}",
                external_id=item["external_id"],
                to=item["to"],
                text=item["text"],
                sender=str(item.get("from") or ""),
                status="rejected" if refused else "accepted",
            )
            self.messages.append(message)
            return message

    def as_dict(self) -> dict:
        """Return what a test may look at."""
        with self.lock:
            return {
                "messages": [asdict(message) for message in self.messages],
                "requests": self.requests,
                "faults": {name: count for name, count in self.faults.items() if count},
            }

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.messages, self.faults, self.requests = [], {}, 0
            self.key, self.idempotent, self.refused = "Bearer sandbox", False, []
