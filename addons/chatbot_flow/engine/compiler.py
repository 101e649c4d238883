"""Definition -> Flow. The whole definition is judged before anything of it runs."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import itertools
import json
from collections.abc import Mapping
from typing import Any

from . import calls, graph, languages, search, steps
from .flow_settings import Settings, Silence, Variable, read_settings, typed
from .inputs import json_value, plain
from .navigation import Navigation, check_navigation, read_navigation
from .placeholders import AREA, CONTEXT_NAMES, NAME, PHONE, TODAY, Template
from .problems import FlowError, Problem
from .schema import GOTO_FIELDS, read_step
from .steps import FlowStep
from .texts import DEFAULT_TEXTS, TEXT_NAMES

#: Automatic steps in one turn at most; compiled flows cannot loop, so this is a second guard
MAX_AUTOMATIC_STEPS = 100
#: How deep the objects of a definition may stand within each other, called flows included
_DEPTH = 40


class Flow:
    """A compiled definition: immutable in use, shared by all conversations of a process.

    :ivar digest: sha256 of the definition: two equal definitions have the same
    :ivar start: key of the first step
    :ivar main_menu: key of the menu that "0" repeats, empty if the flow has none
    :ivar steps: key -> step, in the author's order
    :ivar texts: what the robot says by itself
    :ivar fixed_offers: key of a menu -> what it offers, kept by ``offers`` where it never changes
    :ivar formats: variable -> kind of answer, for showing values
    :ivar labels: variable -> label, of what is collected, in the author's order
    :ivar navigation: global words, direct codes and what else holds for all steps
    :ivar options: ``menu:option`` -> key of the menu and number of the option, from 1
    :ivar labelled: the steps whose answers people see, which a confirmation lets correct
    :ivar owned: key of an input step -> the values it writes
    :ivar context_names: placeholders that the caller has to give
    :ivar settings: what holds for the whole flow: silence, variables, languages
    :ivar agent_labels: variable -> label, of declared variables
    :ivar languages: code -> this flow in that language, empty when it has only one
    """

    __slots__ = (
        "_index",
        "agent_labels",
        "context_names",
        "digest",
        "fixed_offers",
        "formats",
        "labelled",
        "labels",
        "languages",
        "main_menu",
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
        self.variables: Mapping[str, Variable] = settings.variables
        self.languages: dict[str, Flow] = {}
        self._name_values()
        self.context_names = (
            _used_names(flow_steps.values(), texts, settings)
            - _given_names(flow_steps)
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
        """What the flow's values are called, how they are shown, which step writes them."""
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
        self.owned = {
            step.key: step.owned() for step in flow_steps.values() if step.kind in steps.INPUT_KINDS
        }

    def _find_options(self) -> None:
        """Where options stand, by their words and ids; what is worked out later begins anew."""
        self.titles, self.parents = graph.menu_index(self.steps)
        self.options = {
            option.wire_id: (step.key, number)
            for step in self.steps.values()
            for number, option in enumerate(step.options, 1)
        }
        self.fixed_offers: dict[str, list] = {}
        self._index: search.Index | None = None

    def search(self, text: str, limit: int) -> list[str]:
        """The options (``menu:option``) that a free text is nearest to, the nearest first."""
        if self._index is None:
            # made when it is first needed: checking a draft, or most turns, never do
            self._index = search.Index(self.steps.values())
        return self._index.find(text, limit)

    def twin(self, flow_steps: dict[str, FlowStep], texts: dict, silence: Silence) -> Flow:
        """The same flow with other words."""
        other = copy.copy(self)
        other.steps, other.texts, other.silence = flow_steps, texts, silence
        other.labelled = _labelled(flow_steps)
        other._find_options()
        return other

    def chosen_language(self, values: Mapping[str, Any]) -> str:
        """Code of the language that a conversation's values name, "" when the flow has it not."""
        for name in languages.LANGUAGE_NAMES:
            spoken = self.in_language(values.get(name))
            if spoken is not None:
                return next(code for code, flow in self.languages.items() if flow is spoken)
        return ""

    def in_language(self, code: Any) -> Flow | None:
        """The flow in a language ("en_US"; "en_GB" or "en" when only that fits), or None."""
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


def compile(definition: Any) -> Flow:  # noqa: A001 - named like re.compile
    """The flow of a definition (see ``docs/developer/flow-format.md`` for its format).

    Raises :class:`FlowError` with every problem that was found.
    """
    flow, problems = _build(definition)
    if problems or flow is None:
        raise FlowError(problems)
    return flow


def check(definition: Any) -> tuple[Problem, ...]:
    """Every problem of a definition, none if it can be compiled."""
    return _build(definition)[1]


def digest(definition: Mapping) -> str:
    """sha256 (hex) of the definition as canonical JSON."""
    text = json.dumps(json_value(definition, _DEPTH), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    """The steps of one definition by key, each with the key of the next."""
    read = []
    for position, data in enumerate(definition["steps"], 1):
        if isinstance(data, Mapping):
            read.append(read_step(data, position, problems))
        else:
            problems.append(Problem("bad_step", detail={"position": position}))
    return _in_order(read, problems)


def _in_order(read: list[FlowStep], problems: list[Problem]) -> dict[str, FlowStep]:
    """Key -> step; a step without "goto" leads to the one after it."""
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
    """Every key that is named exists, and every step has something after it."""
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
    """Every placeholder and every compared or shown value is given by something."""
    extra = definition.get("context") or ()
    if not isinstance(extra, list | tuple):
        extra = ()
    context = CONTEXT_NAMES | {name for name in extra if isinstance(name, str)}
    known = context | _given_names(flow_steps) | settings.variables.keys()
    for step in flow_steps.values():
        own = {"resumo"} if step.kind == steps.CONFIRM else set()
        for name in sorted(_step_names(step) - known - own):
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
    spoken = {**texts, **_silence_texts(settings)}
    for name, template in spoken.items():
        for placeholder in sorted(template.names - known - TEXT_NAMES.get(name, frozenset())):
            problems.append(Problem("unknown_placeholder", name, {"value": placeholder}))


def _step_names(step: FlowStep) -> frozenset[str]:
    templates = [step.text, step.error_text, *step.variants]
    given = (*step.params.values(), *step.values.values())
    templates += [value for value in given if isinstance(value, Template)]
    for option in step.options:
        templates += [option.title, option.description]
    return frozenset().union(*(template.names for template in templates))


def _silence_texts(settings: Settings) -> dict[str, Template]:
    silence = settings.silence
    return {"remind_text": silence.remind_text, "end_text": silence.end_text}


def _used_names(flow_steps: Any, texts: dict[str, Template], settings: Settings) -> frozenset[str]:
    names = frozenset().union(*(_step_names(step) for step in flow_steps))
    names |= {step.variable for step in flow_steps if step.kind == steps.CONDITION}
    for name, template in (*texts.items(), *_silence_texts(settings).items()):
        names |= template.names - TEXT_NAMES.get(name, frozenset())
    return names


def _given_names(flow_steps: dict[str, FlowStep]) -> frozenset[str]:
    """Names of the values that the flow itself makes."""
    names: set[str] = set()
    for step in flow_steps.values():
        if step.kind in steps.INPUT_KINDS:
            names |= step.owned()
        names.update(step.results)
        names.update(step.values)
    return frozenset(name for name in names if NAME.fullmatch(name))
