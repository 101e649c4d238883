# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A compiled flow, as the runtime reads it."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from . import graph, search, steps
from .flow_names import given_names, used_names
from .flow_settings import LANGUAGE_NAMES, Settings, Silence, Variable
from .inputs import json_value
from .manners import Manners
from .navigation import Navigation
from .placeholders import AREA, PHONE, TODAY, Template
from .steps import FlowStep

#: Maximum automatic steps in one turn; compiled flows cannot loop, so this is a second guard
MAX_AUTOMATIC_STEPS = 100
#: Maximum nesting depth of a definition, including called flows
_DEPTH = 40


class Flow:
    """A compiled definition, immutable, shared by all conversations of a process.

    :ivar digest: sha256 of the definition: two equal definitions have the same
    :ivar start: key of the first step
    :ivar main_menu: key of the menu that "0" repeats, empty if the flow has none
    :ivar steps: key -> step, in the author's order
    :ivar texts: the bot's own texts
    :ivar fixed_offers: key of a menu -> what it offers, kept by ``offers`` where it never changes
    :ivar formats: variable -> kind of answer, for showing values
    :ivar labels: variable -> label, of what is collected, in the author's order
    :ivar manners: the small-talk table
    :ivar navigation: global words, direct codes and what else holds for all steps
    :ivar options: ``menu:option`` -> key of the menu and number of the option, from 1
    :ivar labelled: the steps whose answers people see, which a confirmation lets correct
    :ivar owned: key of an input step -> the values it writes
    :ivar contact_fields: variable of a question -> field of the contact
    :ivar known_fields: fields of the contact that a question does not ask for when it is known
    :ivar first_words: whether a question takes the first words, and whether one takes files
    :ivar context_names: placeholders that the caller has to give
    :ivar settings: settings of the whole flow: silence, variables, languages
    :ivar agent_labels: variable -> label, of declared variables
    :ivar languages: code -> this flow in that language, empty when it has only one
    """

    __slots__ = (
        "_index",
        "agent_labels",
        "contact_fields",
        "context_names",
        "digest",
        "first_words",
        "fixed_offers",
        "formats",
        "known_fields",
        "labelled",
        "labels",
        "languages",
        "main_menu",
        "manners",
        "max_steps",
        "name",
        "navigation",
        "options",
        "owned",
        "parents",
        "settings",
        "silence",
        "start",
        "steps",
        "texts",
        "titles",
        "variables",
    )

    def __init__(
        self,
        definition: Mapping,
        flow_steps: dict[str, FlowStep],
        texts: dict,
        navigation: Navigation,
        settings: Settings,
    ):
        self.digest = digest(definition)
        self.name = str(definition.get("name") or "")
        self.steps = flow_steps
        self.texts: dict[str, Template] = texts
        self.navigation = navigation
        self.start: str = definition.get("start") or next(iter(flow_steps))
        menus = [step.key for step in flow_steps.values() if step.kind == steps.MENU]
        self.main_menu: str = definition.get("main_menu") or (menus[0] if menus else "")
        self.max_steps = MAX_AUTOMATIC_STEPS
        self.settings = settings
        self.silence: Silence = settings.silence
        self.manners: Manners = settings.manners
        self.variables: Mapping[str, Variable] = settings.variables
        self.languages: dict[str, Flow] = {}
        self._name_values()
        self.context_names = (
            used_names(flow_steps.values(), texts, settings)
            - given_names(flow_steps)
            - self.variables.keys()
            - {"resumo"}
        )
        if len(settings.languages) > 1:
            self.context_names |= {"idioma"}
        if any(step.answer == "date" for step in flow_steps.values()):
            # "amanhã", and days without a year
            self.context_names |= {TODAY}
        if any(step.answer == "phone" for step in flow_steps.values()):
            self.context_names |= {AREA, PHONE}
        self._find_options()

    def _name_values(self) -> None:
        """Names of the flow's values, how they are shown, and which step writes them."""
        flow_steps = self.steps
        self.agent_labels = {
            name: variable.label for name, variable in self.variables.items() if variable.label
        }
        self.formats = {name: variable.type for name, variable in self.variables.items()}
        self.formats |= {
            step.variable: step.answer
            for step in flow_steps.values()
            if step.kind == steps.QUESTION and step.variable
        }
        self.labels = {
            step.variable: step.label
            for step in flow_steps.values()
            if step.label and step.variable
        }
        self.labelled = _labelled(flow_steps)
        questions = [step for step in flow_steps.values() if step.kind == steps.QUESTION]
        self.contact_fields = {
            step.variable: step.contact_field for step in questions if step.contact_field
        }
        self.known_fields = frozenset(
            step.contact_field
            for step in questions
            if step.contact_field and step.known != steps.ALWAYS
        )
        taking = {step.answer for step in questions if step.first_words}
        self.first_words = ("text" in taking, "media" in taking)
        self.owned = {
            step.key: step.owned() for step in flow_steps.values() if step.kind in steps.INPUT_KINDS
        }

    def _find_options(self) -> None:
        """Index of options by words and ids; lazily computed parts are reset."""
        self.titles, self.parents = graph.menu_index(self.steps)
        self.options = {
            option.wire_id: (step.key, number)
            for step in self.steps.values()
            for number, option in enumerate(step.options, 1)
        }
        self.fixed_offers: dict[str, list] = {}
        self._index: search.Index | None = None

    def search(self, text: str, limit: int) -> list[str]:
        """Return the options (``menu:option``) closest to a free text, closest first."""
        if self._index is None:
            # built on first use: checking a draft, and most turns, never need it
            self._index = search.Index(self.steps.values())
        return self._index.find(text, limit)

    def twin(
        self, flow_steps: dict[str, FlowStep], texts: dict, silence: Silence, manners: Manners
    ) -> Flow:
        """Return the same flow with other texts."""
        other = copy.copy(self)
        other.steps, other.texts, other.silence = flow_steps, texts, silence
        other.manners = manners
        other.labelled = _labelled(flow_steps)
        other._find_options()
        return other

    def chosen_language(self, values: Mapping[str, Any]) -> str:
        """Return the language code in a conversation's values, "" if the flow lacks it."""
        for name in LANGUAGE_NAMES:
            spoken = self.in_language(values.get(name))
            if spoken is not None:
                return next(code for code, flow in self.languages.items() if flow is spoken)
        return ""

    def in_language(self, code: Any) -> Flow | None:
        """Return the flow in a language ("en_US", otherwise "en_GB" or "en"), or None."""
        if not isinstance(code, str) or not code:
            return None
        found = self.languages.get(code)
        if found is None:
            start = code.partition("_")[0]
            same = (flow for own, flow in self.languages.items() if own.partition("_")[0] == start)
            found = next(same, None)
        return found


def _labelled(flow_steps: Mapping[str, FlowStep]) -> tuple[FlowStep, ...]:
    return tuple(
        step
        for step in flow_steps.values()
        if step.variable and step.label and step.kind in steps.INPUT_KINDS
    )


def digest(definition: Mapping) -> str:
    """sha256 (hex) of the definition as canonical JSON."""
    text = json.dumps(json_value(definition, _DEPTH), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
