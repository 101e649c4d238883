"""Answers and comparisons of the GLPI in memory."""

import json
import re

import requests


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
