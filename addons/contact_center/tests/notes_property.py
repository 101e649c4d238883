# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The promise about internal notes, played at random.

Each addon says what may leave by it.
"""

import json

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError

from .common import NotesMixin

SECRET = "jabuticaba"
"""A word of every note, of its files' names and of their content; nobody else ever says it."""

NOTE = st.tuples(
    st.just("note"),
    st.sampled_from(["agent", "supervisor"]),
    st.booleans(),  # with a file
    st.booleans(),  # mentions the citizen and everybody
    st.booleans(),  # answers the last message
)
ANSWER = st.tuples(st.just("answer"), st.sampled_from(["", "quote", "file", "quote file"]))
OTHER = st.tuples(
    st.sampled_from(
        ["citizen", "edit", "turn", "take_over", "transfer", "take", "close", "transcript"]
    )
)
STEPS = st.lists(NOTE | ANSWER | OTHER, min_size=3, max_size=8)


class NotesProperty(NotesMixin):
    """Mixin for a case: `_conversation()` in service, `_gone()` all that has left."""

    allow_inherited_tests_method = True
    examples = 12
    # What happens to a conversation; an addon with further actions has its own.
    steps = STEPS

    def test_a_note_never_leaves(self):
        """After any actions, no note, no file of one and no reason leaves the platform."""

        @settings(
            max_examples=self.examples,
            deadline=None,
            derandomize=True,
            database=None,
            # a failure is reported as it was found: to make it smaller takes minutes here
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(self.steps)
        def promise(steps):
            with self.env.cr.savepoint() as savepoint:
                conversation = self._conversation()
                self.notes = self.env["mail.message"]
                for kind, *how in [("note", "agent", True, True, False), *steps]:
                    self._attempt(getattr(self, f"_step_{kind}"), conversation, *how)
                self.env.flush_all()
                self.assertTrue(self.notes)
                for way, content in self._gone(conversation):
                    self.assertNotIn(SECRET, content, f"{way} after {steps}")
                savepoint.rollback()
            self.env.invalidate_all()

        promise()

    def _attempt(self, step, conversation, *how):
        """Do one step; what Odoo refuses in words leaves no trace."""
        try:
            with self.env.cr.savepoint():
                step(conversation, *how)
        except UserError:
            self.env.invalidate_all()

    def _gone(self, conversation):
        """Return (way, text) of everything that left the platform or that the citizen can reach."""
        yield "transcript", conversation.transcript or ""
        channel = conversation.discuss_channel_id
        yield "live chat's history", channel._get_channel_history() or ""
        said = self.env["mail.message"].search(conversation._said_domain())
        yield "what was said", _words(said)
        mails = self.env["mail.mail"].search([])
        yield "e-mail", _words(mails.mail_message_id) + str(mails.mapped("body_html"))
        told = self.env["mail.notification"].search(
            [("mail_message_id", "in", self.notes.ids), ("res_partner_id", "=", self.citizen.id)]
        )
        yield "notification of the citizen", _words(told.mail_message_id)
        yield (
            "mention of the citizen",
            _words(self.notes.filtered(lambda note: self.citizen in note.partner_ids)),
        )
        yield "collected", json.dumps(conversation.collected or [])

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def _last(self, conversation):
        return self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("message_type", "=", "comment"),
            ],
            limit=1,
            order="id desc",
        )

    def _step_note(self, conversation, who, with_file, mention, quote):
        user = self.supervisor if who == "supervisor" else conversation.agent_id or self.agent
        values = {}
        if with_file:
            content = SECRET.encode()
            values["attachment_ids"] = self._file(f"{SECRET}.txt", content, user).ids
        if mention:
            values["partner_ids"] = (self.citizen | self.supervisor.partner_id).ids
            values["special_mentions"] = ["everyone"]
        if quote:
            values["parent_id"] = self._last(conversation).id
        self.notes |= self._note(conversation, f"Nota: {SECRET}", user, **values)

    def _step_answer(self, conversation, how):
        values = {}
        note = self.notes.filtered("attachment_ids")[-1:] or self.notes[-1:]
        if "quote" in how:
            values["parent_id"] = note.id
        if "file" in how:
            values["attachment_ids"] = note.attachment_ids.ids
        self._answer(conversation, "Bom dia", conversation.agent_id or self.agent, **values)

    def _step_citizen(self, conversation):
        conversation._receive(self._text("Alô?"))

    def _step_edit(self, conversation):
        channel = conversation.discuss_channel_id.with_user(self.agent)
        channel._message_update_content(self.notes[-1:].with_user(self.agent), body=SECRET)

    def _step_turn(self, conversation):
        spoken = self.env.ref("mail.mt_comment")
        note = self.notes[-1:]
        note.with_user(note.author_id.user_ids).write({"subtype_id": spoken.id})

    def _step_take_over(self, conversation):
        conversation.with_user(self.supervisor).action_take_over(f"Motivo: {SECRET}")
        self.notes |= self._last(conversation)

    def _step_transfer(self, conversation):
        conversation.with_user(self.supervisor).action_transfer(self.other_queue)

    def _step_take(self, conversation):
        conversation.with_user(self.supervisor).action_take()

    def _step_close(self, conversation):
        conversation.with_user(self.supervisor).action_close()

    def _step_transcript(self, conversation):
        conversation.discuss_channel_id.with_user(self.agent)._email_livechat_transcript(
            "maria@example.com"
        )


def _words(messages):
    """Everything that messages say, files included."""
    return " ".join(
        f"{message.body} {message.attachment_ids.mapped('name')} "
        f"{message.attachment_ids.mapped('raw')} {message.parent_id.body}"
        for message in messages
    )
