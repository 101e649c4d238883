# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core import first_steps

from .chatbot_flow_approval import APPROVERS


class FirstSteps(models.AbstractModel):
    """The flow's step, and the second person who approves it."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _steps(self):
        return {**super()._steps(), "flow": (60, self._step_flow)}

    @api.model
    def _approvers(self):
        """Return who may approve flows, including the people in charge of the server."""
        users = self.env.ref(APPROVERS).all_user_ids - self.env.ref("base.user_root")
        return users.filtered(lambda user: user.active and not user.share)

    @api.model
    def _step_people(self):
        """Also check that somebody besides the reader may approve flows."""
        step = super()._step_people()
        if self.env["chatbot.flow"]._four_eyes():
            _ = self.env._
            others = self._approvers() - self.env.user
            words = (
                _("Besides you, these may approve flows: %s", self._names(others))
                if others
                else _(
                    "Nobody besides you may approve flows: give somebody the role “Approves "
                    "flows”, or ask the person in charge of the server to switch the second "
                    "person off."
                )
            )
            step["checks"].append(self._check(bool(others), words))
        return step

    @api.model
    def _step_flow(self):
        """Return the step of the flow: chosen, adapted, approved and published."""
        _ = self.env._
        flows = self.env["chatbot.flow"].search([])
        intro = _(
            "The flow contains the bot's messages and questions. Begin with a ready one, put "
            "your own words into it, and publish it: a second person looks at it first."
        )
        return self._step(
            _("The bot's flow"), intro, self._flow_checks(flows), self._flow_buttons(flows)
        )

    @api.model
    def _flow_checks(self, flows):
        """Return the checks of the flow's step (hook).

        :param flows: chatbot.flow that are in use
        """
        _ = self.env._
        published = flows.filtered("published_version_id")
        pending = flows.pending_approval_id
        checks = [
            self._check(
                bool(flows),
                _("Flows: %s", self._names(flows)) if flows else _("No flow was chosen yet."),
            ),
            self._check(
                bool(published),
                _("Published: %s", self._names(published))
                if published
                else _("No flow is published yet: the bot is silent."),
            ),
        ]
        for approval in pending:
            barred = approval.requested_by_id | approval.edited_by_id
            words = _(
                "%(flow)s waits for approval. It may be given by: %(people)s",
                flow=approval.flow_id.name,
                people=self._names(self._approvers() - barred) or _("nobody yet"),
            )
            checks.append(self._check(first_steps.HINT, words))
        return checks

    @api.model
    def _flow_buttons(self, flows):
        """Return the buttons of the flow's step, most likely first (hook)."""
        _ = self.env._
        ready = self._action(_("Ready flows"), "chatbot_flow.chatbot_flow_template_action")
        if not flows:
            return [ready]
        draft = flows.filtered(lambda flow: flow.publication_state != "published")[:1]
        buttons = []
        if draft.pending_approval_id:
            see = _("See the request")
            buttons.append(self._call(see, draft, "action_view_approval"))
        elif draft:
            buttons.append(self._call(_("Publish “%s”", draft.name), draft, "action_release"))
        opened = draft or flows[:1]
        buttons.append(
            self._action(
                _("Edit “%s”", opened.name),
                "chatbot_flow.chatbot_flow_action",
                views=[(False, "form")],
                res_id=opened.id,
            )
        )
        return [*buttons, ready]
