"""Building answers as GLPI's API does: JSON without spaces, its caching and range headers."""

import json
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any

from werkzeug.wrappers import Response

from . import text
from .errors import TEXTS, ApiError
from .store import LOCAL_ZONE

# The most rows that one page may have.
LIST_LIMIT_MAX = 5000


def say(key: str, language: str, **values) -> str:
    """A text of the API in the user's language."""
    portuguese, english = TEXTS[key]
    template = portuguese if language.startswith("pt") else english
    return template.format(**values)


def answer(value: Any, status: int = 200, headers: dict | None = None, method="GET") -> Response:
    """A JSON answer."""
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
    """``[code, text]``; requests that were wrongly made are sent to the documentation."""
    message = say(error.key, language, **error.values)
    if error.status == 400 and error.code != "ERROR_JSON_PAYLOAD_INVALID":
        message = f"{message}; {base_url}/#{error.code}"
    return answer([error.code, message], error.status, method=method)


def crash_answer(reason: str = "") -> Response:
    """What is left when PHP dies: success without a body. The reason helps whoever looks for it."""
    response = Response(b"", 200, content_type="text/html; charset=UTF-8")
    response.headers["Pragma"] = "no-cache"
    response.headers["X-Sandbox-Crash"] = reason.encode("ascii", "replace").decode()
    return response


def preflight_answer() -> Response:
    """What a browser of another site asks before it calls."""
    response = Response(b"", 200, content_type="text/html; charset=UTF-8")
    response.headers["Access-Control-Allow-Methods"] = "PUT, GET, POST, DELETE, OPTIONS"
    allowed = "origin, content-type, accept, session-token, authorization, app-token"
    response.headers["Access-Control-Allow-Headers"] = allowed
    return response


def item_headers(row: dict) -> dict:
    """Last-Modified of an item, in GMT, from its date_mod."""
    if not row.get("date_mod"):
        return {}
    local = datetime.strptime(row["date_mod"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=LOCAL_ZONE)
    return {"Last-Modified": format_datetime(local.astimezone(timezone.utc), usegmt=True)}


def decoded(value: Any) -> Any:
    """The value with every text in it decoded (X-GLPI-Sanitized-Content: false)."""
    if isinstance(value, str):
        return text.decode(value)
    if isinstance(value, list):
        return [decoded(item) for item in value]
    if isinstance(value, dict):
        return {key: decoded(item) for key, item in value.items()}
    return value
