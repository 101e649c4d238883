"""Reading a request: JSON or multipart body, PHP-like query parameters, headers."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request

from .errors import ApiError


@dataclass
class Upload:
    """One file part of a multipart body."""

    part_name: str
    filename: str
    mimetype: str
    content: bytes


@dataclass
class Call:
    """A request to the API, read and ready."""

    method: str
    path: list[str]  # after apirest.php, without empty parts
    params: dict  # of the query, nested as PHP nests them
    payload: dict  # of the JSON body or of uploadManifest
    headers: Any
    base_url: str  # .../apirest.php
    site_url: str
    address: str
    multipart: bool = False
    uploads: list[Upload] = field(default_factory=list)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a switch of the query: absent -> default; "false", "0" and "" are off."""
        value = self.params.get(name)
        return default if value is None else str(value).lower() not in ("false", "0", "")

    @property
    def decoded(self) -> bool:
        """Whether the client asked for texts without HTML encoding."""
        return self.headers.get("X-GLPI-Sanitized-Content", "").lower() == "false"


def read_call(request: Request, max_post_bytes: int) -> Call:
    """Read a request.

    :raises ApiError: for a body that GLPI refuses before it looks at anything else.
    """
    site = request.host_url.rstrip("/")
    call = Call(
        method="PUT" if request.method == "PATCH" else request.method,
        path=[part for part in request.path.split("/")[2:] if part],
        params=php_query(request.args.items(multi=True)),
        payload={},
        headers=request.headers,
        base_url=site + "/apirest.php",
        site_url=site,
        address=request.remote_addr or "127.0.0.1",
    )
    content_type = request.mimetype
    if call.method == "GET":
        if request.get_data() and content_type == "application/json":
            raise ApiError(400, "ERROR_JSON_PAYLOAD_FORBIDDEN", "json_get")
    elif content_type == "multipart/form-data":
        _read_multipart(request, call, max_post_bytes)
    elif content_type in ("", "application/json"):
        call.payload = _json_object(request.get_data())
    return call


def _json_object(data: bytes | str) -> dict:
    if not data:
        return {}
    try:
        value = json.loads(data)
    except ValueError as error:  # bad UTF-8 is a ValueError too
        raise ApiError(400, "ERROR_JSON_PAYLOAD_INVALID", "json") from error
    return value if isinstance(value, dict) else {}


def _read_multipart(request: Request, call: Call, max_post_bytes: int) -> None:
    too_big = ApiError(400, "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE", "upload_size")
    if (request.content_length or 0) > max_post_bytes:
        raise too_big
    manifest = request.form.get("uploadManifest")
    if not manifest:
        raise ApiError(400, "ERROR_JSON_PAYLOAD_INVALID", "json")
    call.multipart = True
    call.payload = _json_object(manifest)
    for part_name, file in request.files.items(multi=True):
        call.uploads.append(
            Upload(part_name, file.filename or "", file.mimetype or "", file.stream.read())
        )
    if not call.uploads:
        raise too_big


def php_query(pairs) -> dict:
    """Return parameters such as ``criteria[0][field]=12`` as nested dictionaries.

    The keys are texts.
    """
    result: dict = {}
    for name, value in pairs:
        head = name.split("[", 1)[0]
        keys = re.findall(r"\[([^\]]*)\]", name)
        target, key = result, head
        for following in keys:
            inner = target.setdefault(key, {})
            if not isinstance(inner, dict):
                inner = target[key] = {}
            target, key = inner, following or str(len(inner))
        target[key] = value
    return result
