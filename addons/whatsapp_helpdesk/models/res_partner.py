# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.contact_center_contact.core import search

from ..cloud_api import phone


class ResPartner(models.Model):
    """Citizens on WhatsApp: found by any of their ids, and written to."""

    _inherit = "res.partner"

    whatsapp_identity_ids = fields.One2many(
        "whatsapp.identity",
        "partner_id",
        string="WhatsApp identities",
        groups="contact_center.group_supervisor",
    )
    whatsapp_address = fields.Char(
        compute="_compute_whatsapp_address",
        string="On WhatsApp",
        groups="contact_center.group_technician,contact_center.group_manager",
        help="Number or user name under which the citizen writes to us.",
    )

    def _compute_whatsapp_address(self):
        # sudo: whatsapp.identity - number and name of a contact that the user may read
        identities = self.env["whatsapp.identity"].sudo().search([("partner_id", "in", self.ids)])
        shown = {}
        for identity in identities.sorted("last_inbound_at"):
            shown[identity.partner_id.id] = (
                phone.display(identity.wa_id or "")
                or (identity.username and f"@{identity.username.lstrip('@')}")
                or self.env._("without a number")
            )
        for partner in self:
            partner.whatsapp_address = shown.get(partner.id)

    # ------------------------------------------------------------
    # Search and deletion
    # ------------------------------------------------------------

    def _contact_center_find(self, words):
        """Find people under every number they ever had, and by their user name, as well."""
        found = super()._contact_center_find(words)
        if len(words) != 1 or len(words[0]) < search.SHORTEST_NUMBER:
            return found
        word = words[0].lstrip("@")
        # sudo: whatsapp.identity - only whose ids these are
        identities = self.env["whatsapp.identity"].sudo()
        # First the ids: an "or" over two tables would make PostgreSQL read all contacts
        partner_ids = identities.search(
            Domain("address_ids.value", "like", word) | Domain("username", "ilike", word),
            limit=200,
        ).partner_id.ids
        return found | Domain("id", "in", partner_ids) if partner_ids else found

    def _contact_center_kept(self):
        """Keep people who refused marketing: this must be known when they write again."""
        kept = super()._contact_center_kept()
        # sudo: whatsapp.identity - only counted
        refused = (
            self.env["whatsapp.identity"]
            .sudo()
            .search_count([("partner_id", "in", self.ids), ("marketing_opt_out", "=", True)])
        )
        return [*kept, (refused, self.env._("refusals of marketing"))] if refused else kept

    def unlink(self):
        """Delete the WhatsApp ids together with contacts of whom nothing must be kept."""
        self._unlink_except_contact_center_kept()
        self.check_access("unlink")
        # sudo: whatsapp.identity - nobody may delete them but together with their contact
        self.env["whatsapp.identity"].sudo().search([("partner_id", "in", self.ids)]).unlink()
        return super().unlink()

    # ------------------------------------------------------------
    # Writing to a citizen
    # ------------------------------------------------------------

    def action_whatsapp_write(self):
        """Open the conversation with this citizen, or the dialog with the templates.

        :raise UserError: somebody is serving the citizen, or there is no number, in words
        """
        self.ensure_one()
        self._check_may_write_whatsapp()
        joined = self._whatsapp_join()
        if not joined and self._whatsapp_window_open():
            joined = self._whatsapp_begin()
        if joined:
            return joined.action_open_discuss()
        self._whatsapp_identity(make=False)  # raises at once when there is no usable number
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write on WhatsApp"),
            "res_model": "whatsapp.template.send",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def _check_may_write_whatsapp(self):
        """Raise AccessError unless the current user serves citizens."""
        self.check_access("read")
        if not self.env.user.has_group("contact_center.group_technician"):
            raise AccessError(self.env._("Only agents can message citizens."))

    def _whatsapp_join(self):
        """Join the citizen's open conversation and return it; empty without one."""
        conversations = self.env["contact_center.conversation"]
        found = conversations._find_open(self, "whatsapp")
        return found._join_by_agent() if found else conversations

    def _whatsapp_window_open(self):
        """Return whether free text may be sent to this citizen now."""
        until = self._whatsapp_identity(make=False)._window_until()
        return bool(until and until > fields.Datetime.now())

    def _whatsapp_begin(self):
        """Open a conversation with this citizen, in service with the current user."""
        identity = self._whatsapp_identity()
        account = self._whatsapp_account()
        queue = account.queue_id.filtered("active")
        if not queue or not queue._may_serve(self.env.user):
            queue = self.env["contact_center.queue"]._of_user(self.env.user)[:1]
        return self.env["contact_center.conversation"]._open_by_agent(
            self,
            "whatsapp",
            queue,
            whatsapp_account_id=account.id,
            whatsapp_identity_id=identity.id,
        )

    def _whatsapp_account(self):
        """Return the number (sudo) to write from: the last conversation's, or the user's first."""
        # sudo: contact_center.conversation, whatsapp.account - agents may not see the numbers
        last = (
            self.env["contact_center.conversation"]
            .sudo()
            .search(
                [("partner_id", "=", self.id), ("whatsapp_account_id", "!=", False)],
                order="id desc",
                limit=1,
            )
        )
        account = last.whatsapp_account_id.filtered("active")
        if not account:
            account = account.search([("company_id", "in", self.env.companies.ids)], limit=1)
        if not account:
            raise UserError(self.env._("There is no WhatsApp number to write from."))
        return account

    def _whatsapp_identity(self, make=True):
        """Return the identity under which to write to this citizen (sudo).

        A contact who never wrote has none: the number is taken as it is dialled, and the id in
        Meta's answer is kept as a further address, so that the citizen's reply finds this contact.

        :param make: without it the identity of a new number stays empty
        :raise UserError: no number, or one that belongs to another contact
        """
        # sudo: whatsapp.identity - agents may not see identities
        identities = self.env["whatsapp.identity"].sudo()
        known = identities.search([("partner_id", "=", self.id)])
        if known:
            return known.sorted(lambda one: (bool(one.last_inbound_at), one.last_inbound_at))[-1]
        number = self._writable_number()
        if not number:
            raise UserError(
                self.env._("%s has no WhatsApp number: fill it in first.", self.display_name)
            )
        portfolio = self._whatsapp_account().portfolio
        other = identities._find(portfolio, "", number)
        if other:
            raise UserError(
                self.env._(
                    "The number %(number)s belongs to another contact: %(other)s. Write to that "
                    "one, or have the two merged.",
                    number=self.phone,
                    other=other.partner_id.display_name,
                )
            )
        return identities._make_for(portfolio, self, number) if make else identities
