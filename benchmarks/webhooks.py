"""Signed webhook deliveries as Meta sends them, made by the load generator itself."""

import hashlib
import hmac
import json
import time
import uuid

import requests


def body_of(messages: list[dict], *, phone_number_id: str, waba_id: str, display: str) -> bytes:
    """One delivery with ``messages`` of one business number, escaped as Meta escapes it."""
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
    """A text of the citizen ``wa_id`` with Meta's time stamp of now."""
    return {
        "from": wa_id,
        "id": wamid or f"wamid.bench.{uuid.uuid4().hex}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }


def signature(secret: str, body: bytes) -> str:
    """Value of ``X-Hub-Signature-256`` for ``body``."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post(session: requests.Session, url: str, secret: str, body: bytes) -> requests.Response:
    """Deliver ``body``; raises ``requests.HTTPError`` unless it is answered 200."""
    answer = session.post(
        url,
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(secret, body),
        },
        timeout=30,
    )
    answer.raise_for_status()
    return answer
