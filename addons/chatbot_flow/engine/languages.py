# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow in further languages.

``definition["translations"]`` holds, by language and key of a step, the texts in that language by
field: ``text``, ``error_text``, ``list_button``, ``variants.0``, ``<option id>.title``, ``<option
id>.description``, ``<option id>.keywords`` (with commas). Under the key "" are the bot's own texts
by name, ``silence.remind_text``, ``silence.end_text`` and ``manners.<name>.reply``. Missing texts
are sent in the flow's own language.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from .calls import Expanded
from .flow import Flow
from .flow_settings import Silence
from .inputs import plain
from .manners import in_language
from .matching import normalise
from .placeholders import Template
from .problems import Problem
from .steps import FlowOption, FlowStep
from .texts import DEFAULT_TEXTS
from .texts_languages import LANGUAGE_TEXTS

#: The language of the steps and of the bot's own texts
BASE_LANGUAGE = "pt_BR"


def speak_all(flow: Flow, definition: Mapping, expanded: Expanded, problems: list[Problem]) -> None:
    """Give a flow a twin in each further language, all of which know each other."""
    codes = flow.settings.languages
    if len(codes) < 2:
        return
    flow.languages = {codes[0]: flow}
    for code in codes[1:]:
        by_step = {
            id(one): _texts_of(one, code, problems) for one in (definition, *expanded.definitions())
        }
        flow_steps = {}
        for key, step in flow.steps.items():
            owner, own_key = expanded.origins.get(key, (definition, key))
            flow_steps[key] = _translated(step, by_step[id(owner)].get(own_key) or {}, problems)
        own = by_step[id(definition)].get("") or {}
        flow.languages[code] = flow.twin(
            flow_steps,
            _translated_texts(flow.texts, own, code),
            _translated_silence(flow.silence, own),
            in_language(flow.manners, own, code),
        )


def _texts_of(definition: Mapping, language: str, problems: list[Problem]) -> Mapping[str, Mapping]:
    """Return the texts of each step, and of the flow under "", in a language."""
    given = definition.get("translations") or {}
    found = given.get(language) if isinstance(given, Mapping) else None
    if found is None:
        return {}
    if not isinstance(found, Mapping) or not all(
        isinstance(fields, Mapping) for fields in found.values()
    ):
        problems.append(Problem("bad_translation", detail={"value": language}))
        return {}
    return found


def _translated(step: FlowStep, fields: Mapping[str, Any], problems: list[Problem]) -> FlowStep:
    """Return the step with another language's texts where available."""

    def template(name: str, own: Template) -> Template:
        text = plain(fields.get(name)).strip()
        if not text or not own:
            return own
        other = Template(text)
        problems.extend(
            Problem("bad_placeholder", step.title, {"value": token}, step.key)
            for token in other.errors
        )
        return other

    def option(own: FlowOption) -> FlowOption:
        title = template(f"{own.id}.title", own.title)
        keywords = plain(fields.get(f"{own.id}.keywords")).split(",")
        words = [title.constant or "", *keywords]
        return dataclasses.replace(
            own,
            title=title,
            description=template(f"{own.id}.description", own.description),
            # the words of the flow's own language are understood as well
            words=tuple(
                dict.fromkeys([*filter(None, (normalise(word) for word in words)), *own.words])
            ),
        )

    return dataclasses.replace(
        step,
        text=template("text", step.text),
        error_text=template("error_text", step.error_text),
        list_button=plain(fields.get("list_button")).strip() or step.list_button,
        variants=tuple(
            template(f"variants.{number}", variant) for number, variant in enumerate(step.variants)
        ),
        options=tuple(option(own) for own in step.options),
    )


def _translated_texts(
    texts: Mapping[str, Template], own: Mapping[str, Any], language: str
) -> dict[str, Template]:
    """Return the bot's own texts: as the author translated them, else as the addon knows them.

    :param own: what the author translated, by name
    """
    known = LANGUAGE_TEXTS.get(language.partition("_")[0], {})
    found = {}
    for name, template in texts.items():
        text = plain(own.get(name)).strip()
        # an author's text is not replaced by ours
        if not text and template.source == DEFAULT_TEXTS[name]:
            text = known.get(name, "")
        found[name] = Template(text) if text else template
    return found


def _translated_silence(silence: Silence, own: Mapping[str, Any]) -> Silence:
    """Return the silence texts in another language."""
    changes = {
        name: Template(text)
        for name in ("remind_text", "end_text")
        if (text := plain(own.get(f"silence.{name}")).strip())
    }
    return dataclasses.replace(silence, **changes) if changes else silence
