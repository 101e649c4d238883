"""Compare the stand-in's answer with a recorded one, but for what always differs.

Times, random names and durations are compared by their shape; texts of errors not at all, only
their codes: they are localised.
"""

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

COMPARED_HEADERS = (
    "content-type",
    "location",
    "link",
    "content-range",
    "accept-range",
    "content-disposition",
)
PRESENT_HEADERS = ("last-modified", "etag")

_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
_RECORDING_DAY = "2026-11-21"
_UPLOAD_PREFIX = re.compile(r"[0-9a-f]{14}\.\d{8}")
_UPLOAD_ID = re.compile(r"^(doc\w*?)\d+$")
_SESSION_TOKEN = re.compile(r"[a-z0-9]{26}")
# Seconds by which a computed duration may differ: the record has times to the second.
_DURATION_SLACK = 3


class Comparison:
    """Knows the addresses of both servers, which show up in links.

    :param recorded_url: address in the record; ``url`` the one of the stand-in.
    """

    def __init__(self, recorded_url: str, url: str):
        self._recorded_url = recorded_url
        self._url = url

    def differences(self, recorded: dict, answer) -> list[str]:
        """Return the differences in words; empty if the answers are the same.

        :param recorded: the response of a recorded exchange.
        :param answer: has status, headers (lower-case names) and body (bytes).
        """
        found = []
        if recorded["status"] != answer.status:
            found.append(f"status {answer.status}, recorded {recorded['status']}")
        found += self._header_differences(recorded, answer)
        found += self._body_differences(recorded, answer)
        return found

    def _header_differences(self, recorded: dict, answer) -> Iterator[str]:
        wanted = {name.lower(): value for name, value in recorded["headers"]}
        for name in COMPARED_HEADERS:
            value = wanted.get(name)
            value = value and value.replace(self._recorded_url, self._url)
            got = answer.headers.get(name)
            if name == "content-type" and value and got:
                value, got = value.split(";")[0].lower(), got.split(";")[0].lower()
            if value != got:
                yield f"header {name} is {got!r}, recorded {value!r}"
        for name in PRESENT_HEADERS:
            if (name in wanted) != (name in answer.headers):
                yield f"header {name}: {answer.headers.get(name)!r}, recorded {wanted.get(name)!r}"

    def _body_differences(self, recorded: dict, answer) -> Iterator[str]:
        if recorded.get("body_base64"):
            if answer.body != base64.b64decode(recorded["body_base64"]):
                yield f"{len(answer.body)} bytes, recorded {recorded['body_length']} others"
            return
        body = (recorded["body"] or "").replace(self._recorded_url, self._url)
        if not body:
            if answer.body:
                yield f"body {answer.body[:200]!r}, recorded none"
            return
        try:
            wanted, got = json.loads(body), json.loads(answer.body)
        except ValueError:
            if body.encode() != answer.body:
                yield f"body {answer.body[:200]!r}, recorded {body[:200]!r}"
            return
        if _is_error(wanted):
            yield from _error_differences(wanted, got)
        else:
            yield from _tree_differences("", wanted, got)


def _is_error(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and str(value[0]).startswith("ERROR")


def _error_differences(wanted: list, got: Any) -> Iterator[str]:
    if not _is_error(got):
        yield f"body {got!r}, recorded error {wanted[0]}"
    elif wanted[0] != got[0]:
        yield f"error {got[0]}, recorded {wanted[0]}"
    elif isinstance(wanted[1], list):
        yield from _tree_differences("", _without_refusals(wanted[1]), _without_refusals(got[1]))
    elif type(wanted[1]) is not type(got[1]) or bool(wanted[1]) != bool(got[1]):
        yield f"error text {got[1]!r}, recorded {wanted[1]!r}"


def _without_refusals(results: list) -> list:
    """Return results of a list without the texts that explain what was refused."""
    return [
        {**item, "message": ""} if any(value is False for value in item.values()) else item
        for item in results
    ]


def _tree_differences(path: str, wanted: Any, got: Any) -> Iterator[str]:
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in wanted.keys() | got.keys():
            if key not in got or key not in wanted:
                yield f"{path}.{key} is {'missing' if key in wanted else 'too much'}"
            else:
                yield from _tree_differences(f"{path}.{key}", wanted[key], got[key])
    elif isinstance(wanted, list) and isinstance(got, list):
        if len(wanted) != len(got):
            yield f"{path} has {len(got)} elements, recorded {len(wanted)}"
        for position, (one, other) in enumerate(zip(wanted, got, strict=False)):
            yield from _tree_differences(f"{path}[{position}]", one, other)
    elif not _same(path, wanted, got):
        yield f"{path} is {got!r}, recorded {wanted!r}"


def _same(path: str, wanted: Any, got: Any) -> bool:
    if type(wanted) is not type(got):
        return path.endswith(".error") and False in (wanted, got) and wanted == got
    if wanted == got:
        return True
    key = path.rpartition(".")[2]
    if isinstance(wanted, int):
        return key.endswith(("_stat", "_duration")) and abs(wanted - got) <= _DURATION_SLACK
    if not isinstance(wanted, str):
        return False
    if _TIME.fullmatch(wanted) and _TIME.fullmatch(got):
        return wanted.startswith(_RECORDING_DAY) and got.startswith(_RECORDING_DAY)
    if key == "session_token":
        return bool(_SESSION_TOKEN.fullmatch(got))
    if key == "message" and not wanted.startswith("Item "):
        return bool(wanted) == bool(got)  # a localised remark
    if key in ("tag", "error"):
        return bool(got)
    return _without_random(wanted) == _without_random(got)


def _without_random(value: str) -> str:
    return _UPLOAD_ID.sub(r"\1", _UPLOAD_PREFIX.sub("<prefix>", value))
