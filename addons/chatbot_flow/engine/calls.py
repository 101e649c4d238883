# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Merges called flows into the calling flow at compile time.

``definition["flows"]`` holds the called flows as they were published: ``{code: definition}``, each
with its own ``flows``. Each call gets its own copy of the called steps, whose keys are prefixed
with that of the calling step (``chamado__descricao``), so that the runtime knows nothing about
calls: going back, statistics and pictures work as in one flow. Names of values are shared. An
``end`` of a called flow leads back to the step after the call.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import steps
from .problems import Problem
from .steps import FlowStep

#: Separator between the keys of the call and of the called step
SEPARATOR = "__"
#: Maximum call depth
MAX_DEPTH = 5
#: Longer keys do not fit into the id of an option on WhatsApp
MAX_KEY = 150
#: Maximum steps of a flow including all calls
MAX_STEPS = 50_000

_LINKS = ("goto", "on_fail", "on_error", "on_empty", "on_change", "on_cancel", "on_false")

Read = Callable[[Mapping, list[Problem]], dict[str, FlowStep]]


@dataclass
class Expanded:
    """A flow including everything it calls.

    :ivar steps: key -> step, the called ones below their call
    :ivar origins: key of a called step -> its flow's definition and its key there
    """

    steps: dict[str, FlowStep] = field(default_factory=dict)
    origins: dict[str, tuple[Mapping, str]] = field(default_factory=dict)

    def definitions(self) -> list[Mapping]:
        """Return the definitions of all called flows, each once."""
        return list({id(item[0]): item[0] for item in self.origins.values()}.values())


def expand(
    definition: Mapping, flow_steps: dict[str, FlowStep], read: Read, problems: list[Problem]
) -> Expanded:
    """Return the steps of a flow and of everything it calls.

    :param flow_steps: the flow's own steps, each with the key of the next one
    :param read: reads the steps of another definition in the same way
    """
    if not any(step.kind == steps.CALL for step in flow_steps.values()):
        return Expanded(flow_steps)
    worker = _Expander(read, problems)
    code = definition.get("code")
    worker.add(definition, flow_steps, (code,) if isinstance(code, str) else ())
    return worker.found


class _Expander:
    """One walk through the calls of a definition."""

    def __init__(self, read: Read, problems: list[Problem]):
        self.found = Expanded()
        self.read = read
        self.problems = problems

    def add(
        self,
        definition: Mapping,
        flow_steps: dict[str, FlowStep],
        chain: tuple[str, ...],
        prefix: str = "",
        back: str = "",
    ) -> None:
        """Take over the steps of one flow.

        :param chain: codes of the flows being called, outermost first
        :param prefix: prefix of every key
        :param back: key of the step after the call, for the ends of a called flow
        """
        name = str(definition.get("name") or "")
        for step in flow_steps.values():
            if len(self.found.steps) >= MAX_STEPS:
                return
            moved = _moved(step, prefix, name) if prefix else step
            if prefix:
                self.found.origins[moved.key] = (definition, step.key)
                if step.kind == steps.END:
                    kind = steps.MESSAGE if moved.text else steps.SET
                    moved = dataclasses.replace(moved, kind=kind, goto=back)
            if step.kind == steps.CALL and moved.goto:
                self._call(definition, moved, chain)
            else:
                self.found.steps[moved.key] = moved

    def _call(self, definition: Mapping, step: FlowStep, chain: tuple[str, ...]) -> None:
        """Make a call lead to the called flow's first step, and its ends to the next step."""
        called = self._called(definition, step, chain)
        if called is None:
            self.found.steps[step.key] = step
            return
        inner = self.read(called, self.problems)
        start = called.get("start") or next(iter(inner), "")
        prefix = f"{step.key}{SEPARATOR}"
        if not isinstance(start, str) or start not in inner:
            self._note("unknown_flow", step)
            self.found.steps[step.key] = step
            return
        self.found.steps[step.key] = dataclasses.replace(step, goto=f"{prefix}{start}")
        self.add(called, inner, (*chain, step.flow), prefix, step.goto)
        if len(self.found.steps) >= MAX_STEPS:
            self._note("call_too_big", step)

    def _called(self, definition: Mapping, step: FlowStep, chain: tuple[str, ...]) -> Any:
        """Return the definition that a step calls, or None if it cannot be called."""
        flows = definition.get("flows")
        called = flows.get(step.flow) if isinstance(flows, Mapping) else None
        if step.flow in chain:
            self._note("call_circle", step)
        elif not isinstance(called, Mapping) or not isinstance(called.get("steps"), list | tuple):
            if step.flow:
                self._note("unknown_flow", step)
        elif len(chain) > MAX_DEPTH or len(step.key) > MAX_KEY:
            self._note("call_too_deep", step)
        else:
            return called
        return None

    def _note(self, code: str, step: FlowStep) -> None:
        problem = Problem(code, step.title, {"value": step.flow}, step.key)
        if problem not in self.problems:
            self.problems.append(problem)


def _moved(step: FlowStep, prefix: str, name: str) -> FlowStep:
    """Return a called step under its new key."""
    key = f"{prefix}{step.key}"
    links = {link: f"{prefix}{target}" for link in _LINKS if (target := getattr(step, link))}
    options = tuple(
        dataclasses.replace(
            option,
            wire_id=f"{key}:{option.id}",
            goto=f"{prefix}{option.goto}" if option.goto else "",
        )
        for option in step.options
    )
    title = f"{name}: {step.title}" if name else step.title
    return dataclasses.replace(step, key=key, title=title, options=options, **links)
