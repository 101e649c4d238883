# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a gateway is sent and what it says: JSON by templates and paths, no code.

Brazilian gateways differ in the names of their fields, hardly in anything else: one request with
up to some hundred messages, each with an id of ours; an answer with an id of theirs for each; later
a call with the delivery, and a call with what a citizen wrote. So a gateway is described by two
templates and some paths (JMESPath).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from .states import DELIVERED, FAILED, SENT

#: In the template of a request: the text in whose place the list of messages is put
ITEMS = "{messages}"
_NAME = re.compile(r"\{([a-z_]+)\}")
#: What a message's template may name
NAMES = frozenset({"number", "digits", "national", "text", "ref", "sender"})
#: Characters of a detail that are kept
MAX_DETAIL = 300

#: How a person writes a state beside a gateway's word
STATES = {
    **{state: state for state in (DELIVERED, FAILED, SENT)},
    "aceita": SENT,
    "entregue": DELIVERED,
    "falhou": FAILED,
}


class TemplateError(ValueError):
    """A template or a path cannot be used; its text is for programmers.

    :ivar code: ``json``, ``name``, ``items``, ``path`` or ``word``
    :ivar detail: what is wrong in it
    """

    def __init__(self, code: str, detail: str):
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Report:
    """What a gateway says about one message, in its answer or in a receipt.

    :ivar ref: our id of the message, "" if it does not say
    :ivar gateway_id: its own, "" if it does not say
    :ivar state: ``sent``, ``delivered`` or ``failed``; "" for a word that is not known
    :ivar detail: its words
    """

    ref: str = ""
    gateway_id: str = ""
    state: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Said:
    """What a citizen wrote.

    :ivar number: as the gateway says it
    :ivar gateway_id: the gateway's id of the message, "" if it does not say
    """

    number: str
    text: str
    gateway_id: str = ""


@dataclass(frozen=True)
class ReportPaths:
    """Where the reports are in what a gateway says.

    :ivar items: path of the list; empty if the whole is one report (or a list of them)
    :ivar words: the gateway's words in lower case -> state
    :ivar silent: state when there is no word
    """

    items: str = ""
    ref: str = ""
    gateway_id: str = ""
    word: str = ""
    detail: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    silent: str = ""


def check_item(text: str) -> Any:
    """Return a message's template.

    :raise TemplateError: it cannot be used
    """
    item = _json(text)
    unknown = sorted(set(_names_in(item)) - NAMES)
    if unknown:
        raise TemplateError("name", unknown[0])
    if "ref" not in set(_names_in(item)):
        raise TemplateError("name", "ref")
    return item


def check_envelope(text: str) -> Any:
    """Return a request's template, None for none.

    :raise TemplateError: it cannot be used
    """
    if not (text or "").strip():
        return None
    envelope = _json(text)
    if json.dumps(envelope).count(json.dumps(ITEMS)) != 1:
        raise TemplateError("items", ITEMS)
    unknown = sorted(set(_names_in(envelope)) - {"sender", "messages"})
    if unknown:
        raise TemplateError("name", unknown[0])
    return envelope


def check_path(path: str) -> None:
    """Raise :class:`TemplateError` when a path cannot be read."""
    if not path:
        return
    try:
        jmespath.compile(path)
    except JMESPathError as error:
        raise TemplateError("path", path) from error


def read_words(text: str) -> dict[str, str]:
    """Return {the gateway's word in lower case: state} of lines "DELIVRD = entregue".

    :raise TemplateError: a line is not like that
    """
    words: dict[str, str] = {}
    for line in (text or "").splitlines():
        if not line.strip():
            continue
        word, equals, state = (part.strip() for part in line.rpartition("="))
        if not equals or not word or state.lower() not in STATES:
            raise TemplateError("word", line.strip())
        words[word.lower()] = STATES[state.lower()]
    return words


def request(item: Any, envelope: Any, messages: Iterable[Mapping[str, str]], sender: str) -> Any:
    """Return the JSON of a request.

    Values are put into the parsed template, so none of them can add a field.

    :param messages: values for `NAMES`, but the sender
    :param envelope: None if a request is a message, of which there is one then
    """
    items = [_filled(item, {**values, "sender": sender}) for values in messages]
    if envelope is None:
        (only,) = items
        return only
    return _placed(_filled(envelope, {"sender": sender, "messages": ITEMS}), items)


def reports(data: Any, paths: ReportPaths) -> list[Report]:
    """Return what an answer or a receipt says, one for each message."""
    return [_report(found, paths) for found in _list(data, paths.items) if isinstance(found, dict)]


def _report(found: Any, paths: ReportPaths) -> Report:
    word = _text(found, paths.word)
    return Report(
        ref=_text(found, paths.ref),
        gateway_id=_text(found, paths.gateway_id),
        state=paths.words.get(word.lower(), "") if word else paths.silent,
        detail=" ".join(filter(None, (word, _text(found, paths.detail))))[:MAX_DETAIL],
    )


def said(data: Any, items: str, number: str, text: str, gateway_id: str) -> list[Said]:
    """Return what citizens wrote; parts without a number are left out.

    :param items: path of the list; the others are paths within one of them
    """
    return [
        Said(_text(found, number), _text(found, text, strip=False), _text(found, gateway_id))
        for found in _list(data, items)
        if isinstance(found, dict) and _text(found, number)
    ]


def match(refs: list[str], answered: list[Report]) -> dict[str, Report]:
    """Return {our id: what the answer says of it}.

    By our ids where the answer names them; by their order where it names none and says as much as
    it was asked. A message that the answer leaves out is not in the result.
    """
    if any(report.ref for report in answered):
        return {report.ref: report for report in answered if report.ref in refs}
    if len(answered) == len(refs):
        return dict(zip(refs, answered, strict=True))
    return {}


def _json(text: str) -> Any:
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError) as error:
        raise TemplateError("json", str(error)) from error


def _names_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield from _NAME.findall(value)
    elif isinstance(value, list):
        for part in value:
            yield from _names_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _names_in(part)


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _NAME.sub(lambda found: values.get(found[1], found[0]), value)
    if isinstance(value, list):
        return [_filled(part, values) for part in value]
    if isinstance(value, dict):
        return {name: _filled(part, values) for name, part in value.items()}
    return value


def _placed(value: Any, items: list[Any]) -> Any:
    if value in (ITEMS, [ITEMS]):
        return items
    if isinstance(value, list):
        return [_placed(part, items) for part in value]
    if isinstance(value, dict):
        return {name: _placed(part, items) for name, part in value.items()}
    return value


def _list(data: Any, path: str) -> list[Any]:
    found = _found(data, path) if path else data
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def _text(data: Any, path: str, strip: bool = True) -> str:
    found = _found(data, path) if path else None
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    words = str(found).replace("\x00", "")
    return words.strip() if strip else words


def _found(data: Any, path: str) -> Any:
    try:
        return jmespath.search(path, data)
    except (JMESPathError, RecursionError):
        # A function in the path does not fit what came: there is no such value
        return None
