# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A step's place in its flow, and operations on a step with its branch."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.branch import duplicate
from ..engine.folding import fold
from .slug import unique_key

# Maximum entries listed in "Reached by"; beyond that only the number.
WAYS = 2

# Sequence of the first step created by a picker: steps of an unsaved form come before it.
FIRST_MADE_SEQUENCE = 1000


class ChatbotFlowStep(models.Model):
    """The steps as a tree: what leads to each, and copies of whole branches."""

    _inherit = "chatbot.flow.step"
    _rec_names_search = ["name", "key"]

    depth = fields.Integer(compute="_compute_place", help="How many steps are before this one.")
    reached_by = fields.Char(
        compute="_compute_place", help="The steps and options that lead to this one."
    )

    def _compute_place(self):
        for flow, steps in self.grouped("flow_id").items():
            if not isinstance(flow.id, int):
                steps.update({"depth": 0, "reached_by": False})
                continue
            drawn = flow._chart()
            depths = fold(drawn).depths
            leading = {}
            for edge in drawn.edges:
                leading.setdefault(edge.target, []).append(edge)
            for step in steps:
                step.depth = depths.get(step.key, 0)
                step.reached_by = self._reached_words(drawn, leading.get(step.key, ()))

    @api.model
    def _reached_words(self, drawn, edges):
        """ "Menu · Network, Menu · Printer, 3 more", False for nothing."""
        words = []
        for edge in edges:
            source = drawn.nodes[edge.source].title
            titles = [title for _field, title in edge.ways if title] or [""]
            words += [f"{source} · {title}" if title else source for title in titles]
        if len(words) > WAYS:
            words[WAYS:] = [self.env._("%s more", len(words) - WAYS)]
        return ", ".join(words) or False

    @api.model
    def name_create(self, name):
        """Create a step at the flow's end, for unknown words in a "go to" picker.

        Its kind is chosen later; until then it is a message without a text, which the checks
        report.
        """
        flow = self.env["chatbot.flow"].browse(self.env.context.get("default_flow_id") or ())
        if not flow.exists():
            raise UserError(self.env._("Save the flow first: then new steps can be made here."))
        # also after unsaved steps of the form
        sequence = max(flow._last_sequence(), FIRST_MADE_SEQUENCE)
        step = self.create({"name": name, "flow_id": flow.id, "sequence": sequence})
        return step.id, step.display_name

    def action_duplicate_branch(self):
        """Copy the step and its branch, and open the copy."""
        self.ensure_one()
        flow = self.flow_id
        flow._check_may_edit()
        used = set(flow.step_ids.mapped("key"))

        def new_key(key):
            used.add(made := unique_key(key, "step", used))
            return made

        definition, names = duplicate(flow._definition(), self.key, new_key)
        titles = set(flow.step_ids.mapped("name"))
        for entry in definition["steps"]:
            if entry["key"] in names.values():
                entry["title"] = self._copy_title(entry["title"], titles)
        notices = flow._load_definition(definition)
        by_key = {step.key: step for step in flow.step_ids}
        for key, made in names.items():
            by_key[made].comment = by_key[key].comment
        flow._tell_change(
            self.env._(
                "Branch of “%(step)s” copied: %(count)s steps", step=self.name, count=len(names)
            )
        )
        message = self.env._(
            "%s steps were copied. Choose where the copy is reached from.", len(names)
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if notices else "success",
                "message": "\n".join([message, *notices]),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _copy_title(self, title, titles):
        """Return a unique title for a copy, recorded in `titles`."""
        number, made = 2, self.env._("%s (copy)", title)
        while made in titles:
            made = self.env._("%(title)s (copy %(number)s)", title=title, number=number)
            number += 1
        titles.add(made)
        return made


class ChatbotFlow(models.Model):
    """A searchable list of all steps of a flow."""

    _inherit = "chatbot.flow"

    def _last_sequence(self):
        """Return the sequence after the last step."""
        self.ensure_one()
        steps = self.env["chatbot.flow.step"]
        last = steps.search([("flow_id", "=", self.id)], order="sequence desc", limit=1)
        return last.sequence + 10

    def action_view_steps(self):
        """Open the steps as a list that can be searched by name, text and options."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatbot_flow.chatbot_flow_step_action"
        )
        action.update(
            domain=[("flow_id", "=", self.id)],
            context={"default_flow_id": self.id},
            display_name=self.env._("Steps of %s", self.name),
        )
        return action
