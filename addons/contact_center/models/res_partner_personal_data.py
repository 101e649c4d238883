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
        """Return everything stored about these citizens, for their copy (hook).

        It excludes internal notes, which are the administration's own work.

        :return: {key: {"title": for people, "rows": [dict of JSON values]}}
        """
        return {}

    def _personal_overview(self):
        """Return what is stored about these citizens, and what erasure does to it (hook).

        :return: list of {"label", "count", "erased" (bool), "reason" why it is kept}
        """
        return []

    def _personal_strings(self):
        """Return texts that identify these people anywhere, as a set (hook).

        Numbers and ids.
        """
        return set()

    def _erasure_blockers(self):
        """Return why these people cannot be erased now, in sentences (hook)."""
        return []

    def _erase_personal_data(self):
        """Erase these people's data besides their conversations (hook).

        Called within an approved and checked erasure, before the contacts themselves are
        anonymised.
        """

    def _is_erased(self):
        """Return whether this person was erased: data left must not be reused (hook)."""
        return False

    def _refuses_memory(self):
        """Return whether this person does not want to be recognised (hook)."""
        return False
