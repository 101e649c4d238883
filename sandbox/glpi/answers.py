"""Building answers as GLPI's API does: JSON without spaces, caching, ranges."""

import json
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

from werkzeug.wrappers import Response

from . import text
from .errors import TEXTS, ApiError

# The most rows that one page may have.
LIST_LIMIT_MAX = 5000


def say(key: str, language: str, **values) -> str:
    """Return a text of the API in the user's language."""
    portuguese, english = TEXTS[key]
    template = portuguese if language.startswith("pt") else english
    return template.format(**values)


def answer(value: Any, status: int = 200, headers: dict | None = None, method="GET") -> Response:
    """Return a JSON answer."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = Response(body, status, content_type="application/json; charset=UTF-8")
    if method == "GET":
        expose = "content-type, content-range, accept-range"
        response.headers["Access-Control-Expose-Headers"] = expose
    response.headers["Pragma"] = "no-cache"
    response.headers["Cache-Control"] = "no-store, no-cache, must-revalidate"
    response.headers["Expires"] = "Mon, 26 Jul 1997 05:00:00 GMT"
    response.headers.update(headers or {})
    return response


def error_answer(error: ApiError, language: str, base_url: str, method: str) -> Response:
    """Return ``[code, text]``; wrongly made requests are sent to the documentation."""
    message = say(error.key, language, **error.values)
    if error.status == 400 and error.code != "ERROR_JSON_PAYLOAD_INVALID":
        message = f"{message}; {base_url}/#{error.code}"
    return answer([error.code, message], error.status, method=method)


def crash_answer(reason: str = "") -> Response:
    """Return the answer of a PHP that died: success without a body.

    The reason is for debugging.
    """
    response = Response(b"", 200, content_type="text/html; charset=UTF-8")
    response.headers["Pragma"] = "no-cache"
    response.headers["X-Sandbox-Crash"] = reason.encode("ascii", "replace").decode()
    return response


def preflight_answer() -> Response:
    """Answer the preflight request of a browser on another site."""
    response = Response(b"", 200, content_type="text/html; charset=UTF-8")
    response.headers["Access-Control-Allow-Methods"] = "PUT, GET, POST, DELETE, OPTIONS"
    allowed = "origin, content-type, accept, session-token, authorization, app-token"
    response.headers["Access-Control-Allow-Headers"] = allowed
    return response


def item_headers(row: dict, utc_offset_hours: float = -3) -> dict:
    """Return Last-Modified of an item, in GMT, from its date_mod.

    :param utc_offset_hours: of GLPI's wall clock, ahead of Greenwich
    """
    if not row.get("date_mod"):
        return {}
    zone = timezone(timedelta(hours=utc_offset_hours))
    local = datetime.strptime(row["date_mod"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
    return {"Last-Modified": format_datetime(local.astimezone(timezone.utc), usegmt=True)}


def decoded(value: Any) -> Any:
    """Return the value with every text in it decoded.

    As with X-GLPI-Sanitized-Content: false.
    """
    if isinstance(value, str):
        return text.decode(value)
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if isinstance(value, dict):
        return {key: decoded(item) for key, item in value.items()}
    return value
