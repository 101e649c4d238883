"""Answers of a GLPI, for clients that are given their HTTP."""

import json

import requests


def answer(status, data=None, headers=None, raw=b""):
    """Return a response with a JSON body, or `raw` when `data` is None.

    A requests.Response; `raw` is text/html.
    """
    response = requests.Response()
    response.status_code = status
    response._content = raw if data is None else json.dumps(data, ensure_ascii=False).encode()
    response._content_consumed = True
    kind = "text/html" if data is None else "application/json"
    response.headers.update({"Content-Type": f"{kind}; charset=UTF-8", **(headers or {})})
    return response
