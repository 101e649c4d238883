# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP client of the Cloud API for one business number.

The access token goes to the API's own address and to the allowed media hosts only; redirects are
never followed; every call has a time-out. The token never appears in an error, log line or
``repr``.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from . import errors
from .reading import a_dict, a_list, a_text

TIMEOUT = 10.0
DEFAULT_URL = "https://graph.facebook.com"
DEFAULT_VERSION = "v25.0"
DEFAULT_MEDIA_HOSTS = ("lookaside.fbsbx.com",)
# Larger than any answer of the API; a file has its own limit
_ANSWER_MAX = 2_000_000
_CHUNK = 65536
# Sub-code of error 100: the id in the address is unknown, or the token may not see it
_NO_SUCH_OBJECT = 33


class ApiError(Exception):
    """A failed call.

    ``code`` is Meta's number or one of our names (see :mod:`.errors`); ``details`` are Meta's own
    words, for people who look closer; ``kind`` says what to do.
    """

    def __init__(self, code: int | str, details: str = "", http: int = 0, transient: bool = False):
        super().__init__(f"{code}: {details}" if details else str(code))
        self.code = code
        self.details = details
        self.http = http
        self.info = errors.info(code, http=http, transient=transient)
        self.kind = self.info.kind
        self.reason = self.info.reason


@dataclass(frozen=True)
class Sent:
    """The API's answer about a message that it accepted."""

    wamid: str
    wa_id: str = ""
    bsuid: str = ""


@dataclass(frozen=True)
class MediaInfo:
    """The address at which a file can be fetched for the next five minutes."""

    url: str
    mimetype: str = ""
    sha256: str = ""
    size: int = 0


class _Bearer(AuthBase):
    """The access token as a header; also keeps requests from using a ``.netrc`` instead."""

    def __init__(self, token: str):
        self._token = token
        # A header holds printable ASCII only
        self.usable = bool(token) and token.isascii() and token.isprintable()

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class CloudApi:
    """Calls of one business number.

    :param api_url: scheme and host, "https://graph.facebook.com"
    :param media_hosts: other hosts which may see the token, for downloads, by https only
    :param session: a ``requests.Session`` to share connections between calls
    """

    def __init__(
        self,
        phone_number_id: str,
        token: str,
        api_url: str = DEFAULT_URL,
        version: str = DEFAULT_VERSION,
        media_hosts: Iterable[str] = DEFAULT_MEDIA_HOSTS,
        timeout: float = TIMEOUT,
        session: requests.Session | None = None,
    ):
        self._number = phone_number_id
        self._auth = _Bearer(token)
        self._root = f"{api_url.rstrip('/')}/{version}"
        self._origin = _origin(api_url)
        self._media_hosts = frozenset(host.strip().lower() for host in media_hosts if host.strip())
        self._timeout = timeout
        self._session = session or requests.Session()

    def send(self, payload: dict[str, Any]) -> Sent:
        """Send one message.

        :raises ApiError: with ``kind`` UNKNOWN when it may have gone out all the same
        """
        answer = self._json("POST", f"{self._number}/messages", json=payload)
        message = a_dict(next(iter(a_list(answer.get("messages"))), None))
        contact = a_dict(next(iter(a_list(answer.get("contacts"))), None))
        wamid = a_text(message.get("id"))
        if not wamid:
            raise ApiError("bad_answer", "no message id in the answer", http=200)
        return Sent(wamid, a_text(contact.get("wa_id")), a_text(contact.get("user_id")))

    def upload(self, content: bytes, filename: str, mimetype: str) -> str:
        """Upload a file and return its media id, good for 30 days."""
        answer = self._json(
            "POST",
            f"{self._number}/media",
            data={"messaging_product": "whatsapp", "type": mimetype},
            files={"file": (filename, content, mimetype)},
        )
        media_id = a_text(answer.get("id"))
        if not media_id:
            raise ApiError("bad_answer", "no media id in the answer", http=200)
        return media_id

    def media_info(self, media_id: str) -> MediaInfo:
        """Return where a file may be fetched.

        :raises ApiError: "media_gone" when Meta no longer has it
        """
        if not media_id or not media_id.isascii() or not media_id.replace("-", "").isalnum():
            raise ApiError("media_gone", "not a media id")
        try:
            answer = self._json("GET", media_id, params={"phone_number_id": self._number})
        except ApiError as error:
            # Meta answers 404, or 400 with code 100 (subcode 33), for an id that has expired
            if error.http == 404 or error.code in (100, "not_found"):
                raise ApiError("media_gone", error.details, http=error.http) from None
            raise
        try:
            size = int(a_text(answer.get("file_size")) or 0)
        except ValueError:
            size = 0
        return MediaInfo(
            url=a_text(answer.get("url")),
            mimetype=a_text(answer.get("mime_type")).split(";")[0].strip().lower(),
            sha256=a_text(answer.get("sha256")),
            size=size,
        )

    def download(self, info: MediaInfo, limit: int) -> bytes:
        """Return a file's content after checking host, size and hash.

        :param limit: bytes; not one more is read
        :raises ApiError: "foreign_host", "media_size", "media_hash", "media_gone", ...
        """
        if not self.is_allowed(info.url):
            raise ApiError("foreign_host", urlsplit(info.url).hostname or "")
        if info.size > limit:
            raise ApiError("media_size", f"{info.size} bytes")
        response = self._request("GET", info.url, stream=True)
        with response:
            if response.status_code in (404, 410):
                raise ApiError("media_gone", http=response.status_code)
            self._check_status(response)
            content = _read(response, limit, "media_size")
        if info.sha256 and not _same_hash(content, info.sha256):
            raise ApiError("media_hash")
        return content

    def number(self) -> dict[str, Any]:
        """Return Meta's data about the number, to check address, token and id."""
        fields = "display_phone_number,verified_name,quality_rating"
        return self._json("GET", self._number, params={"fields": fields})

    def subscribe(self, waba_id: str) -> bool:
        """Subscribe our app to the account's webhooks; return whether Meta confirms it."""
        self._json("POST", f"{waba_id}/subscribed_apps")
        answer = self._json("GET", f"{waba_id}/subscribed_apps")
        return bool(a_list(answer.get("data")))

    def templates(self, waba_id: str) -> list[dict[str, Any]]:
        """Return every message template of the account (pages of 200, at most 6,000)."""
        found: list[dict[str, Any]] = []
        params = {
            "fields": "id,name,language,status,category,parameter_format,components,"
            "quality_score,rejected_reason",
            "limit": "200",
        }
        for _page in range(30):
            answer = self._json("GET", f"{waba_id}/message_templates", params=params)
            found.extend(a_dict(row) for row in a_list(answer.get("data")))
            paging = a_dict(answer.get("paging"))
            after = a_text(a_dict(paging.get("cursors")).get("after"))
            if not after or not paging.get("next"):
                break
            params["after"] = after
        return found

    def is_allowed(self, url: str) -> bool:
        """Return whether the token may be sent to ``url``."""
        parts = urlsplit(url)
        if "@" in parts.netloc or "\\" in url:
            return False
        if _origin(url) == self._origin:
            return True
        port_is_usual = _origin(url)[2] == 443
        return parts.scheme == "https" and port_is_usual and parts.hostname in self._media_hosts

    def _json(self, method: str, path: str, **kwargs) -> dict[str, Any]:
        """Call the API and return its JSON object."""
        response = self._request(method, f"{self._root}/{path}", stream=True, **kwargs)
        with response:
            self._check_status(response)
            try:
                answer = json.loads(_read(response, _ANSWER_MAX, "bad_answer"))
            except ValueError:
                raise ApiError("bad_answer", http=response.status_code) from None
        if not isinstance(answer, dict):
            raise ApiError("bad_answer", http=response.status_code)
        return answer

    def _request(self, method: str, url: str, **kwargs) -> requests.Response:
        """Make one call; any failure on the way becomes an :class:`ApiError`."""
        if not self._auth.usable:
            raise ApiError("token")
        try:
            return self._session.request(
                method,
                url,
                auth=self._auth,
                timeout=self._timeout,
                allow_redirects=False,
                **kwargs,
            )
        except requests.exceptions.ConnectTimeout:
            raise ApiError("unreachable") from None
        except requests.exceptions.Timeout:
            raise ApiError("timeout") from None
        except requests.exceptions.ConnectionError as error:
            raise ApiError("unreachable" if _never_sent(error) else "timeout") from None
        except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema):
            raise ApiError("not_found") from None
        except (requests.exceptions.InvalidSchema, UnicodeError):
            raise ApiError("not_found") from None
        except requests.exceptions.RequestException as error:
            raise ApiError("timeout", type(error).__name__) from None

    def _check_status(self, response: requests.Response) -> None:
        """Raise the error that an answer stands for."""
        status = response.status_code
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            raise ApiError("redirect", http=status)
        try:
            body = json.loads(_read(response, _ANSWER_MAX, "bad_answer"))
        except (ValueError, ApiError):
            body = None
        error = a_dict(a_dict(body).get("error"))
        if not error:
            names = {401: "token", 403: "permission", 404: "not_found"}
            fallback = "unavailable" if status >= 500 else "bad_answer"
            raise ApiError(names.get(status, fallback), http=status)
        details = a_text(a_dict(error.get("error_data")).get("details"))
        code = error.get("code")
        if code == 100 and error.get("error_subcode") == _NO_SUCH_OBJECT:
            code = "not_found"
        known = isinstance(code, int | str) and not isinstance(code, bool)
        raise ApiError(
            code if known else status,
            details or a_text(error.get("message")),
            http=status,
            transient=error.get("is_transient") is True,
        )


def _origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address; port -1 matches no real address."""
    parts = urlsplit(url)
    try:
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, -1)
    except ValueError:
        port = -1
    return parts.scheme, (parts.hostname or "").lower(), port


def _never_sent(error: Exception) -> bool:
    """Return whether a connection failed before anything could be sent."""
    if isinstance(error, requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return True
    reason = getattr(next(iter(error.args), None), "reason", None)
    # NewConnectionError (and its NameResolutionError): the socket was never open
    return any(base.__name__ == "NewConnectionError" for base in type(reason).__mro__)


def _read(response: requests.Response, limit: int, error_code: str) -> bytes:
    """Read at most ``limit`` bytes of an answer."""
    parts, total = [], 0
    try:
        for chunk in response.iter_content(_CHUNK):
            total += len(chunk)
            if total > limit:
                raise ApiError(error_code, f"more than {limit} bytes", http=response.status_code)
            parts.append(chunk)
    except requests.exceptions.RequestException:
        raise ApiError("timeout", "broken off", http=response.status_code) from None
    return b"".join(parts)


def _same_hash(content: bytes, expected: str) -> bool:
    """Return whether ``content`` has the hash; Meta writes it in base64, older samples in hex."""
    digest = hashlib.sha256(content).digest()
    expected = expected.strip()
    try:
        wanted = bytes.fromhex(expected) if len(expected) == 64 else base64.b64decode(expected)
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(digest, wanted)
