# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .gate_common import GateCase


@tagged("post_install", "-at_install")
class TestForgery(GateCase):
    """A transcript's messages were said by the person and at the time that it says."""

    def _forged(self):
        """Values with which somebody would put words into another's mouth."""
        for author in (self.citizen, self.supervisor.partner_id):
            yield {"author_id": author.id}
        yield {"email_from": "Maria <maria@example.com>"}
        yield {"date": "2020-01-01 00:00:00"}
        yield {"author_guest_id": 1}
        yield {"create_uid": self.supervisor.id}
        yield {"create_date": "2020-01-01 00:00:00"}
        yield {"model": "res.partner", "res_id": self.citizen.id}
        yield {"subject": "x", "record_name": "x", "reply_to": "x@example.com"}
        yield {"rating_value": 5}
        yield {"tracking_value_ids": [(0, 0, {})]}

    def test_author_time_and_kind_are_decided_by_the_server(self):
        channel = self.channel.with_user(self.agent)
        kinds = ("comment", "notification", "email", "auto_comment", "sms", "user_notification")
        for values in self._forged():
            for kind in kinds:
                with self.subTest(values=values, kind=kind):
                    message = channel.message_post(
                        body="Olá", message_type=kind, subtype_xmlid="mail.mt_comment", **values
                    ).sudo()
                    self.assertEqual(message.author_id, self.agent.partner_id)
                    self.assertFalse(message.author_guest_id)
                    self.assertEqual(message.create_uid, self.agent)
                    self.assertEqual(message.message_type, "comment")
                    self.assertEqual((message.model, message.res_id), (channel._name, channel.id))
                    self.assertGreater(message.date.year, 2020)
                    self.assertNotIn("maria@", message.email_from or "")
                    self.assertFalse(message.subject)

    def test_defaults_of_the_context_say_nothing(self):
        channel = self.channel.with_user(self.agent).with_context(
            default_author_id=self.citizen.id,
            default_message_type="notification",
            default_date="2020-01-01 00:00:00",
            default_email_from="maria@example.com",
            contact_center_passed="SYSTEM",
        )
        message = channel.message_post(body="Olá", subtype_xmlid="mail.mt_comment").sudo()
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(message.message_type, "comment")
        self.assertGreater(message.date.year, 2020)

    def test_whatever_is_said_to_the_citizen_reaches_them(self):
        """A notice that stands in the transcript as said, and was never delivered, would be one."""
        channel = self.channel.with_user(self.agent)
        for kind in ("notification", "email", "auto_comment"):
            with self._delivered() as delivered:
                channel.message_post(
                    body=f"Olá {kind}", message_type=kind, subtype_xmlid="mail.mt_comment"
                )
            self.assertEqual(len(delivered), 1)
        with self._delivered() as delivered:
            note = channel.message_post(body="Só entre nós", message_type="notification")
        self.assertFalse(delivered)
        self.assertTrue(note.sudo()._is_contact_center_note())
        self.assertNotIn("Só entre nós", str(self.conversation.transcript))

    def test_others_say_nothing_of_any_kind(self):
        before = self._picture()
        for user in (self.supervisor, self.administrator, self.colleague):
            for kind in ("comment", "notification", "email", "auto_comment"):
                with self.assertRaises(UserError):
                    self.channel.with_user(user).message_post(
                        body="x", message_type=kind, subtype_xmlid="mail.mt_comment"
                    )
        self.assertEqual(self._picture(), before)

    def test_notes_are_in_the_name_of_who_writes_them(self):
        note = self.channel.with_user(self.supervisor).message_post(
            body="Cuidado",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=self.agent.partner_id.id,
            date="2020-01-01 00:00:00",
        )
        self.assertEqual(note.sudo().author_id, self.supervisor.partner_id)
        self.assertGreater(note.sudo().date.year, 2020)

    def test_message_notify_of_the_abstract_model(self):
        before = self._picture()
        for user in (self.agent, self.supervisor, self.administrator):
            with self.assertRaises(UserError):
                self.env["mail.thread"].with_user(user).message_notify(
                    body="Forjado",
                    partner_ids=self.colleague.partner_id.ids,
                    author_id=self.citizen.id,
                    model="discuss.channel",
                    res_id=self.channel.id,
                )
        self.assertEqual(self._picture(), before)

    def test_messages_by_the_model_itself(self):
        before = self._picture()
        comment = self.env.ref("mail.mt_comment")
        for user in (self.agent, self.supervisor, self.administrator):
            messages = self.env["mail.message"].with_user(user)
            forged = {
                "model": "discuss.channel",
                "res_id": self.channel.id,
                "author_id": self.citizen.id,
                "body": "Forjado",
                "message_type": "comment",
                "subtype_id": comment.id,
            }
            with self.assertRaises(UserError):
                messages.create(forged)
            with self.assertRaises(UserError):
                self.message.with_user(user).copy({"body": "Forjado"})
            group = self.env["discuss.channel"].with_user(user)
            group = group.create({"name": "Equipe", "channel_type": "group"})
            own = group.message_post(body="Meu", message_type="comment")
            for values in (
                {"res_id": self.channel.id},
                {"model": "discuss.channel", "res_id": self.channel.id},
                {"res_id": self.channel.id, "model": "discuss.channel", "author_id": 1},
            ):
                with self.assertRaises(UserError):
                    own.write(values)
            for values in (
                {"body": "x"},
                {"author_id": self.citizen.id},
                {"email_from": "x@example.com"},
                {"date": "2020-01-01"},
                {"pinned_at": "2026-11-20"},
                {"subject": "x"},
                {"res_id": False},
                {"reaction_ids": [(0, 0, {"content": "👍"})]},
            ):
                with self.assertRaises(UserError):
                    self.message.with_user(user).write(values)
            with self.assertRaises(UserError):
                self.message.with_user(user).unlink()
        self.assertEqual(self._picture(), before)

    def test_wizard_and_scheduled_message_say_nothing_for_others(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.supervisor)
            .create(
                {
                    "model": "discuss.channel",
                    "res_ids": str(self.channel.ids),
                    "body": "Forjado",
                    "author_id": self.citizen.id,
                    "composition_mode": "comment",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                }
            )
        )
        before = self._picture()
        with self.assertRaises(UserError):
            composer._action_send_mail()
        self.assertEqual(self._picture(), before)

    def test_a_message_quotes_none_of_another_conversation(self):
        elsewhere = self._in_service(agent=self.agent)
        secret = self._answer(elsewhere, "Segredo de outra pessoa")
        with self.assertRaises(UserError):
            self._answer(self.conversation, "Veja", parent_id=secret.id)
