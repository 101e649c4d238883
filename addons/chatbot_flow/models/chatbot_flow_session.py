# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import traceback
from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api, fields, models

from odoo.addons.contact_center.core.lifecycle import BOT
from odoo.addons.contact_center.core.values import Media, Option, Outgoing
from odoo.addons.queue_job.exception import RetryableJobError

from .. import engine
from ..engine import state as states

_logger = logging.getLogger(__name__)

# Maximum actions in a turn: a second guard behind the engine's own checks.
MAX_ACTIONS = 20
# Fields that a turn reads, in one query.
TURN_FIELDS = (
    "conversation_id",
    "flow_id",
    "version_id",
    "engine_state",
    "step_key",
    "later",
    "silence_at",
    "pending",
    "turn_at",
    "turn_lane",
    "last_turn_at",
    "turn_count",
    "wrong_count",
)
# Errors that callers retry themselves (transaction conflicts, retryable jobs).
TO_RETRY = (OperationalError, RetryableJobError)


class ChatbotFlowSession(models.Model):
    """A conversation's path through a version of a flow.

    An answer costs one read and one write of this row; the flow itself comes from the process'
    cache (see chatbot.flow.version).
    """

    _name = "chatbot.flow.session"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "Chatbot Flow Session"
    _access_content = frozenset({"engine_state", "pending", "turn_lane"})
    _order = "id desc"
    _rec_name = "conversation_id"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade"
    )
    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, index=True)
    version_id = fields.Many2one("chatbot.flow.version", readonly=True, ondelete="restrict")
    engine_state = fields.Json(readonly=True)
    status = fields.Selection(
        [
            ("new", "New"),
            ("input", "Waiting for the citizen"),
            ("action", "Waiting for an action"),
            ("wait", "Pausing"),
            ("handed_over", "Handed over"),
            ("ended", "Ended"),
        ],
        required=True,
        readonly=True,
        default="new",
    )
    step_key = fields.Char(string="Step", readonly=True)
    # the mail.message of the current question: a plain number, so that messages can be erased
    # freely
    asked_message_id = fields.Integer(string="Message of the question", readonly=True)
    error = fields.Text(readonly=True)
    error_at = fields.Datetime(readonly=True)

    _conversation_unique = models.Constraint(
        "UNIQUE(conversation_id)", "A conversation follows one flow."
    )
    _error_idx = models.Index("(flow_id, error_at) WHERE error_at IS NOT NULL")

    # ------------------------------------------------------------
    # A turn
    # ------------------------------------------------------------

    @api.model
    def _on_incoming(self, conversation, incoming):
        """Let the flow answer a citizen's message, now or after a quiet period.

        See `_take_in`.

        :param conversation: contact_center.conversation (sudo), in state bot, with a flow
        :param incoming: `contact_center.core.values.Incoming`
        """
        session = self._session_of(conversation)
        if not session:
            session = self.create(
                {
                    "conversation_id": conversation.id,
                    "flow_id": conversation.flow_id.id,
                    "version_id": conversation.flow_id.published_version_id.id,
                }
            )
        session._take_in(session._answer(incoming))

    @api.model
    def _session_of(self, conversation):
        """Return a conversation's session, or an empty one.

        One query; none where a channel that serves several people has read theirs together.
        """
        sessions = conversation._fields["chatbot_session_ids"]
        if conversation.id in sessions._get_cache(conversation.env):
            return conversation.chatbot_session_ids.with_env(self.env)
        domain = [("conversation_id", "=", conversation.id)]
        return self.search_fetch(domain, TURN_FIELDS, limit=1)

    def _turn(self, event):
        """Run one event; on any error hand the citizen over, not leave them in silence."""
        self.ensure_one()
        try:
            with self._savepoint():
                self._advance(event)
        except TO_RETRY:
            raise
        except Exception as error:  # any error in a flow, an action or a channel ends here
            _logger.exception("Flow session %s of %s failed", self.id, self.flow_id.name)
            self._fail(error)

    @contextmanager
    def _savepoint(self):
        """Undo everything in the block if it raises, messages included (hook).

        A channel that keeps unsent messages in memory discards them then.
        """
        with self.env.cr.savepoint():
            yield

    def _advance(self, event):
        """Run the engine and carry out its effects, including actions and their results."""
        if not self.version_id:
            raise FlowNotPublished(self.env._("The flow has no published version."))
        stored = self.engine_state
        flow = self.version_id._compiled((stored or {}).get("flow"))
        state = engine.State.from_json(stored) if stored else None
        conversation = self.conversation_id
        names = flow.context_names
        if state is None:
            # the interrupted conversation is reported with the new number
            names = names | {"protocolo"}
        context = conversation._flow_values(names)
        if state is None:
            conversation._log(
                "flow_started", flow=self.flow_id.name, version=self.version_id.number
            )
        for _turn in range(MAX_ACTIONS):
            before, path = state, []
            state, effects = engine.advance(flow, state, event, context, path)
            measured = self._measure(flow, before, state, event, path, effects)
            self._store(state, flow, measured)
            self._remember_language(flow, state)
            event = self._carry_out(engine.merge(effects))
            if event is None:
                return
            context = conversation._flow_values(flow.context_names)
        raise RuntimeError(f"more than {MAX_ACTIONS} actions in one turn")

    def _store(self, state, flow, measured):
        """Store the engine's state together with what was measured (`_measure`)."""
        self.write(
            {
                **measured,
                "engine_state": state.to_json(),
                "status": state.status,
                "step_key": state.step,
                "silence_at": self._silence_due(state, flow),
                **self._no_pending(),
            }
        )

    def _carry_out(self, effects):
        """Carry out the engine's effects, in order.

        :return: an ActionResult to continue with, or None if the turn is done
        """
        conversation = self.conversation_id
        for effect in effects:
            if isinstance(effect, engine.Say | engine.Ask):
                message = conversation._say(self._outgoing(effect))
                if isinstance(effect, engine.Ask):
                    self.asked_message_id = message.id
            elif isinstance(effect, engine.Collect):
                conversation._collect(effect.key, effect.label, effect.value)
            elif isinstance(effect, engine.SmallTalk):
                conversation._note_small_talk(effect.name, effect.title, effect.tell, effect.text)
            elif isinstance(effect, engine.HandOver):
                conversation._log("flow_ended", step=self.step_key, reason=effect.reason)
                conversation._hand_over(
                    queue=self._queue(effect.queue),
                    reason=effect.reason or "flow",
                    skill=self._skill(effect.skill),
                    priority=effect.priority,
                )
            elif isinstance(effect, engine.End | engine.Survey):
                conversation._log("flow_ended", step=self.step_key, outcome=effect.outcome)
                conversation._note_disposition(effect.disposition)
                if isinstance(effect, engine.End) or not conversation._ask_survey():
                    conversation._end_by_bot(self._outcome(effect.outcome))
            elif isinstance(effect, engine.Wait):
                self._schedule_wait(effect.seconds)
            elif isinstance(effect, engine.Note):
                self._note_memory(effect)
            elif isinstance(effect, engine.CallAction):
                return self._call_action(effect)
        return None

    def _call_action(self, effect):
        """Run an action; return its result, None if there is none now.

        It comes later, or the action took the conversation away from the bot.
        """
        if self._runs_later(effect.name):
            self._schedule_action(effect.name, dict(effect.params))
            return None
        result = self._run_action(effect.name, dict(effect.params))
        if self.conversation_id.state != BOT:
            self._leave(states.HANDED_OVER)
            return None
        return self._action_result(effect.name, result)

    @api.model
    def _action_result(self, name, result):
        """Return an action's result as an engine event (see `_run_action`)."""
        return engine.ActionResult(
            name,
            result.get("ok") is True,
            result.get("values") or {},
            result.get("empty") is True,
        )

    def _leave(self, status):
        """End the flow without running the engine again."""
        vals = {"status": status, "silence_at": False, "later": False, **self._no_pending()}
        if self.engine_state:
            vals["engine_state"] = {**self.engine_state, "status": status}
        self.write(vals)

    def _run_action(self, name, params):
        """Run `_action_<name>(params)`, which addons add to this model, or call a web service.

        :return: {"ok": bool, "values": {...}, "empty": bool (a look-up that found nothing)}; for a
        method that raises, ok is False and its error is kept on the session
        """
        self.ensure_one()
        if name.startswith("service:"):
            return self._ask_service(name.removeprefix("service:"), params)
        method = getattr(self, f"_action_{name}", None)
        if method is None:
            self._note_error(self.env._("The action “%s” does not exist.", name))
            return {"ok": False, "values": {}}
        try:
            with self._savepoint():
                return method(params)
        except TO_RETRY:
            raise
        except Exception as error:  # the flow's own branch for failures takes over
            _logger.exception("Action %s of flow session %s failed", name, self.id)
            self._note_error(self._error_text(error))
            return {"ok": False, "values": {}}

    def _values(self):
        """Return the values collected so far: {name: value}, for actions."""
        self.ensure_one()
        return dict((self.engine_state or {}).get("values") or {})

    def _resume(self, step_key):
        """Continue at a step after people had the conversation (its state must be bot again)."""
        self.ensure_one()
        self._turn(engine.Resume(step_key))

    # ------------------------------------------------------------
    # Between Odoo's values and the engine's
    # ------------------------------------------------------------

    def _answer(self, incoming):
        """Return the engine's Answer of an Incoming.

        Media are named by the mail.message that has them.
        """
        media, location = incoming.media, incoming.location
        message_id = incoming.message_id
        place = (location.name or location.address) if location else ""
        return engine.Answer(
            text=incoming.text or place,
            option_id=incoming.option_id,
            kind=incoming.kind,
            media_ref=f"message:{message_id}" if media and message_id else "",
            media_kind=media.kind if media else "",
            latitude=location.latitude if location else None,
            longitude=location.longitude if location else None,
        )

    def _outgoing(self, effect):
        """Return the channel-neutral message of a Say or an Ask."""
        options = getattr(effect, "options", ())
        return Outgoing(
            text=effect.text,
            options=tuple(
                Option(choice.id, choice.title, choice.description, choice.label)
                for choice in options
            ),
            list_button=getattr(effect, "list_button", ""),
            footer=getattr(effect, "footer", ""),
            media=tuple(filter(None, [self._media(item) for item in effect.media])),
        )

    def _media(self, item):
        """Return a step's file as Media with its own attachment, None if it was deleted."""
        attachment = self.env["ir.attachment"].browse(item.get("attachment_id") or 0).exists()
        if not attachment:
            return None
        channel = self.conversation_id.discuss_channel_id
        # a message owns its attachments, so each conversation gets its own (the file is shared)
        copy = attachment.copy({"res_model": "discuss.channel", "res_id": channel.id})
        return Media(
            kind=item["kind"],
            attachment_id=copy.id,
            filename=copy.name or "",
            mimetype=copy.mimetype or "",
        )

    @api.model
    def _skill(self, skill_id):
        """Return the expertise that a HandOver asks for, empty for none or when it was deleted."""
        skills = self.env["im_livechat.expertise"]
        return skills.browse(skill_id).exists() if isinstance(skill_id, int) else skills

    @api.model
    def _queue(self, queue_id):
        """Return the queue of a HandOver, empty for the usual one or when it was deleted."""
        if not isinstance(queue_id, int):
            return self.env["contact_center.queue"]
        return self.env["contact_center.queue"].browse(queue_id).exists().filtered("active")

    def _outcome(self, outcome):
        """Return an outcome that conversations know."""
        known = dict(self.conversation_id._fields["outcome"]._description_selection(self.env))
        return outcome if outcome in known else "self_service"

    # ------------------------------------------------------------
    # Faults
    # ------------------------------------------------------------

    def _fail(self, error):
        """Record an error where administrators see it, and call people."""
        self._note_error(self._error_text(error))
        self._leave(states.HANDED_OVER)
        conversation = self.conversation_id
        conversation._log("note", note="flow_error", error=str(error)[:500])
        if conversation.state == BOT:
            conversation._hand_over(reason="flow_error")

    def _note_error(self, text):
        self.write({"error": text, "error_at": fields.Datetime.now()})

    def _error_text(self, error):
        """Return the conversation's protocol, the error in words and where it happened."""
        where = traceback.extract_tb(error.__traceback__)[-1:]
        place = f" ({where[0].name}:{where[0].lineno})" if where else ""
        if isinstance(error, FlowNotPublished):
            place = ""
        return f"{self.conversation_id.protocol}: {error}{place}"


class FlowNotPublished(Exception):
    """A conversation was given an unpublished flow."""
