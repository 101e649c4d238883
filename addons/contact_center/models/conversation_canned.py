from odoo import models


class Conversation(models.Model):
    """What canned responses say of a conversation."""

    _inherit = "contact_center.conversation"

    def _canned_values(self):
        """Hook: values of the placeholders of canned responses, by name; empty where unknown."""
        self.ensure_one()
        return {**self._placeholder_values(), "atendente": self.env.user.name.split(" ")[0]}
