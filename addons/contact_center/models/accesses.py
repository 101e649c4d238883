# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from typing import NamedTuple

from odoo import api, models


class Access(NamedTuple):
    """Something by which somebody, or another system, gets in.

    :ivar key: the same for the same access at any time: "res.users,7"
    :ivar kind: what it is, in words
    :ivar name: which one
    :ivar detail: whose it is, since when; never a secret
    :ivar how: how it is taken away, in words
    """

    key: str
    kind: str
    name: str
    detail: str
    how: str


class Accesses(models.AbstractModel):
    """The list of all accesses to the system, for whoever must take them away.

    Each addon that gives accesses of another kind adds them to `_list`.
    """

    _name = "contact_center.accesses"
    _description = "Accesses to the System"

    @api.model
    def _list(self):
        """Return the accesses that there are now, as `Access`es (hook)."""
        return [*self._people(), *self._keys(), *self._mail_servers()]

    @api.model
    def _people(self):
        """Return the logins of people, with registration number and CPF."""
        # sudo: res.users, contact_center.assignment - the caller checks the right
        users = self.env["res.users"].sudo().search([("share", "=", False)], order="login")
        numbers = self.env["contact_center.assignment"]._on(users)
        how = self.env._("Settings ▸ People: archive the person.")
        found = []
        for user in users:
            last = user.login_date
            parts = (
                user.name,
                user in numbers and self.env._("registration %s", numbers[user].registration),
                user.partner_id.vat and self.env._("CPF %s", user.partner_id.vat),
                last and self.env._("last login %s", f"{last:%d/%m/%Y}"),
            )
            found.append(
                Access(
                    f"res.users,{user.id}",
                    self.env._("Login of a person"),
                    user.login,
                    "; ".join(filter(None, parts)),
                    how,
                )
            )
        return found

    @api.model
    def _keys(self):
        """Return the keys with which programs act as a person."""
        # sudo: res.users.apikeys - names and owners, never the key
        keys = self.env["res.users.apikeys"].sudo().search([], order="id")
        return [
            Access(
                f"res.users.apikeys,{key.id}",
                self.env._("Key of a program"),
                key.name,
                self.env._("acts as %s", key.user_id.login),
                self.env._("The person's account security: delete the key."),
            )
            for key in keys
        ]

    @api.model
    def _mail_servers(self):
        """Return the mail servers whose passwords are stored here."""
        # sudo: ir.mail_server - names, never the password
        servers = self.env["ir.mail_server"].sudo().search([], order="id")
        return [
            Access(
                f"ir.mail_server,{server.id}",
                self.env._("Account of a mail server"),
                server.name,
                server.smtp_host or "",
                self.env._("Change the password at the mail server, then delete it here."),
            )
            for server in servers
        ]
