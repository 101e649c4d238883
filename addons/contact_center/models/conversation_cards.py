# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core import contacts
from ..core.phones import NotAPhone


class Conversation(models.Model):
    """Saves contact cards that a citizen sends, with one click."""

    _inherit = "contact_center.conversation"

    def add_card_to_contacts(self, message_id, index):
        """Create a contact from a card in a message of this conversation.

        The card is read on the server: the screen only says which one. A contact that already has
        its phone or e-mail is reused instead of creating a duplicate.

        :return: {"id": of the res.partner, "created": whether it is new}
        """
        self._check_may_annotate()
        card = self._card(message_id, index)
        # sudo: res.partner - technicians need not manage contacts to keep a card they were sent
        partners = self.env["res.partner"].sudo()
        phones, others = self._card_phones(card)
        email = (card.get("emails") or [""])[0]
        known = self._partner_of_card(partners, phones[0], email)
        if known:
            return {"id": known.id, "created": False}
        partner = partners.create(
            {
                "name": card.get("name") or phones[0] or email or others[0],
                "phone": phones[0] or False,
                "email": email or False,
                "contact_center_department": card.get("organization") or False,
                "comment": "\n".join([*phones[1:], *others]) or False,
            }
        )
        return {"id": partner.id, "created": True}

    def _card_phones(self, card):
        """Return a card's telephone in stored form, or ""; and its invalid numbers."""
        area = self.env["res.partner"]._area_code()
        phones, others = [], []
        for text in card.get("phones") or []:
            try:
                phones.append(contacts.tidy_phone(text, area)[0])
            except NotAPhone:
                others.append(text)
        return phones or [""], others or [""]

    def _card(self, message_id, index):
        """Return the card number `index` of a message of this conversation; UserError if none."""
        # sudo: mail.message - of a conversation that the user reads, checked by the caller
        domain = self._messages_domain() & Domain("id", "=", message_id)
        message = self.env["mail.message"].sudo().search(domain)
        cards = message._contact_center_marks().get(message.id, {}).get("cards") or []
        if not isinstance(index, int) or not 0 <= index < len(cards):
            raise UserError(self.env._("There is no contact card in this message."))
        return cards[index]

    def _partner_of_card(self, partners, phone, email):
        """Return the contact with this phone or e-mail, or an empty record."""
        domains = []
        if key := contacts.phone_key(phone):
            domains.append(Domain("contact_center_phone_key", "=", key))
        if email:
            domains.append(Domain("email", "=ilike", email))
        return partners.search(Domain.OR(domains), limit=1) if domains else partners
