# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import PHOTO
from .test_inbound_types import InboundCase


@tagged("post_install", "-at_install")
class TestInboundChanges(InboundCase):
    """Reactions, corrections and deletions at the message that they are about."""

    def test_correction_is_shown_at_its_message(self):
        conversation = self.in_service()
        record = self.receive(text="sala 12")
        self.correct(record, "sala 21")
        self.assertEqual(self.text(record), "sala 21")
        (revision,) = self.marks(record)["edited"]
        self.assertEqual(revision["text"], "sala 12")
        self.assertEqual(self.said(conversation)[-1], "sala 21")
        self.correct(record, "sala 22")
        self.assertEqual([r["text"] for r in self.marks(record)["edited"]], ["sala 12", "sala 21"])
        self.assertIn("sala 12", html2plaintext(conversation.transcript))

    def test_the_same_correction_twice_is_one(self):
        self.in_service()
        record = self.receive(text="sala 12")
        event = self.correct(record, "sala 21")
        with self.jobs():
            event.action_process_again()
        self.assertEqual(len(self.marks(record)["edited"]), 1)

    def test_what_changed_above_is_said_below(self):
        conversation = self.in_service()
        record = self.receive(text="sala 12")
        self.receive(text="segundo andar")
        self.correct(record, "sala 21")
        remark = conversation.discuss_channel_id.message_ids.sorted("id")[-1]
        self.assertIn("✏️", remark.body)
        self.assertEqual(remark.parent_id, record.mail_message_id)

    def test_corrected_caption(self):
        self.in_service()
        self.meta.files["m9"] = (PHOTO, "image/png")
        image = {"id": "m9", "mime_type": "image/png", "caption": "antes"}
        record = self.receive(type="image", image=image)
        part = {"type": "image", "image": {"caption": "depois"}}
        self.change("edit", record, message=part)
        self.assertIn("depois", self.text(record))
        record._fetch_media()
        self.assertEqual(self.text(record).strip(), "depois")
        self.assertTrue(record.mail_message_id.attachment_ids)

    def test_deletion_is_marked_and_the_text_stays(self):
        conversation = self.in_service()
        record = self.receive(text="esqueça")
        self.change("revoke", record)
        self.assertEqual(self.marks(record)["revoked_by"], "citizen")
        self.assertEqual(self.text(record), "esqueça")
        transcript = conversation.with_context(lang="pt_BR").transcript
        self.assertIn("Apagada pelo cidadão", html2plaintext(transcript))

    def test_unknown_message_leaves_a_remark(self):
        conversation = self.in_service()
        self.correct("wamid.gone", "certo")
        self.change("revoke", "wamid.gone")
        self.assertIn("certo", self.said(conversation)[-2])
        self.assertIn("🗑", self.said(conversation)[-1])

    def test_nobody_changes_what_somebody_else_said(self):
        conversation = self.in_service()
        self.agent_says(conversation, "Resolvido.")
        ours = self.outgoing(conversation)[-1]
        self.correct(ours, "Prometido.")
        self.change("revoke", ours)
        self.assertEqual((self.text(ours), self.marks(ours)), ("Resolvido.", {}))
        record = self.receive(text="oi")
        other = {"wa_id": "5531966665555", "user_id": "BR.2002", "name": "José"}
        for kind, part in (
            ("edit", {"message": {"type": "text", "text": {"body": "x"}}}),
            ("revoke", {}),
        ):
            change = {"original_message_id": record.wamid, **part}
            self.deliver(self.inbound(person=other, type=kind, **{kind: change}))
        reaction = {"message_id": record.wamid, "emoji": "😡"}
        self.deliver(self.inbound(person=other, type="reaction", reaction=reaction))
        self.assertEqual((self.text(record), self.marks(record)), ("oi", {}))
        self.assertFalse(record.mail_message_id.reaction_ids)

    def test_both_ways_of_taking_a_reaction_away(self):
        conversation = self.in_service()
        said = self.agent_says(conversation, "Resolvido.").sudo()
        ours = self.outgoing(conversation)[-1]
        for without in ({}, {"emoji": ""}):
            self.change("reaction", ours, emoji="👍")
            self.assertEqual(said.reaction_ids.mapped("content"), ["👍"])
            self.change("reaction", ours, **without)
            self.assertFalse(said.reaction_ids)

    def test_reaction_after_the_end_reaches_who_asked(self):
        """An agent who asked just before the end still gets a thumb as the answer."""
        conversation = self.in_service()
        self.agent_says(conversation, "Resolvido.")
        ours = self.outgoing(conversation)[-1].sudo()
        conversation._close("resolved")
        taken = []

        def receive(where, message, emoji):
            taken.append((where.id, message.id, emoji))

        self.patch(type(conversation), "_receive_reaction", receive)
        self.change("reaction", ours, emoji="👍")
        self.assertEqual(taken, [(conversation.id, ours.mail_message_id.id, "👍")])
        ours.conversation_id = False
        self.change("reaction", ours, emoji="👎")
        self.assertEqual(len(taken), 1, "one that belongs to no conversation")


@tagged("post_install", "-at_install")
class TestEchoes(InboundCase):
    """Messages of the staff from the telephone's own application, and news about citizens."""

    def test_echo_is_said_by_the_city(self):
        conversation = self.in_service()
        self.receive(text="alguém aí?")
        before = conversation.event_ids
        record = self.echo(text="já vou")
        phone = self.env.ref("whatsapp_helpdesk.partner_phone_app")
        self.assertEqual(record.mail_message_id.author_id, phone)
        self.assertEqual((self.text(record), record.direction), ("já vou", "out"))
        self.assertTrue(self.marks(record)["from_phone"])
        self.assertEqual(conversation.unread_count, 0)
        self.assertFalse(self.meta.sent)
        self.assertEqual(conversation.event_ids, before, "no agent of ours did anything")

    def test_echo_with_a_file(self):
        self.in_service()
        self.meta.files["m1"] = (PHOTO, "image/png")
        record = self.echo(type="image", image={"id": "m1", "mime_type": "image/png"})
        self.assertEqual(record.media_state, "done")
        self.assertEqual(record.mail_message_id.attachment_ids.raw, PHOTO)
        self.assertFalse(self.meta.sent)

    def test_echo_is_corrected_deleted_and_reacted(self):
        self.in_service()
        theirs, record = self.receive(text="oi"), self.echo(text="amanha")
        edit = {"original_message_id": record.wamid}
        edit["message"] = {"type": "text", "text": {"body": "amanhã"}}
        self.echo(type="edit", edit=edit)
        self.assertEqual(self.text(record), "amanhã")
        self.echo(type="revoke", revoke={"original_message_id": record.wamid})
        self.assertEqual(self.marks(record)["revoked_by"], "us")
        self.echo(type="reaction", reaction={"message_id": theirs.wamid, "emoji": "👍"})
        self.assertEqual(theirs.mail_message_id.reaction_ids.content, "👍")
        self.echo(type="revoke", revoke={"original_message_id": theirs.wamid})
        self.assertFalse(self.marks(theirs))

    def test_echo_under_the_other_form_of_the_number(self):
        conversation = self.in_service()
        record = self.echo(text="oi", to="5531988887777")
        self.assertEqual(record.conversation_id, conversation)

    def test_changed_number_is_noted_and_followed(self):
        conversation = self.in_service()
        system = {"type": "user_changed_number", "body": "changed", "wa_id": "5531955554444"}
        value = {"messages": [self.message(type="system", system=system)]}
        self.deliver(self.call(value))
        self.assertIn("+55 31 95555-4444", self.said(conversation)[-1])
        self.assertEqual(conversation.partner_id.phone, "+55 31 95555-4444")
        self.assertTrue(conversation.event_ids.filtered(lambda e: e.kind == "note"))
        self.assertEqual(
            self.receive(person={"wa_id": "5531955554444"}, text="oi").conversation_id, conversation
        )

    def test_changed_security_code_warns(self):
        conversation = self.in_service()
        system = {"type": "customer_identity_changed", "body": "x", "identity": "h"}
        self.deliver(self.call({"messages": [self.message(type="system", system=system)]}))
        self.assertIn("código de segurança", self.said(conversation)[-1])
