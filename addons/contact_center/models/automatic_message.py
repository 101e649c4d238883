# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..core import placeholders

# Placeholders for every automatic message, and additional ones for each kind. They are in the
# citizen's language, since the messages are written in Portuguese.
COMMON_PLACEHOLDERS = ("nome", "protocolo", "fila", "atendente")
_CLOSED = ("proxima_abertura", "motivo")
KIND_PLACEHOLDERS = {
    "out_of_hours": _CLOSED,
    "holiday": _CLOSED,
    "day_closed": _CLOSED,
    "queued": ("posicao",),
    "still_waiting": ("posicao", "espera"),
    "inactivity_warning": ("minutos",),
    "agent_left": ("posicao",),
    "transferred_closed": _CLOSED,
}
# Sample values of the placeholders for the preview and for tests.
SAMPLES = {
    "nome": "Maria",
    "protocolo": "2026000123",
    "fila": "Suporte de TI",
    "atendente": "Joana Ribeiro",
    "proxima_abertura": "amanhã às 7h",
    "motivo": "Corpus Christi",
    "posicao": "3",
    "espera": "15 minutos",
    "minutos": "30",
}


class AutomaticMessage(models.Model):
    """A message that the contact center sends by itself at a given moment.

    If there are several for the same moment, the one for the citizen's language comes first, then
    the queue's, then the number's, then the general one.
    """

    _name = "contact_center.automatic.message"
    _description = "Contact Center Automatic Message"
    _order = "kind, queue_id, lang, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("welcome", "Welcome (without a bot)"),
            ("queued", "Waiting in the queue"),
            ("still_waiting", "Still waiting in the queue"),
            ("waiting_close", "Closed while waiting"),
            ("out_of_hours", "Outside service hours"),
            ("holiday", "Holiday"),
            ("day_closed", "No service on this day"),
            ("agent_joined", "Agent joined"),
            ("agent_left", "Agent could not go on"),
            ("transferred", "Transferred"),
            ("transferred_closed", "Transferred to a queue that is closed"),
            ("transferred_later", "Transferred, nobody available"),
            ("transferred_absent", "Transferred to an agent who is away"),
            ("hold", "On hold"),
            ("inactivity_warning", "Inactivity warning"),
            ("inactivity_close", "Closed for inactivity"),
            ("closing", "Closing"),
            ("survey", "Survey question"),
            ("survey_thanks", "Survey thanks"),
            ("opted_out", "No more automatic messages"),
            ("opted_in", "Automatic messages again"),
        ],
        required=True,
        string="When",
    )
    queue_id = fields.Many2one(
        "contact_center.queue",
        ondelete="cascade",
        index="btree_not_null",
        help="Only for this queue. Empty: for every queue without a message of its own.",
    )
    lang = fields.Selection(
        selection="_languages",
        string="Language",
        help="Only for citizens of this language. Empty: for everybody else.",
    )
    scope_key = fields.Char(
        compute="_compute_scope_key",
        store=True,
        # Computed before the row is written: it is part of the unique key
        precompute=True,
        help="The number for which the message is, as a channel writes it.",
    )
    body = fields.Text(
        required=True,
        string="Message",
        help="The citizen reads this text. Placeholders such as {nome} are filled in.",
    )
    known_placeholders = fields.Char(
        compute="_compute_known_placeholders", string="Placeholders available"
    )
    samples = fields.Json(compute="_compute_known_placeholders")
    preview = fields.Html(
        compute="_compute_preview", sanitize=False, string="As the citizen sees it"
    )
    active = fields.Boolean(default=True)

    _kind_scope_unique = models.UniqueIndex(
        "(kind, COALESCE(queue_id, 0), COALESCE(lang, ''), COALESCE(scope_key, '')) WHERE active",
        "There is already a message for this moment, queue, number and language.",
    )

    @api.model
    def _languages(self):
        """Return the languages installed."""
        return self.env["res.lang"].get_installed()

    @api.depends("kind", "queue_id", "lang", "scope_key")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for message in self:
            label = labels.get(message.kind, "")
            scope = ", ".join(message._scope_names())
            message.display_name = f"{label} ({scope})" if scope else label

    def _scope_names(self):
        """Return the names of what this message is limited to: queue, language.

        A channel adds its number.
        """
        self.ensure_one()
        languages = dict(self._languages())
        return [name for name in (self.queue_id.name, languages.get(self.lang, self.lang)) if name]

    def _compute_scope_key(self):
        """Compute the number the message is for, on a channel with several (hook)."""
        self.scope_key = False

    # ------------------------------------------------------------
    # Placeholders and preview
    # ------------------------------------------------------------

    @api.model
    def _known_placeholders(self, kind):
        """Return the names of the placeholders allowed in a message of this kind."""
        return COMMON_PLACEHOLDERS + KIND_PLACEHOLDERS.get(kind, ())

    @api.model
    def _placeholder_samples(self):
        """Return sample values of the placeholders for previews: {name: text} (hook)."""
        return dict(SAMPLES)

    def _sample_values(self):
        """Return the values for the preview of this message: samples, with its own queue's name."""
        self.ensure_one()
        samples = self._placeholder_samples()
        if self.queue_id:
            samples["fila"] = self.queue_id.name
        return {name: samples.get(name, "…") for name in self._known_placeholders(self.kind)}

    @api.depends("kind", "queue_id")
    def _compute_known_placeholders(self):
        for message in self:
            message.known_placeholders = ", ".join(
                f"{{{name}}}" for name in self._known_placeholders(message.kind)
            )
            message.samples = message._sample_values()

    @api.depends("body", "kind", "queue_id", "scope_key")
    @api.depends_context("lang")
    def _compute_preview(self):
        """Render the bubble on the citizen's phone, or the text's errors."""
        for message in self:
            wrong = message._wrong_placeholders()
            message.preview = self.env["ir.qweb"]._render(
                "contact_center.automatic_message_preview",
                {
                    "text": message._preview_html(message._sample_text()),
                    "wrong": ", ".join(wrong),
                },
            )

    def _preview_html(self, text):
        """Return `text` as shown on the citizen's phone, as Markup (hook)."""
        return self.env["contact_center.conversation"]._text_to_html(text) if text else Markup()

    def _sample_text(self, **values):
        """Return the text with sample values filled in; `values` override the samples."""
        self.ensure_one()
        return placeholders.render(self.body or "", {**self._sample_values(), **values}).strip()

    def _wrong_placeholders(self):
        """Return invalid placeholders of this kind, as written in the text."""
        self.ensure_one()
        try:
            placeholders.check(self.body or "", self._known_placeholders(self.kind))
        except placeholders.PlaceholderError as error:
            return error.unknown
        return ()

    @api.constrains("body", "kind")
    def _check_body(self):
        for message in self:
            wrong = message._wrong_placeholders()
            if wrong:
                raise ValidationError(
                    self.env._(
                        "Unknown in this message: %(unknown)s. You can use: %(known)s.",
                        unknown=", ".join(wrong),
                        known=message.known_placeholders,
                    )
                )

    # ------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------

    @api.model
    def _find(self, kind, queue=None, conversation=None):
        """Return the active message of `kind` that fits best, or empty.

        :param queue: contact_center.queue, by default the conversation's
        :param conversation: its number and its citizen's language apply
        """
        if queue is None and conversation:
            queue = conversation.queue_id
        lang = conversation.partner_id.lang if conversation else False
        domain = (
            Domain("kind", "=", kind)
            & Domain("queue_id", "in", [False, *(queue.ids if queue else [])])
            & Domain("lang", "in", list({False, lang}))
            & self._scope_domain(conversation)
        )
        # sudo: contact_center.automatic.message - the text does not depend on who triggers it
        messages = self.sudo().search(domain)
        return messages.sorted(lambda message: -message._specificity())[:1]

    @api.model
    def _scope_domain(self, conversation):
        """Return the messages for this conversation's number, maybe none (hook)."""
        return Domain("scope_key", "=", False)

    def _specificity(self):
        """Return a score for how closely this message fits: language 8, queue 4, number 2."""
        return 8 * bool(self.lang) + 4 * bool(self.queue_id) + 2 * bool(self.scope_key)

    def action_test(self):
        """Open the dialog that sends this message as a test."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center.automatic_message_test_action"
        )
        return {**action, "context": {"default_message_id": self.id}}
