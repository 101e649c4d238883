# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls to Meta's API that send messages, without any open transaction."""

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from ..cloud_api import files, photo, template
from ..cloud_api.client import ApiError, Sent
from ..cloud_api.errors import ErrorClass

_logger = logging.getLogger(__name__)

# Simultaneous calls: a waiting one costs no processor time, only a thread
_AT_ONCE = 10
# Seconds after which the caller is told that Meta takes long
_SLOW = 1.0
_threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="whatsapp.send")


@dataclass
class Call:
    """One message on its way: all that is needed while no transaction is open."""

    row: dict
    api: object
    envelope: dict
    upload: tuple = ()
    result: Sent | ApiError | None = None
    media_id: str = ""


def perform(call):
    """Make the call; no transaction is open and none is opened here."""
    try:
        if call.upload:
            _prepare(call)
            call.media_id = call.api.upload(*call.upload)
            call.envelope = with_media_id(call.envelope, call.media_id)
    except ApiError as error:
        # Nothing was sent to the citizen: an unknown outcome is a plain failure here
        call.result = _not_sent(error)
        return
    try:
        call.result = call.api.send(call.envelope)
    except ApiError as error:
        call.result = error


def perform_all(calls, slow=None):
    """Make these calls, of different people, side by side; return with all outcomes.

    :param slow: called once, while calls are still under way, when Meta takes long to answer
    """
    if len(calls) == 1 and not slow:
        perform(calls[0])
        return
    under_way = [started for call in calls if (started := _start(call))]
    _done, late = wait(under_way, timeout=_SLOW)
    if late and slow:
        slow()
    for started in under_way:
        started.result()


def _start(call):
    """Make a call in a thread of its own; here, when there can be no more threads."""
    try:
        return _threads.submit(_perform_safely, call)
    except RuntimeError:
        _perform_safely(call)
        return None


def _perform_safely(call):
    """Make one of several calls; if it breaks it has no outcome, and the others go on."""
    try:
        perform(call)
    except Exception:
        _logger.exception("WhatsApp message %s: the call broke", call.row["id"])


def _prepare(call):
    """Convert the file of a call to a form that Meta accepts.

    :raises ApiError: it cannot be brought into one
    """
    try:
        call.envelope, call.upload, problem = files.prepare(call.envelope, call.upload)
    except photo.PhotoError as error:
        raise ApiError("media_type", str(error)) from error
    if problem:
        _logger.warning(
            "WhatsApp message %s: the recording goes out as a sound file: %s",
            call.row["id"],
            problem,
        )


def _not_sent(error):
    """Return an upload's error; one with an unknown outcome may simply be repeated."""
    if error.kind is ErrorClass.UNKNOWN:
        error.kind = ErrorClass.RETRY
    return error


def with_media_id(content, media_id):
    """Return the content (or envelope) of a file with the id that the upload gave it."""
    kind = content["type"]
    if kind == "template":
        return template.with_media_id(content, media_id)
    return {**content, kind: {**content[kind], "id": media_id}}
