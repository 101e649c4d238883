from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import placeholders

# Placeholders that every automatic message may use, and what each kind adds to them. They are
# the citizen's language: whoever writes the messages writes them in Portuguese.
COMMON_PLACEHOLDERS = ("nome", "protocolo", "fila", "atendente")
KIND_PLACEHOLDERS = {
    "out_of_hours": ("proxima_abertura",),
    "holiday": ("proxima_abertura",),
    "ticket_opened": ("ticket",),
    "ticket_registered": ("ticket",),
    "planned_stop": ("fim",),
}
# Kinds that may be said more than once in the same conversation.
REPEATABLE_KINDS = frozenset(
    {"agent_joined", "transferred", "ticket_opened", "ticket_registered", "inactivity_warning"}
)


class AutomaticMessage(models.Model):
    """What the contact centre says by itself at a given moment of a conversation."""

    _name = "contact_center.automatic.message"
    _description = "Contact Center Automatic Message"
    _order = "kind, queue_id, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("welcome", "Welcome (without a bot)"),
            ("queued", "Waiting in the queue"),
            ("out_of_hours", "Outside service hours"),
            ("holiday", "Holiday"),
            ("agent_joined", "Agent joined"),
            ("transferred", "Transferred"),
            ("inactivity_warning", "Inactivity warning"),
            ("inactivity_close", "Closed for inactivity"),
            ("closing", "Closing"),
            ("survey", "Survey question"),
            ("survey_thanks", "Survey thanks"),
            ("ticket_registered", "Ticket registered"),
            ("ticket_opened", "Ticket opened"),
            ("planned_stop", "Planned stop"),
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
    body = fields.Text(
        required=True,
        string="Message",
        help="The citizen reads this text. Placeholders such as {nome} are filled in.",
    )
    known_placeholders = fields.Char(
        compute="_compute_known_placeholders", string="Placeholders available"
    )
    active = fields.Boolean(default=True)

    _kind_queue_unique = models.UniqueIndex(
        "(kind, queue_id) WHERE queue_id IS NOT NULL AND active",
        "This queue already has a message of this kind.",
    )
    _kind_general_unique = models.UniqueIndex(
        "(kind) WHERE queue_id IS NULL AND active",
        "There is already a general message of this kind.",
    )

    @api.depends("kind", "queue_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for message in self:
            label = labels.get(message.kind, "")
            queue = message.queue_id.name
            message.display_name = f"{label} ({queue})" if queue else label

    @api.model
    def _known_placeholders(self, kind):
        """Names of the placeholders that a message of this kind may use."""
        return COMMON_PLACEHOLDERS + KIND_PLACEHOLDERS.get(kind, ())

    @api.depends("kind")
    def _compute_known_placeholders(self):
        for message in self:
            message.known_placeholders = ", ".join(
                f"{{{name}}}" for name in self._known_placeholders(message.kind)
            )

    @api.constrains("body", "kind")
    def _check_body(self):
        for message in self:
            try:
                placeholders.check(message.body, self._known_placeholders(message.kind))
            except placeholders.PlaceholderError as error:
                raise ValidationError(
                    self.env._(
                        "Unknown in this message: %(unknown)s. You can use: %(known)s.",
                        unknown=", ".join(error.unknown),
                        known=message.known_placeholders,
                    )
                ) from error

    @api.model
    def _find(self, kind, queue=None):
        """The active message of `kind`: the queue's own, else the general one, else empty."""
        # sudo: contact_center.automatic.message - what is said does not depend on who triggers it
        messages = self.sudo().search(
            [("kind", "=", kind), ("queue_id", "in", [False, *(queue.ids if queue else [])])]
        )
        return messages.filtered("queue_id") or messages
