# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The placeholders a flow needs, and the values it produces itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import steps
from .flow_settings import Settings
from .manner_words import PERSON_WORD
from .placeholders import NAME, Template
from .steps import FlowStep
from .texts import TEXT_NAMES


def step_names(step: FlowStep) -> frozenset[str]:
    """Return the placeholders of all texts of a step."""
    templates = [step.text, step.error_text, *step.variants]
    given = (*step.params.values(), *step.values.values())
    templates += [value for value in given if isinstance(value, Template)]
    for option in step.options:
        templates += [option.title, option.description]
    return frozenset().union(*(template.names for template in templates))


def settings_texts(settings: Settings) -> dict[str, Template]:
    """Return the settings' texts: reminders, farewells and small talk."""
    silence = settings.silence
    texts = {"remind_text": silence.remind_text, "end_text": silence.end_text}
    return texts | settings.manners.templates()


def own_names(name: str) -> frozenset[str]:
    """Return the extra placeholders of one of the flow's own texts."""
    if name.startswith("manners."):
        return frozenset({PERSON_WORD})
    return TEXT_NAMES.get(name, frozenset())


def used_names(
    flow_steps: Iterable[FlowStep], texts: Mapping[str, Template], settings: Settings
) -> frozenset[str]:
    """Return the placeholders and compared values that the flow needs."""
    flow_steps = tuple(flow_steps)
    names = frozenset().union(*(step_names(step) for step in flow_steps))
    names |= {step.variable for step in flow_steps if step.kind == steps.CONDITION}
    for name, template in (*texts.items(), *settings_texts(settings).items()):
        names |= template.names - own_names(name)
    return names


def given_names(flow_steps: Mapping[str, FlowStep]) -> frozenset[str]:
    """Return the names of the values that the flow itself produces."""
    names: set[str] = set()
    for step in flow_steps.values():
        if step.kind in steps.INPUT_KINDS:
            names |= step.owned()
        names.update(step.results)
        names.update(step.values)
    return frozenset(name for name in names if NAME.fullmatch(name))
