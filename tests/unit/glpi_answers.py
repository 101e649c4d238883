"""Answers of a GLPI, for clients that are given their HTTP."""

import json

import requests


def answer(status, data=None, headers=None, raw=b""):
    """Return a requests.Response with a JSON body, or `raw` (text/html) when `data` is None."""
    response = requests.Response()
    response.status_code = status
    response._content = raw if data is None else json.dumps(data, ensure_ascii=False).encode()
    response._content_consumed = True
    kind = "text/html" if data is None else "application/json"
    response.headers.update({"Content-Type": f"{kind}; charset=UTF-8", **(headers or {})})
    return response
