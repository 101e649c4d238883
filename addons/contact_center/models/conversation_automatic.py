# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain

from ..core import automatic, hours, lifecycle, opt_out, placeholders
from ..core.values import Outgoing


class Conversation(models.Model):
    """Automatic messages, and citizens' opting out of them."""

    _inherit = "contact_center.conversation"

    def _automatic(self, kind, **extra):
        """Send the automatic message of `kind`, if there is one and it may be sent now.

        :param extra: values of placeholders beyond the common ones
        :return: the mail.message, or False
        """
        if self._automatic_refusal(kind, **extra) == automatic.WINDOW:
            said = self._automatic_outside_window(kind, **extra)
            if said:
                return said
        text = self._automatic_text(kind, **extra)
        return self._say(Outgoing(text=text)) if text else False

    def _automatic_outside_window(self, kind, **extra):
        """Send the automatic message of `kind` although the window has closed (hook).

        :return: the mail.message; False if the channel has no way to send it now
        """
        return False

    def _note_automatic(self, kind, **extra):
        """Record that the automatic message of `kind` was said."""
        occasion = self._automatic_occasion(kind, **extra)
        said, key = self.automatic_kinds or [], automatic.said_key(kind, occasion)
        if key not in said:
            # sudo: contact_center.conversation - internal bookkeeping, not writable by users
            self.sudo().automatic_kinds = [*said, key]
        self._log("automatic_message", message=kind)

    def _automatic_text(self, kind, **extra):
        """Return the text of the automatic message of `kind`, recorded as sent, or "".

        "" if there is none or it must not be sent (the reason is then recorded).
        """
        self.ensure_one()
        message = self.env["contact_center.automatic.message"]._find(kind, conversation=self.sudo())
        if not message:
            return ""
        refusal = self._automatic_refusal(kind, **extra)
        if refusal:
            if refusal != automatic.SAID:
                self._log("automatic_skipped", message=kind, reason=refusal)
            return ""
        self._note_automatic(kind, **extra)
        values = self._automatic_values(placeholders.names(message.body))
        if "posicao" in values and self.state == lifecycle.QUEUED:
            self._note_wait_told(values["posicao"])
        return placeholders.render(message.body, {**values, **extra}).strip()

    def _automatic_refusal(self, kind, **extra):
        """Return why the message of `kind` must not be said now; "" when it may.

        See `core.automatic`.

        :param extra: as in `_automatic`
        """
        # sudo: contact_center.conversation - the rules hold whichever user triggers the message
        conversation = self.sudo()
        queue = conversation.queue_id
        moment = automatic.Moment(
            now=fields.Datetime.now(),
            state=conversation.state,
            # Computed only where it matters: hours cost queries
            is_open=kind not in automatic.NUDGES or not queue or queue._is_open(),
            opted_out=conversation.partner_id.contact_center_opt_out,
            window_until=conversation._window_until(),
            said=conversation.automatic_kinds or (),
        )
        return automatic.refusal(
            kind,
            moment,
            conversation._automatic_occasion(kind, **extra),
            self._repeatable_kinds(),
            self._unsolicited_kinds(),
        )

    def _automatic_occasion(self, kind, **extra):
        """Return what this message is said once for, None if it is said only once (hook).

        What makes this time another one than the last.

        :param extra: as in `_automatic`
        """
        return self._closed_until(kind)

    def _closed_until(self, kind):
        """Return, for messages that the queue is closed, until when, as a key; otherwise None.

        Each time the queue is closed the citizen is told once, by whichever message.
        """
        # sudo: contact_center.queue - hours are no secret
        queue = self.sudo().queue_id
        if kind not in automatic.CLOSED_KINDS or not queue:
            return None
        return fields.Datetime.to_string(queue._next_opening()) or "unknown"

    def _repeatable_kinds(self):
        """Return the kinds of automatic messages that may be sent repeatedly (hook)."""
        return automatic.REPEATABLE

    def _unsolicited_kinds(self):
        """Return the kinds that are not sent to citizens who opted out (hook)."""
        return automatic.UNSOLICITED

    def _citizen_lang(self):
        """Return the code of the language in which this conversation's citizen is addressed.

        It is the citizen's own where it is installed, otherwise Brazilian Portuguese.
        """
        installed = self.env["res.lang"]._get_data
        # sudo: contact_center.conversation - the language is no secret
        own = self.sudo().partner_id.lang
        spoken = (code for code in (own, "pt_BR") if code and installed(code=code))
        return next(spoken, self.env.lang)

    def _citizen_env(self):
        """Return an environment whose `_` speaks the citizen's language."""
        return self.with_context(lang=self._citizen_lang()).env

    def _local_time(self, at=None):
        """Return a moment (naive UTC, now by default) in the local time of the citizen's queue."""
        # sudo: contact_center.queue - the time zone is no secret
        return self.sudo().queue_id._local_time(at)

    # ------------------------------------------------------------
    # Placeholders
    # ------------------------------------------------------------

    def _placeholder_values(self):
        """Return the values of the placeholders available in every automatic message."""
        # sudo: contact_center.conversation - the citizen may read their own data
        conversation = self.sudo()
        return {
            "nome": (conversation.partner_id.name or "").split(" ")[0],
            "protocolo": conversation.protocol,
            "fila": conversation.queue_id.name,
            "atendente": conversation.agent_id.name,
        }

    def _automatic_values(self, names):
        """Return the values of those of the placeholders `names` that are known here.

        Others are left out.
        """
        values = self._placeholder_values()
        # sudo: contact_center.queue - hours and waiting order are not secret
        conversation = self.sudo()
        queue = conversation.queue_id
        if "proxima_abertura" in names:
            env = conversation._citizen_env()
            values["proxima_abertura"] = (
                queue.with_env(env)._next_opening_text() if queue else env._(hours.SOON)
            )
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
        """Return the place in the queue, in the order of the desk's list: 1 is next."""
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
        """Return the citizen's waiting time during service hours, in Portuguese words."""
        # sudo: contact_center.stay, contact_center.queue - times and hours are no secret
        waited = self.sudo().stay_ids._service_time_waited()
        minutes = max(int(waited.total_seconds()) // 60, 1)
        _ = self._citizen_env()._
        if minutes < 60:
            return _("%s minutes", minutes) if minutes > 1 else _("1 minute")
        full = minutes // 60
        return _("%s hours", full) if full > 1 else _("1 hour")

    # ------------------------------------------------------------
    # The citizen's wish
    # ------------------------------------------------------------

    def _follow_wish(self, incoming):
        """Return whether the message opts out of automatic messages, or back in.

        It is recorded and confirmed, and needs no other answer.
        """
        wish = opt_out.parse(incoming.text) if incoming.kind == "text" else None
        partner = self.partner_id
        if wish is None or wish == partner.contact_center_opt_out:
            return False
        # sudo: res.partner - the citizen's own wish
        partner.sudo().contact_center_opt_out = wish
        self._log("opted_out" if wish else "opted_in")
        self._automatic("opted_out" if wish else "opted_in")
        return True
