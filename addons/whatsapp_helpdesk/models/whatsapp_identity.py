# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.contact_center.tools import leave_room

from ..cloud_api import menu_text, names, phone

# Meta's customer service window: free text may be sent for so long after the last message.
WINDOW = timedelta(hours=24)

_OWNERS = """
SELECT value, identity_id FROM whatsapp_identity_address
WHERE portfolio = %s AND value = ANY(%s)
"""


class WhatsappIdentity(models.Model):
    """A person on WhatsApp: their contact and the ids under which Meta knows them.

    Every id ever seen stays as an address of the person (`whatsapp.identity.address`), which is
    where uniqueness is kept. Two people are never made one automatically.
    """

    _name = "whatsapp.identity"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "WhatsApp Identity"
    _access_content = frozenset(
        {"name", "display_name", "phone", "wa_id", "bsuid", "username", "partner_id"}
    )
    _access_subject = "partner_id"
    _order = "id desc"
    _rec_name = "name"
    _rec_names_search = ["partner_id.name", "wa_id", "phone", "bsuid", "username"]

    portfolio = fields.Char(required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="partner_id.name")
    bsuid = fields.Char(
        string="Business-scoped ID", readonly=True, help="Meta's id of the person for us."
    )
    wa_id = fields.Char(string="WhatsApp ID", readonly=True, help="The phone as Meta writes it.")
    phone = fields.Char(readonly=True, help="The phone as people dial it.")
    username = fields.Char(readonly=True)
    named = fields.Boolean(
        readonly=True, help="The contact is not called by a number or an id any more."
    )
    marketing_opt_out = fields.Boolean(string="Wants no marketing", readonly=True)
    last_inbound_at = fields.Datetime(
        string="Last message",
        readonly=True,
        help="By Meta's clock. For 24 hours from then free text may be sent.",
    )
    window_refused_at = fields.Datetime(
        readonly=True,
        help="Meta said that the 24 hours after the message of this time are over.",
    )
    menu = fields.Json(
        readonly=True,
        help="Options of the last menu, when it went out as numbered text (label, id, title).",
    )
    full_at = fields.Float(
        readonly=True, help="State of the limit of messages to one person (cloud_api.pacing)."
    )
    address_ids = fields.One2many("whatsapp.identity.address", "identity_id", readonly=True)

    _bsuid_unique = models.UniqueIndex("(portfolio, bsuid) WHERE bsuid IS NOT NULL")
    _wa_id_unique = models.UniqueIndex("(portfolio, wa_id) WHERE wa_id IS NOT NULL")

    def init(self):
        """Leave room in the pages: each message changes the row, in no column of an index."""
        leave_room(self.env.cr, self._table)
        return super().init()

    # ------------------------------------------------------------
    # Finding and making
    # ------------------------------------------------------------

    @api.model
    def _of_person(self, portfolio, bsuid, wa_id, name="", username=""):
        """Find the person with these ids, or make them known; learn the new ids.

        :param bsuid: business-scoped id, may be empty
        :param name: as the person chose it; taken over where nobody gave them a name yet
        :param wa_id: phone as Meta writes it, may be empty; it is found under both of Brazil's
            forms but stored as received
        :return: the identity, or an empty one when there is no id at all
        """
        if not bsuid and not wa_id:
            return self.browse()
        identity = self._find(portfolio, bsuid, wa_id)
        if not identity:
            return self._make(portfolio, bsuid, wa_id, name, username)
        identity._learn(bsuid, wa_id)
        identity._learn_name(name)
        if username and identity.username != username:
            identity.username = username
        return identity

    def _learn_name(self, name):
        """Call the contact by a name that came later than its number.

        A name that somebody gave, the person or an agent, stays.
        """
        if self.named or not (name := names.clean(name or "")):
            return
        self.named = True
        if not self._is_nameless():
            return
        # sudo: res.partner - the person's own name, as WhatsApp tells it
        self.partner_id.sudo().name = name
        conversations = self.env["contact_center.conversation"].search(
            [("whatsapp_identity_id", "=", self.id), ("state", "!=", "closed")]
        )
        for conversation in conversations:
            # sudo: discuss.channel - made by the system, named after the citizen
            channel = conversation.discuss_channel_id.sudo()
            channel.name = f"{name} · {conversation.protocol}"

    def _is_nameless(self):
        """Return whether the contact is called by an id of WhatsApp, for want of a name."""
        called = self.partner_id.name
        if not called or called == self.username:
            return True
        if any(char.isalpha() for char in called) and not phone.is_bsuid(called):
            return False
        number = phone.digits(called)
        return any(
            called == value or (number and number in phone.variants(value))
            for value in self.address_ids.mapped("value")
        )

    @api.model
    def _find(self, portfolio, bsuid, wa_id):
        """Return the person known under one of these ids, or an empty record; learn nothing."""
        owners = self._owners(portfolio, [bsuid, *phone.variants(wa_id)])
        return self._choose(owners, bsuid, wa_id)

    def _owners(self, portfolio, values):
        """Return {address: identity} for those of `values` which are known."""
        self.env["whatsapp.identity.address"].flush_model(["identity_id"])
        # In SQL: each message asks for it
        self.env.cr.execute(_OWNERS, [portfolio, [value for value in values if value]])
        return {value: self.browse(owner_id) for value, owner_id in self.env.cr.fetchall()}

    def _choose(self, owners, bsuid, wa_id):
        """Return the person among `owners` to whom a message with these ids belongs."""
        if bsuid and bsuid in owners:
            return owners[bsuid]
        for form in phone.variants(wa_id):
            owner = owners.get(form)
            # A phone whose owner has another id belongs to somebody else by now (or again)
            if owner and not (bsuid and owner.bsuid):
                return owner
        return self.browse()

    def _make(self, portfolio, bsuid, wa_id, name, username):
        """Make a new person, and give them their phone even if it was somebody else's before."""
        number = phone.e164(wa_id)
        name, username = names.clean(name or ""), names.clean(username or "")
        partner = (
            self.env["res.partner"]
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create(
                {
                    "name": name or phone.display(wa_id) or username or bsuid,
                    "phone": phone.display(wa_id) or False,
                    "lang": self._in_portuguese().env.lang,
                }
            )
        )
        identity = self.create(
            {
                "portfolio": portfolio,
                "partner_id": partner.id,
                "phone": number or False,
                "username": username or False,
                "named": bool(name),
            }
        )
        identity._learn(bsuid, wa_id, take_phone=True)
        return identity

    @api.model
    def _make_for(self, portfolio, partner, number):
        """Make the identity of a contact who never wrote: `number` is dialled, Meta corrects it.

        :param number: digits with country code, as people dial it
        """
        identity = self.create(
            {"portfolio": portfolio, "partner_id": partner.id, "phone": phone.e164(number)}
        )
        identity._learn("", number)
        return identity

    def _learn(self, bsuid, wa_id, take_phone=False):
        """Add ids to this person and make them the current ones; old ones stay as addresses.

        :param take_phone: take the phone from its former owner (a number given to a new person)
        """
        self.ensure_one()
        if bsuid and bsuid != self.bsuid and self._add_address(bsuid):
            self.bsuid = bsuid
        if wa_id and wa_id != self.wa_id and self._add_address(wa_id, take=take_phone):
            self.write({"wa_id": wa_id, "phone": phone.e164(wa_id) or False})

    def _add_address(self, value, take=False):
        """Note `value` as an address of this person; False when it is another person's.

        Two transactions that add the same address: the second one meets a conflict
        (serialization failure), is repeated, and then finds the person.
        """
        cr = self.env.cr
        cr.execute(
            """
            INSERT INTO whatsapp_identity_address (portfolio, value, identity_id)
            VALUES (%s, %s, %s) ON CONFLICT (portfolio, value) DO NOTHING
            """,
            [self.portfolio, value, self.id],
            log_exceptions=False,
        )
        self.env["whatsapp.identity.address"].invalidate_model()
        if cr.rowcount:
            return True
        owner = self._owners(self.portfolio, [value]).get(value)
        if owner == self:
            return True
        if not take:
            return False
        if owner.wa_id == value:
            owner.write({"wa_id": False, "phone": False})
            owner.flush_recordset()
        self.env["whatsapp.identity.address"].search(
            [("portfolio", "=", self.portfolio), ("value", "=", value)]
        ).identity_id = self
        return True

    @api.model
    def _change(self, portfolio, old_bsuid, old_wa_id, bsuid, wa_id):
        """Apply a changed id or number: find the person by the old ids, learn the new ones.

        :return: the identity, empty when nobody is known under the old ids
        """
        identity = self._find(portfolio, old_bsuid, old_wa_id)
        if identity:
            identity._learn(bsuid, wa_id)
        return identity

    def _seen(self, at):
        """Note when the person last wrote (Meta's clock, naive UTC); renews the 24 hours."""
        if at and (not self.last_inbound_at or at > self.last_inbound_at):
            self.last_inbound_at = at

    def _window_until(self):
        """Return until when free text may be sent (naive UTC); None if they never wrote.

        Meta has the last word: after a refusal it is over until the citizen writes again, or
        wrote when the refusal came.
        """
        if not self.last_inbound_at:
            return None
        if self.window_refused_at and self.window_refused_at >= self.last_inbound_at:
            # In the past also when Meta's clock is ahead of ours
            return min(self.window_refused_at, fields.Datetime.now() - timedelta(seconds=1))
        return self.last_inbound_at + WINDOW

    def _answer_by_number(self, incoming):
        """Return the citizen's message; a number typed for a written-down menu is a tap.

        Any message ends the menu.
        """
        if not self.menu or incoming.kind not in ("text", "option"):
            return incoming
        option_id, title = menu_text.chosen(self.menu, incoming.text)
        if incoming.kind == "text" and option_id:
            incoming = replace(incoming, kind="option", option_id=option_id, text=title)
        self.menu = False
        return incoming


class WhatsappIdentityAddress(models.Model):
    """One id under which Meta knows, or knew, a person."""

    _name = "whatsapp.identity.address"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "WhatsApp Address"
    _access_content = frozenset({"value"})
    _access_subject = "identity_id.partner_id"
    _rec_name = "value"
    _log_access = False

    identity_id = fields.Many2one(
        "whatsapp.identity", required=True, readonly=True, index=True, ondelete="cascade"
    )
    portfolio = fields.Char(required=True, readonly=True)
    value = fields.Char(required=True, readonly=True)

    _value_unique = models.UniqueIndex("(portfolio, value)")
