from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .slug import unique_key

# Fields of a step and of an option that name another step, to be set anew in a copy.
STEP_LINKS = (
    "goto_id",
    "on_fail_id",
    "on_change_id",
    "on_cancel_id",
    "on_error_id",
    "on_empty_id",
    "else_goto_id",
)
# Failed conversations of so many days are shown on the flow's form.
ERROR_DAYS = 7


class ChatbotFlow(models.Model):
    """What the robot says and asks, as people edit it.

    Editing changes nothing for citizens until the flow is published: a version is an immutable
    snapshot, and conversations run on versions only.
    """

    _name = "chatbot.flow"
    _description = "Chatbot Flow"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Made from the name if empty.")
    active = fields.Boolean(default=True)
    note = fields.Text(string="Notes", help="For the people who edit the flow.")
    step_ids = fields.One2many("chatbot.flow.step", "flow_id", string="Steps", copy=True)
    main_menu_id = fields.Many2one(
        "chatbot.flow.step",
        string="Main menu",
        copy=False,
        domain="[('flow_id', '=', id), ('kind', '=', 'menu')]",
        help='What "0" repeats. Empty: the first menu.',
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
        """Makes a code from the name where none is given."""
        for vals in vals_list:
            if not vals.get("code"):
                used = set(self.with_context(active_test=False).search([]).mapped("code"))
                used |= {other.get("code") for other in vals_list}
                vals["code"] = unique_key(vals.get("name"), "flow", used)
        return super().create(vals_list)

    def copy_data(self, default=None):
        """A copy says that it is one."""
        vals_list = super().copy_data(default)
        for flow, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", flow.name)
        return vals_list

    def copy(self, default=None):
        """A copy whose steps lead to each other, not to the steps of the original."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            by_key = {step.key: step for step in new.step_ids}
            new.main_menu_id = by_key.get(old.main_menu_id.key)
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
        """The flow as a definition (format: docs/developer/flow-format.md). Hook to extend."""
        self.ensure_one()
        # the order of the forms, also when the cached one is that of creation
        steps = self.step_ids.sorted(lambda step: (step.sequence, step.id or 0))
        return {
            "name": self.name,
            "main_menu": self.main_menu_id.key or "",
            "context": self._context_names(),
            "steps": [step._definition() for step in steps],
        }

    def _context_names(self):
        """Hook: names of placeholders that `conversation._flow_values` gives besides the usual."""
        return []

    def _check_may_edit(self):
        if not self.env.user.has_group("contact_center.group_administrator") and not self.env.su:
            raise AccessError(self.env._("Only administrators may publish flows."))

    def action_simulate(self):
        """Opens the simulator beside the editor, on the flow as it is now, published or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "chatbot_flow.simulator",
            "params": {"flow_id": self.id},
        }

    def action_view_sessions(self):
        """Opens the conversations that followed this flow."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatbot_flow.chatbot_flow_session_action"
        )
        action.update(domain=[("flow_id", "=", self.id)], context={})
        return action
