# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Possible improvements in a publishable flow: warnings and hints.

The compiler decides what prevents publishing, and each channel what it can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import steps as kinds
from .manner_words import USUAL
from .manners import double_words, read_manners, slim
from .problems import Problem
from .schema_input import contact_field

#: Kinds of answers that identify or locate somebody (LGPD, art. 5, I)
PERSONAL_ANSWERS = frozenset({"name", "email", "phone", "cpf", "location"})
#: Codes and variable names that ask for the same data as plain text
PERSONAL_NAMES = frozenset({"nome", "name", "cpf", "rg", "email", "telefone", "endereco"})
#: The action that stores the citizen's data so that it is known next time
KEEPS = "save_contact"
#: Texts of a step that citizens read, and of its options
SAID = ("text", "error_text", "list_button")
OPTION_SAID = ("title", "description")


def advise(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return warnings and hints about a definition, in the order of its steps."""
    found: list[Problem] = [*_double_manners(definition)]
    translations = _translations(definition)
    found += _untranslated_manners(definition, translations)
    kinds_of_all = {(step.get("kind"), step.get("action")) for step in _steps(definition)}
    for step in _steps(definition):
        found += _missing_error_text(step)
        found += _about_known(step, kinds_of_all)
        found += _missing_translations(step, translations)
    return tuple(found)


def personal_steps(definition: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return warnings for steps that ask for personal data without a privacy notice."""
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


def _double_manners(definition: Mapping[str, Any]) -> Iterator[Problem]:
    """Return words in two rows of the small-talk table, one of them the author's."""
    if not definition.get("manners"):
        return
    manners = read_manners(definition, [])
    for word, (row, other) in double_words(manners).items():
        titles = {name: one.title for name, one in manners.rows.items()}
        detail = {"value": word, "row": titles[row], "other": titles[other]}
        yield Problem("double_manner", detail=detail)


def _untranslated_manners(
    definition: Mapping[str, Any], translations: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """Return the author's replies that lack a translation; ours are translated."""
    for name, row in slim(definition.get("manners")).items():
        title = row.get("title") or USUAL.get(name, {}).get("title") or name
        for language, texts in translations.items():
            own = texts.get("")
            known = own if isinstance(own, Mapping) else {}
            if row.get("reply") and not row.get("off") and not known.get(f"manners.{name}.reply"):
                yield Problem("no_translation", str(title), {"value": language})


def _missing_error_text(step: Mapping[str, Any]) -> Iterator[Problem]:
    if step.get("kind") == kinds.QUESTION and not step.get("error_text"):
        yield _problem("no_error_text", step)


def _about_known(step: Mapping[str, Any], others: set[tuple[Any, Any]]) -> Iterator[Problem]:
    """Return advice about a question whose answer may be known.

    :param others: kinds of all steps with their actions
    """
    if step.get("kind") != kinds.QUESTION:
        return
    answer, variable = str(step.get("answer") or ""), step.get("variable") or step.get("key")
    field = step.get("contact_field") or contact_field(answer, str(variable))
    if not field or field == "none" or answer == "media":
        return
    known = step.get("known") or kinds.ALWAYS
    if (kinds.ACTION, KEEPS) not in others:
        if known != kinds.ALWAYS:
            yield _problem("known_never_kept", step)
    elif known == kinds.ALWAYS:
        yield _problem("asks_known", step)
    elif field == "name" and known == kinds.SKIP:
        yield _problem("known_name_unasked", step)
    elif known == kinds.SKIP and all(kind != kinds.CONFIRM for kind, _action in others):
        yield _problem("known_unconfirmed", step)


def _translations(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return {language: translated texts} for all languages but the steps' own."""
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
