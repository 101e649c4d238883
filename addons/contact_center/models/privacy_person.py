from odoo import fields, models
from odoo.tools import html2plaintext

from ..core import privacy

TEXT_TYPES = frozenset({"char", "text", "html", "binary", "image"})
# What makes no person known.
KEPT_FIELDS = frozenset({"name", "lang", "tz", "type"})
LEGAL_REASON = "LGPD art. 16 I e art. 23; Lei 12.527/2011 (registro do serviço público prestado)"


class ResPartner(models.Model):
    """What is known of a citizen: to hand it over, to erase it. Addons extend every method."""

    _inherit = "res.partner"

    privacy_erased_at = fields.Datetime(string="Anonymised at", readonly=True, copy=False)

    def _privacy_conversations(self):
        """All conversations of these citizens."""
        # sudo: contact_center.conversation - the officer's work does not depend on their rules
        return (
            self.env["contact_center.conversation"]
            .sudo()
            .search([("partner_id", "in", self.ids)], order="id")
        )

    def _privacy_strings(self):
        """Texts that identify these persons wherever they stand: names, numbers, addresses.

        What somebody else has as well (a namesake, a family's number) is no part of it: their
        data must not suffer. Hook: a channel adds its own ids. See
        `core.privacy.personal_strings`.
        """
        values = set()
        for partner in self.sudo():  # sudo: res.partner - as above
            values |= {partner.name, partner.email, partner.vat, partner.phone}
            values |= {partner.email_normalized, partner.phone_sanitized}
            for number in (partner.phone, partner.phone_sanitized):
                digits = "".join(char for char in number or "" if char.isdigit())
                values |= {digits} if len(digits) >= 8 else set()
        return privacy.personal_strings(filter(None, values - self._privacy_shared()))

    def _privacy_shared(self):
        """Names, e-mails and numbers of these persons that other contacts have as well."""
        shared = set()
        # sudo: res.partner - as above
        everybody = self.env["res.partner"].sudo().with_context(active_test=False)
        for partner in self.sudo():
            for name in ("name", "email", "phone", "vat"):
                value = partner[name]
                if value and everybody.search_count(
                    [(name, "=ilike", value), ("id", "not in", self.ids)], limit=1
                ):
                    shared |= {value, partner.email_normalized if name == "email" else value}
                    if name == "phone":
                        digits = "".join(char for char in value if char.isdigit())
                        shared |= {digits, partner.phone_sanitized}
                        shared.add("".join(filter(str.isdigit, partner.phone_sanitized or "")))
        return shared

    def _privacy_blockers(self):
        """Why these persons cannot be erased now, in words (hook)."""
        _ = self.env._
        reasons = []
        # sudo: res.partner, res.users - whether somebody works here
        if self.sudo().with_context(active_test=False).user_ids:
            reasons.append(_("The contact belongs to a user of this platform."))
        # sudo: res.company - whether it is the city's own contact
        if self.env["res.company"].sudo().search_count([("partner_id", "in", self.ids)], limit=1):
            reasons.append(_("The contact is the organisation's own."))
        for conversation in self._privacy_conversations():
            if conversation.state != "closed":
                reasons.append(_("Conversation %s is not closed.", conversation.protocol))
        for request in self._privacy_holds():
            reasons.append(
                _(
                    "Legal hold in request %(request)s: %(reason)s",
                    request=request.name,
                    reason=request.hold_reason,
                )
            )
        return reasons

    def _privacy_holds(self):
        """Requests whose legal hold keeps these persons' data."""
        # sudo: contact_center.privacy.request - the retention asks as well
        return (
            self.env["contact_center.privacy.request"]
            .sudo()
            .search([("partner_ids", "in", self.ids), ("legal_hold", "=", True)])
        )

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------

    def _privacy_overview(self):
        """What is there and what becomes of it when it is erased (hook).

        :return: list of {"label", "count", "erased" (bool), "reason"}
        """
        _ = self.env._
        conversations = self._privacy_conversations()
        messages = conversations._privacy_messages()
        consents = self.env["contact_center.privacy.consent"].sudo()
        # sudo: contact_center.privacy.consent, access.log - counted only
        log = self.env["contact_center.access.log"].sudo()
        of_them = [("partner_id", "in", self.ids)]

        def row(label, count, reason=""):
            return {"label": label, "count": count, "erased": not reason, "reason": reason}

        return [
            row(_("Contacts: name, telephone, e-mail, address, notes"), len(self)),
            row(_("Texts of messages and internal notes"), len(messages)),
            row(_("Files: photos, sounds, videos, documents"), len(conversations._privacy_media())),
            row(
                _("Data collected by the robot"),
                sum(len(conversation.collected or []) for conversation in conversations),
            ),
            row(
                _("Conversations: protocol, dates, queue, agent, tabulation, rating"),
                len(conversations),
                LEGAL_REASON,
            ),
            row(
                _("Events of the conversations, without texts"),
                len(conversations.event_ids),
                LEGAL_REASON,
            ),
            row(
                _("Notices shown and consents"),
                consents.search_count(of_them),
                "LGPD art. 8º § 2º (prova do consentimento)",
            ),
            row(
                _("Access log, without what was searched for"),
                log.search_count(of_them),
                "LGPD art. 37 (registro das operações)",
            ),
        ]

    def _privacy_data(self):
        """Everything kept of these citizens, to be handed to them (hook).

        Internal notes are no part of it: they are the administration's own work.

        :return: {key: {"title": for people, "rows": [dict of JSON values]}}
        """
        conversations = self._privacy_conversations()
        # sudo: contact_center.privacy.consent - the citizen's own
        consents = self.env["contact_center.privacy.consent"].sudo()
        return {
            "contato": {"title": "Contato", "rows": [p._privacy_contact() for p in self.sudo()]},
            "atendimentos": {
                "title": "Atendimentos",
                "rows": [conversation._privacy_summary() for conversation in conversations],
            },
            "respostas": {
                "title": "O que foi informado ao robô",
                "rows": [
                    {
                        "protocolo": conversation.protocol,
                        "pergunta": entry.get("label") or entry.get("key"),
                        "resposta": entry.get("value"),
                    }
                    for conversation in conversations
                    for entry in conversation.collected or []
                ],
            },
            "mensagens": {
                "title": "Mensagens",
                "rows": [row for one in conversations for row in one._privacy_said()],
            },
            "avisos": {
                "title": "Avisos de privacidade e consentimentos",
                "rows": [
                    {
                        "quando": fields.Datetime.to_string(consent.at),
                        "versao": consent.version,
                        "registro": consent.kind,
                        "texto": consent.notice_id._words(),
                        "protocolo": consent.conversation_id.protocol or "",
                    }
                    for consent in consents.search([("partner_id", "in", self.ids)], order="id")
                ],
            },
        }

    def _privacy_contact(self):
        """The contact's own data."""
        return {
            "nome": self.name,
            "telefone": self.phone or "",
            "email": self.email or "",
            "documento": self.vat or "",
            "endereco": (self.contact_address or "").strip().replace("\n", ", "),
            "observacoes": html2plaintext(self.comment or "").strip(),
            "cadastrado_em": fields.Datetime.to_string(self.create_date),
        }

    # ------------------------------------------------------------
    # Erasing
    # ------------------------------------------------------------

    def _privacy_erase_data(self):
        """Anonymise these citizens themselves (hook: what other models know of them).

        Called by `_privacy_erase` only, which looks at the contacts below them.
        """
        conversations = self._privacy_conversations()
        conversations._check_privacy_work()
        conversations._privacy_erase_media()
        conversations._privacy_erase_texts()
        # sudo: the officer's work does not depend on what they may read or write
        self.env["contact_center.access.log"].sudo().search(
            [("partner_id", "in", self.ids), ("details", "!=", False)]
        ).write({"details": False})
        self.env["contact_center.privacy.export"].sudo().search(
            [("partner_ids", "in", self.ids)]
        )._forget()
        self._privacy_erase_own()

    def _privacy_erase_own(self):
        """Erase the contact and what was noted on it."""
        partners = self.sudo()  # sudo: as in `_privacy_erase`
        on_them = [("model", "=", "res.partner"), ("res_id", "in", partners.ids)]
        messages = self.env["mail.message"].sudo().search(on_them)
        messages.tracking_value_ids.unlink()
        messages.attachment_ids.unlink()
        messages.write({"body": "<p><em>[apagado]</em></p>", "subject": False})
        files = [("res_model", "=", "res.partner"), ("res_id", "in", partners.ids)]
        self.env["ir.attachment"].sudo().search(files).unlink()
        self.env["mail.activity"].sudo().search(files).unlink()
        names = [
            name
            for name, field in partners._fields.items()
            if field.type in TEXT_TYPES
            and field.store
            and not field.compute
            and not field.related
            and name not in KEPT_FIELDS
        ]
        quiet = partners.with_context(tracking_disable=True, mail_notrack=True)
        for partner in quiet:
            partner.write(
                {
                    **dict.fromkeys(names, False),
                    "name": f"Pessoa anonimizada nº {partner.id}",
                    "category_id": [(5,)],
                    "active": False,
                    "privacy_erased_at": fields.Datetime.now(),
                }
            )
