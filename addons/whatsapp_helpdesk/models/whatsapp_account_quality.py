# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

from ..cloud_api.client import ApiError
from ..cloud_api.reading import a_text

_logger = logging.getLogger(__name__)


class WhatsappAccount(models.Model):
    """Keep Meta's rating of the number and the expiry of its token."""

    _inherit = "whatsapp.account"

    quality_rating = fields.Char(readonly=True, copy=False, help="GREEN, YELLOW, RED or UNKNOWN.")
    quality_at = fields.Datetime(string="Quality known since", readonly=True, copy=False)
    token_valid_until = fields.Date(
        string="Token valid until",
        copy=False,
        help="As Meta says when the token is made. Empty: it has no end. The health page warns 14 "
        "days before.",
    )

    def _note_quality(self, number):
        """Keep the rating that Meta tells with the number.

        :param number: Meta's answer about the number (`cloud_api.client.CloudApi.number`)
        """
        self.ensure_one()
        # sudo: whatsapp.account - bookkeeping of the system
        self.sudo().write(
            {
                "quality_rating": a_text(number.get("quality_rating"))[:20].upper() or "UNKNOWN",
                "quality_at": fields.Datetime.now(),
            }
        )

    def _quality_words(self):
        """Return the rating in the reader's words; "" while it is not known."""
        self.ensure_one()
        _ = self.env._
        return {
            "GREEN": _("Meta rates its quality as high."),
            "YELLOW": _("Meta rates its quality as medium: citizens blocked or reported it."),
            "RED": _("Meta rates its quality as low: sending may be limited."),
        }.get(self.quality_rating, "")

    @api.model
    def _cron_quality(self):
        """Ask Meta for the rating of each number that works."""
        for account in self.search([("state", "=", "ok"), ("access_token", "!=", False)]):
            try:
                account._note_quality(account._api().number())
            except ApiError as error:
                _logger.info("Meta told no quality of account %s: %s", account.id, error.code)
