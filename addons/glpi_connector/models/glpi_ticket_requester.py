from odoo import fields, models

from .. import rest
from ..rest import text


class GlpiServer(models.Model):
    """What the copied accounts say about an address."""

    _inherit = "glpi.server"

    def _may_have_account(self, email):
        """Whether an account with this address may exist: surely not only when all were read."""
        self.ensure_one()
        read = self.sync_ids.filtered(lambda sync: sync.catalogue == "users" and sync.full_at)
        if not (self.copy_users and read):
            return True
        domain = [("server_id", "=", self.id), ("email", "ilike", email)]
        # sudo: glpi.user - only whether there is one
        users = self.env["glpi.user"].sudo().search(domain)
        return any(email in (user.email or "").split() for user in users)


class GlpiTicket(models.Model):
    """Whose ticket it is in GLPI.

    An address or telephone that a citizen types is worth nothing by itself: it may be anybody's.
    It finds an account when it was confirmed by a code, was known before, or when the account has
    the very number from which the citizen writes.
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
        """See that the ticket just opened has its requester in GLPI; people are told when not.

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
        """The GLPI account of the citizen (rest.UserRef), or None."""
        try:
            return self._account_of_requester(client)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return None  # may not look at accounts: the e-mail address is the requester then

    def _account_of_requester(self, client):
        """The one account that address or telephone prove, or None."""
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
            # several people behind one number: the address says which of them
            of_both = {one.id for one in client.find_users(email=email)}
            both = [one for one in by_number if one.id in of_both]
            by_number = both if len(both) == 1 else by_number
        if phone and number and not text.same_phone(phone, number):
            # another person's telephone was given: the ticket is not for the owner of this one
            by_number = []
        return by_number[0] if len(by_number) == 1 else None

    def _needs_proof(self):
        """Whether what was typed has to be proved before it finds an account."""
        return self.requester_typed and self.server_id.email_proof != "trust"
