"""What could be better in a flow that can be published: warnings and hints.

What prevents publishing is judged by the compiler; what a channel can show, by the channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import steps as kinds
from .problems import Problem

#: Kinds of answers that say who or where somebody is (LGPD, art. 5, I)
PERSONAL_ANSWERS = frozenset({"email", "phone", "cpf", "location"})
#: Codes and names of values under which people are asked for the same as a plain text
PERSONAL_NAMES = frozenset({"nome", "name", "cpf", "rg", "email", "telefone", "endereco"})
#: Texts of a step that citizens read, and of its options
SAID = ("text", "error_text", "list_button")
OPTION_SAID = ("title", "description")


def advise(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Warnings and hints about a definition, in the order of its steps."""
    found: list[Problem] = []
    translations = _translations(definition)
    for step in _steps(definition):
        found += _missing_error_text(step)
        found += _missing_translations(step, translations)
    return tuple(found)


def personal_steps(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Steps that ask for personal data, as warnings for where citizens see no privacy notice."""
    variables = definition.get("variables") or {}
    marked = {
        name
        for name, about in (variables.items() if isinstance(variables, Mapping) else ())
        if isinstance(about, Mapping) and about.get("personal")
    }
    return tuple(
        _problem("personal_without_notice", step)
        for step in _steps(definition)
        if step.get("kind") == kinds.QUESTION and _is_personal(step, marked)
    )


def _steps(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    raw = definition.get("steps")
    for step in raw if isinstance(raw, list | tuple) else ():
        if isinstance(step, Mapping):
            yield step


def _listed(step: Mapping[str, Any], name: str) -> list[Any]:
    value = step.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _problem(code: str, step: Mapping[str, Any], **detail: object) -> Problem:
    key = str(step.get("key") or "")
    return Problem(code, str(step.get("title") or key), detail, key)


def _is_personal(step: Mapping[str, Any], marked: set[str]) -> bool:
    names = {str(step.get("variable") or ""), str(step.get("key") or "")}
    return step.get("answer") in PERSONAL_ANSWERS or bool(names & (marked | PERSONAL_NAMES))


def _missing_error_text(step: Mapping[str, Any]) -> Iterator[Problem]:
    if step.get("kind") == kinds.QUESTION and not step.get("error_text"):
        yield _problem("no_error_text", step)


def _translations(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """{language: translated texts} of the languages besides the first, which is the steps' own."""
    languages = definition.get("languages") or ()
    given = definition.get("translations") or {}
    if not isinstance(languages, list | tuple) or not isinstance(given, Mapping):
        return {}
    others = [language for language in languages[1:] if isinstance(language, str)]
    found = {language: given.get(language) for language in others}
    return {name: texts if isinstance(texts, Mapping) else {} for name, texts in found.items()}


def _missing_translations(
    step: Mapping[str, Any], translations: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    said = [name for name in SAID if step.get(name)]
    said += [f"variants.{number}" for number in range(len(_listed(step, "variants")))]
    for option in _listed(step, "options"):
        if isinstance(option, Mapping):
            said += [f"{option.get('id')}.{name}" for name in OPTION_SAID if option.get(name)]
    for language, texts in translations.items():
        own = texts.get(str(step.get("key")))
        if any(not (own if isinstance(own, Mapping) else {}).get(name) for name in said):
            yield _problem("no_translation", step, value=language)
