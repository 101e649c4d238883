# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.base.models.res_partner import _tz_get

from ..models.queue_hours import DEFAULT_TIMEZONE
from ..models.res_users_people import ROLES


class Person(models.TransientModel):
    """A person who works in the contact center: their data, roles and queues.

    The dialog in which the center's administrators manage people without system rights. It writes a
    fixed list of values, only for people they may manage, see `res_users_people.py`.
    """

    _name = "contact_center.person"
    _description = "Contact Center Person"

    user_id = fields.Many2one("res.users", readonly=True)
    is_active = fields.Boolean(related="user_id.active", string="Active")
    name = fields.Char(required=True)
    email = fields.Char(string="E-mail")
    login = fields.Char(
        compute="_compute_login",
        store=True,
        readonly=False,
        help="The person's login: the e-mail address unless you choose another.",
    )
    role = fields.Selection(
        [
            ("technician", "Technician: serves citizens"),
            ("supervisor", "Supervisor: leads the team too"),
            ("administrator", "Administrator: configures everything too"),
        ],
        default="technician",
    )
    is_manager = fields.Boolean(string="Manager: reads reports")
    queue_ids = fields.Many2many("contact_center.queue", string="Queues")
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
    )
    tz = fields.Selection(
        selection=_tz_get, string="Time zone", required=True, default=lambda self: self._city_tz()
    )

    @api.model
    def _default_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        return "pt_BR" if "pt_BR" in installed else self.env.user.lang

    @api.model
    def _city_tz(self):
        # sudo: res.partner - the city's time zone is no secret
        return self.env.company.sudo().partner_id.tz or DEFAULT_TIMEZONE

    @api.depends("email")
    def _compute_login(self):
        for person in self:
            person.login = person.login or person.email

    @api.model
    def _open(self, user):
        """Return the dialog for a user; the caller has checked the right."""
        # sudo: res.users - an administrator manages this user
        person = self.create(self._values_of(user.sudo()))
        return {
            "type": "ir.actions.act_window",
            "name": user.name,
            "res_model": self._name,
            "res_id": person.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _values_of(self, user):
        """Return the dialog's data for a user (in sudo)."""
        roles = [key for key, group in ROLES.items() if user.has_group(group)]
        duties = {
            name: self.env.ref(group) in user.group_ids
            for name, group in user._contact_center_duties().items()
        }
        return {
            "user_id": user.id,
            "name": user.name,
            "email": user.email,
            "login": user.login,
            "role": roles[-1] if roles else False,
            **duties,
            "queue_ids": [Command.set(user.contact_center_queue_ids.ids)],
            "lang": user.lang or self._default_lang(),
            "tz": user.tz or self._city_tz(),
        }

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_save(self):
        """Create the person and show the link for choosing a password; or update them."""
        self.ensure_one()
        users = self.env["res.users"]
        users._contact_center_check_administrator()
        values = self._user_values()
        if self.user_id:
            self.user_id._contact_center_check_manageable()
            # sudo: res.users - user and values were checked; values are a fixed list
            self.user_id.sudo().write(values)
            self.user_id._contact_center_note(
                self.env._("Changed; roles: %s.", self.user_id.contact_center_role or "-")
            )
            return {"type": "ir.actions.act_window_close"}
        # sudo: res.users - an administrator of the center may add people to it, with its roles
        # only; our invitation replaces Odoo's own
        created = users.sudo().with_context(no_reset_password=True).create(values)
        self.user_id = created.id
        created.with_env(self.env)._contact_center_note(
            self.env._("Added; roles: %s.", created.contact_center_role)
        )
        return self.action_invite()

    def action_invite(self):
        """Show, once, the link with which the person chooses a (new) password."""
        self.ensure_one()
        found = self.user_id._contact_center_invite()
        _ = self.env._
        intro = (
            _(
                "An e-mail with this link is on its way. It can be used once, within %(days)s "
                "days, and is not shown again.",
                days=found["hours"] // 24,
            )
            if found["mailed"]
            else _(
                "Pass this link on to the person: by it they choose their own password. It can be "
                "used once, within %(days)s days, and is not shown again.",
                days=found["hours"] // 24,
            )
        )
        rows = [
            {"label": _("User"), "value": self.user_id.login},
            {"label": _("Link to choose the password"), "value": found["link"]},
        ]
        return {
            "type": "ir.actions.client",
            "tag": "contact_center.show_once",
            "params": {"title": self.user_id.name, "intro": intro, "rows": rows},
        }

    def action_reset_second_factor(self):
        """Let the person set up a new second factor."""
        self.ensure_one()
        self.user_id._contact_center_reset_second_factor()
        return self._done(self.env._("The second factor of %s was taken away.", self.user_id.name))

    def action_archive_person(self):
        """Archive the person: open conversations go back to the queue."""
        self.ensure_one()
        self.user_id._contact_center_set_active(False)
        return self._done(self.env._("%s was archived.", self.user_id.name))

    def action_restore_person(self):
        """Bring an archived person back."""
        self.ensure_one()
        self.user_id._contact_center_set_active(True)
        return self._done(self.env._("%s is back.", self.user_id.name))

    def _done(self, words):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": words,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------
    # Values to write
    # ------------------------------------------------------------

    def _user_values(self):
        """Return the user's values: a fixed list, whatever the call says.

        UserError with a reason if they are refused.
        """
        _ = self.env._
        name, login = (self.name or "").strip(), (self.login or "").strip()
        if not name or not login:
            raise UserError(_("Name and user (or e-mail) are needed."))
        return {
            "name": name,
            "login": login,
            "email": (self.email or "").strip(),
            "lang": self.lang,
            "tz": self.tz,
            "group_ids": self._group_commands(),
            "contact_center_queue_ids": [Command.set(self.queue_ids.ids)],
        }

    def _group_commands(self):
        """Return commands that grant the dialog's roles and revoke others, nothing else."""
        users = self.env["res.users"]
        duties = users._contact_center_duties()
        names = [ROLES[self.role]] if self.role else []
        names += [group for name, group in duties.items() if self[name]]
        if not names:
            raise UserError(self.env._("Choose a role: without one the person sees nothing."))
        wanted = self.env["res.groups"].sudo().union(*[self.env.ref(n).sudo() for n in names])
        if self.user_id == self.env.user and self.role != "administrator":
            raise UserError(self.env._("You cannot take the role of administrator from yourself."))
        taken = users._contact_center_role_groups() - wanted
        return [
            *(Command.unlink(group.id) for group in taken),
            *(Command.link(group.id) for group in wanted),
        ]
