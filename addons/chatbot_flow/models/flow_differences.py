# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Changes from one version of a flow to the next, in the reader's language."""

import json

from markupsafe import Markup

from odoo.tools import LazyTranslate

from ..engine.differences import differences
from .chatbot_flow_manner import FIELDS as MANNER_FIELDS

_lt = LazyTranslate(__name__)

# More than this are counted, not shown: nobody reads a new tree of 11,111 menus line by line.
MAX_SHOWN = 300

_MESSAGES = {
    "flow_changed": _lt("The flow's “%(field)s”: “%(before)s” before, “%(after)s” now."),
    "step_added": _lt("New step “%(step)s” (%(kind)s)."),
    "step_removed": _lt("Step “%(step)s” (%(kind)s) was removed."),
    "step_renamed": _lt("Step “%(before)s” is now called “%(after)s”."),
    "step_moved": _lt("Step “%(step)s” is now at a different position in the list."),
    "step_kind": _lt("Step “%(step)s” is now a %(after)s, it was a %(before)s."),
    "step_changed": _lt("Step “%(step)s”, “%(field)s”: “%(before)s” before, “%(after)s” now."),
    "text_changed": _lt("Step “%(step)s”: “%(field)s” was changed."),
    "goto_changed": _lt("Step “%(step)s”, “%(field)s”: leads %(after)s, before %(before)s."),
    "option_added": _lt("Step “%(step)s”: new option “%(option)s”, which leads %(after)s."),
    "option_removed": _lt("Step “%(step)s”: the option “%(option)s” was removed."),
    "option_renamed": _lt("Step “%(step)s”: the option “%(before)s” is now called “%(after)s”."),
    "option_moved": _lt("Step “%(step)s”: the option “%(option)s” is now at a different position."),
    "option_goto": _lt(
        "Step “%(step)s”: the option “%(option)s” leads %(after)s, before %(before)s."
    ),
    "option_changed": _lt(
        "Step “%(step)s”, option “%(option)s”, “%(field)s”: “%(before)s” before, “%(after)s” now."
    ),
    "manner_changed": _lt(
        "Small talk “%(row)s”, “%(field)s”: “%(before)s” before, “%(after)s” now."
    ),
    "call_changed": _lt("The flow “%(flow)s”, which this one calls, is another version now."),
    "translation_changed": _lt("Step “%(step)s”, “%(field)s” in %(lang)s: was changed."),
}
# Codes whose words stand below the sentence, the old ones and the new ones.
# Codes whose values are where something leads, not quoted in the sentence itself.
_LEADING = ("goto_changed", "option_goto", "option_added")
_WITH_TEXTS = ("text_changed", "translation_changed", "step_added")
# Names in a definition whose field on the forms has another one.
_FIELDS = {
    "action": "action_name",
    "answer": "answer_type",
    "id": "code",
    "media": "attachment_ids",
    "media_kinds": "media_kind",
    "on_false": "else_goto_id",
    "operator": "condition_operator",
    "params": "action_params",
    "set": "set_values",
    "title": "name",
    "value": "condition_value",
}
# Settings of the whole flow that span several fields of the form.
_SETTINGS = {
    "codes": _lt("Direct codes"),
    "globals": _lt("Global words"),
    "languages": _lt("Languages"),
    "silence": _lt("Silence"),
    "listen": _lt("Quiet moment"),
    "texts": _lt("Texts of the bot"),
    "quiet": _lt("After the end"),
    "variables": _lt("Variables"),
}
_MODELS = ("chatbot.flow.step", "chatbot.flow.option", "chatbot.flow")
# Fields of the small-talk table, some of which share names with others.
_MANNER = "chatbot.flow.manner"


def describe(env, before, after):
    """Return what changed between two definitions, as sentences.

    :param before: the older definition, or None where there is none
    :return: a list of (sentence, old text, new text); the texts only if they add information
    """
    found = differences(before or {}, after)
    lines = []
    if before is None:
        lines.append((env._("The first version."), "", ""))
        found = [difference for difference in found if difference.code == "step_added"]
    lines += [_line(env, difference) for difference in found[:MAX_SHOWN]]
    if len(found) > MAX_SHOWN:
        lines.append((env._("… and %s more differences.", len(found) - MAX_SHOWN), "", ""))
    return lines or [(env._("Nothing is different."), "", "")]


def describe_html(env, before, after):
    """:func:`describe` as a list for a form."""
    items = Markup()
    for sentence, old, new in describe(env, before, after):
        texts = Markup()
        if old:
            texts += Markup('<del class="d-block text-danger small">%s</del>') % old
        if new:
            texts += (
                Markup('<ins class="d-block text-success small text-decoration-none">%s</ins>')
                % new
            )
        items += Markup("<li>%s%s</li>") % (sentence, texts)
    return Markup('<ul class="o_flow_differences mb-0" style="white-space: pre-line">%s</ul>') % (
        items
    )


def _line(env, difference):
    detail = difference.detail
    name = detail.get("field", "")
    words = {
        "step": difference.step,
        "option": detail.get("option", ""),
        "row": detail.get("row", ""),
        "field": _field_words(env, name, difference.code),
        "lang": _language(env, detail.get("lang", "")),
        "flow": detail.get("flow", ""),
        "kind": _kind_words(env, detail.get("kind")),
    }
    for side in ("before", "after"):
        words[side] = _value_words(env, difference.code, name, detail.get(side))
    template = env._(_MESSAGES[difference.code])
    sentence = template % words
    if difference.code not in _WITH_TEXTS:
        return sentence, "", ""
    if difference.code == "step_added":
        options = [f"• {title}" for title in detail["options"]]
        return sentence, "", "\n".join(filter(None, [detail["text"], *options]))
    return sentence, _text(detail.get("before")), _text(detail.get("after"))


def _field_words(env, name, code=""):
    """Return a definition field's label on the forms."""
    if code == "manner_changed":
        own = MANNER_FIELDS.get(name, name)
        field = env[_MANNER]._fields.get(own)
        return field._description_string(env) if field else name
    if name in _SETTINGS:
        return env._(_SETTINGS[name])
    field = _form_field(env, name)
    return field._description_string(env) if field else name


def _form_field(env, name):
    """Return the form field for a definition's `name`, or None."""
    for model in _MODELS:
        for candidate in (_FIELDS.get(name, name), f"{name}_id"):
            if candidate in env[model]._fields:
                return env[model]._fields[candidate]
    return None


def _kind_words(env, kind):
    return env["chatbot.flow.step"]._kind_names().get(kind, kind or "")


def _language(env, code):
    """Return a language's name, or its code if it is not installed."""
    return dict(env["res.lang"].get_installed()).get(code, code)


def _value_words(env, code, name, value):
    """Return a value as people read it."""
    if code == "step_kind":
        return _kind_words(env, value)
    if code in _LEADING:
        # Other exits without a target continue with the next step.
        return env._("to “%s”", value) if value else env._("to the next step")
    if code == "manner_changed" and name == "off":
        return env._("no") if value else env._("yes")
    if code == "manner_changed" and name == "state":
        field = env[_MANNER]._fields["state"]
        return dict(field._description_selection(env)).get(value, value or "")
    if isinstance(value, bool):
        return env._("yes") if value else env._("no")
    if name == "queue" and isinstance(value, int):
        return env["contact_center.queue"].browse(value).exists().name or str(value)
    field = _form_field(env, name)
    if field is not None and field.type == "selection" and isinstance(value, str):
        value = dict(field._description_selection(env)).get(value, value)
    return _text(value) or env._("(empty)")


def _text(value):
    """Return a JSON value as text: lists by their items, files by their names."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(
            str(item.get("filename") or _text(item)) if isinstance(item, dict) else _text(item)
            for item in value
        )
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(item)}" for key, item in value.items())
    return value if isinstance(value, str) else json.dumps(value)
