# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import html

from odoo import api, models


class IrActionsReport(models.Model):
    """Renders text reports escaped like all templates; they end as plain text."""

    _inherit = "ir.actions.report"

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        """Undo the escaping of a text report, in which nothing is markup.

        Its template escapes like any other, so even if it is rendered as HTML after all, nothing in
        it is markup. Its model of values says `_plain_text = True`.
        """
        content, kind = super()._render_qweb_text(report_ref, docids, data=data)
        values_model = self._get_rendering_context_model(self._get_report(report_ref))
        if getattr(values_model, "_plain_text", False):
            text = content.decode() if isinstance(content, bytes) else str(content)
            content = html.unescape(text).encode()
        return content, kind
