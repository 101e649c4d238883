"""What two definitions of a flow do not have in common, as a list that people can read.

    differences(before, after)  ->  (Difference("text_changed", step="Saudação", ...), ...)

Each difference has a code and what it is about; the words are made by the Odoo layer, in the
reader's language. Two definitions that differ in anything that citizens may notice never compare
equal: what this module does not know is named as a changed setting.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Names that people know a step or an option by, and fields that are told apart
_STEP_APART = frozenset({"key", "title", "kind", "options", "comment"})
_OPTION_APART = frozenset({"id", "title", "goto", "comment"})
#: Flow-level keys that say nothing by themselves: made from the steps, or told step by step
_FLOW_APART = frozenset({"steps", "context", "translations", "comment", "flows"})
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
#: Values that are as good as none; not False, which is an answer where the default is yes
_EMPTY = ("", None, [], {})


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    :ivar code: ``flow_changed``, ``step_added|removed|renamed|moved|kind|changed``,
        ``text_changed``, ``goto_changed``, ``option_added|removed|renamed|moved|goto|changed``
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
    """What changed between two definitions, the flow's settings first, then step by step."""
    old, new = _by_key(before.get("steps"), "key"), _by_key(after.get("steps"), "key")
    names = _titles(old), _titles(new)
    found = [*_flow_settings(before, after, names)]
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
    """Entries of a list by their key; one without a key goes by its place."""
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
    """What a new step says and offers."""
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
    """Called flows that are other ones now; what changed in them their own versions tell."""
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
    """(name, before, after) of fields that are not the same."""
    for name in _names(old, new):
        was, now = old.get(name), new.get(name)
        if name not in apart and _canonical(was) != _canonical(now):
            yield name, was, now


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Names of both, each once, in the order of the newer."""
    return list(dict.fromkeys([*new, *old]))


def _canonical(value: Any) -> str:
    return "" if value in _EMPTY else json.dumps(value, sort_keys=True, default=str)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The keys of both lists that have to be moved to get from one order to the other: few.

    All but a longest increasing subsequence of the old places in the new order.
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
