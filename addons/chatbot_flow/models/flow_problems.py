# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine's problems in the user's language."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_MESSAGES = {
    "not_a_definition": _lt("The flow cannot be read."),
    "no_steps": _lt("The flow has no steps."),
    "bad_step": _lt("Entry %(position)s of the list of steps is not a step."),
    "bad_key": _lt('Step "%(step)s": the code "%(value)s" may only have a-z, 0-9 and _.'),
    "duplicate_key": _lt('Step "%(step)s": the code "%(value)s" is used twice.'),
    "unknown_kind": _lt('Step "%(step)s": unknown kind "%(value)s".'),
    "bad_field": _lt('Step "%(step)s": the value of "%(field)s" is not valid.'),
    "missing_text": _lt('Step "%(step)s": the text is missing.'),
    "unknown_goto": _lt('Step "%(step)s": "%(field)s" leads to "%(value)s", which does not exist.'),
    "no_next": _lt('Step "%(step)s": nothing follows; choose the next step or end the flow.'),
    "unknown_start": _lt('The first step "%(value)s" does not exist.'),
    "unknown_main_menu": _lt('The main menu "%(value)s" does not exist or is not a menu.'),
    "menu_no_options": _lt('Step "%(step)s": the menu has no options.'),
    "option_no_title": _lt('Step "%(step)s": option %(position)s has no title.'),
    "duplicate_option": _lt('Step "%(step)s": two options have the code "%(value)s".'),
    "duplicate_title": _lt('Step "%(step)s": two options are called "%(value)s".'),
    "bad_option": _lt('Step "%(step)s": option "%(value)s" has a value that is not valid.'),
    "bad_answer": _lt('Step "%(step)s": unknown kind of answer "%(value)s".'),
    "bad_range": _lt('Step "%(step)s": the minimum is greater than the maximum.'),
    "bad_variable": _lt('Step "%(step)s": "%(value)s" is not a valid name of a value.'),
    "unknown_variable": _lt('Step "%(step)s": no step gives the value "%(value)s".'),
    "action_no_name": _lt('Step "%(step)s": the action is missing.'),
    "set_nothing": _lt('Step "%(step)s": no value is set.'),
    "wait_no_seconds": _lt('Step "%(step)s": the time to wait is missing or too long.'),
    "lookup_no_source": _lt('Step "%(step)s": it is not said where to look.'),
    "call_no_flow": _lt('Step "%(step)s": the flow to call is missing.'),
    "unknown_flow": _lt(
        'Step "%(step)s": the flow "%(value)s" does not exist or is not published.'
    ),
    "call_circle": _lt('Step "%(step)s": the flow "%(value)s" would call itself without end.'),
    "call_too_deep": _lt(
        'Step "%(step)s": too many flows call each other on the way to "%(value)s".'
    ),
    "call_too_big": _lt('Step "%(step)s": with the flow "%(value)s" the flow has too many steps.'),
    "bad_listen": _lt(
        'Quiet moment: "%(value)s" is not accepted; it is 0 to 30 seconds, together up to 60.'
    ),
    "bad_silence": _lt('Silence: "%(value)s" is not accepted; a time is 30 seconds to 23 hours.'),
    "bad_declaration": _lt('The variable "%(value)s" has no valid name or type.'),
    "bad_default": _lt('The default of the variable "%(value)s" does not fit its type.'),
    "bad_set_value": _lt('Step "%(step)s": the value of "%(value)s" does not fit its type.'),
    "bad_language": _lt('The languages "%(value)s" cannot be read.'),
    "bad_translation": _lt('The translations into "%(value)s" cannot be read.'),
    "bad_operator": _lt('Step "%(step)s": unknown comparison "%(value)s".'),
    "bad_placeholder": _lt('Step "%(step)s": "%(value)s" is not a valid placeholder.'),
    "unknown_placeholder": _lt('Step "%(step)s": nothing gives the placeholder {%(value)s}.'),
    "bad_pattern": _lt(
        'Step "%(step)s": the pattern "%(value)s" is refused: %(reason)s. Up to 200 characters, '
        "without looking ahead or behind and without back references."
    ),
    "choice_no_source": _lt('Step "%(step)s": nothing is chosen that the records come from.'),
    "bad_setting": _lt('The value of "%(field)s" of the flow is not valid.'),
    "bad_manner": _lt('Small talk "%(value)s": the value of "%(field)s" is not valid.'),
    "double_manner": _lt(
        'Small talk: "%(value)s" stands in two rows; "%(row)s" counts, "%(other)s" does not.'
    ),
    "bad_prefix": _lt('The number before direct codes, "%(value)s", may only have 1 to 6 digits.'),
    "double_global": _lt('The global word "%(value)s" means two things.'),
    "bad_code": _lt(
        'The direct code "%(value)s" is used twice or is not valid: a-z, 0-9 and -, at least one '
        "letter, up to 30 characters."
    ),
    "unknown_code": _lt('The direct code "%(value)s" leads to "%(target)s", which does not exist.'),
    "unknown_global_goto": _lt(
        '"%(field)s" of the flow leads to "%(value)s", which does not exist.'
    ),
    "unknown_text": _lt('The text "%(value)s" is not one of the texts of the bot.'),
    "unreachable": _lt('Step "%(step)s": no way leads to it.'),
    "loop": _lt('Step "%(step)s": it comes back to itself without asking anything.'),
    "no_end": _lt('Step "%(step)s": no way leads from it to an end or to a person.'),
    "asks_known": _lt(
        'Step "%(step)s": it asks although the answer may be known from an earlier conversation.'
    ),
    "known_name_unasked": _lt(
        'Step "%(step)s": a telephone may be a whole family\'s: let the name that is known be '
        "confirmed."
    ),
    "known_never_kept": _lt(
        'Step "%(step)s": nothing keeps the answer, so it is never known: an action has to save '
        "the contact."
    ),
    "known_unconfirmed": _lt(
        'Step "%(step)s": known values are used without a confirmation in which they can be '
        "seen and corrected."
    ),
    "no_error_text": _lt('Step "%(step)s": no text of its own for a wrong answer.'),
    "no_translation": _lt('Step "%(step)s": a text is not translated into %(value)s.'),
    "personal_without_notice": _lt(
        'Step "%(step)s": it asks for personal data, but no privacy notice is published that '
        "tells citizens the purpose."
    ),
}


def problem_text(env, problem):
    """Return a problem in the language of `env`.

    A :class:`chatbot_flow.engine.Problem`.
    """
    text = env._(_MESSAGES[problem.code])
    return text % {"step": problem.step, **problem.detail}
