# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..measure import NotAMonth, Reading, check_start, in_force


class Version(models.Model):
    """How both parties read the contract from a month on.

    It answers what the contract leaves open. What a version does not say has its default.
    Frozen days keep the reading by which they were made, whatever is decided later.
    """

    _name = "contact_center.indicator.version"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Reading of the Contract"
    _rec_name = "document"

    line_ids = fields.One2many(
        "contact_center.indicator.version.line", "version_id", string="Answers", copy=True
    )

    _start_unique = models.UniqueIndex(
        "(start) WHERE state = 'approved'", "Another reading begins on this day."
    )

    @api.constrains("start")
    def _check_start(self):
        for version in self:
            try:
                check_start(version.start)
            except NotAMonth:
                raise ValidationError(
                    self.env._("A reading begins on the first day of a month.")
                ) from None

    def _check_one_answer(self):
        """Raise ValidationError if a question is answered twice."""
        for version in self:
            keys = version.line_ids.answer_id.mapped("key")
            if len(keys) > len(set(keys)) or len(version.line_ids) > len(keys):
                raise ValidationError(self.env._("A reading answers each question once."))

    def _check_may_begin(self):
        """Each question is answered once, besides: two people may have written at once."""
        result = super()._check_may_begin()
        self._check_one_answer()
        return result

    def _reading(self):
        """Return the `measure.Reading` of this version."""
        # sudo: contact_center.indicator.version.line - which reading holds is no secret
        return Reading({line.key: line.answer_id.value for line in self.sudo().line_ids})

    @api.model
    def _on(self, day):
        """Return the version in force on a day (sudo), empty where the defaults hold."""
        # sudo: contact_center.indicator.version - which reading holds is no secret
        approved = self.sudo().search([("state", "=", "approved"), ("start", "<=", day)])
        return approved.sorted("start")[-1:]

    @api.model
    def _reading_on(self, day):
        """Return the `measure.Reading` of a day."""
        return in_force([(one.start, one._reading()) for one in self._on(day)], day)


class VersionLine(models.Model):
    """One answer of a reading."""

    _name = "contact_center.indicator.version.line"
    _description = "Answer of a Reading"
    _order = "version_id, id"
    _rec_name = "answer_id"

    version_id = fields.Many2one(
        "contact_center.indicator.version", required=True, index=True, ondelete="cascade"
    )
    answer_id = fields.Many2one(
        "contact_center.indicator.answer", required=True, ondelete="restrict"
    )
    key = fields.Char(related="answer_id.key", store=True)
    number = fields.Char(related="answer_id.number")
    question = fields.Char(related="answer_id.question")
    words = fields.Char(related="answer_id.words", string="Answer in words")

    @api.constrains("version_id", "answer_id")
    def _check_one_answer(self):
        self.version_id._check_one_answer()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines of a reading that is no draft any more."""
        lines = super().create(vals_list)
        lines.version_id._check_draft()
        return lines

    def write(self, vals):
        """Refuse changes of a reading that is no draft any more."""
        self.version_id._check_draft()
        result = super().write(vals)
        self.version_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_of_drafts_only(self):
        if any(line.version_id.state != "draft" for line in self):
            raise UserError(self.env._("A reading that was asked for or decided is not changed."))
