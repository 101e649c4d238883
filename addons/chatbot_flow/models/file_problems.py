# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The problems of a flow's file in the user's language."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_MESSAGES = {
    "too_big": _lt("The file is too big."),
    "too_deep": _lt("The file is nested too deeply."),
    "bad_text": _lt("The file is not a text in UTF-8."),
    "bad_yaml": _lt("This is not YAML: %(value)s"),
    "bad_json": _lt("This is not JSON: %(value)s"),
    "alias": _lt("Anchors and aliases (& and *) are not accepted: write the value again."),
    "tag": _lt("“%(value)s” is not accepted: write plain texts, numbers and lists."),
    "double_key": _lt("“%(value)s” stands there twice."),
    "not_a_flow": _lt("This is not the file of a flow."),
    "bad_format": _lt("The file should begin with “format: chatbot-flow 1”, not with “%(value)s”."),
    "bad_step": _lt("Entry %(place)s of the steps is not a step."),
    "bad_option": _lt("Option %(place)s is not an option."),
    "unknown_kind": _lt("Unknown kind of step: “%(value)s”."),
    "unknown_key": _lt("“%(key)s” is not known here."),
    "missing_key": _lt("“%(key)s” is missing."),
    "wrong_type": _lt("“%(key)s” should be %(type)s."),
    "double_step": _lt("The code “%(value)s” is used twice, first in line %(line)s."),
}
_TYPES = {
    "text": _lt("a text"),
    "flag": _lt("true or false"),
    "whole": _lt("a whole number"),
    "words": _lt("a list of texts"),
    "named": _lt("a list of names with values"),
    "named_texts": _lt("a list of names with texts"),
    "list": _lt("a list"),
    "any": _lt("a value"),
}


def file_problem_text(env, problem):
    """Return a problem of a file in words, with its line and step.

    A :class:`chatbot_flow.engine.exchange.FileProblem`.
    """
    detail = dict(problem.detail)
    if "type" in detail:
        wanted = _TYPES[detail["type"]]
        detail["type"] = env._(wanted)
    text = env._(_MESSAGES[problem.code])
    words = text % detail
    if detail.get("near"):
        words += " " + env._("Is “%s” meant?", detail["near"])
    if problem.step:
        words = env._("Step “%(step)s”: %(problem)s", step=problem.step, problem=words)
    if problem.line:
        words = env._("Line %(line)s: %(problem)s", line=problem.line, problem=words)
    return words
