# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Navigation in a whole flow: global words, direct codes, the result of failing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import steps
from .matching import normalise
from .problems import Problem
from .steps import FlowStep
from .texts import GLOBAL_WORDS

#: A code is typed as "#iptu"; one with only digits would be a path through the menus
CODE = re.compile(r"(?=.*[a-z])[a-z0-9-]{1,30}")
_PREFIX = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Navigation:
    """Settings for all steps of a definition.

    :ivar words: ``menu|back|agent|exit`` -> what is typed for it, normalised
    :ivar codes: direct code -> key of a step, or ``menu:option``
    :ivar prefix: number that precedes a path through the menus ("156 3 2 1")
    :ivar suggest: free text at a menu is compared with all options of the flow
    :ivar fail: ``hand_over|menu|end``: after too many wrong answers, if the step does not say
    :ivar on_agent: key of the step that the word for a person leads to, empty: hand over
    :ivar on_exit: key of the step that the word for leaving leads to, empty: end with kind words
    """

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    suggest: bool = True
    fail: str = steps.FAILS[0]
    on_agent: str = ""
    on_exit: str = ""

    def entries(self, flow_steps: Mapping[str, FlowStep]) -> list[str]:
        """Return the keys of the steps that can be entered from anywhere."""
        targets = [*self.codes.values(), self.on_agent, self.on_exit]
        return [key for key in targets if key in flow_steps]


def read_navigation(definition: Mapping, problems: list[Problem]) -> Navigation:
    """Return the flow's own settings of navigation, invalid ones as their defaults.

    ``globals``, ``codes``, ``prefix``, ``suggest``, ``fail``, ``on_agent`` and ``on_exit``; invalid
    values are recorded.
    """
    prefix = definition.get("prefix") or ""
    if not isinstance(prefix, str) or (prefix and not _PREFIX.fullmatch(prefix)):
        problems.append(Problem("bad_prefix", detail={"value": prefix}))
        prefix = ""
    suggest = definition.get("suggest", True)
    if not isinstance(suggest, bool):
        problems.append(Problem("bad_setting", detail={"field": "suggest"}))
        suggest = True
    fail = definition.get("fail") or steps.FAILS[0]
    if fail not in steps.FAILS:
        problems.append(Problem("bad_setting", detail={"field": "fail"}))
        fail = steps.FAILS[0]
    return Navigation(
        words=_read_words(definition, problems),
        codes=_read_codes(definition, problems),
        prefix=prefix,
        suggest=suggest,
        fail=fail,
        on_agent=_key(definition, "on_agent", problems),
        on_exit=_key(definition, "on_exit", problems),
    )


def check_navigation(
    navigation: Navigation, flow_steps: Mapping[str, FlowStep], problems: list[Problem]
) -> None:
    """Record every target that does not exist."""
    places = {
        option.wire_id for step in flow_steps.values() for option in step.options
    } | flow_steps.keys()
    for code, target in navigation.codes.items():
        if target not in places:
            problems.append(Problem("unknown_code", detail={"value": code, "target": target}))
    for name in ("on_agent", "on_exit"):
        key = getattr(navigation, name)
        if key and key not in flow_steps:
            problems.append(Problem("unknown_global_goto", detail={"field": name, "value": key}))


def _key(definition: Mapping, name: str, problems: list[Problem]) -> str:
    value = definition.get(name) or ""
    if not isinstance(value, str):
        problems.append(Problem("bad_setting", detail={"field": name}))
        return ""
    return value


def _read_words(definition: Mapping, problems: list[Problem]) -> dict[str, frozenset[str]]:
    given = definition.get("globals") or {}
    if not isinstance(given, Mapping) or not given.keys() <= GLOBAL_WORDS.keys():
        problems.append(Problem("bad_setting", detail={"field": "globals"}))
        given = {}
    words: dict[str, frozenset[str]] = {}
    taken: dict[str, str] = {}
    for name, usual in GLOBAL_WORDS.items():
        listed = given.get(name, usual)
        if not isinstance(listed, list | tuple) or not all(
            isinstance(word, str) for word in listed
        ):
            problems.append(Problem("bad_setting", detail={"field": f"globals.{name}"}))
            listed = usual
        found = frozenset(filter(None, map(normalise, listed)))
        for word in sorted(found):
            if taken.setdefault(word, name) != name:
                problems.append(Problem("double_global", detail={"value": word}))
        words[name] = found
    return words


def _read_codes(definition: Mapping, problems: list[Problem]) -> dict[str, str]:
    given: Any = definition.get("codes") or {}
    if not isinstance(given, Mapping):
        problems.append(Problem("bad_setting", detail={"field": "codes"}))
        return {}
    codes: dict[str, str] = {}
    for raw, target in given.items():
        code = normalise(raw).removeprefix("#") if isinstance(raw, str) else ""
        if not CODE.fullmatch(code) or not isinstance(target, str) or code in codes:
            problems.append(Problem("bad_code", detail={"value": str(raw)}))
        else:
            codes[code] = target
    return codes
