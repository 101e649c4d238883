# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .slug import unique_key

# Fields of a step and of an option that refer to another step, remapped in a copy.
STEP_LINKS = (
    "goto_id",
    "on_fail_id",
    "on_change_id",
    "on_cancel_id",
    "on_error_id",
    "on_empty_id",
    "else_goto_id",
)
# The flow's form shows failed conversations of this many days.
ERROR_DAYS = 7


# Fields of a flow that name a step.
FLOW_LINKS = ("main_menu_id", "on_agent_id", "on_exit_id")


class ChatbotFlow(models.Model):
    """A flow of the bot, as people edit it.

    Edits do not affect citizens until the flow is published: a version is an immutable snapshot,
    and conversations run on versions only.
    """

    _name = "chatbot.flow"
    _description = "Chatbot Flow"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Made from the name if empty.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="The company that may use and edit it. Empty: every company.",
    )
    note = fields.Text(string="Notes", help="For the people who edit the flow.")
    step_ids = fields.One2many("chatbot.flow.step", "flow_id", string="Steps", copy=True)
    main_menu_id = fields.Many2one(
        "chatbot.flow.step",
        string="Main menu",
        copy=False,
        domain="[('flow_id', '=', id), ('kind', '=', 'menu')]",
        help='The menu that "0" repeats. Empty: the first menu.',
    )
    version_ids = fields.One2many("chatbot.flow.version", "flow_id", readonly=True)
    published_version_id = fields.Many2one(
        "chatbot.flow.version", string="Version in use", readonly=True, copy=False
    )
    publication_state = fields.Selection(
        [
            ("never", "Never published"),
            ("changed", "Changed since it was published"),
            ("published", "Published"),
        ],
        compute="_compute_publication_state",
        string="Publication",
    )
    step_count = fields.Integer(compute="_compute_step_count")
    errors = fields.Html(compute="_compute_errors", sanitize=False)

    _code_unique = models.Constraint("UNIQUE(code)", "Two flows cannot have the same code.")

    @api.model_create_multi
    def create(self, vals_list):
        """Derive missing codes from the name; the creator counts as the first editor."""
        for vals in vals_list:
            self._check_not_protected(vals)
            if not vals.get("code"):
                used = set(self.with_context(active_test=False).search([]).mapped("code"))
                used |= {other.get("code") for other in vals_list}
                vals["code"] = unique_key(vals.get("name"), "flow", used)
        flows = super().create(vals_list)
        flows._note_edit()
        return flows

    def copy_data(self, default=None):
        """Mark the copy as such in its name."""
        vals_list = super().copy_data(default)
        for flow, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", flow.name)
        return vals_list

    def copy(self, default=None):
        """Return a copy whose steps lead to each other, not to the steps of the original."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            by_key = {step.key: step for step in new.step_ids}
            for name in FLOW_LINKS:
                new[name] = by_key.get(old[name].key)
            for step in old.step_ids:
                twin = by_key[step.key]
                for name in STEP_LINKS:
                    if step[name]:
                        twin[name] = by_key.get(step[name].key)
                for option, other in zip(step.option_ids, twin.option_ids, strict=True):
                    other.goto_id = by_key.get(option.goto_id.key)
        return copies

    @api.depends("step_ids")
    def _compute_step_count(self):
        for flow in self:
            flow.step_count = len(flow.step_ids)

    @api.depends("published_version_id", "step_ids")
    def _compute_publication_state(self):
        for flow in self:
            if not flow.published_version_id:
                flow.publication_state = "never"
            else:
                flow.publication_state = "published" if flow._is_published() else "changed"

    def _compute_errors(self):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=ERROR_DAYS)
        sessions = self.env["chatbot.flow.session"]
        if not sessions.has_access("read"):
            self.errors = False
            return
        for flow in self:
            failed = sessions.search(
                [("flow_id", "in", flow.ids), ("error_at", ">=", since)],
                order="error_at desc",
                limit=3,
            )
            flow.errors = flow._as_list(failed.mapped("error"))

    @api.model
    def _as_list(self, lines):
        if not lines:
            return False
        items = Markup().join(Markup("<li>%s</li>") % line for line in lines)
        return Markup('<ul class="mb-0">%s</ul>') % items

    def _definition(self):
        """Return the flow as a definition (format: docs/developer/flow-format.md). Hook to extend.

        Its texts are those in the flow's own language, the others stand in `translations`.
        """
        self.ensure_one()
        flow = self.with_context(lang=self._main_language())
        return {
            **flow._definition_steps(),
            **flow._definition_settings(),
            **flow._definition_manners(),
            "resume_hours": flow.resume_hours,
            **flow._definition_navigation(),
            **self._definition_languages(),
        }

    def _definition_steps(self):
        # the order of the forms, even if the cached one is that of creation
        steps = self.step_ids.sorted(lambda step: (step.sequence, step.id or 0))
        return {
            "name": self.name,
            "main_menu": self.main_menu_id.key or "",
            "context": self._context_names(),
            "steps": [step._definition() for step in steps],
        }

    def _context_names(self):
        """Return what `conversation._flow_values` gives besides the usual names (hook)."""
        return []

    def _check_may_edit(self):
        if not self.env.user.has_group("contact_center.group_administrator") and not self.env.su:
            raise AccessError(self.env._("Only administrators may publish flows."))

    def action_simulate(self):
        """Open the simulator beside the editor, on the flow as it is now.

        Published or not.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "chatbot_flow.simulator",
            "params": {"flow_id": self.id},
        }

    def action_view_sessions(self):
        """Open the conversations that followed this flow."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatbot_flow.chatbot_flow_session_action"
        )
        action.update(domain=[("flow_id", "=", self.id)], context={})
        return action
