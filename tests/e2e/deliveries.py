"""Payloads of recorded cases, posted to the running product as by Meta."""

import json
import random
import re
import time

from devtools.servers import Stack
from sandbox.client import PhoneClient
from tests.cases import case
from tests.e2e.desk import CONVERSATION, MESSAGE, admin, calm, row
from tests.e2e.webhooks import encoded, post


class Delivery:
    """A case's payloads as written; ids and times are fresh, the person is new.

    :param name: the case's file
    """

    def __init__(self, stack: Stack, name: str):
        self.stack, self.case = stack, case(name)
        self.run = f"{random.randrange(10**6):06}"
        self.number = f"55319{random.randrange(10**7, 10**8)}"
        self.phone = PhoneClient(stack.meta_url, self.number, "Fulano", timeout=90)
        # Messages posted here did not come from the sandbox's telephone: they may be answered
        self.phone.configure(window_open=True)
        given = self.case["payload"]
        self.payloads = [self.fresh(one) for one in (given if isinstance(given, list) else [given])]

    def fresh(self, payload: dict) -> dict:
        """Return the payload with what must be new in each run."""
        text, now = json.dumps(payload), int(time.time())
        for time_then in set(re.findall(r"\b1796\d{6}\b", text)):
            text = text.replace(time_then, str(now + int(time_then) - 1_796_000_000))
        text = re.sub(r"\bBR\.(\d+)", rf"BR.{self.run}\1", text)
        text = text.replace("wamid.CASE", self.wamid).replace("wacid.", f"wacid.{self.run}.")
        return json.loads(re.sub("5531987650001|5531987650060", self.number, text))

    @property
    def wamid(self) -> str:
        """The first message's id."""
        return f"wamid.CASE{self.run}"

    def post(self, *payloads: dict) -> "Delivery":
        """Post payloads (those of the case when none is given), and wait for calm."""
        for payload in payloads or self.payloads:
            assert post(self.stack, encoded(payload)) == 200
            calm(self.stack)
        return self

    def message(self, number: str = "") -> dict:
        """Return the record of the first message, or of the one with that number."""
        fields = ["kind", "direction", "kept_body", "conversation_id", "mail_message_id"]
        fields.append("identity_id")
        return row(admin(self.stack), MESSAGE, [("wamid", "=", self.wamid + number)], fields)

    def shown(self, number: str = "") -> str:
        """Return the message as the desk shows it."""
        message = self.message(number)
        assert message["mail_message_id"], "it is shown nowhere"
        return self.body(message["mail_message_id"][0])

    def body(self, message_id: int) -> str:
        """Return HTML of one message of a conversation."""
        return row(admin(self.stack), "mail.message", [("id", "=", message_id)], ["body"])["body"]

    def conversations(self) -> list[dict]:
        """Return conversations with the case's person, by number."""
        # Meta writes some numbers without their ninth digit
        forms = [self.number, self.number[:4] + self.number[5:]]
        domain = [("whatsapp_identity_id.wa_id", "in", forms)]
        return admin(self.stack).search_read(CONVERSATION, domain, ["state", "discuss_channel_id"])

    def texts(self) -> str:
        """Return all texts of the person's conversations."""
        channels = [one["discuss_channel_id"][0] for one in self.conversations()]
        domain = [("model", "=", "discuss.channel"), ("res_id", "in", channels)]
        found = admin(self.stack).search_read("mail.message", domain, ["body"])
        return "\n".join(one["body"] for one in found)

    def heard(self) -> list[str]:
        """Return the city's texts on the citizen's telephone."""
        return [one["text"] for one in self.phone.received()]
