"""Meta's webhooks beside messages and statuses: calls, history, standby, news.

Shapes as Meta publishes them: "history webhook reference", "Standby webhooks", "Calling API",
"System messages webhook reference", "account_update webhook reference".
"""

import time

from . import numbers, webhooks

# The number's state after news about it: event -> (setting of the simulation, its value)
_CONSEQUENCES = {
    "FLAGGED": {"quality": "RED"},
    "UNFLAGGED": {"quality": "GREEN"},
    "DISABLE": {"locked": True},
    "REINSTATE": {"locked": False},
    "ACCOUNT_DELETED": {"locked": True},
}


def call(simulation, phone, request):
    """Call as the citizen; nobody answers.

    Unless `seconds` says how long they talked elsewhere.
    """
    seconds = int(request.get("seconds") or 0)
    now = int(time.time())
    settings = simulation.settings
    started = {
        "id": f"wacid.{numbers.new_wamid().removeprefix('wamid.')}",
        "to": settings.display_phone.lstrip("+"),
        "event": "connect",
        "direction": "USER_INITIATED",
        "timestamp": str(now),
        **_sender(phone),
    }
    ended = {**started, "event": "terminate", "status": "COMPLETED" if seconds else "FAILED"}
    value = webhooks.value(settings)
    value["contacts"] = [webhooks.contact(phone, with_name=True)]
    simulation.sender.put({"field": "calls", "value": {**value, "calls": [started]}}, phone.wa_id)
    value["calls"] = [ended]
    if seconds:
        ended.update(start_time=str(now), end_time=str(now + seconds), duration=seconds)
    else:
        # Meta puts what was wrong beside the call, where errors of the account stand as well
        value["errors"] = [{"code": 138021, "title": "Call was not answered", "message": "x"}]
    phone.last_message_at = time.time()
    simulation.sender.put({"field": "calls", "value": value}, phone.wa_id)
    return started["id"]


def standby(simulation, phone, request):
    """Write as the citizen while another application answers; `other`: its answer."""
    settings = simulation.settings
    message = {
        "id": numbers.new_wamid(),
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": request.get("text") or request.get("other") or "oi"},
    }
    if "other" in request:
        change = webhooks.echo_change(message, phone, settings)
    else:
        change = webhooks.message_change(message, phone, settings)
    simulation.sender.put({**change, "field": "standby"}, phone.wa_id)
    return message["id"]


def history(simulation, phone, request):
    """Return the telephone's old messages with this citizen.

    `messages`: elements of a thread; one with `ours` true was sent by the city. A file is only
    announced in the thread and follows by itself, as at Meta. `declined`: they are not shared.
    """
    settings = simulation.settings
    if request.get("declined"):
        title = "History sync is turned off by the business from the WhatsApp Business App"
        error = {"code": 2593109, "title": title, "message": title}
        error["error_data"] = {"details": "History sharing is turned off by the business"}
        _history(simulation, phone, [{"errors": [error]}])
        return ""
    thread, files = [], []
    for number, old in enumerate(request.get("messages") or []):
        old = dict(old)
        ours = old.pop("ours", False)
        sender = {"from": settings.display_phone.lstrip("+")} if ours else _sender(phone)
        message = {
            "id": numbers.new_wamid(),
            "timestamp": str(int(time.time()) - 86400 + number),
            **sender,
            **old,
        }
        context = {"history_context": {"status": "READ"}}
        kind = message["type"]
        if kind in ("image", "video", "audio", "document", "sticker"):
            files.append({**message, **({"to": phone.wa_id} if ours else {})})
            message = {key: value for key, value in message.items() if key != kind}
            message["type"] = "media_placeholder"
        thread.append({**message, **context})
    part = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 100},
        "threads": [{"id": phone.wa_id, "messages": thread}],
    }
    _history(simulation, phone, [part])
    for message in files:
        value = {**webhooks.value(settings), "messages": [message]}
        simulation.sender.put({"field": "history", "value": value}, phone.wa_id)
    return thread[-1]["id"] if thread else ""


def _history(simulation, phone, parts):
    value = {**webhooks.value(simulation.settings), "history": parts}
    simulation.sender.put({"field": "history", "value": value}, phone.wa_id)


def new_user_id(simulation, phone, request):
    """Change the citizen's user id.

    `shape`: "system"; "text", where only the sentence has the old one; "field", of its own.
    """
    old = phone.user_id
    simulation.store.renew_user_id(phone)
    new, shape = phone.user_id, request.get("shape", "system")
    value = webhooks.value(simulation.settings)
    now = str(int(time.time()))
    if shape == "field":
        value["user_id_update"] = [
            {"wa_id": phone.wa_id, "user_id": {"previous": old, "current": new}, "timestamp": now}
        ]
        simulation.sender.put({"field": "user_id_update", "value": value}, phone.wa_id)
        return new
    if shape not in ("system", "text"):
        raise ValueError("shape is one of system, text, field")
    system = {
        "type": "user_changed_user_id",
        "body": f"User {phone.name or phone.wa_id} changed from {old} to {new}",
        "user_id": new,
    }
    if shape == "system":
        system["previous_user_id"] = old
    message = {"id": numbers.new_wamid(), "timestamp": now, "type": "system", "system": system}
    value["messages"] = [message]  # Meta: without `contacts`
    simulation.sender.put({"field": "messages", "value": value}, phone.wa_id)
    return new


def news(simulation, field, value):
    """Tell news about the account or the number; apply what follows at the API."""
    if not field or not isinstance(value, dict):
        raise ValueError("news need a field and a value, which is an object")
    ban = value.get("ban_info") or {}
    for event in (value.get("event"), ban.get("waba_ban_state")):
        simulation.number.update(_CONSEQUENCES.get(event, {}))
    simulation.sender.put({"field": field, "value": value})


def _sender(phone):
    """Return the sender's fields, as far as the phone shows them."""
    sender = {"from_user_id": phone.user_id}
    if not phone.hide_number:
        sender["from"] = phone.wa_id
    return sender
