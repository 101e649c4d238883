"""Build a citizen's messages from the short JSON of the control API."""

import base64
import binascii
import mimetypes

from . import elsewhere, view

_MEDIA = ("image", "video", "audio", "document", "sticker")
_VOICE = "audio/ogg; codecs=opus"
_TYPES = {".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".webp": "image/webp"}


def send(simulation, phone, request):
    """Send what the request describes (see the README); return the wamid.

    Raises ValueError, in words, for a request that is not understood.
    """
    kind = request.get("type", "text")
    builder = _BUILDERS.get(kind)
    if builder is None:
        raise ValueError(f"unknown type {kind!r}; known: {', '.join(_BUILDERS)}")
    return builder(simulation, phone, request)


def _text(simulation, phone, request):
    text = _required(request, "text")
    return _send(simulation, phone, request, "text", {"body": text}, {"text": text})


def _option(simulation, phone, request):
    """Answer to the newest list or buttons that has the option; made up when there is none."""
    wanted_id, wanted_title = request.get("id"), request.get("title")
    if not wanted_id and not wanted_title:
        raise ValueError("an option needs an id or a title")
    question, option = _find_option(simulation, phone, wanted_id, wanted_title)
    option = option or {"id": wanted_id or wanted_title, "title": wanted_title or wanted_id}
    shown = {"text": option["title"]}
    context = question.wamid if question else None
    if question and question.type == "template":
        value = {"payload": option["id"], "text": option["title"]}
        return _send(simulation, phone, request, "button", value, shown, context)
    kind = "button_reply"
    reply = {"id": option["id"], "title": option["title"]}
    if question and question.details.get("kind") == "list":
        kind = "list_reply"
        if option.get("description"):
            reply["description"] = option["description"]
    value = {"type": kind, kind: reply}
    return _send(simulation, phone, request, "interactive", value, shown, context)


def _find_option(simulation, phone, wanted_id, wanted_title):
    with simulation.store.changed:
        newest_first = [m for m in reversed(phone.messages.values()) if m.options]
    for message in newest_first:
        for option in message.options:
            if option["id"] == wanted_id or (not wanted_id and option["title"] == wanted_title):
                return message, option
    return None, None


def _media(simulation, phone, request):
    kind = request["type"]
    try:
        content = base64.b64decode(_required(request, "base64"), validate=True)
    except binascii.Error as error:
        raise ValueError(f"base64: {error}") from error
    voice = bool(request.get("voice")) and kind == "audio"
    filename = request.get("filename") or ""
    mimetype = request.get("mimetype") or _guess(filename, kind)
    if voice and mimetype.startswith("audio/ogg"):
        mimetype = _VOICE
    media = simulation.media.add(content, mimetype, filename)
    value = {"mime_type": mimetype, "sha256": media.sha256, "id": media.id}
    value["url"] = simulation.media.address(media, simulation.base_url)
    if request.get("caption") and kind not in ("audio", "sticker"):
        value["caption"] = request["caption"]
    if kind == "audio":
        value["voice"] = voice
    if kind == "document":
        value["filename"] = filename or "documento"
    if kind == "sticker":
        value["animated"] = False
    shown = view.described(kind, {**value, "filename": filename})
    return _send(simulation, phone, request, kind, value, shown)


def _location(simulation, phone, request):
    """Build a location: `place` is its name, `name` the citizen's own as in every request."""
    keys = ("latitude", "longitude", "address", "url")
    value = {key: request[key] for key in keys if request.get(key) not in (None, "")}
    for key in ("latitude", "longitude"):
        if not isinstance(value.get(key), int | float):
            raise ValueError(f"location: {key} has to be a number")
    if request.get("place"):
        value["name"] = request["place"]
    shown = view.described("location", value)
    return _send(simulation, phone, request, "location", value, shown)


def _contacts(simulation, phone, request):
    value = _required(request, "contacts")
    return _send(simulation, phone, request, "contacts", value, view.described("contacts", value))


def _reaction(simulation, phone, request):
    value = {"message_id": _required(request, "message_id")}
    if request.get("emoji"):
        value["emoji"] = request["emoji"]
    shown = {"text": request.get("emoji", ""), "details": {"target": value["message_id"]}}
    return _send(simulation, phone, request, "reaction", value, shown)


def _edit(simulation, phone, request):
    """Correct a text of the citizen's own (Meta passes it on for numbers in coexistence only)."""
    original = _own(simulation, phone, request)
    text = _required(request, "text")
    with simulation.store.changed:
        original.details = {**original.details, "edited": True}
        original.text = text
    inner = {"type": "text", "text": {"body": text}}
    if original.type != "text":
        inner = {"type": original.type, original.type: {"caption": text}}
    value = {"original_message_id": original.wamid, "message": inner}
    return _send(simulation, phone, request, "edit", value, {"text": ""})


def _revoke(simulation, phone, request):
    """Delete a message of the citizen's own, for everybody."""
    original = _own(simulation, phone, request)
    with simulation.store.changed:
        original.details = {**original.details, "revoked": True}
    value = {"original_message_id": original.wamid}
    return _send(simulation, phone, request, "revoke", value, {"text": ""})


def _own(simulation, phone, request):
    """Return the citizen's message that `message_id` names. Raises ValueError if it is none."""
    wamid = _required(request, "message_id")
    with simulation.store.changed:
        original = phone.messages.get(wamid)
    if original is None or original.direction != "out":
        raise ValueError("message_id is no message of this citizen")
    return original


def _echo(simulation, phone, request):
    """Write to this citizen as the city on the telephone's own application."""
    message = request.get("message") or {
        "type": "text",
        "text": {"body": _required(request, "text")},
    }
    return simulation.send_echo(phone, message)


def _raw(simulation, phone, request):
    """Send `message`, one of `messages[]`, or `change`, a whole `{"field", "value"}`, as it is."""
    if "change" in request:
        simulation.sender.put(request["change"], phone.wa_id)
        return ""
    message = _required(request, "message")
    if not isinstance(message, dict):
        raise ValueError("message has to be an object")
    body = message.get("text")
    shown = {"text": f"[{message.get('type')}]"}
    if isinstance(body, dict):
        shown["text"] = str(body.get("body", ""))
    return simulation.send_raw(phone, message, shown=shown, tag=request.get("tag"))


def _send(simulation, phone, request, kind, value, shown, context=None):
    context = request.get("quoted") or context
    if context:
        shown = {**shown, "details": {**shown.get("details", {}), "quoted": context}}
    more = {"forwarded": True} if request.get("forwarded") else None
    return simulation.send(
        phone, kind, value, shown=shown, context=context, tag=request.get("tag"), more=more
    )


def _required(request, key):
    if not request.get(key):
        raise ValueError(f"{key} is missing")
    return request[key]


def _guess(filename, kind):
    suffix = "." + filename.rpartition(".")[2].lower()
    found = _TYPES.get(suffix) or mimetypes.guess_type(filename)[0]
    fallback = {
        "image": "image/jpeg",
        "video": "video/mp4",
        "audio": "audio/ogg",
        "sticker": "image/webp",
    }
    return found or fallback.get(kind, "application/octet-stream")


_BUILDERS = {
    "text": _text,
    "option": _option,
    **dict.fromkeys(_MEDIA, _media),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "echo": _echo,
    "call": elsewhere.call,
    "standby": elsewhere.standby,
    "history": elsewhere.history,
    "new_user_id": elsewhere.new_user_id,
    "raw": _raw,
}
