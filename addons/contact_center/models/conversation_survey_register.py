# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..core import lifecycle, survey_register


class Conversation(models.Model):
    """The register of surveys: asked or not and why, answered or not, whose service.

    Written in the same statement as the move that it belongs to.
    """

    _inherit = "contact_center.conversation"

    survey_result = fields.Selection(
        [
            (survey_register.ASKED, "Asked, waiting for the answer"),
            (survey_register.ANSWERED, "Answered"),
            (survey_register.UNANSWERED, "Asked, not answered"),
            (survey_register.NOT_ASKED, "Not asked"),
        ],
        readonly=True,
        copy=False,
        help="Set for every contact that a person answered, and for those that the bot asked.",
    )
    survey_not_asked = fields.Selection(
        [
            (survey_register.QUEUE, "The queue does not ask"),
            (survey_register.MESSAGE, "There is no survey question"),
            (survey_register.OPTED_OUT, "The citizen wants no automatic messages"),
            (survey_register.WINDOW, "More than 24 hours since the citizen wrote"),
            (survey_register.LEFT, "The citizen left"),
            (survey_register.SILENCE, "Ended after a silence"),
            (survey_register.OTHER, "Ended in another way"),
        ],
        string="Why it was not asked",
        readonly=True,
        copy=False,
    )
    survey_agent_id = fields.Many2one(
        "res.users",
        string="Agent rated",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who answered the contact, the last one where there were several; kept when it "
        "goes back to the bot.",
    )

    def _survey_entry(self, state, vals):
        """Return what the register of surveys notes when this conversation moves to `state`.

        :param vals: the other values of the move
        """
        if state == lifecycle.IN_SERVICE:
            return {"survey_agent_id": vals["agent_id"]} if vals.get("agent_id") else {}
        if state == lifecycle.SURVEY:
            return {"survey_result": survey_register.ASKED, "survey_not_asked": False}
        if state != lifecycle.CLOSED:
            return {}
        result, why = survey_register.at_the_end(
            self.state,
            bool(self.satisfaction),
            bool(self.survey_agent_id),
            self.queue_id.survey,
            self.survey_not_asked or "",
            vals.get("outcome") or "",
        )
        return {"survey_result": result, "survey_not_asked": why or False} if result else {}

    def _note_survey_refusal(self):
        """Remember why the survey's question could not be asked, for the end of the contact."""
        why = survey_register.why_refused(self._automatic_refusal("survey"))
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().survey_not_asked = why

    def _ask_survey_under_contract(self, outcome):
        """Ask for a rating where a contract wants it after every service by a person.

        :param outcome: how the contact ended, for when the survey is over
        :return: whether it was asked; the caller closes the conversation otherwise
        """
        # sudo: contact_center.conversation - the rule holds whoever ends it
        conversation = self.sudo()
        due = conversation.survey_agent_id and conversation.queue_id.under_contract
        if not due or not conversation._ask_survey():
            return False
        conversation.outcome = outcome
        return True
