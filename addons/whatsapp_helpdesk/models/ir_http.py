# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Routes marked `for_machines=True` serve programs, not people."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Spare a program the look-up of the language, three queries of each webhook call."""
        if rule.endpoint.routing.get("for_machines"):
            request.dispatcher.pre_dispatch(rule, args)
            return
        super()._pre_dispatch(rule, args)
