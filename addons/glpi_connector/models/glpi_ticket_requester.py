# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import rest
from ..rest import text


class GlpiServer(models.Model):
    """Checks an address against the mirrored accounts."""

    _inherit = "glpi.server"

    def _may_have_account(self, email):
        """Return whether an account with this address may exist; False only if all were read."""
        self.ensure_one()
        read = self.sync_ids.filtered(lambda sync: sync.catalogue == "users" and sync.full_at)
        if not (self.copy_users and read):
            return True
        domain = [("server_id", "=", self.id), ("email", "ilike", email)]
        # sudo: glpi.user - existence only
        users = self.env["glpi.user"].sudo().search(domain)
        return any(email in (user.email or "").split() for user in users)


class GlpiTicket(models.Model):
    """The requester of a ticket in GLPI.

    A typed address or telephone proves nothing by itself: it may be anybody's. It matches an
    account if it was confirmed by a code, was known before, or if the account has the number that
    the citizen is writing from.
    """

    _inherit = "glpi.ticket"

    requester_typed = fields.Boolean(
        string="Requester as the citizen typed",
        readonly=True,
        copy=False,
        help="Address and telephone were typed by the citizen: they find an account only when "
        "they are proved.",
    )

    requester_due = fields.Boolean(
        readonly=True, copy=False, help="Whether GLPI took the requester is still to be seen."
    )

    def _settle_requester(self, client):
        """Ensure that the new ticket has its requester in GLPI; report it if not.

        Raises rest.GlpiDown and rest.GlpiAuth.
        """
        if not self.requester_due:
            return
        try:
            settled = client.settle_requester(
                self.glpi_id, self.glpi_requester_id, self.requester_email or ""
            )
        except rest.GlpiRefused:
            settled = False
        self.requester_due = False
        if not settled:
            env = self.with_context(lang=self.server_id.lang).env
            notice = env._(
                "GLPI did not take %(name)s as the requester of ticket No. %(number)s. Please add "
                "them there.",
                name=self.requester_name or self.requester_email or self.partner_id.name or "",
                number=self.glpi_id,
            )
            self.notice = "\n".join(filter(None, [self.notice, notice]))
            self._tell_agent(notice)
        self._commit()

    def _find_requester(self, client):
        """Return the GLPI account of the citizen (rest.UserRef), or None."""
        try:
            return self._account_of_requester(client)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return None  # no right to read accounts: use the e-mail address as the requester

    def _account_of_requester(self, client):
        """Return the single account matched by a verified address or telephone, or None."""
        email, phone = self.requester_email, self.requester_phone
        if not self._needs_proof():
            found = client.find_user(email=email) if email else None
            return found or (client.find_user(phone=phone) if phone else None)
        if email and self.partner_id._glpi_email_is_proved(email):
            found = client.find_user(email=email)
            if found:
                return found
        number = self.conversation_id._proved_number()
        by_number = client.find_users(phone=number) if number else []
        if email and by_number:
            # several people share a number: the address decides
            of_both = {one.id for one in client.find_users(email=email)}
            both = [one for one in by_number if one.id in of_both]
            by_number = both if len(both) == 1 else by_number
        if phone and number and not text.same_phone(phone, number):
            # a different telephone was given: the ticket is not for this number's owner
            by_number = []
        return by_number[0] if len(by_number) == 1 else None

    def _needs_proof(self):
        """Return whether typed data must be verified before it matches an account."""
        return self.requester_typed and self.server_id.email_proof != "trust"
