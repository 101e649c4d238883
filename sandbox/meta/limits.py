"""Meta's rules for a message to be sent.

`check_message` refuses what the real one refuses.

Source: Meta, WhatsApp Cloud API, "Messages" reference and "Error codes".
"""

import math

from . import checks, numbers
from .errors import GraphError

_COMMON = {
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "recipient_identity_key_hash",
    "messaging_account_id",
}
_MEDIA_KEYS = {
    "image": {"id", "link", "caption"},
    "video": {"id", "link", "caption"},
    "audio": {"id", "link", "voice"},
    "document": {"id", "link", "caption", "filename"},
    "sticker": {"id", "link"},
}


def check_product(payload):
    """Check that the body is an object for WhatsApp; else raise error 100."""
    if not isinstance(payload, dict):
        raise GraphError(100, "The body must be a JSON object.")
    if payload.get("messaging_product") != "whatsapp":
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")


def check_message(payload):
    """Check everything about the message that does not depend on what is stored.

    Returns its type. Raises GraphError: 100, 131008, 131009 or 131051, as Meta does.
    """
    check_product(payload)
    kind = payload.get("type", "text")
    checker = _CHECKERS.get(kind) if isinstance(kind, str) else None
    if checker is None:
        raise GraphError(131051, f"Message type {kind!r} is not supported.")
    checks.keys(payload, "", _COMMON | {kind})
    if not payload.get("to") and not payload.get("recipient"):
        raise GraphError(100, message="(#100) The parameter to is required.")
    if payload.get("recipient_type", "individual") != "individual":
        raise GraphError(100, "Param recipient_type must be one of {individual}.")
    checks.optional_text(payload, "", "biz_opaque_callback_data", 512, 100)
    context = payload.get("context")
    if context is not None:
        if kind == "reaction":
            raise GraphError(100, 'Unexpected key "context" on a reaction.')
        check_wamid(checks.keys(context, "context", {"message_id"}), "context")
    checker(checks.required(payload, "", kind))
    return kind


def check_wamid(value, path):
    """Check that `message_id` looks like an id of Meta's."""
    if not str(checks.required(value, path, "message_id")).startswith("wamid."):
        raise checks.wrong(f"{path}['message_id']", "Invalid message ID")


def _text(value):
    checks.keys(value, "text", {"body", "preview_url"})
    checks.text(value, "text", "body", 4096, 100)


def _media(kind):
    def check(value, path=kind):
        checks.keys(value, path, _MEDIA_KEYS[kind])
        if bool(value.get("id")) == bool(value.get("link")):
            raise GraphError(131008, f"Either {path}['id'] or {path}['link'] is required.")
        link = value.get("link")
        if link and not str(link).startswith(("http://", "https://")):
            raise checks.wrong(f"{path}['link']", "Invalid URL")
        checks.optional_text(value, path, "caption", 1024, 100)
        checks.optional_text(value, path, "filename", 240, 100)

    return check


def _location(value):
    checks.keys(value, "location", {"latitude", "longitude", "name", "address"})
    for key, most in (("latitude", 90), ("longitude", 180)):
        found = value.get(key)
        try:
            number = float(found)
        except (TypeError, ValueError):
            number = math.nan
        if found in (None, ""):
            raise GraphError(131008, f"The parameter location['{key}'] is required.")
        if not abs(number) <= most:
            raise checks.wrong(f"location['{key}']", "Not a coordinate")


def _contacts(value):
    if not isinstance(value, list) or len(value) > 257:
        raise GraphError(100, "Param contacts must be an array of 1 to 257 items.")
    for number, contact in enumerate(value):
        path = f"contacts[{number}]"
        name = checks.required(contact, path, "name")
        checks.text(name, f"{path}['name']", "formatted_name", 1024)
        if len([key for key in name if name[key]]) < 2:
            raise GraphError(131008, f"{path}['name'] needs one more part than formatted_name.")


def _reaction(value):
    checks.keys(value, "reaction", {"message_id", "emoji"})
    check_wamid(value, "reaction")
    if not isinstance(value.get("emoji"), str) or len(value["emoji"]) > 16:
        raise checks.wrong("reaction['emoji']", "Not an emoji")


def _template(value):
    checks.keys(value, "template", {"name", "language", "components", "namespace"})
    checks.text(value, "template", "name", 512)
    language = checks.required(value, "template", "language")
    checks.keys(language, "template['language']", {"code", "policy"})
    checks.text(language, "template['language']", "code", 10)
    for number, component in enumerate(checks.a_list(value, "template", "components")):
        path = f"template['components'][{number}]"
        checks.keys(component, path, {"type", "sub_type", "index", "parameters"})
        if not str(component.get("index", 0)).isdecimal():
            raise checks.wrong(f"{path}['index']", "Not a number")
        for parameter in checks.a_list(component, path, "parameters"):
            _template_parameter(parameter, f"{path}['parameters']")


def _template_parameter(value, path):
    kind = checks.required(value, path, "type")
    for key in ("text", "parameter_name", "payload"):
        if not isinstance(value.get(key, ""), str):
            raise GraphError(100, f"Param {path}['{key}'] must be a string.")
    if kind in ("image", "video", "document"):
        _CHECKERS[kind](checks.required(value, path, kind), f"{path}['{kind}']")


def _interactive(value):
    checks.keys(value, "interactive", {"type", "header", "body", "footer", "action"})
    kind = checks.one_of(value, "interactive", "type", list(_ACTIONS))
    most_body, headers, action_check = _ACTIONS[kind]
    body = checks.required(value, "interactive", "body")
    checks.text(body, "interactive['body']", "text", most_body)
    if value.get("footer"):
        checks.text(value["footer"], "interactive['footer']", "text", 60)
    if value.get("header"):
        _header(value["header"], headers)
    action = checks.required(value, "interactive", "action")
    action_check(checks.an_object(action, "interactive['action']"))


def _header(value, allowed):
    path = "interactive['header']"
    kind = checks.required(value, path, "type")
    if kind not in allowed:
        raise checks.wrong(f"{path}['type']", f"Header type {kind} is not allowed here")
    if kind == "text":
        checks.text(value, path, "text", 60)
    else:
        _CHECKERS[kind](checks.required(value, path, kind), f"{path}['{kind}']")


def _buttons(action):
    path = "interactive['action']"
    buttons = checks.items(action, path, "buttons", 1, 3)
    for number, button in enumerate(buttons):
        where = f"{path}['buttons'][{number}]"
        if checks.keys(button, where, {"type", "reply"}).get("type") != "reply":
            raise checks.wrong(f"{where}['type']", "Must be reply")
        reply = checks.required(button, where, "reply")
        checks.text(reply, f"{where}['reply']", "id", 256)
        checks.text(reply, f"{where}['reply']", "title", 20)
    for key in ("id", "title"):
        checks.unique([button["reply"][key] for button in buttons], f"{path}['buttons'] {key}")


def _list(action):
    path = "interactive['action']"
    checks.text(action, path, "button", 20)
    sections = checks.items(action, path, "sections", 1, 10)
    rows = []
    for number, section in enumerate(sections):
        where = f"{path}['sections'][{number}]"
        checks.keys(section, where, {"title", "rows"})
        limit = (section, where, "title", 24)
        checks.text(*limit) if len(sections) > 1 else checks.optional_text(*limit)
        for row in checks.items(section, where, "rows", 1, 100):
            checks.keys(row, f"{where}['rows']", {"id", "title", "description"})
            checks.text(row, f"{where}['rows']", "id", 200)
            checks.text(row, f"{where}['rows']", "title", 24)
            checks.optional_text(row, f"{where}['rows']", "description", 72)
            rows.append(row["id"])
    if len(rows) > 10:
        raise checks.wrong(path, f"Total row count exceed max allowed count: 10 ({len(rows)})")
    checks.unique(rows, f"{path}['sections'] row id")


def _cta_url(action):
    path = "interactive['action']"
    checks.one_of(action, path, "name", ["cta_url"])
    parameters = checks.required(action, path, "parameters")
    checks.text(parameters, f"{path}['parameters']", "display_text", 20)
    url = checks.text(parameters, f"{path}['parameters']", "url", 2000)
    if not url.startswith(("http://", "https://")):
        raise checks.wrong(f"{path}['parameters']['url']", "Invalid URL")


def _named(name):
    return lambda action: checks.one_of(action, "interactive['action']", "name", [name])


_ANY_HEADER = ("text", "image", "video", "document")
_ACTIONS = {
    "button": (1024, _ANY_HEADER, _buttons),
    "list": (4096, ("text",), _list),
    "cta_url": (1024, _ANY_HEADER, _cta_url),
    "location_request_message": (1024, (), _named("send_location")),
    "request_contact_info": (1024, (), _named("request_contact_info")),
}
_CHECKERS = {
    "text": _text,
    **{kind: _media(kind) for kind in _MEDIA_KEYS},
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}


def check_recipient(payload, display_phone):
    """Return the receiver: (number as typed, "") or ("", user id).

    `to` wins over `recipient`.

    Raises GraphError 131009 for what is neither, 131021 for the city's own number.
    """
    to, recipient = payload.get("to"), payload.get("recipient")
    if not to:
        if not numbers.BSUID.match(str(recipient)):
            raise checks.wrong("recipient", "Not a business-scoped user ID")
        return "", recipient
    try:
        digits = numbers.wa_id(to, "keep")
    except ValueError as error:
        raise checks.wrong("to", "Not a valid phone number") from error
    if digits == display_phone:
        raise GraphError(131021, "Recipient phone number is the sender's.")
    return str(to), ""
