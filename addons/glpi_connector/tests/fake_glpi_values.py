"""Answers and comparisons of the GLPI in memory."""

import json
import re

import requests

API_USER = 7
SCOPE = {
    "getMyProfiles": {"myprofiles": [{"id": 9, "name": "Integração", "entities": []}]},
    "getMyEntities": {"myentities": [{"id": 0, "name": "Prefeitura"}]},
    "getFullSession": {"session": {"glpiID": API_USER}},
    "getActiveEntities": {"active_entity": {"id": 0, "active_entity_recursive": 1}},
}
NO_DATABASE = b"\n<!DOCTYPE html>\n<html><head><title>Mysql Error - GLPI</title></head></html>"
RIGHTS = {
    "ticket": 9223,
    "followup": 13319,
    "document": 7,
    "user": 7,
    "location": 1,
    "itilcategory": 1,
}


def answer(status, data=None, headers=None, raw=b""):
    """A requests.Response with a JSON body, or `raw` (text/html) when `data` is None."""
    response = requests.Response()
    response.status_code = status
    response._content = raw if data is None else json.dumps(data, ensure_ascii=False).encode()
    response._content_consumed = True
    kind = "text/html" if data is None else "application/json"
    response.headers.update({"Content-Type": f"{kind}; charset=UTF-8", **(headers or {})})
    return response


def encode(text):
    """GLPI's storage of & < >."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def order(row, column):
    """Numbers by size, dates by text; what was never changed has the date of its writing."""
    value = row.get(column) or row.get("date") or 0
    return (0, value, "") if isinstance(value, int) else (1, 0, str(value))


def like(stored, wanted):
    """SQL LIKE as GLPI's search uses it: ^ and $ anchor, _ is any character."""
    pattern = re.escape(wanted.removeprefix("^").removesuffix("$")).replace("_", ".")
    pattern = ("^" if wanted.startswith("^") else "") + pattern
    return re.search(pattern + ("$" if wanted.endswith("$") else ""), stored or "", re.I)


def is_wide(value):
    """Whether a text in it is above U+FFFF."""
    if isinstance(value, str):
        value = value.encode().decode("unicode_escape") if "\\ud8" in value else value
        return any(ord(char) > 0xFFFF or 0xD800 <= ord(char) < 0xE000 for char in value)
    if isinstance(value, dict):
        return any(map(is_wide, value.values()))
    return isinstance(value, list | tuple) and any(map(is_wide, value))


def cut(value):
    """What a database that is not strict keeps of a text."""
    return re.split("[\U00010000-\U0010ffff]", value)[0] if isinstance(value, str) else value
