# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models

# "key: value", the format of the details in `_rows`
DETAIL = re.compile(r"(\w+): (.*)", re.DOTALL)


class AccessLog(models.Model):
    """The details of an access log line in readable form."""

    _inherit = "contact_center.access.log"

    details_words = fields.Char(compute="_compute_details_words", string="Details in words")

    @api.depends("details")
    @api.depends_context("lang")
    def _compute_details_words(self):
        """Label the details in the reader's language; their values are unchanged."""
        labels = self._detail_labels()
        for line in self:
            found = []
            for part in (line.details or "").split("; "):
                match = DETAIL.fullmatch(part)
                label = labels.get(match[1]) if match else None
                if label is None:
                    found.append(part)
                else:
                    found.append(f"{label}: {match[2]}" if label else match[2])
            line.details_words = "; ".join(found)

    @api.model
    def _detail_labels(self):
        """Return {key of a detail: label}, "" for one that needs none (hook)."""
        _ = self.env._
        return {
            "what": "",
            "by": _("By"),
            "citizens": _("Numbers of the contacts"),
            "conversation": _("From conversation"),
            "conversations": _("Numbers of the conversations"),
            "file": _("File"),
            "purpose": _("Purpose"),
            "reason": _("Reason"),
            "records": _("Numbers of the records"),
            "request": _("Number of the request"),
            "term": _("Searched for"),
        }
