# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The differences between two definitions of a flow, as a readable list.

    differences(before, after)  ->  (Difference("text_changed", step="Saudação", ...), ...)

Each difference has a code and details; the Odoo layer puts it into words in the reader's language.
Two definitions that differ in anything citizens may notice never compare equal: anything unknown to
this module is reported as a changed setting.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .manner_words import USUAL
from .manners import slim

#: Names of a step or an option, and fields that are reported separately
_STEP_APART = frozenset({"key", "title", "kind", "options", "comment"})
_OPTION_APART = frozenset({"id", "title", "goto", "comment"})
#: Flow-level keys that are derived from the steps, or reported step by step
_FLOW_APART = frozenset({"steps", "context", "translations", "comment", "flows", "manners"})
#: Fields whose value is the key of a step
POINTERS = frozenset(
    {
        "goto",
        "main_menu",
        "on_agent",
        "on_cancel",
        "on_change",
        "on_empty",
        "on_error",
        "on_exit",
        "on_fail",
        "on_false",
        "start",
    }
)
#: Fields that the citizen reads
TEXTS = frozenset({"text", "error_text", "variants", "list_button", "description"})
#: Empty values; not False, which is meaningful where the default is yes
_EMPTY = ("", None, [], {})


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference.

    :ivar code: ``flow_changed``, ``step_added|removed|renamed|moved|kind|changed``,
        ``text_changed``, ``manner_changed``, ``goto_changed``,
        ``option_added|removed|renamed|moved|goto|changed``
        ``translation_changed`` or ``call_changed`` (a flow that this one calls)
    :ivar step: title of the step (as it is now; as it was, if it is gone), "" for the flow
    :ivar key: the step's key
    :ivar detail: ``field``, ``option``, ``before``, ``after``, ``kind``, ``lang`` as it fits;
        ``before`` and ``after`` of pointers are titles of steps
    """

    code: str
    step: str = ""
    key: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what changed between two definitions: settings first, then step by step."""
    old, new = _by_key(before.get("steps"), "key"), _by_key(after.get("steps"), "key")
    names = _titles(old), _titles(new)
    found = [*_flow_settings(before, after, names)]
    found += _manners(before.get("manners"), after.get("manners"))
    found += [
        Difference("step_removed", _title(step), key, {"kind": step.get("kind") or ""})
        for key, step in old.items()
        if key not in new
    ]
    moved = _moved(list(old), list(new))
    for key, step in new.items():
        if key not in old:
            found.append(Difference("step_added", _title(step), key, _contents(step)))
            continue
        if key in moved:
            found.append(Difference("step_moved", _title(step), key))
        found += _step(old[key], step, names)
    found += _called(before.get("flows"), after.get("flows"))
    found += _translations(before.get("translations"), after.get("translations"), names[1])
    return tuple(found)


def _by_key(entries: Any, name: str) -> dict[str, Mapping[str, Any]]:
    """Return entries of a list by key; one without a key by its position."""
    found: dict[str, Mapping[str, Any]] = {}
    for position, entry in enumerate(entries or (), 1):
        if isinstance(entry, Mapping):
            found.setdefault(str(entry.get(name) or f"#{position}"), entry)
    return found


def _title(entry: Mapping[str, Any]) -> str:
    return str(entry.get("title") or entry.get("key") or entry.get("id") or "")


def _titles(steps: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {key: _title(step) for key, step in steps.items()}


def _contents(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts and options of a new step."""
    options = [
        _title(option) for option in step.get("options") or () if isinstance(option, Mapping)
    ]
    return {
        "kind": step.get("kind") or "",
        "text": step.get("text") or "",
        "options": options,
    }


def _flow_settings(
    before: Mapping, after: Mapping, names: tuple[dict[str, str], dict[str, str]]
) -> Iterator[Difference]:
    for name, was, now in _changed(before, after, _FLOW_APART):
        if name in POINTERS:
            was, now = names[0].get(was, was or ""), names[1].get(now, now or "")
        yield Difference("flow_changed", detail={"field": name, "before": was, "after": now})


def _manners(before: Any, after: Any) -> Iterator[Difference]:
    """Return the differences of the small-talk table, by row and field, including defaults."""
    old, new = slim(before), slim(after)
    for name in _names(old, new):
        was, now = old.get(name, {}), new.get(name, {})
        title = now.get("title") or was.get("title") or USUAL.get(name, {}).get("title") or name
        for one, before_it, after_it in _changed(was, now, ()):
            usual = USUAL.get(name, {}).get(one)
            detail = {
                "field": one,
                "row": title,
                "before": usual if before_it is None else before_it,
                "after": usual if after_it is None else after_it,
            }
            yield Difference("manner_changed", detail=detail)


def _step(
    old: Mapping, new: Mapping, names: tuple[dict[str, str], dict[str, str]]
) -> Iterator[Difference]:
    """Differences of one step."""
    title, key = _title(new), str(new.get("key") or "")
    if _title(old) != title:
        yield Difference("step_renamed", title, key, {"before": _title(old), "after": title})
    if old.get("kind") != new.get("kind"):
        detail = {"before": old.get("kind") or "", "after": new.get("kind") or ""}
        yield Difference("step_kind", title, key, detail)
    for name, was, now in _changed(old, new, _STEP_APART):
        if name in POINTERS:
            was, now = names[0].get(was, was or ""), names[1].get(now, now or "")
        yield Difference(_code(name), title, key, {"field": name, "before": was, "after": now})
    for code, detail in _options(old.get("options"), new.get("options"), names):
        yield Difference(code, title, key, detail)


def _code(name: str) -> str:
    if name in POINTERS:
        return "goto_changed"
    return "text_changed" if name in TEXTS else "step_changed"


def _options(
    before: Any, after: Any, names: tuple[dict[str, str], dict[str, str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Differences of a menu's options: (code, detail)."""
    old, new = _by_key(before, "id"), _by_key(after, "id")
    for code, option in old.items():
        if code not in new:
            yield "option_removed", {"option": _title(option)}
    moved = _moved(list(old), list(new))
    for code, option in new.items():
        title = _title(option)
        now = names[1].get(option.get("goto"), option.get("goto") or "")
        if code not in old:
            yield "option_added", {"option": title, "after": now}
            continue
        was = names[0].get(old[code].get("goto"), old[code].get("goto") or "")
        if code in moved:
            yield "option_moved", {"option": title}
        if _title(old[code]) != title:
            yield "option_renamed", {"option": title, "before": _title(old[code]), "after": title}
        if (old[code].get("goto") or "") != (option.get("goto") or ""):
            yield "option_goto", {"option": title, "before": was, "after": now}
        for name, one, other in _changed(old[code], option, _OPTION_APART):
            yield (
                "option_changed",
                {"option": title, "field": name, "before": one, "after": other},
            )


def _called(before: Any, after: Any) -> Iterator[Difference]:
    """Return called flows that changed; their own versions say how."""
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    for code, _was, _now in _changed(old, new, ()):
        name = (new.get(code) or old.get(code) or {}).get("name") or code
        yield Difference("call_changed", detail={"flow": str(name)})


def _translations(before: Any, after: Any, titles: Mapping[str, str]) -> Iterator[Difference]:
    """Differences of translated texts, language by language."""
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    for lang in _names(old, new):
        was, now = old.get(lang) or {}, new.get(lang) or {}
        for key in _names(was, now):
            for name, one, other in _changed(was.get(key) or {}, now.get(key) or {}, ()):
                detail = {"lang": lang, "field": name, "before": one, "after": other}
                yield Difference("translation_changed", titles.get(key, key), key, detail)


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], apart: Iterable[str]
) -> Iterator[tuple[str, Any, Any]]:
    """Return (name, before, after) of differing fields."""
    for name in _names(old, new):
        was, now = old.get(name), new.get(name)
        if name not in apart and _canonical(was) != _canonical(now):
            yield name, was, now


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the names of both, each once, in the order of the newer."""
    return list(dict.fromkeys([*new, *old]))


def _canonical(value: Any) -> str:
    return "" if value in _EMPTY else json.dumps(value, sort_keys=True, default=str)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return a minimal set of common keys to move to get from one order to the other.

    All except a longest increasing subsequence of the old positions in the new order.
    """
    place = {key: position for position, key in enumerate(old)}
    common = [key for key in new if key in place]
    ends: list[int] = []  # smallest end of an increasing run of each length
    length_at: list[int] = []
    for key in common:
        length = bisect_left(ends, place[key])
        ends[length : length + 1] = [place[key]]
        length_at.append(length)
    stays: set[str] = set()
    wanted = len(ends) - 1
    limit = len(old)
    for key, length in zip(reversed(common), reversed(length_at), strict=True):
        if length == wanted and place[key] < limit:
            stays.add(key)
            wanted, limit = length - 1, place[key]
    return set(common) - stays
