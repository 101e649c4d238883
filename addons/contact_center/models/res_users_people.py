# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from markupsafe import Markup
from werkzeug.urls import url_encode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

ADMINISTRATOR = "contact_center.group_administrator"
# Validity of the link for choosing a password, in hours.
LINK_HOURS = 72
PLACEHOLDER_DOMAIN = "@example.com"
# Never counted as a default group, whatever new users get
SYSTEM_GROUPS = ("base.group_system", "base.group_erp_manager")
# In ascending order: the highest one that a person has is their role.
ROLES = {
    "technician": "contact_center.group_technician",
    "supervisor": "contact_center.group_supervisor",
    "administrator": ADMINISTRATOR,
}


class ResUsers(models.Model):
    """People of the contact center, managed by administrators without system rights.

    Setting somebody's password means being able to act as that person. So the center's
    administrators can manage only people who have nothing beyond the center's own roles: no system
    groups or groups of another app, no portal users, no other companies.
    """

    _inherit = "res.users"

    contact_center_role = fields.Char(string="Roles", compute="_compute_contact_center_role")
    contact_center_manageable = fields.Boolean(
        string="Kept by administrators of the center",
        compute="_compute_contact_center_manageable",
    )

    # ------------------------------------------------------------
    # Roles
    # ------------------------------------------------------------

    @api.model
    def _contact_center_duties(self):
        """Return {boolean of `contact_center.person`: xml id of its group} (hook)."""
        return {"is_manager": "contact_center.group_manager"}

    @api.model
    def _contact_center_role_groups(self):
        """Return all groups that the center's administrators may grant and revoke."""
        names = [*ROLES.values(), *self._contact_center_duties().values()]
        # sudo: res.groups - the roles are not secret
        return self.env["res.groups"].sudo().union(*[self.env.ref(name).sudo() for name in names])

    @api.depends("group_ids")
    @api.depends_context("lang")
    def _compute_contact_center_role(self):
        for user in self:
            # sudo: res.users - colleagues' roles are not secret
            person = user.sudo()
            names = []
            for name in reversed(ROLES.values()):
                if person.has_group(name):
                    names.append(self.env.ref(name).sudo().name)
                    break
            direct = person.group_ids
            names += [
                self.env.ref(name).sudo().name
                for name in self._contact_center_duties().values()
                if self.env.ref(name).sudo() in direct
            ]
            user.contact_center_role = ", ".join(names)

    @api.depends("group_ids")
    def _compute_contact_center_manageable(self):
        for user in self:
            user.contact_center_manageable = not user._contact_center_beyond()

    def _contact_center_beyond(self):
        """Return why the center's administrators may not change this user, or ""."""
        self.ensure_one()
        _ = self.env._
        # sudo: res.users, res.groups - compared only
        user = self.sudo()
        if user == self.env.ref("base.user_root").sudo() or user.share:
            return _("%s does not work in the contact center.", user.name)
        if not user.company_ids <= self.env.user.sudo().company_ids:
            return _("%s belongs to another company too.", user.name)
        usual = self._contact_center_role_groups() | user._default_groups()
        system = self.env["res.groups"].union(*[self.env.ref(name) for name in SYSTEM_GROUPS])
        beyond = user.all_group_ids - (usual.all_implied_ids - system.sudo())
        if beyond:
            return _(
                "%s has rights beyond the contact center: only the person in charge of the "
                "server may change this user.",
                user.name,
            )
        return ""

    @api.model
    def _contact_center_check_administrator(self):
        """Raise AccessError unless the user is an administrator of the center."""
        if not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(
                self.env._("Only administrators of the contact center keep its people.")
            )

    def _contact_center_check_manageable(self):
        """Raise AccessError if the center's administrators may not change these users."""
        self._contact_center_check_administrator()
        self.check_access("read")
        for user in self:
            if why := user._contact_center_beyond():
                raise AccessError(why)

    # ------------------------------------------------------------
    # Management of people by administrators of the center
    # ------------------------------------------------------------

    def action_contact_center_edit(self):
        """Open the dialog of this person."""
        self.ensure_one()
        self._contact_center_check_manageable()
        return self.env["contact_center.person"]._open(self)

    def _contact_center_note(self, words):
        """Record who did what, on the person's contact and in the log."""
        for user in self:
            _logger.info(
                "Contact center: user %s (%s): %s changed by %s",
                user.id,
                user.login,
                words,
                self.env.user.login,
            )
            # sudo: res.partner - a note on the contact of a user whom an administrator may manage
            user.partner_id.sudo().message_post(
                body=words, author_id=self.env.user.partner_id.id, subtype_xmlid="mail.mt_note"
            )

    def _contact_center_invite(self):
        """Let this person choose a password: by e-mail if possible, and by a link.

        The link works once and for some days; it is shown to the current user only, and not stored.

        :return: {link, mailed: bool, hours}
        :raise AccessError: the center's administrators may not manage this person
        """
        self.ensure_one()
        self._contact_center_check_manageable()
        if not self.active:
            raise UserError(self.env._("%s is archived: restore the person first.", self.name))
        # sudo: res.users, res.partner - the person was checked above
        partner = self.sudo().partner_id
        partner.signup_prepare(signup_type="reset")
        token = partner._generate_signup_token(expiration=LINK_HOURS)
        query = url_encode({"db": self.env.cr.dbname, "token": token})
        link = f"{partner.get_base_url()}/web/reset_password?{query}"
        mailed = self._contact_center_can_get_mail()
        if mailed:
            self._contact_center_mail_link(link)
        self._contact_center_note(self.env._("A new password may be chosen by a link."))
        return {"link": link, "mailed": mailed, "hours": LINK_HOURS}

    def _contact_center_can_get_mail(self):
        """Return whether this person can get e-mail: there is a mail server and a real address."""
        # sudo: res.users, ir.mail_server - existence only, not content
        address = (self.sudo().email or "").strip().lower()
        if not address or address.endswith(PLACEHOLDER_DOMAIN):
            return False
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    def _contact_center_mail_link(self, link):
        """Queue the invitation e-mail, in the person's language."""
        # sudo: res.users, mail.mail - an invitation to a user whom an administrator may manage
        user = self.sudo()
        spoken = user.with_context(lang=user.lang or self.env.lang)
        _ = spoken.env._
        company, days = user.company_id.name, timedelta(hours=LINK_HOURS).days
        lines = (
            _("Hello, %s,", user.name),
            _("by this link you choose your own password for %s:", company),
            Markup('<a href="%s">%s</a>') % (link, _("Choose the password")),
            _(
                "Your user is %(login)s. The link can be used once, within %(days)s days.",
                login=user.login,
                days=days,
            ),
            _("If you did not expect this message, tell the administrator of the center."),
        )
        body = Markup().join(Markup("<p>%s</p>") % line for line in lines)
        user.env["mail.mail"].create(
            {
                "subject": _("Your access to %s", company),
                "email_from": user.company_id.email_formatted or user.email_formatted,
                "email_to": user.email_formatted,
                "body_html": body,
                "auto_delete": True,
            }
        )

    def _notify_inviter(self):
        """Notify the inviting user in a corner of the screen, instead of opening a chat."""
        ours = self.filtered(lambda user: user.contact_center_role)
        for user in ours:
            inviter = user.create_uid.with_context(lang=user.create_uid.lang)
            words = inviter.env._("%s chose a password and can log in.", user.name)
            inviter._bus_send("simple_notification", {"type": "info", "message": words})
        return super(ResUsers, self - ours)._notify_inviter()

    def _contact_center_reset_second_factor(self):
        """Remove this person's authenticator app, trusted browsers and passkeys."""
        self.ensure_one()
        self._contact_center_check_manageable()
        # sudo: res.users, auth_totp.device, auth.passkey.key - the right was checked above
        user = self.sudo()
        user.totp_secret = False
        user.totp_trusted_device_ids._remove()
        user.auth_passkey_key_ids.unlink()
        self._contact_center_note(self.env._("The second factor was taken away."))

    def _contact_center_set_active(self, active):
        """Archive this person, or bring them back."""
        self.ensure_one()
        self._contact_center_check_manageable()
        if self == self.env.user:
            raise UserError(self.env._("You cannot archive yourself."))
        # sudo: res.users - the right was checked above
        self.sudo().active = active
        words = self.env._("Restored.") if active else self.env._("Archived.")
        self._contact_center_note(words)
