# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import LazyTranslate

from ..cloud_api.flow_limits import WARNINGS, findings

_lt = LazyTranslate(__name__)

_WORDS = {
    "many_options": _lt(
        'Step "%(step)s": %(value)s options; a list in WhatsApp holds %(limit)s, so they are shown '
        "page by page or as numbered text."
    ),
    "numbered": _lt(
        'Step "%(step)s": because of "%(value)s" the options are shown as numbered text, to be '
        "answered by number: in a list a title holds %(limit)s characters (without a description "
        "it may have 72) and all have to begin differently."
    ),
    "row_title": _lt(
        'Step "%(step)s": "%(value)s" is longer than the %(limit)s characters of a list\'s title; '
        "it is cut there and stands in full below."
    ),
    "description": _lt(
        'Step "%(step)s": the description of "%(value)s" is longer than %(limit)s characters, so '
        "the options are shown as numbered text."
    ),
    "list_button": _lt(
        'Step "%(step)s": the button "%(value)s" is cut after %(limit)s characters.'
    ),
    "long_text": _lt(
        'Step "%(step)s": the text has %(value)s characters; it goes in several messages of up to '
        "%(limit)s."
    ),
    "button_body": _lt(
        'Step "%(step)s": the text has %(value)s characters, %(limit)s fit above buttons; the '
        "rest goes in a message before."
    ),
}


class ChatbotFlow(models.Model):
    """Flows: warn about content that WhatsApp shows differently."""

    _inherit = "chatbot.flow"

    @api.model
    def _channel_problems(self, definition):
        return [
            *super()._channel_problems(definition),
            *(self._limit_row(finding) for finding in findings(definition)),
        ]

    @api.model
    def _limit_row(self, finding):
        """Return a finding of the channel as the editor shows it, in the user's language."""
        words = self.env._(_WORDS[finding.code])
        return {
            "severity": "warning" if finding.code in WARNINGS else "hint",
            "code": finding.code,
            "key": finding.key,
            "text": words % {"step": finding.title, "value": finding.value, "limit": finding.limit},
        }
