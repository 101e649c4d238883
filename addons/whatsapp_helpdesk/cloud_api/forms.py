# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers to Meta's forms (Flows): lines to read, and the attached files.

``response_json`` is a text which may hold any JSON. A file that a form's picker took stands in it
as an object with the id of a file at Meta. Source: Meta, "Receiving Flow Response", "Media upload
components".
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .reading import a_dict, a_text

# A form's answers are the citizen's: how deep, how many and how many files are taken
_MAX_DEPTH, _MAX_ANSWERS, _MAX_FILES = 6, 100, 20
_RAW_MAX = 4096  # characters of answers that are no JSON
# The flow's own, not an answer
_OWN = frozenset({"flow_token", "wa_flow_response_params"})
_FAMILIES = ("image", "video", "audio")


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A file at Meta, to be fetched by its id within 7 days."""

    kind: str  # image, video, audio, voice, document, sticker
    media_id: str
    mimetype: str = ""
    sha256: str = ""
    filename: str = ""
    caption: str = ""


def read(reply: dict[str, Any]) -> tuple[str, tuple[MediaRef, ...]]:
    """Return the answers of a form as lines, and its files."""
    value = _parsed(reply.get("response_json"))
    lines, files = [a_text(reply.get("body"))], []
    for key, answer in _answers("", value):
        if isinstance(answer, MediaRef):
            files.append(answer)
        else:
            lines.append(f"{key}: {answer}" if key else answer)
    text = "\n".join(line for line in lines[:_MAX_ANSWERS] if line)
    return text, tuple(files[:_MAX_FILES])


def _parsed(answers: Any) -> Any:
    """Parse a text as JSON; text that is not JSON is an answer as it stands."""
    for _layer in range(2):
        # Some clients write the text of a text
        if not isinstance(answers, str) or not answers.strip():
            break
        try:
            answers = json.loads(answers)
        except (ValueError, RecursionError):
            return answers[:_RAW_MAX]
    return answers


def _answers(key: str, value: Any, depth: int = 0) -> Iterator[tuple[str, str | MediaRef]]:
    """Yield (name, answer or file) for each of a form's answers, at any depth."""
    if depth > _MAX_DEPTH or key in _OWN:
        return
    if isinstance(value, dict):
        if reference := file(value):
            yield key, reference
            return
        if name := a_text(value.get("file_name")):
            # Of a form with an endpoint: encrypted for it, nothing to be fetched here
            yield key, f"📎 {name}"
            return
        for name, inner in value.items():
            yield from _answers(name, inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _answers(key, inner, depth + 1)
    elif isinstance(value, bool):
        yield key, "✓" if value else "✗"
    elif answer := a_text(value):
        yield key, answer


def file(value: Any) -> MediaRef | None:
    """Return the file that an object of unknown type stands for, None when it is none."""
    part = a_dict(value)
    media_id = a_text(part.get("id")) or a_text(part.get("media_id"))
    mimetype = a_text(part.get("mime_type")).split(";")[0].strip().lower()
    if not media_id or not mimetype or len(media_id) > 100:
        return None
    family = mimetype.partition("/")[0]
    return MediaRef(
        kind=family if family in _FAMILIES else "document",
        media_id=media_id,
        mimetype=mimetype,
        sha256=a_text(part.get("sha256")),
        filename=a_text(part.get("file_name")) or a_text(part.get("filename")),
        caption=a_text(part.get("caption")),
    )
