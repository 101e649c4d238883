# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

AGENT = "contact_center.group_technician"


class ResUsers(models.Model):
    """Under what an agent is shown: their name or their registration number.

    The city's people see the number. Lists, forms, groups of a list and exports show
    `display_name`, which follows it; whatever else shows an agent to people asks
    `_contact_center_label`.
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
        if self and self._contact_center_sees_numbers():
            # sudo: res.groups - who is an agent is no secret to the system
            agents = self & self.env.ref(AGENT).sudo().all_user_ids.with_env(self.env)
            found = self.env["contact_center.assignment"]._names_for_the_city(
                agents - self.env.user, day
            )
            labels.update(found)
        return labels

    def _contact_center_label(self, day=None):
        """Return under what the current user sees this user; "" for none."""
        return self._contact_center_labels(day).get(self, "")

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Show agents to the city's people under their registration number."""
        result = super()._compute_display_name()
        if self._contact_center_sees_numbers():
            agents = self.filtered("id")
            for user, label in agents._contact_center_labels().items():
                if label != user.sudo().name:
                    user.display_name = label
        return result


class ResPartner(models.Model):
    """Under what the author of a message is shown."""

    _inherit = "res.partner"

    def _contact_center_author_label(self):
        """Return under what the current user sees this author of a message."""
        # sudo: res.partner, res.users - a name and whose it is; they may read the message
        partner = self.sudo().with_context(active_test=False)
        if self.env.user._contact_center_sees_numbers() and partner.user_ids:
            return partner.user_ids[0]._contact_center_label()
        return partner.name or ""
