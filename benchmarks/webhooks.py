"""Signed webhook deliveries as Meta sends them, made by the load generator itself."""

import hashlib
import hmac
import http.client
import json
import time
import uuid
from urllib.parse import urlsplit


def body_of(messages: list[dict], *, phone_number_id: str, waba_id: str, display: str) -> bytes:
    """Return one delivery with one number's ``messages``, escaped as Meta does."""
    contacts = [
        {"profile": {"name": f"Cidadão {m['from'][-4:]}"}, "wa_id": m["from"]} for m in messages
    ]
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": display, "phone_number_id": phone_number_id},
        "contacts": contacts,
        "messages": messages,
    }
    envelope = {
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": [{"field": "messages", "value": value}]}],
    }
    return json.dumps(envelope, ensure_ascii=True).encode()


def text_message(wa_id: str, text: str, wamid: str = "") -> dict:
    """Return a text of the citizen ``wa_id`` with Meta's time stamp of now."""
    return {
        "from": wa_id,
        "id": wamid or f"wamid.bench.{uuid.uuid4().hex}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }


def signature(secret: str, body: bytes) -> str:
    """Return the value of ``X-Hub-Signature-256`` for ``body``."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Refused(Exception):
    """The webhook answered something else than 200; says what."""


class Poster:
    """One connection to the webhook, kept open as Meta keeps its own; for one thread.

    ``http.client`` rather than ``requests``: at 100 calls a second the load generator must not
    take the processor from what it measures.

    :param url: address of the webhook
    :param secret: the app secret that signs
    """

    def __init__(self, url: str, secret: str):
        parts = urlsplit(url)
        self._path = parts.path
        self._secret = secret
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)

    def post(self, body: bytes) -> None:
        """Deliver ``body``; raises :class:`Refused` unless it is answered 200.

        A kept connection that the server has closed meanwhile is opened again, once.
        """
        headers = self._headers(body)
        reused = self._connection.sock is not None
        try:
            status = self._ask(body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            if not reused:
                raise
            status = self._ask(body, headers)
        if status != 200:
            raise Refused(f"the webhook answered {status}")

    def _headers(self, body: bytes) -> dict[str, str]:
        """Return the headers of a delivery."""
        return {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self._secret, body),
        }

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, body: bytes, headers: dict[str, str]) -> int:
        self._connection.request("POST", self._path, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        return answer.status
