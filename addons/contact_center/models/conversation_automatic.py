from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..core import automatic, lifecycle, opt_out, placeholders
from ..core.values import Outgoing


class Conversation(models.Model):
    """What the contact centre says by itself, and to whom it does not."""

    _inherit = "contact_center.conversation"

    def _automatic(self, kind, **extra):
        """Say the automatic message of `kind`, if there is one and it may be said now.

        :param extra: values of placeholders beyond the common ones, for instance `ticket`
        :return: the mail.message, or False
        """
        if self._automatic_refusal(kind, extra.get("ticket")) == automatic.WINDOW:
            said = self._automatic_outside_window(kind, **extra)
            if said:
                return said
        text = self._automatic_text(kind, **extra)
        return self._say(Outgoing(text=text)) if text else False

    def _automatic_outside_window(self, kind, **extra):
        """Hook: say the automatic message of `kind` although the channel's window is over.

        :return: the mail.message; False when the channel has no way to say it now
        """
        return False

    def _note_automatic(self, kind, ticket=None):
        """Record that the automatic message of `kind` was said."""
        occasion = ticket or self._closed_until(kind)
        said, key = self.automatic_kinds or [], automatic.said_key(kind, occasion)
        if key not in said:
            # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
            self.sudo().automatic_kinds = [*said, key]
        self._log("automatic_message", message=kind)

    def _automatic_text(self, kind, **extra):
        """Text of the automatic message of `kind`, recorded as said; "" when there is none or it
        must not be said (the reason is recorded then)."""
        self.ensure_one()
        message = self.env["contact_center.automatic.message"]._find(kind, conversation=self.sudo())
        if not message:
            return ""
        refusal = self._automatic_refusal(kind, extra.get("ticket"))
        if refusal:
            if refusal != automatic.SAID:
                self._log("automatic_skipped", message=kind, reason=refusal)
            return ""
        self._note_automatic(kind, extra.get("ticket"))
        values = self._automatic_values(placeholders.names(message.body))
        return placeholders.render(message.body, {**values, **extra}).strip()

    def _automatic_refusal(self, kind, ticket=None):
        """Why the message of `kind` must not be said now; "" when it may (`core.automatic`)."""
        # sudo: contact_center.conversation - the rules hold whoever triggers the message
        conversation = self.sudo()
        queue = conversation.queue_id
        moment = automatic.Moment(
            now=fields.Datetime.now(),
            state=conversation.state,
            # Asked only where it matters: hours cost queries
            is_open=kind not in automatic.NUDGES or not queue or queue._is_open(),
            opted_out=conversation.partner_id.contact_center_opt_out,
            window_until=conversation._window_until(),
            said=conversation.automatic_kinds or (),
        )
        return automatic.refusal(
            kind,
            moment,
            ticket or conversation._closed_until(kind),
            self._repeatable_kinds(),
            self._unsolicited_kinds(),
        )

    def _closed_until(self, kind):
        """For what says that the queue is closed: until when, as a word; else None.

        The citizen hears it once for each time that the queue is closed, by whatever message.
        """
        # sudo: contact_center.queue - hours are no secret
        queue = self.sudo().queue_id
        if kind not in automatic.CLOSED_KINDS or not queue:
            return None
        return fields.Datetime.to_string(queue._next_opening()) or "unknown"

    def _repeatable_kinds(self):
        """Hook: kinds of automatic messages that may be said several times."""
        return automatic.REPEATABLE

    def _unsolicited_kinds(self):
        """Hook: kinds that nobody who wants no automatic messages receives."""
        return automatic.UNSOLICITED

    def _local_time(self, at=None):
        """A moment (naive UTC, now by default) on the clocks where the citizen is served."""
        # sudo: contact_center.queue - the time zone is no secret
        return self.sudo().queue_id._local_time(at)

    # ------------------------------------------------------------
    # Placeholders
    # ------------------------------------------------------------

    def _placeholder_values(self):
        """Values of the placeholders that every automatic message may use."""
        # sudo: contact_center.conversation - the citizen may read their own data
        conversation = self.sudo()
        return {
            "nome": (conversation.partner_id.name or "").split(" ")[0],
            "protocolo": conversation.protocol,
            "fila": conversation.queue_id.name,
            "atendente": conversation.agent_id.name,
        }

    def _automatic_values(self, names):
        """Values of the placeholders `names` of an automatic message; others are left out."""
        values = self._placeholder_values()
        # sudo: contact_center.queue - hours and waiting order are no secret
        conversation = self.sudo()
        queue = conversation.queue_id
        if "proxima_abertura" in names:
            values["proxima_abertura"] = queue._next_opening_text() if queue else "em breve"
        if "motivo" in names:
            values["motivo"] = queue._closed_reason() if queue else ""
        if "posicao" in names:
            values["posicao"] = conversation._waiting_position()
        if "espera" in names:
            values["espera"] = conversation._waiting_words()
        if "minutos" in names:
            schedule = conversation._inactivity_schedule()
            values["minutos"] = int(automatic.grace(schedule).total_seconds() // 60)
        return values

    def _waiting_position(self):
        """Place in the queue, in the order of the desk's list: 1 is the next one."""
        self.ensure_one()
        queued_at = self.queued_at or fields.Datetime.now()
        earlier = Domain("queued_at", "<", queued_at) | (
            Domain("queued_at", "=", queued_at) & Domain("id", "<", self.id)
        )
        if self.returned_at:
            same = Domain("returned_at", "=", self.returned_at) & earlier
            before = Domain("returned_at", "<", self.returned_at) | same
        else:
            before = Domain("returned_at", "!=", False) | earlier
        return 1 + self.search_count(
            Domain("queue_id", "=", self.queue_id.id)
            & Domain("state", "=", lifecycle.QUEUED)
            & (
                Domain("priority", "=", self.priority) & before
                | Domain("priority", ">", self.priority)
            )
        )

    def _waiting_words(self):
        """How long the citizen has waited while people served, in Portuguese words."""
        start = self.queued_at or fields.Datetime.now()
        end = self.accepted_at or self.closed_at or fields.Datetime.now()
        # sudo: contact_center.queue - hours are no secret
        queue = self.sudo().queue_id
        waited = queue._service_time(start, end) if queue else max(end - start, timedelta())
        minutes = max(int(waited.total_seconds()) // 60, 1)
        if minutes < 60:
            return f"{minutes} minuto{'s' if minutes > 1 else ''}"
        hours = minutes // 60
        return f"{hours} hora{'s' if hours > 1 else ''}"

    # ------------------------------------------------------------
    # The citizen's wish
    # ------------------------------------------------------------

    def _follow_wish(self, incoming):
        """Whether the citizen's message is the wish to get no automatic messages, or to get them
        again; it is noted, confirmed, and nobody else has to answer it."""
        wish = opt_out.parse(incoming.text) if incoming.kind == "text" else None
        partner = self.partner_id
        if wish is None or wish == partner.contact_center_opt_out:
            return False
        # sudo: res.partner - the citizen's own wish
        partner.sudo().contact_center_opt_out = wish
        self._log("opted_out" if wish else "opted_in")
        self._automatic("opted_out" if wish else "opted_in")
        return True
