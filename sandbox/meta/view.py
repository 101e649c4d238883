"""A message as people see it: text, options and the rest, from the API's payload."""

from . import templates


def of_city(kind, payload, known_templates):
    """Return the fields of `store.Message` for a message of the city.

    Raises GraphError for a template that cannot be filled in.
    """
    value = payload[kind]
    if kind == "text":
        return {"text": value["body"]}
    if kind == "interactive":
        return _interactive(value)
    if kind == "template":
        return _template(value, known_templates)
    if kind == "reaction":
        return {"text": value["emoji"], "details": {"target": value["message_id"]}}
    return described(kind, value)


def described(kind, value):
    """Return the fields for contents of both sides: media, location, contacts."""
    if kind in ("image", "video", "audio", "document", "sticker"):
        shown = {key: value[key] for key in ("filename", "link", "voice") if value.get(key)}
        return {
            "text": value.get("caption", ""),
            "media_id": str(value.get("id", "")),
            "details": shown,
        }
    if kind == "location":
        place = ", ".join(str(value[key]) for key in ("name", "address") if value.get(key))
        return {"text": place, "details": dict(value)}
    if kind == "contacts":
        names = [contact.get("name", {}).get("formatted_name", "") for contact in value]
        return {"text": ", ".join(names), "details": {"contacts": value}}
    return {"text": ""}


def _interactive(value):
    kind, action = value["type"], value["action"]
    shown = {"kind": kind, "footer": (value.get("footer") or {}).get("text", "")}
    header = value.get("header") or {}
    media_id = ""
    if header.get("type") == "text":
        shown["header"] = header["text"]
    elif header:
        shown["header_media"] = header["type"]
        media_id = str(header[header["type"]].get("id", ""))
        shown["link"] = header[header["type"]].get("link", "")
    options = []
    if kind == "button":
        options = [_option(button["reply"]) for button in action["buttons"]]
    elif kind == "list":
        shown["list_button"] = action["button"]
        for section in action["sections"]:
            title = section.get("title") or ""
            options += [_option(row, section=title) for row in section["rows"]]
    elif kind == "cta_url":
        shown["url"] = action["parameters"]["url"]
        shown["url_text"] = action["parameters"]["display_text"]
    return {
        "text": value["body"]["text"],
        "options": options,
        "details": shown,
        "media_id": media_id,
    }


def _option(row, **more):
    return {
        "id": row["id"],
        "title": row["title"],
        "description": row.get("description") or "",
        **{key: value for key, value in more.items() if value},
    }


def _template(value, known):
    text, header, footer, replies, link = templates.render(value, known)
    shown = {"kind": "template", "header": header, "footer": footer, "template": value["name"]}
    if link:
        shown |= {"url": link["url"], "url_text": link["text"]}
    media_id = ""
    for part in value.get("components", []):
        for parameter in part.get("parameters", []):
            if parameter.get("type") in ("image", "video", "document"):
                media = parameter[parameter["type"]]
                shown["header_media"] = parameter["type"]
                shown["link"] = media.get("link", "")
                media_id = str(media.get("id", ""))
    payloads = _payloads(value)
    options = [
        {"id": payloads.get(number, text_), "title": text_, "description": ""}
        for number, text_ in enumerate(replies)
    ]
    return {"text": text, "options": options, "details": shown, "media_id": media_id}


def _payloads(value):
    """Return payloads that the business chose for the quick replies: index -> payload."""
    found = {}
    for part in value.get("components", []):
        if str(part.get("type", "")).lower() == "button":
            for parameter in part.get("parameters", []):
                if parameter.get("payload"):
                    found[int(part.get("index", 0))] = parameter["payload"]
    return found
