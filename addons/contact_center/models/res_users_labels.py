# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class ResUsers(models.Model):
    """Under what an agent is shown: their name or their registration number.

    The city's people see the number. Lists, forms, groups of a list and exports show
    `display_name`, which follows it; what is read as data is handled by `shown_by_number`; whatever
    else shows an agent to people asks `_contact_center_label`.
    """

    _inherit = "res.users"

    @api.model
    def _contact_center_sees_numbers(self):
        """Return whether the user sees agents by registration number only (hook)."""
        return False

    def _contact_center_labels(self, day=None):
        """Return under what the current user sees these users: {user: name or number}.

        The city's people see numbers of agents; everybody sees themselves and all others by name.

        :param day: date for which the number holds, today by default
        """
        # sudo: res.users - a name, for somebody who may see the record that it stands in
        labels = {user: user.sudo().name or "" for user in self}
        labels.update(self._contact_center_numbers(day))
        return labels

    def _contact_center_label(self, day=None):
        """Return under what the current user sees this user; "" for none."""
        return self._contact_center_labels(day).get(self, "")

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Show agents to the city's people under their registration number."""
        result = super()._compute_display_name()
        for user, number in self.filtered("id")._contact_center_numbers().items():
            user.display_name = number
        return result


class ResPartner(models.Model):
    """Under what the author of a message is shown."""

    _inherit = "res.partner"

    def _contact_center_author_label(self):
        """Return under what the current user sees this author of a message."""
        # sudo: res.partner - a name; they may read the message
        return self._contact_center_numbers().get(self) or self.sudo().name or ""
