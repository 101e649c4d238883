# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Problems of a definition, each with a code, the step and a text.

The texts here are in English, for developers and logs; the Odoo layer translates by ``code`` with
the same ``detail`` names (see ``models/chatbot_flow.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: code -> text; names in ``%(...)s`` come from ``Problem.detail`` (``step`` is always there)
MESSAGES: dict[str, str] = {
    "not_a_definition": "The definition is not an object with a list of steps.",
    "no_steps": "The flow has no steps.",
    "bad_step": "Entry %(position)s of the list of steps is not a step.",
    "bad_key": 'Step "%(step)s": the key "%(value)s" may only have a-z, 0-9 and _.',
    "duplicate_key": 'Step "%(step)s": the key "%(value)s" is used twice.',
    "unknown_kind": 'Step "%(step)s": unknown kind "%(value)s".',
    "bad_field": 'Step "%(step)s": the value of "%(field)s" is not valid.',
    "missing_text": 'Step "%(step)s": the text is missing.',
    "unknown_goto": 'Step "%(step)s": "%(field)s" leads to "%(value)s", which does not exist.',
    "no_next": 'Step "%(step)s": nothing follows; choose the next step or end the flow.',
    "unknown_start": 'The first step "%(value)s" does not exist.',
    "unknown_main_menu": 'The main menu "%(value)s" does not exist or is not a menu.',
    "menu_no_options": 'Step "%(step)s": the menu has no options.',
    "option_no_title": 'Step "%(step)s": option %(position)s has no title.',
    "duplicate_option": 'Step "%(step)s": two options have the code "%(value)s".',
    "duplicate_title": 'Step "%(step)s": two options are called "%(value)s".',
    "bad_option": 'Step "%(step)s": option "%(value)s" has a value that is not valid.',
    "bad_answer": 'Step "%(step)s": unknown kind of answer "%(value)s".',
    "bad_range": 'Step "%(step)s": the minimum is greater than the maximum.',
    "bad_variable": 'Step "%(step)s": "%(value)s" is not a valid name of a value.',
    "unknown_variable": 'Step "%(step)s": no step gives the value "%(value)s".',
    "action_no_name": 'Step "%(step)s": the action is missing.',
    "set_nothing": 'Step "%(step)s": no value is set.',
    "wait_no_seconds": 'Step "%(step)s": the time to wait is missing or too long.',
    "lookup_no_source": 'Step "%(step)s": it is not said where to look.',
    "call_no_flow": 'Step "%(step)s": the flow to call is missing.',
    "unknown_flow": 'Step "%(step)s": the flow "%(value)s" does not exist or is not published.',
    "call_circle": 'Step "%(step)s": the flow "%(value)s" would call itself without end.',
    "call_too_deep": 'Step "%(step)s": too many flows call each other on the way to "%(value)s".',
    "call_too_big": 'Step "%(step)s": with the flow "%(value)s" the flow has too many steps.',
    "bad_listen": (
        'Quiet moment: "%(value)s" is not accepted; it is 0 to 30 seconds, together up to 60.'
    ),
    "bad_silence": 'Silence: "%(value)s" is not accepted; a time is 30 seconds to 23 hours.',
    "bad_declaration": 'The variable "%(value)s" has no valid name or type.',
    "bad_default": 'The default of the variable "%(value)s" does not fit its type.',
    "bad_set_value": 'Step "%(step)s": the value of "%(value)s" does not fit its type.',
    "bad_language": 'The languages "%(value)s" cannot be read.',
    "bad_translation": 'The translations into "%(value)s" cannot be read.',
    "bad_operator": 'Step "%(step)s": unknown comparison "%(value)s".',
    "bad_placeholder": 'Step "%(step)s": "%(value)s" is not a valid placeholder.',
    "unknown_placeholder": 'Step "%(step)s": nothing gives the placeholder {%(value)s}.',
    "bad_pattern": (
        'Step "%(step)s": the pattern "%(value)s" is refused: %(reason)s. Up to 200 characters, '
        "without looking ahead or behind and without back references."
    ),
    "choice_no_source": 'Step "%(step)s": nothing is chosen that the records come from.',
    "bad_setting": 'The value of "%(field)s" of the flow is not valid.',
    "bad_manner": 'The row "%(value)s" of the small-talk table: "%(field)s" is not valid.',
    "double_manner": (
        '"%(value)s" stands in two rows of the small-talk table: "%(row)s" counts, '
        '"%(other)s" does not.'
    ),
    "bad_prefix": 'The number before direct codes, "%(value)s", may only have 1 to 6 digits.',
    "double_global": 'The global word "%(value)s" means two things.',
    "bad_code": (
        'The direct code "%(value)s" is used twice or is not valid: a-z, 0-9 and -, at least one '
        "letter, up to 30 characters."
    ),
    "unknown_code": 'The direct code "%(value)s" leads to "%(target)s", which does not exist.',
    "unknown_global_goto": '"%(field)s" of the flow leads to "%(value)s", which does not exist.',
    "unknown_text": 'The text "%(value)s" is not one of the texts of the bot.',
    "unreachable": 'Step "%(step)s": no way leads to it.',
    "loop": 'Step "%(step)s": it comes back to itself without asking anything.',
    "no_end": 'Step "%(step)s": no way leads from it to an end or to a person.',
    "asks_known": (
        'Step "%(step)s": it asks although the answer may be known from an earlier conversation.'
    ),
    "known_name_unasked": (
        'Step "%(step)s": a telephone may be a whole family\'s: let the name that is known be '
        "confirmed."
    ),
    "known_never_kept": (
        'Step "%(step)s": nothing keeps the answer, so it is never known: an action has to save '
        "the contact."
    ),
    "known_unconfirmed": (
        'Step "%(step)s": known values are used without a confirmation in which they can be '
        "seen and corrected."
    ),
    "no_error_text": 'Step "%(step)s": no text of its own for a wrong answer.',
    "no_translation": 'Step "%(step)s": a text is not translated into %(value)s.',
    "personal_without_notice": (
        'Step "%(step)s": it asks for personal data, but no privacy notice is published.'
    ),
}

#: Code -> severity, for problems that do not prevent publishing ("error")
SEVERITIES: dict[str, str] = {
    "asks_known": "hint",
    "known_name_unasked": "warning",
    "known_never_kept": "hint",
    "known_unconfirmed": "hint",
    "no_error_text": "hint",
    "no_translation": "warning",
    "double_manner": "warning",
    "personal_without_notice": "warning",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; ``step`` is the step's title or key, empty for the flow."""

    code: str
    step: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    key: str = ""

    @property
    def text(self) -> str:
        """The problem in English."""
        return MESSAGES[self.code] % {"step": self.step, **self.detail}

    @property
    def severity(self) -> str:
        """ "error" (the flow cannot be published), "warning" or "hint"."""
        return SEVERITIES.get(self.code, "error")

    def __str__(self) -> str:
        return self.text


class FlowError(ValueError):
    """The definition cannot be compiled; ``problems`` holds all the reasons."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text for problem in self.problems))
