# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Definition -> Flow. The whole definition is checked before any of it runs."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from typing import Any

from . import calls, graph, languages, steps
from .flow import Flow
from .flow_names import given_names, own_names, settings_texts, step_names
from .flow_settings import Settings, read_settings, typed
from .inputs import plain
from .navigation import check_navigation, read_navigation
from .placeholders import CONTEXT_NAMES, Template
from .problems import FlowError, Problem
from .schema import GOTO_FIELDS, read_step
from .steps import FlowStep
from .texts import DEFAULT_TEXTS


def compile(definition: Any) -> Flow:  # noqa: A001 - named like re.compile
    """Return the flow of a definition.

    See ``docs/developer/flow-format.md`` for its format.

    Raises :class:`FlowError` with every problem found.
    """
    flow, problems = _build(definition)
    if problems or flow is None:
        raise FlowError(problems)
    return flow


def check(definition: Any) -> tuple[Problem, ...]:
    """Return every problem of a definition; empty if it can be compiled."""
    return _build(definition)[1]


def _build(definition: Any) -> tuple[Flow | None, tuple[Problem, ...]]:
    raw_steps = definition.get("steps") if isinstance(definition, Mapping) else None
    if not isinstance(raw_steps, list | tuple):
        return None, (Problem("not_a_definition"),)
    if not raw_steps:
        return None, (Problem("no_steps"),)
    problems: list[Problem] = []
    own_steps = _read_steps(definition, problems)
    expanded = calls.expand(definition, own_steps, _read_steps, problems)
    flow_steps = expanded.steps
    texts = _read_texts(definition, problems)
    settings = read_settings(definition, expanded.definitions(), problems)
    navigation = read_navigation(definition, problems)
    check_navigation(navigation, flow_steps, problems)
    _check_targets(definition, flow_steps, problems)
    _check_names(definition, flow_steps, texts, settings, problems)
    if problems or not flow_steps:
        return None, tuple(problems)
    flow = Flow(definition, flow_steps, texts, navigation, settings)
    languages.speak_all(flow, definition, expanded, problems)
    problems += graph.check(flow_steps, [flow.start, *navigation.entries(flow_steps)])
    return flow, tuple(problems)


def _read_steps(definition: Mapping, problems: list[Problem]) -> dict[str, FlowStep]:
    """Return the steps of one definition by key, each with the key of the next."""
    read = []
    for position, data in enumerate(definition["steps"], 1):
        if isinstance(data, Mapping):
            read.append(read_step(data, position, problems))
        else:
            problems.append(Problem("bad_step", detail={"position": position}))
    return _in_order(read, problems)


def _in_order(read: list[FlowStep], problems: list[Problem]) -> dict[str, FlowStep]:
    """Return key -> step; a step without "goto" leads to the one after it."""
    flow_steps: dict[str, FlowStep] = {}
    for step, following in itertools.zip_longest(read, read[1:]):
        if not step.goto and following is not None and step.kind not in steps.LAST_KINDS:
            step = dataclasses.replace(step, goto=following.key)
        if step.kind == steps.CONDITION and not step.on_false and following is not None:
            step = dataclasses.replace(step, on_false=following.key)
        if step.key in flow_steps:
            problems.append(Problem("duplicate_key", step.title, {"value": step.key}, step.key))
        flow_steps.setdefault(step.key, step)
    return flow_steps


def _read_texts(definition: Mapping, problems: list[Problem]) -> dict[str, Template]:
    given = definition.get("texts") or {}
    if not isinstance(given, Mapping):
        problems.append(Problem("unknown_text", detail={"value": "texts"}))
        given = {}
    texts = {name: Template(text) for name, text in DEFAULT_TEXTS.items()}
    for name, text in given.items():
        if name not in DEFAULT_TEXTS or not isinstance(text, str):
            problems.append(Problem("unknown_text", detail={"value": str(name)}))
        elif text.strip():
            texts[name] = Template(plain(text).strip())
            problems.extend(
                Problem("bad_placeholder", name, {"value": token}) for token in texts[name].errors
            )
    return texts


def _check_targets(
    definition: Mapping, flow_steps: dict[str, FlowStep], problems: list[Problem]
) -> None:
    """Check that every referenced key exists, and that every step has a successor."""
    start = definition.get("start")
    if start and (not isinstance(start, str) or start not in flow_steps):
        problems.append(Problem("unknown_start", detail={"value": start}))
    menu = definition.get("main_menu")
    if menu:
        step = flow_steps.get(menu) if isinstance(menu, str) else None
        if step is None or step.kind != steps.MENU:
            problems.append(Problem("unknown_main_menu", detail={"value": menu}))
    for step in flow_steps.values():
        named = [(name, getattr(step, name)) for name in GOTO_FIELDS]
        named += [(option.title.constant or option.id, option.goto) for option in step.options]
        for name, key in named:
            if key and key not in flow_steps:
                detail = {"field": name, "value": key}
                problems.append(Problem("unknown_goto", step.title, detail, step.key))
        if any(not key for _field, _label, key in step.exits()):
            problems.append(Problem("no_next", step.title, {}, step.key))


def _check_names(
    definition: Mapping,
    flow_steps: dict[str, FlowStep],
    texts: dict,
    settings: Settings,
    problems: list[Problem],
) -> None:
    """Check that something provides every placeholder and every compared or shown value."""
    extra = definition.get("context") or ()
    if not isinstance(extra, list | tuple):
        extra = ()
    context = CONTEXT_NAMES | {name for name in extra if isinstance(name, str)}
    known = context | given_names(flow_steps) | settings.variables.keys()
    for step in flow_steps.values():
        own = {"resumo"} if step.kind == steps.CONFIRM else set()
        for name in sorted(step_names(step) - known - own):
            problems.append(Problem("unknown_placeholder", step.title, {"value": name}, step.key))
        wanted = [step.variable] if step.kind == steps.CONDITION and step.variable else []
        for name in (*wanted, *step.show):
            if name not in known:
                problems.append(Problem("unknown_variable", step.title, {"value": name}, step.key))
        for name, given in step.values.items():
            declared = settings.variables.get(name)
            constant = given.constant if isinstance(given, Template) else given
            if declared and constant is not None and typed(constant, declared.type) is None:
                problems.append(Problem("bad_set_value", step.title, {"value": name}, step.key))
    spoken = {**texts, **settings_texts(settings)}
    for name, template in spoken.items():
        for placeholder in sorted(template.names - known - own_names(name)):
            problems.append(Problem("unknown_placeholder", name, {"value": placeholder}))
