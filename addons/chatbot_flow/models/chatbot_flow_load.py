# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Definition -> steps and options: makes a version, an edit or a file the draft.

The inverse of `_definition()`. Steps are matched by code, so that their comments and history are
kept, and unchanged ones are not touched; the rest is created in bulk, so that a flow of ten
thousand menus loads in seconds.
"""

from odoo import api, models
from odoo.exceptions import UserError

from ..engine.exchange import slim_step
from .chatbot_flow_step import MEDIA_KINDS
from .lines import format_lines

# Keys of a step's definition whose field has a different name.
STEP_FIELDS = {"title": "name", "answer": "answer_type"}
# Keys of a flow's definition that come from elsewhere.
FLOW_DERIVED = ("steps", "context", "flows", "code")
# Keys with their own code, or derived from others.
DERIVED = ("key", "kind", "goto", "media", "options", "results", "media_kinds", "queue")
# Keys of links whose field is not named `<key>_id`.
STEP_LINKS = {"on_false": "else_goto_id"}
# Fields that take a value of the definition unchanged.
PLAIN_TYPES = ("char", "text", "boolean", "integer", "float", "selection", "json")


class ChatbotFlow(models.Model):
    """Loads definitions into the draft."""

    _inherit = "chatbot.flow"

    def _load_definition(self, definition):
        """Make the draft equal to a definition; published versions are not changed.

        :param dict definition: as returned by `_definition()` (docs/developer/flow-format.md); its
            steps need keys and kinds, everything else is left to the checks
        :return: list of readable texts about what could not be taken over (a queue that was
            deleted, an action of an addon that is not installed); empty when all was
        :raise AccessError: unless the user is an administrator
        :raise UserError: two steps have one code, or a step has no code or an unknown kind
        """
        self.ensure_one()
        self._check_may_edit()
        flow = self.with_context(lang=self._main_language())
        lost = flow._load_draft(self._without_usual_manners(definition))
        self._load_translations(definition)
        return lost

    def _load_draft(self, definition):
        """Load everything in the flow's own language; return what could not be loaded."""
        entries = self._load_entries(definition)
        before = {step.key: step for step in self.step_ids}
        same = self._load_unchanged(before, entries)
        steps = self._load_steps(before, same, entries)
        self._load_links(steps, same, entries)
        gone = self.env["chatbot.flow.step"].concat(
            *(step for key, step in before.items() if key not in entries)
        )
        self.write(self._load_flow_values(definition, steps))
        gone.unlink()
        self.invalidate_recordset(["step_ids"])
        return self._load_notices(definition)

    def _load_entries(self, definition):
        """Return {key: entry} of the steps, in order. Raises UserError if they are not unique."""
        entries = {}
        kinds = self.env["chatbot.flow.step"]._kind_names()
        for position, entry in enumerate(definition.get("steps") or (), 1):
            key = entry.get("key")
            if not key or key in entries or entry.get("kind") not in kinds:
                raise UserError(
                    self.env._(
                        "Step %(position)s (%(key)s) has no code, the code of another step, or a "
                        "kind that does not exist.",
                        position=position,
                        key=key,
                    )
                )
            entries[key] = entry
        return entries

    def _load_unchanged(self, before, entries):
        """Return the keys of steps that already match their entry."""
        return {
            key
            for key, step in before.items()
            if key in entries and slim_step(step._definition()) == slim_step(entries[key])
        }

    def _load_steps(self, before, same, entries):
        """Create and update the steps, without links and options: {key: step}."""
        model = self.env["chatbot.flow.step"]
        blank = model._load_blank()
        new = {}
        for position, (key, entry) in enumerate(entries.items(), 1):
            sequence = 10 * position
            step = before.get(key)
            if step is None:
                new[key] = {**model._load_values(entry), "flow_id": self.id, "sequence": sequence}
            elif key not in same:
                step.write({**blank, **step._load_values(entry), "sequence": sequence})
            elif step.sequence != sequence:
                step.sequence = sequence
        made = model.create(list(new.values()))
        by_key = {**before, **dict(zip(new, made, strict=True))}
        return {key: by_key[key] for key in entries}

    def _load_links(self, steps, same, entries):
        """Write the steps' links, and their options, which may lead anywhere too."""
        model, options, old = self.env["chatbot.flow.option"], [], []
        for key, entry in entries.items():
            if key in same:
                continue
            step = steps[key]
            links = step._load_link_values(entry, steps)
            changed = {name: value for name, value in links.items() if step[name].id != value}
            if changed:
                step.write(changed)
            old.append(step.option_ids)
            for position, option in enumerate(entry.get("options") or (), 1):
                target = steps.get(option.get("goto"))
                options.append(
                    {
                        **model._load_values(option),
                        "step_id": step.id,
                        "sequence": 10 * position,
                        "goto_id": target.id if target else False,
                    }
                )
        model.concat(*old).unlink()
        model.create(options)

    def _load_flow_values(self, definition, steps):
        """Return the flow's own fields. Hook to extend, as `_definition`.

        :param dict steps: {key: chatbot.flow.step} of the draft
        """
        menu = steps.get(definition.get("main_menu"))
        return {
            "name": definition.get("name") or self.name,
            "main_menu_id": menu.id if menu else False,
            **plain_values(self, definition, ("name", "main_menu", *FLOW_DERIVED), {}),
            **self._load_settings(definition),
            **self._load_manners(definition),
            **self._load_memory(definition),
            **self._load_navigation(definition, steps),
            **self._load_languages(definition),
        }

    def _load_notices(self, definition):
        """Return in words what the draft lacks of the definition."""
        now = self._definition()
        steps = {step["key"]: step for step in now["steps"]}
        lost = [
            self.env._("Flow: “%s” was left out.", name)
            for name, value in definition.items()
            if name not in FLOW_DERIVED and _is_lost(value, now.get(name))
        ]
        for entry in definition.get("steps") or ():
            found = steps[entry["key"]]
            lost += [
                self.env._(
                    "Step “%(step)s”: “%(field)s” was left out.",
                    step=entry.get("title") or entry["key"],
                    field=name,
                )
                for name, value in entry.items()
                if name != "results" and _is_lost(value, found.get(name))
            ]
        return lost


class ChatbotFlowStep(models.Model):
    """Entry of a definition -> values of a step."""

    _inherit = "chatbot.flow.step"

    @api.model
    def _load_blank(self):
        """Return default values to reset a changed step; links are written later."""
        names = [
            name
            for name, field in self._fields.items()
            if field.store
            and field.copy
            and not (field.compute or field.related)
            and field.type in (*PLAIN_TYPES, "many2one", "many2many")
            and name not in ("flow_id", "key", "sequence", "active", "comment")
        ]
        given = self.default_get(names)
        return {name: given.get(name, False) for name in names}

    @api.model
    def _load_values(self, data):
        """Return the values of a step, except links and options (hook, as `_definition`).

        A key named like a field is stored there automatically; a kind with its own keys adds a
        method `_load_<kind>(data)` that also returns values.
        """
        vals = plain_values(self, data, DERIVED, STEP_FIELDS)
        vals.update(key=data["key"], kind=data["kind"])
        vals["name"] = data.get("title") or data["key"]
        if data.get("variable") == data["key"]:
            vals["variable"] = False
        files = [item.get("attachment_id") for item in data.get("media") or ()]
        if files:
            found = self.env["ir.attachment"].browse([file for file in files if file]).exists()
            vals["attachment_ids"] = [(6, 0, found.ids)]
        special = getattr(self, f"_load_{data['kind']}", None)
        return vals | special(data) if special else vals

    @api.model
    def _load_link_values(self, data, steps):
        """Return the fields of a step that refer to another one: {field: id or False}.

        :param dict steps: {key: chatbot.flow.step}
        """
        links = {}
        for name, field in self._fields.items():
            if field.type == "many2one" and field.comodel_name == self._name and field.store:
                links[name] = False
        for name, key in data.items():
            field = STEP_LINKS.get(name, f"{name}_id")
            if field in links and isinstance(key, str) and key in steps:
                links[field] = steps[key].id
        return links

    def _load_question(self, data):
        kinds = list(data.get("media_kinds") or ())
        minimum, maximum = data.get("minimum"), data.get("maximum")
        return {
            "use_minimum": minimum is not None,
            "minimum": minimum or 0,
            "use_maximum": maximum is not None,
            "maximum": maximum or 0,
            "media_kind": next((name for name, of in MEDIA_KINDS.items() if of == kinds), False),
            "echo": data.get("echo") or False,
            **self._load_choice(data),
        }

    def _load_confirm(self, data):
        return {"show": ", ".join(data.get("show") or ())}

    def _load_action(self, data):
        known = dict(self._fields["action_name"]._description_selection(self.env))
        name = data.get("action")
        return {
            "action_name": name if name in known else False,
            "action_params": format_lines(data.get("params") or {}),
        }

    def _load_condition(self, data):
        value = data.get("value")
        if isinstance(value, list):
            value = ", ".join(str(item) for item in value)
        return {
            "variable": False,
            "condition_variable": data.get("variable"),
            "condition_operator": data.get("operator") or "present",
            "condition_value": "" if value is None else str(value),
        }


class ChatbotFlowOption(models.Model):
    """Entry of a definition -> values of an option."""

    _inherit = "chatbot.flow.option"

    @api.model
    def _load_values(self, data):
        """Return the values of an option, without its step and where it leads. Hook to extend."""
        skipped = ("id", "title", "goto", "keywords", "set")
        return {
            **plain_values(self, data, skipped, {}),
            "code": data.get("id") or False,
            "name": data.get("title") or data.get("id"),
            "keywords": ", ".join(data.get("keywords") or ()),
            "set_values": format_lines(data.get("set") or {}),
        }


def plain_values(model, data, skipped, names):
    """Return the values for the fields of a model named like a key of `data`.

    :param skipped: keys handled by other code
    :param dict names: {key: field} where they differ
    """
    vals = {}
    for key, value in data.items():
        field = model._fields.get(names.get(key, key)) if key not in skipped else None
        if field is None or field.type not in PLAIN_TYPES or not field.store:
            continue
        if field.type == "selection" and value not in field.get_values(model.env):
            continue
        vals[field.name] = value
    return vals


def _is_lost(given, found):
    """Return True if a value, or one inside it, no longer exists; empty ones are never missing."""
    if given is None or given is False:
        return False
    if isinstance(given, dict):
        inner = found if isinstance(found, dict) else {}
        return any(_is_lost(value, inner.get(name)) for name, value in given.items())
    if isinstance(given, list | tuple):
        inner = found if isinstance(found, list | tuple) else ()
        return len(given) != len(inner) or any(map(_is_lost, given, inner))
    return given != "" and given != found
