# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.contact_center.tools import plain_words

from ..cloud_api import phone
from .whatsapp_message import UNSETTLED

WEBHOOKS_NOTE = "Cópia técnica do que a Meta entregou; 3 meses bastam para investigar falhas."


class Conversation(models.Model):
    """Erase the exact words sent over WhatsApp together with the texts."""

    _inherit = "contact_center.conversation"

    def _personal_whatsapp(self):
        """Return the WhatsApp messages of these conversations."""
        # sudo: whatsapp.message - the officer's work does not depend on what they may read
        messages = self.env["whatsapp.message"].sudo()
        return messages.search([("conversation_id", "in", self.ids)])

    def _erase_personal_texts(self):
        result = super()._erase_personal_texts()
        self._personal_whatsapp().write({"payload": False, "error_detail": False, "marks": False})
        return result


class ResPartner(models.Model):
    """Erase a citizen's WhatsApp numbers and ids, and Meta's deliveries about them."""

    _inherit = "res.partner"

    def _personal_identities(self):
        """Return the WhatsApp identities of these citizens."""
        # sudo: whatsapp.identity - the officer's work does not depend on what they may read
        return self.env["whatsapp.identity"].sudo().search([("partner_id", "in", self.ids)])

    def _personal_addresses(self):
        """Return every id and number under which Meta knows or knew them, in all forms."""
        values = set()
        for identity in self._personal_identities():
            addresses = {*identity.address_ids.mapped("value"), identity.wa_id, identity.bsuid}
            for value in filter(None, addresses):
                values |= {value, *phone.variants(value)}
            values |= {identity.phone, identity.username}
        return {value for value in values if value and len(value) >= 6}

    def _personal_strings(self):
        return super()._personal_strings() | self._personal_addresses()

    def _erasure_blockers(self):
        reasons = super()._erasure_blockers()
        # sudo: whatsapp.message - only whether there are any
        waiting = (
            self.env["whatsapp.message"]
            .sudo()
            .search_count(
                [
                    ("identity_id", "in", self._personal_identities().ids),
                    ("direction", "=", "out"),
                    ("merged_into_id", "=", False),
                    ("state", "in", UNSETTLED),
                ]
            )
        )
        if waiting:
            reasons = [*reasons, self.env._("%s messages are still on their way.", waiting)]
        return reasons

    # ------------------------------------------------------------
    # Webhooks as they came
    # ------------------------------------------------------------

    def _personal_events_where(self):
        """Return the SQL condition for Meta's deliveries that contain their ids or numbers."""
        patterns = [f"%{value}%" for value in sorted(self._personal_addresses())]
        return SQL(
            "(contact_key LIKE ANY(%s) OR payload::text LIKE ANY(%s) OR raw_body LIKE ANY(%s))",
            patterns,
            patterns,
            patterns,
        )

    def _count_personal_events(self):
        """Return how many such events there are."""
        self.env["whatsapp.event"].flush_model()
        self.env.cr.execute(
            SQL("SELECT count(*) FROM whatsapp_event WHERE %s", self._personal_events_where())
        )
        return self.env.cr.fetchone()[0]

    def _erase_personal_events(self):
        """Empty these events, and keep only a digest of each key.

        The keys hold the number (Meta's ids are made of it); the digest stays so that repeated
        deliveries are recognised.
        """
        events = self.env["whatsapp.event"]
        events.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE whatsapp_event SET payload = NULL, raw_body = NULL, contact_key = NULL,"
                " note = NULL, error = NULL, unique_key = 'erased:' || md5(unique_key)"
                " WHERE %s",
                self._personal_events_where(),
            )
        )
        events.invalidate_model()

    def _erase_personal_data(self):
        """Forget ids, numbers and webhooks; messages keep their direction, kind and times."""
        result = super()._erase_personal_data()
        self._erase_personal_events()
        identities = self._personal_identities()
        # sudo: whatsapp.message - as in `_personal_identities`
        messages = (
            self.env["whatsapp.message"].sudo().search([("identity_id", "in", identities.ids)])
        )
        # Files of conversations are erased with these
        messages.filtered(lambda message: not message.conversation_id).attachment_id.unlink()
        messages.write(
            {
                **dict.fromkeys(
                    ("payload", "marks", "wamid", "quoted_wamid", "error_detail", "kept_body"),
                    False,
                ),
                "media_id": False,
            }
        )
        identities.address_ids.unlink()
        identities.write(
            dict.fromkeys(("bsuid", "wa_id", "phone", "username", "menu", "caps"), False)
        )
        return result

    # ------------------------------------------------------------
    # Existing data
    # ------------------------------------------------------------

    def _personal_overview(self):
        _ = self.env._
        identities = self._personal_identities()
        messages = self._all_conversations()._personal_whatsapp()
        counts = (
            (_("WhatsApp numbers and ids"), len(identities.address_ids)),
            (_("Messages as they went over WhatsApp"), len(messages)),
            (_("Webhooks of Meta as they came"), self._count_personal_events()),
        )
        return [
            *super()._personal_overview(),
            *(
                {"label": label, "count": count, "erased": True, "reason": ""}
                for label, count in counts
            ),
        ]

    def _personal_data(self):
        rows = [
            {
                "numero": identity.phone or "",
                "id_whatsapp": identity.wa_id or "",
                "id_empresa": identity.bsuid or "",
                "usuario": identity.username or "",
                "enderecos": identity.address_ids.mapped("value"),
                "nao_quer_publicidade": identity.marketing_opt_out,
                "dito_no_telefone": identity._personal_kept_texts(),
            }
            for identity in self._personal_identities()
        ]
        return super()._personal_data() | {"whatsapp": {"title": "WhatsApp", "rows": rows}}


class WhatsappIdentity(models.Model):
    """Erase messages of the city's telephone that belong to no conversation."""

    _inherit = "whatsapp.identity"

    def _personal_kept_texts(self):
        """Return the texts of those messages, oldest first."""
        # sudo: whatsapp.message - the officer's work does not depend on what they may read
        kept = self.env["whatsapp.message"].sudo()
        domain = [("identity_id", "=", self.id), ("kept_body", "!=", False)]
        return [plain_words(message.kept_body) for message in kept.search(domain, order="said_at")]


class PersonalData(models.AbstractModel):
    """List where else a person's name may stand, and how long raw webhooks are kept."""

    _inherit = "contact_center.personal.data"

    @api.model
    def _personal_tables(self):
        return (*super()._personal_tables(), "whatsapp_")

    @api.model
    def _retention_kinds(self):
        return {
            **super()._retention_kinds(),
            "webhooks": {
                "label": self.env._("Webhooks of Meta as they came"),
                "sequence": 30,
                "note": WEBHOOKS_NOTE,
            },
        }

    @api.model
    def _due_webhooks(self, before):
        # Also those that wait, failed or are unreadable: after months they are nobody's message
        # that could still be served, and as personal as the others
        kept = Domain("payload", "!=", False) | Domain("raw_body", "!=", False)
        return self.env["whatsapp.event"], Domain("create_date", "<", before) & kept

    @api.model
    def _erase_webhooks(self, records):
        # The key stays: a repeated delivery of Meta's is not processed twice
        nothing = dict.fromkeys(
            ("payload", "raw_body", "contact_key", "error", "next_try_at"), False
        )
        records.write(nothing)
        # Nothing is left to be processed, by itself or by hand
        note = self.env._("Its data were erased by the retention policy before it was processed.")
        records.filtered(lambda event: event.state != "processed").write(
            {"state": "processed", "note": note}
        )
