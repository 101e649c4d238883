"""Webhook bodies: their shape, their bytes and their signature.

Source: Meta, WhatsApp Cloud API, "Webhooks": code points above U+007F are escaped as \\uXXXX in the
bytes that are signed.
"""

import hashlib
import hmac
import json
import time


def sign(body, secret):
    """Return the value of the header X-Hub-Signature-256 for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def envelope(changes, settings):
    """Return the bytes of one POST with these changes (`{"field", "value"}`)."""
    entries = []
    for change in changes:
        # News of the account have the time of their entry, and no number beside them
        stamp = {} if "metadata" in change["value"] else {"time": int(time.time())}
        if stamp or not entries or "time" in entries[-1]:
            entries.append({"id": settings.waba_id, **stamp, "changes": []})
        entries[-1]["changes"].append(change)
    body = {"object": "whatsapp_business_account", "entry": entries}
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def message_change(message, phone, settings):
    """Return the change for a citizen's message (as Meta gives it, senderless)."""
    sender = {"from_user_id": phone.user_id}
    if not phone.hide_number:
        sender["from"] = phone.wa_id
    content = value(settings)
    content["contacts"] = [contact(phone, with_name=True)]
    content["messages"] = [{**sender, **message}]
    return {"field": "messages", "value": content}


def echo_change(message, phone, settings):
    """Return the change for a message from the telephone's application to `phone`."""
    content = value(settings)
    receiver = {"from": settings.display_phone.lstrip("+"), "to_user_id": phone.user_id}
    if not phone.hide_number:
        receiver["to"] = phone.wa_id
    content["message_echoes"] = [{**receiver, **message}]
    return {"field": "smb_message_echoes", "value": content}


def status_change(message, status, at, phone, settings, error=None):
    """Return the change for one status of the city's message.

    `at`: seconds since 1970.
    """
    entry = {"id": message.wamid, "status": status, "timestamp": str(int(at))}
    if not (phone.hide_number and message.by_user_id):
        entry["recipient_id"] = phone.wa_id
    if message.opaque:
        entry["biz_opaque_callback_data"] = message.opaque
    content = value(settings)
    if error:
        entry["errors"] = [error.as_status_error()]
        if message.by_user_id:
            entry["recipient_user_id"] = phone.user_id
    else:
        entry["recipient_user_id"] = phone.user_id
        content["contacts"] = [contact(phone, with_name=False)]
        if status in ("sent", "delivered"):
            template = message.type == "template"
            entry["pricing"] = {
                "billable": template,
                "pricing_model": "PMP",
                "type": "regular" if template else "free_customer_service",
                "category": "utility" if template else "service",
            }
    content["statuses"] = [entry]
    return {"field": "messages", "value": content}


def contact(phone, with_name):
    """Return the citizen in `contacts`: known ids, the profile only with messages."""
    found = {"user_id": phone.user_id}
    if with_name:
        found["profile"] = {"name": phone.name or phone.wa_id}
        if phone.username:
            found["profile"]["username"] = phone.username
    if not phone.hide_number:
        found["wa_id"] = phone.wa_id
    return found


def value(settings):
    """Return the beginning of every value of the number."""
    return {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": settings.display_phone,
            "phone_number_id": settings.phone_number_id,
        },
    }
