# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import html2plaintext

from ..core import privacy

TEXT_TYPES = frozenset({"char", "text", "html", "binary", "image"})
# Values that identify nobody.
KEPT_FIELDS = frozenset({"name", "lang", "tz", "type"})
LEGAL_REASON = "LGPD art. 16 I e art. 23; Lei 12.527/2011 (registro do serviço público prestado)"


def _row(label, count, reason=""):
    """Return a line of `_privacy_overview`; what has a reason to be kept is not erased."""
    return {"label": label, "count": count, "erased": not reason, "reason": reason}


class ResPartner(models.Model):
    """A citizen's stored data: exporting and erasing it.

    Other addons declare their data through hooks of `contact_center`: `_personal_data` and its
    neighbours.
    """

    _inherit = "res.partner"

    privacy_erased_at = fields.Datetime(string="Anonymised at", readonly=True, copy=False)

    def _is_erased(self):
        self.ensure_one()
        return super()._is_erased() or bool(self.privacy_erased_at)

    def _refuses_memory(self):
        """Return whether the citizen's latest answer about their data was no."""
        # sudo: contact_center.privacy.consent - the bot asks whether it may remember
        consents = self.env["contact_center.privacy.consent"].sudo()
        domain = [("partner_id", "=", self.id), ("kind", "!=", "shown")]
        latest = consents.search_fetch(domain, ["kind"], order="id desc", limit=1)
        return super()._refuses_memory() or latest.kind in ("refused", "withdrawn")

    def _privacy_strings(self):
        """Return the texts that identify these people anywhere: names, numbers, addresses.

        Texts shared with somebody else (a namesake, a family's number) are excluded, so that
        others' data is unaffected. A channel's own ids are included unchanged. See
        `core.privacy.personal_strings`.
        """
        values = set()
        for partner in self.sudo():  # sudo: res.partner - as above
            values |= {partner.name, partner.email, partner.vat, partner.phone}
            values |= {partner.email_normalized, partner.phone_sanitized}
            for number in (partner.phone, partner.phone_sanitized):
                digits = "".join(char for char in number or "" if char.isdigit())
                values |= {digits} if len(digits) >= 8 else set()
        found = privacy.personal_strings(filter(None, values - self._privacy_shared()))
        return sorted({*found, *self._personal_strings()}, key=lambda text: (-len(text), text))

    def _privacy_shared(self):
        """Return these people's names, e-mails and numbers that other contacts also have."""
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
        """Return in words why these people cannot be erased now."""
        _ = self.env._
        reasons = []
        # sudo: res.partner, res.users - whether somebody works here
        if self.sudo().with_context(active_test=False).user_ids:
            reasons.append(_("The contact belongs to a user of this platform."))
        # sudo: res.company - whether it is the city's own contact
        if self.env["res.company"].sudo().search_count([("partner_id", "in", self.ids)], limit=1):
            reasons.append(_("The contact is the organisation's own."))
        for conversation in self._all_conversations():
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
        return [*reasons, *self._erasure_blockers()]

    def _privacy_holds(self):
        """Return requests whose legal hold preserves these people's data."""
        # sudo: contact_center.privacy.request - also called by retention
        return (
            self.env["contact_center.privacy.request"]
            .sudo()
            .search([("partner_ids", "in", self.ids), ("legal_hold", "=", True)])
        )

    # ------------------------------------------------------------
    # Existing data
    # ------------------------------------------------------------

    def _privacy_overview(self):
        """Return the stored data and what an erasure does with it.

        :return: list of {"label", "count", "erased" (bool), "reason"}
        """
        _ = self.env._
        conversations = self._all_conversations()
        messages, media = conversations._privacy_messages(), conversations._privacy_media()
        answers = sum(len(conversation.collected or []) for conversation in conversations)
        return [
            _row(_("Contacts: name, telephone, e-mail, address, notes"), len(self)),
            _row(_("Texts of messages and internal notes"), len(messages)),
            _row(_("Files: photos, sounds, videos, documents"), len(media)),
            _row(_("Data that the bot collected"), answers),
            _row(
                _("Conversations: protocol, dates, queue, agent, disposition, rating"),
                len(conversations),
                LEGAL_REASON,
            ),
            _row(
                _("Events of the conversations, without texts"),
                len(conversations.event_ids),
                LEGAL_REASON,
            ),
            *self._privacy_records(),
            *self._personal_overview(),
        ]

    def _privacy_records(self):
        """Return what proves that the law was kept: it stays; rows of `_privacy_overview`."""
        _ = self.env._
        of_them = [("partner_id", "in", self.ids)]
        # sudo: contact_center.privacy.consent, access.log - counted only
        consents = self.env["contact_center.privacy.consent"].sudo()
        log = self.env["contact_center.access.log"].sudo()
        return [
            _row(
                _("Notices shown and consents"),
                consents.search_count(of_them),
                "LGPD art. 8º § 2º (prova do consentimento)",
            ),
            _row(
                _("Access log, without search terms"),
                log.search_count(of_them),
                "LGPD art. 37 (registro das operações)",
            ),
        ]

    def _privacy_data(self):
        """Return everything stored about these citizens, for their copy.

        It excludes internal notes, which are the administration's own work.

        :return: {key: {"title": for people, "rows": [dict of JSON values]}}
        """
        conversations = self._all_conversations()
        return {
            "contato": {"title": "Contato", "rows": [p._privacy_contact() for p in self.sudo()]},
            "atendimentos": {
                "title": "Atendimentos",
                "rows": [conversation._privacy_summary() for conversation in conversations],
            },
            "respostas": {
                "title": "O que foi informado ao assistente virtual",
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
                "rows": self._privacy_consents(),
            },
            **self._personal_data(),
        }

    def _privacy_consents(self):
        """Return the notices that were shown and the consents, with what each said."""
        # sudo: contact_center.privacy.consent - the citizen's own
        consents = self.env["contact_center.privacy.consent"].sudo()
        kinds = dict(consents._fields["kind"]._description_selection(self.env))
        return [
            {
                "quando": fields.Datetime.to_string(consent.at),
                "versao": consent.version,
                "registro": kinds.get(consent.kind, ""),
                "texto": consent.notice_id.with_context(
                    lang=consent.conversation_id._citizen_lang()
                )._words(),
                "protocolo": consent.conversation_id.protocol or "",
            }
            for consent in consents.search([("partner_id", "in", self.ids)], order="id")
        ]

    def _privacy_contact(self):
        """Return the contact's own data."""
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

    def _privacy_erase_data(self, basis):
        """Anonymise these citizens themselves, and forget what addons know of them.

        Called by `_privacy_erase` only, which looks at the contacts below them.

        :param basis: as of `_privacy_erase`
        """
        conversations = self._all_conversations()
        conversations._check_erased_by(basis)
        self._erase_personal_data()
        conversations._privacy_erase_media(basis)
        conversations._privacy_erase_texts(basis)
        # sudo: the officer's work does not depend on what they may read or write
        self.env["contact_center.access.log"].sudo().search(
            [("partner_id", "in", self.ids), ("details", "!=", False)]
        )._erase_details()
        self.env["contact_center.privacy.export"].sudo().search(
            [("partner_ids", "in", self.ids)]
        )._forget()
        self._privacy_erase_own()

    def _privacy_erase_own(self):
        """Erase the contact and the notes on it."""
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
