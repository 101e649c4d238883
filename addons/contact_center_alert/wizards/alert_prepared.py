# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AlertPrepared(models.AbstractModel):
    """A dialog about an alarm, with a text that is prepared for citizens."""

    _name = "contact_center.alert.prepared"
    _description = "Text Prepared about an Alarm"

    alarm_id = fields.Many2one(
        "contact_center.alert.alarm", required=True, readonly=True, ondelete="cascade"
    )
    headline = fields.Char(related="alarm_id.headline")
    text = fields.Text(compute="_compute_text", store=True, precompute=True, readonly=False)

    @api.depends("alarm_id")
    def _compute_text(self):
        installed = self.env["res.lang"]._get_data(code="pt_BR")
        spoken = self.with_context(lang="pt_BR" if installed else self.env.lang)
        for wizard, other in zip(self, spoken, strict=True):
            alarm = wizard.alarm_id
            values = {"subject": alarm.subject_id.name or "", "place": alarm.place}
            wizard.text = other._prepared(values)

    def _prepared(self, values):
        """Return the prepared text, in the language of this record's environment (hook).

        :param values: {"subject", "place"}; the place is empty for the whole city
        """
        return ""
