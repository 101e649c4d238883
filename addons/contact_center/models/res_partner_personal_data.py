# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResPartner(models.Model):
    """Hooks for the data stored about a citizen (see `contact_center.personal.data`).

    Each addon adds its own data; the calling addon takes care of the conversations and the contact
    itself.
    """

    _inherit = "res.partner"

    def _all_conversations(self):
        """Return all conversations of these citizens."""
        # sudo: contact_center.conversation - data protection does not depend on record rules
        conversations = self.env["contact_center.conversation"].sudo()
        return conversations.search([("partner_id", "in", self.ids)], order="id")

    def _personal_data(self):
        """Hook: return everything stored about these citizens, for their copy.

        It excludes internal notes, which are the administration's own work.

        :return: {key: {"title": for people, "rows": [dict of JSON values]}}
        """
        return {}

    def _personal_overview(self):
        """Hook: return what is stored about these citizens, and what an erasure does with it.

        :return: list of {"label", "count", "erased" (bool), "reason" why it is kept}
        """
        return []

    def _personal_strings(self):
        """Hook: return a set of texts that identify these people anywhere (numbers, ids)."""
        return set()

    def _erasure_blockers(self):
        """Hook: return why these people cannot be erased now, as a list of sentences."""
        return []

    def _erase_personal_data(self):
        """Hook: erase the data stored about these people besides their conversations.

        Called within an approved and checked erasure, before the contacts themselves are
        anonymised.
        """

    def _is_erased(self):
        """Hook: return whether this person was erased: remaining data must not be used again."""
        return False

    def _refuses_memory(self):
        """Hook: return whether this person does not want to be recognised."""
        return False
