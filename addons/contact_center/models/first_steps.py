# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import first_steps

SKIPPED_PARAMETER = "contact_center.first_steps_skipped"
FINISHED_PARAMETER = "contact_center.first_steps_finished_at"
WORDS_MAX = 200


class FirstSteps(models.AbstractModel):
    """The way from an empty database to the first answer: what is done, what is next.

    Every addon adds its steps by extending `_steps`. A step checks the real state each time: no box
    is ticked by hand. It reveals whether a secret is set, never its value.
    """

    _name = "contact_center.first.steps"
    _description = "Contact Center First Steps"

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _step(self, title, intro, checks, actions=(), facts=(), optional=False):
        """Return one step of the page.

        :param title: its name, a word or two
        :param intro: its purpose, in a sentence or two
        :param checks: list of `_check`
        :param actions: list of `_action` or `_call`, most likely first
        :param facts: list of `_fact`
        :param optional: whether it may be skipped with a reason
        """
        return {
            "title": title,
            "intro": intro,
            "checks": list(checks),
            "actions": list(actions),
            "facts": list(facts),
            "optional": optional,
        }

    @api.model
    def _check(self, level, words):
        """Return a single check.

        :param level: ok, hint, todo or problem (`core.first_steps.LEVELS`), or a boolean for ok or
            todo
        :param words: the result
        """
        if isinstance(level, bool):
            level = first_steps.OK if level else first_steps.TODO
        return {"level": level, "words": words}

    @api.model
    def _action(self, label, action, dialog=False, **values):
        """Return a button that opens a screen.

        :param action: xml id of an action, or the action itself
        :param dialog: open it in a dialog
        :param values: further keys for the action: `res_id`, `context`, `view_id` (xml id of a
            form view, which is then the only view) ...
        """
        if isinstance(action, str):
            action = self.env["ir.actions.actions"]._for_xml_id(action)
        view = values.pop("view_id", None)
        action = {**action, **values}
        if view:
            action["views"] = [(self.env.ref(view).id, "form")]
            action["view_mode"] = "form"
        if dialog:
            action["target"] = "new"
        return {"label": label, "action": action, "call": None}

    @api.model
    def _call(self, label, records, method):
        """Return a button that calls a method on records, with the clicking user's rights."""
        return {"label": label, "action": None, "call": [records._name, method, records.ids]}

    @api.model
    def _fact(self, label, value, copy=False):
        """Return a value to read or, with `copy`, to copy with a button."""
        return {"label": label, "value": value or "", "copy": copy}

    # ------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------

    @api.model
    def _check_allowed(self):
        """Raise AccessError for everybody except administrators."""
        if not self.env.su and not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators see the first steps."))

    @api.model
    def get_steps(self):
        """Return all steps, for the page.

        :return: {steps: [{key, state, skipped: words or "", **_step}], done, total, percent, next,
            finished, then: see `_then`, server: [...], demo: see `contact_center.demo`}
        :raise AccessError: the user is no administrator
        """
        self._check_allowed()
        # sudo: contact_center.first.steps - the right was checked, and steps reveal no secrets
        steps = self.sudo()._look()
        found = first_steps.progress({step["key"]: step["state"] for step in steps})
        finished = not found["next"]
        if finished:
            self._note_finished()
        return {
            "steps": steps,
            **found,
            "finished": finished,
            "then": self._then(),
            "server": self.sudo()._server_needs(),
            "demo": self.env["contact_center.demo"].get_state(),
        }

    @api.model
    def _then(self):
        """Return {label, action: external id} of the page after all steps (hook).

        False where there is none.
        """
        return False

    @api.model
    def _look(self):
        """Return the steps in order, each checked now."""
        skipped = self._skipped()
        steps = []
        ordered = sorted(self._steps().items(), key=lambda item: item[1][0])
        for key, (_sequence, method) in ordered:
            step = method()
            word = skipped.get(key, {}).get("words", "") if step["optional"] else ""
            levels = [check["level"] for check in step["checks"]]
            state = first_steps.state_of(levels, bool(word))
            steps.append({**step, "key": key, "state": state, "skipped": word})
        return steps

    @api.model
    def _are_open(self):
        """Return whether the first steps were never finished; if so, administrators begin there.

        A demonstration starts out finished; later problems are shown on the health page.
        """
        # sudo: ir.config_parameter - whether, not a secret
        done = self.env["ir.config_parameter"].sudo().get_param(FINISHED_PARAMETER)
        return not done and not self.env["contact_center.demo"]._is_demo()

    @api.model
    def _next_step(self):
        """Return {key, title} of the next step while the first steps are open, otherwise None."""
        if not self._are_open():
            return None
        # sudo: contact_center.first.steps - a title
        steps = self.sudo()._look()
        found = first_steps.progress({step["key"]: step["state"] for step in steps})
        return next(
            (
                {"key": step["key"], "title": step["title"]}
                for step in steps
                if step["key"] == found["next"]
            ),
            None,
        )

    @api.model
    def _note_finished(self):
        if self._are_open():
            # sudo: ir.config_parameter - records that everything was done once
            self.env["ir.config_parameter"].sudo().set_param(
                FINISHED_PARAMETER, fields.Datetime.to_string(fields.Datetime.now())
            )

    # ------------------------------------------------------------
    # Skipping
    # ------------------------------------------------------------

    @api.model
    def _skipped(self):
        """Return {key: {words, by, at}} of the steps declared unnecessary."""
        # sudo: ir.config_parameter - asked by checks too
        stored = self.env["ir.config_parameter"].sudo().get_param(SKIPPED_PARAMETER)
        return json.loads(stored) if stored else {}

    @api.model
    def skip(self, key, words):
        """Mark an optional step as unnecessary, with a reason.

        :raise UserError: the step may not be skipped, or no reason was given
        """
        self._check_allowed()
        words = (words or "").strip()[:WORDS_MAX]
        steps = {step["key"]: step for step in self.sudo()._look()}
        if key not in steps or not steps[key]["optional"]:
            raise UserError(self.env._("This step cannot be skipped."))
        if not words:
            raise UserError(self.env._("Say in a word why it is not needed now."))
        at = fields.Datetime.to_string(fields.Datetime.now())
        entry = {"words": words, "by": self.env.user.name, "at": at}
        self._store_skipped({**self._skipped(), key: entry})

    @api.model
    def take_up(self, key):
        """Resume a skipped step."""
        self._check_allowed()
        self._store_skipped({name: why for name, why in self._skipped().items() if name != key})

    @api.model
    def _store_skipped(self, skipped):
        # sudo: ir.config_parameter - administrators of the center need no right on parameters
        self.env["ir.config_parameter"].sudo().set_param(
            SKIPPED_PARAMETER, json.dumps(skipped, ensure_ascii=False)
        )
