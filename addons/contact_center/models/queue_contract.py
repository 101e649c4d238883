# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class Queue(models.Model):
    """Queues whose service a contract measures: the survey always follows."""

    _inherit = "contact_center.queue"

    under_contract = fields.Boolean(
        help="The service of this queue is measured by a contract: every contact that a person "
        "answered ends with the satisfaction survey, which cannot be switched off.",
    )

    @api.constrains("under_contract", "survey", "active")
    def _check_survey_under_contract(self):
        for queue in self.filtered("under_contract"):
            if not queue.survey:
                raise ValidationError(
                    self.env._(
                        "The queue “%s” is under contract: its satisfaction survey cannot be "
                        "switched off. To do so, first take the mark “Under contract” away.",
                        queue.name,
                    )
                )
        self._check_survey_is_asked()

    @api.onchange("under_contract")
    def _onchange_under_contract(self):
        if self.under_contract:
            self.survey = True

    def _check_survey_is_asked(self, without=()):
        """Check that there is a survey question for those of these queues under contract.

        :param without: ids of automatic messages that are about to go
        """
        general = Domain("kind", "=", "survey") & Domain("id", "not in", list(without))
        # In any language and for any number: what the citizen of a usual number reads.
        general &= Domain("lang", "=", False) & Domain("scope_key", "=", False)
        # sudo: contact_center.automatic.message - whether there is one
        messages = self.env["contact_center.automatic.message"].sudo().search(general)
        asked = messages.filtered("active").queue_id
        everywhere = any(not message.queue_id for message in messages)
        for queue in self.filtered("under_contract"):
            if not everywhere and queue not in asked:
                raise ValidationError(
                    self.env._(
                        "The queue “%s” is under contract, so the question of the satisfaction "
                        "survey has to stay. Change its text instead.",
                        queue.name,
                    )
                )


class AutomaticMessage(models.Model):
    """The survey's question stays where a contract asks for it."""

    _inherit = "contact_center.automatic.message"

    @api.constrains("active", "kind", "queue_id", "lang")
    def _check_survey_under_contract(self):
        self._queues_under_contract()._check_survey_is_asked()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_survey_under_contract(self):
        if "survey" in self.mapped("kind"):
            self._queues_under_contract()._check_survey_is_asked(without=self.ids)

    @api.model
    def _queues_under_contract(self):
        # sudo: contact_center.queue - the check holds for everybody's queues
        return self.env["contact_center.queue"].sudo().search([("under_contract", "=", True)])
