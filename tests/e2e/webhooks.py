"""Calls of the webhook as Meta makes them, and as it never would."""

import hashlib
import hmac
import http.client
import itertools
import json
import time
import uuid
from urllib.parse import urlsplit

from devtools.servers import Stack
from sandbox import defaults

SIGNED = "signed"
"""In place of a signature: the right one."""

_times = itertools.count(int(time.time()))


def sign(body: bytes, secret: str = defaults.APP_SECRET) -> str:
    """Return the header's value for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(stack: Stack, body: bytes, signature: str | None = SIGNED) -> int:
    """Post bytes to the webhook; returns the status. No signature: no header at all."""
    headers = {"Content-Type": "application/json"}
    if signature is not None:
        headers["X-Hub-Signature-256"] = sign(body) if signature is SIGNED else signature
    url = urlsplit(stack.webhook_url)
    connection = http.client.HTTPConnection(url.netloc, timeout=60)
    try:
        connection.request("POST", url.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def new_id() -> str:
    """Return an id such as WhatsApp gives to messages."""
    return f"wamid.{uuid.uuid4().hex.upper()}"


def text(number: str, body: str, **more) -> dict:
    """Return one of Meta's `messages[]`; `more` replaces or adds fields."""
    message = {
        "id": new_id(),
        "from": number,
        "timestamp": str(next(_times)),
        "type": "text",
        "text": {"body": body},
    }
    return {**message, **more}


def value(number_id: str = defaults.PHONE_NUMBER_ID, **lists) -> dict:
    """Return the value of a change of `messages`: `messages=[...]`, `statuses=[...]`."""
    metadata = {"display_phone_number": defaults.DISPLAY_PHONE, "phone_number_id": number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata, **lists}


def envelope(*changes: dict, field: str = "messages") -> dict:
    """Return a whole call with the values of its changes."""
    found = [{"field": field, "value": change} for change in changes]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": defaults.WABA_ID, "changes": found}],
    }


def encoded(payload: object) -> bytes:
    """JSON as Meta writes it: characters above U+007F as `\\uXXXX`."""
    return json.dumps(payload).encode()
