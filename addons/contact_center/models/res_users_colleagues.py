# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.mail.tools.discuss import Store

_GROUPS = ("contact_center.group_technician", "contact_center.group_manager")


class ResUsers(models.Model):
    """Colleagues: the people that an agent can write to from the desk."""

    _inherit = "res.users"

    def _contact_center_colleagues(self):
        """Return the other people who work in the contact center: active users with a role in it.

        The user and the system user are excluded.
        """
        self.ensure_one()
        # sudo: res.groups - colleagues may know who works here
        groups = self.env["res.groups"].sudo()
        for xmlid in _GROUPS:
            groups |= self.env.ref(xmlid).sudo()
        people = groups.all_user_ids.filtered(lambda user: user.active and not user.share)
        return people - self - self.env.ref("base.user_root").sudo()

    @api.model
    def get_contact_center_colleagues(self):
        """Return the people that the current user may write to from the desk.

        :return: {"ids": ids of their res.partner, by name, "store": their data for Discuss}
        :raise AccessError: the user does not work in the contact center
        """
        user = self.env.user
        if not any(user.has_group(xmlid) for xmlid in _GROUPS):
            raise AccessError(self.env._("Only people of the contact center can see its staff."))
        found = user._contact_center_colleagues().partner_id.sorted("name")
        partners = self.env["res.partner"].browse(found.ids)
        return {"ids": partners.ids, "store": Store().add(partners).get_result()}
