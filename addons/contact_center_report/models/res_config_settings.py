# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .report_issue import (
    KEEP_DAYS,
    KEEP_PARAMETER,
    KEEP_PERSONAL_DAYS,
    KEEP_PERSONAL_PARAMETER,
)
from .report_issue_run import MAIL_BYTES, MAIL_PARAMETER
from .report_scope import START_PARAMETER


class ResConfigSettings(models.TransientModel):
    """How long files of reports are kept, and how large an e-mail may be."""

    _inherit = "res.config.settings"

    contact_center_report_keep_days = fields.Integer(
        string="Files of reports (days)", config_parameter=KEEP_PARAMETER, default=KEEP_DAYS
    )
    contact_center_report_keep_personal_days = fields.Integer(
        string="Files with citizens' data (days)",
        config_parameter=KEEP_PERSONAL_PARAMETER,
        default=KEEP_PERSONAL_DAYS,
    )
    contact_center_report_mail_bytes = fields.Integer(
        string="Largest e-mail (bytes)", config_parameter=MAIL_PARAMETER, default=MAIL_BYTES
    )
    contact_center_report_start = fields.Char(
        string="Start of the contract (year-month-day)", config_parameter=START_PARAMETER
    )

    @api.constrains("contact_center_report_start")
    def _check_contact_center_report_start(self):
        for settings in self:
            try:
                fields.Date.to_date(settings.contact_center_report_start or None)
            except ValueError as error:
                words = self.env._("Enter the start of the contract as year-month-day: 2026-03-02.")
                raise ValidationError(words) from error
