# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.small_talk import SmallTalk

from ..engine import small_talk
from ..engine.inputs import clean_answer

HEART = "❤️"


class Conversation(models.Model):
    """Applies the flow's small-talk table while no conversation is open."""

    _inherit = "contact_center.conversation"

    @api.model
    def _small_talk(self, incoming, partner, **vals):
        found = super()._small_talk(incoming, partner, **vals)
        # sudo: chatbot.flow - the citizen's message decides, not a user
        flows = self.env["chatbot.flow"].sudo().browse(vals.get("flow_id") or [])
        version = flows.published_version_id
        if found or not version:
            return found
        flow = version._compiled()
        answer = self.env["chatbot.flow.session"].sudo()._answer(incoming)
        row = small_talk.outside(flow, clean_answer(answer))
        if row is None:
            return None
        # sudo: res.partner - the language that the citizen chose earlier
        flow = flow.in_language(partner.sudo().chatbot_lang) or flow
        manners = flow.manners
        reply = small_talk.reply_outside(flow, manners.rows[row.name])
        first = flow.texts["small_talk_first"].constant or ""
        return SmallTalk(
            name=row.name,
            title=row.title,
            text=reply if manners.answer == "reply" else "",
            reaction=HEART if manners.answer == "reaction" else "",
            first=" ".join(filter(None, [reply, first])),
            tell=row.tell,
            quiet=manners.quiet,
        )
