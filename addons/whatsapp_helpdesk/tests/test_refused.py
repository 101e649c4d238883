# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Option, Outgoing

from ..cloud_api.client import Sent
from .common import PHOTO, WhatsappCase

SUBJECTS = tuple(
    Option(f"assunto:{number}", title)
    for number, title in enumerate(("Iluminação", "Buraco na rua", "Poda", "Outro assunto"), 1)
)
YES_NO = (Option("q:sim", "Sim"), Option("q:nao", "Não"))
OTHER = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "Bia"}


@tagged("post_install", "-at_install")
class TestMenuRefused(WhatsappCase):
    """A menu that Meta refuses is said as numbered text, once; its numbers are understood."""

    def offer(self, *failures, options=SUBJECTS):
        """Let the bot offer a menu that Meta refuses so; return the conversation."""
        for code in failures:
            self.meta.fail(code)
        with self.bot(Outgoing(text="Qual é o assunto?", options=options)):
            return self.say("oi", person=OTHER).conversation_id

    def answer(self, text):
        """Let the citizen answer; return the `Incoming` that the bot gets."""
        with self.bot() as heard:
            self.say(text, person=OTHER)
        return heard[-1]

    def test_refused_menu_goes_out_as_numbered_text(self):
        for code in (131009, 131008, 100, 132069, 135000, 139999):
            self.meta.sent.clear()
            conversation = self.offer(code)
            written = (
                "Qual é o assunto?\n\n1 - Iluminação\n2 - Buraco na rua\n3 - Poda\n"
                "4 - Outro assunto"
            )
            self.assertEqual(self.meta.texts(), [written])
            message = self.outgoing(conversation)[-1]
            self.assertEqual((message.state, message.kind), ("sent", "text"))
            self.assertEqual(message.menu_error, str(code))
            conversation._close("resolved")

    def test_buttons_too(self):
        self.offer(131009, options=YES_NO)
        self.assertEqual(self.meta.texts(), ["Qual é o assunto?\n\n1 - Sim\n2 - Não"])

    def test_answered_by_number_or_by_words(self):
        for typed, option in (("2", "assunto:2"), ("3)", "assunto:3"), ("iluminacao", "assunto:1")):
            conversation = self.offer(131009)
            incoming = self.answer(typed)
            self.assertEqual((incoming.kind, incoming.option_id), ("option", option))
            conversation._close("resolved")

    def test_other_words_stay_what_they_are(self):
        self.offer(131009)
        incoming = self.answer("a luz do poste queimou")
        self.assertEqual((incoming.kind, incoming.text), ("text", "a luz do poste queimou"))

    def test_numbers_are_about_the_last_thing_said(self):
        conversation = self.offer(131009)
        with self.jobs():
            conversation._say(Outgoing(text="Quantas lâmpadas estão apagadas?"))
        self.assertEqual(self.answer("2").kind, "text")

    def test_survey_by_number(self):
        conversation = self.offer()
        self.meta.fail(131009)
        with self.jobs():
            conversation._ask_survey()
        self.assertIn("1 - Ótimo", self.meta.texts()[-1])
        self.say("1", person=OTHER)
        self.assertEqual(conversation.satisfaction, "very_good")

    def test_text_refused_as_well_is_seen(self):
        conversation = self.offer(131009, 131009)
        message = self.outgoing(conversation)[-1]
        self.assertEqual((message.state, message.error_code), ("failed", "131009"))
        self.assertFalse(self.meta.sent)
        self.assertIn("message_failed", conversation.event_ids.mapped("kind"))
        health = self.env["contact_center.health"]._check_outbox()
        self.assertEqual(health["level"], "warning")

    def test_refusal_that_comes_as_a_status(self):
        conversation = self.offer()
        message = self.outgoing(conversation)[-1]
        menu = message.wamid
        self.meta.sent.clear()
        self.deliver(self.status(message, "failed", errors=[{"code": 131009, "title": "t"}]))
        self.assertIn("1 - Iluminação", self.meta.texts()[0])
        self.assertEqual(message.state, "sent")
        self.assertNotEqual(message.wamid, menu)
        # The same news once more, about the menu that is gone
        self.deliver(
            self.status(
                message,
                "failed",
                id=menu,
                errors=[{"code": 131009, "title": "t"}],
                timestamp=str(int(self.now().timestamp()) + 1),
            )
        )
        self.assertEqual((message.state, len(self.meta.sent)), ("sent", 1))

    def test_status_of_the_refusal_before_the_answer_of_the_send(self):
        conversation = self.offer()
        message = self.outgoing(conversation)[-1]
        message.write({"state": "sending", "wamid": False})
        self.deliver(
            self.status(message, "failed", id="wamid.x", errors=[{"code": 131009, "title": "t"}]),
            run=False,
        )
        with self.jobs(run=False):
            self.Event._process_statuses()
        self.assertEqual((message.state, message.wamid), ("queued", False))

    def test_refused_for_the_number_or_the_person_is_no_reason(self):
        conversation = self.offer(131026)
        message = self.outgoing(conversation)[-1]
        self.assertEqual((message.state, message.error_code), ("failed", "131026"))
        self.assertEqual(message.kind, "interactive")

    def test_refused_text_is_not_repeated(self):
        self.meta.fail(131009)
        with self.bot("Olá"):
            conversation = self.say("oi", person=OTHER).conversation_id
        self.assertEqual(self.outgoing(conversation)[-1].state, "failed")


@tagged("post_install", "-at_install")
class TestWindowRefused(WhatsappCase):
    """A refusal over the 24 hours does not count once the citizen has written again."""

    REFUSAL = [{"code": 131047, "title": "Re-engagement message"}]

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        self.agent_says(self.conversation, "oi")
        self.sent = self.outgoing(self.conversation)[-1]

    def refuse(self, **more):
        self.deliver(self.status(self.sent, "failed", errors=self.REFUSAL, **more))

    def citizen_writes(self, seconds):
        moment = self.now() + timedelta(seconds=seconds)
        self.deliver(self.inbound(text="voltei", timestamp=str(int(moment.timestamp()))))

    def open(self):
        return self.conversation._window_until() > fields.Datetime.now()

    def test_late_refusal_leaves_open_what_the_citizen_reopened(self):
        self.citizen_writes(1)
        self.refuse()
        self.assertEqual(self.sent.state, "failed")
        self.assertTrue(self.open())
        self.meta.sent.clear()
        self.agent_says(self.conversation, "pode falar")
        self.assertEqual(self.meta.texts(), ["pode falar"])

    def test_refusal_before_the_citizen_writes_closes_until_then(self):
        self.refuse()
        self.assertFalse(self.open())
        self.citizen_writes(1)
        self.assertTrue(self.open())

    def test_what_the_citizen_wrote_arrives_after_the_refusal(self):
        # Written before Meta refused, by Meta's clock, and delivered to us afterwards
        self.refuse(timestamp=str(int(self.now().timestamp()) + 60))
        self.citizen_writes(1)
        self.assertTrue(self.open())

    def test_refusal_of_an_answer_to_the_newest_message_closes(self):
        self.citizen_writes(1)
        self.agent_says(self.conversation, "e agora?")
        self.sent = self.outgoing(self.conversation)[-1]
        self.refuse()
        self.assertFalse(self.open())

    def test_refused_at_once_closes(self):
        self.meta.fail(131047)
        self.agent_says(self.conversation, "de novo")
        self.assertFalse(self.open())

    def test_refused_message_may_go_again_once_the_window_is_open(self):
        self.refuse()
        message = self.sent.mail_message_id
        (part,) = message._contact_center_delivery()[message.id]["parts"]
        self.assertFalse(part["again"])
        self.citizen_writes(1)
        (part,) = message._contact_center_delivery()[message.id]["parts"]
        self.assertTrue(part["again"])

    def test_refusal_of_an_earlier_attempt_does_not_fail_the_later_one(self):
        first = self.sent.wamid
        self.refuse()
        self.citizen_writes(1)
        with self.jobs():
            self.sent._queue_again()
        self.assertEqual(self.sent.state, "sent")
        self.refuse(id=first, timestamp=str(int(self.now().timestamp()) + 5))
        self.assertEqual(self.sent.state, "sent")
        self.assertTrue(self.open())


@tagged("post_install", "-at_install")
class TestPicturesBeforeWords(WhatsappCase):
    """Words wait for the news that the file before them went out; bounded, and only they."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        self.photo = self.outgoing(self.conversation)[-1]
        self.meta.sent.clear()

    def test_words_wait_for_the_status_of_the_picture(self):
        self.agent_says(self.conversation, "Esta é a planta.")
        self.assertFalse(self.meta.sent)
        self.deliver(self.status(self.photo, "sent"))
        self.assertEqual(self.meta.texts(), ["Esta é a planta."])

    def test_any_status_will_do(self):
        for status in ("delivered", "read"):
            with self.subTest(status):
                self.photo.holds_until = fields.Datetime.now() + timedelta(seconds=10)
                self.agent_says(self.conversation, "texto")
                self.assertFalse(self.meta.sent)
                self.deliver(self.status(self.photo, status))
                self.assertEqual(self.meta.texts(), ["texto"])
                self.meta.sent.clear()

    def test_picture_that_failed_holds_nothing_back(self):
        self.agent_says(self.conversation, "texto")
        self.deliver(self.status(self.photo, "failed", errors=[{"code": 131053}]))
        self.assertEqual(self.meta.texts(), ["texto"])

    def test_words_go_at_the_latest_after_some_seconds(self):
        with self.jobs(run=False) as trap:
            self.conversation._say(Outgoing(text="texto"))
            self.conversation.whatsapp_identity_id._send_outbox()
            self.assertFalse(self.meta.sent)
            (job,) = [job for job in trap.enqueued_jobs if job.eta]
        self.assertEqual(self.photo.holds_until - fields.Datetime.now(), timedelta(seconds=10))
        self.assertTrue(job.eta)
        self.photo.holds_until = fields.Datetime.now()
        with self.jobs(later=False):
            self.conversation.whatsapp_identity_id._send_outbox()
        self.assertEqual(self.meta.texts(), ["texto"])

    def test_another_picture_does_not_wait(self):
        attachment = self.attachments({"name": "foto2.png", "raw": PHOTO})
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        self.assertEqual([payload["type"] for payload in self.meta.sent], ["image"])

    def test_words_wait_for_every_picture_before_them(self):
        attachment = self.attachments({"name": "foto2.png", "raw": PHOTO})
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        second = self.outgoing(self.conversation)[-1]
        self.meta.sent.clear()
        self.agent_says(self.conversation, "texto")
        self.deliver(self.status(self.photo, "sent"))
        self.assertFalse(self.meta.sent)
        self.deliver(self.status(second, "sent"))
        self.assertEqual(self.meta.texts(), ["texto"])

    def test_status_before_the_answer_of_the_send_holds_nothing_back(self):
        self.photo.write({"state": "sending", "wamid": False, "holds_until": False})
        self.deliver(self.status(self.photo, "sent", id="wamid.early"))
        self.photo._record_sent(Sent("wamid.early"))
        self.assertFalse(self.photo.holds_until)

    def test_other_people_do_not_wait(self):
        with self.bot("Olá!"):
            self.say("oi", person=OTHER)
        self.assertEqual(self.meta.texts(), ["Olá!"])


def hevc_video():
    """Return a video as telephones record it: HEVC, which WhatsApp does not play."""

    def box(name, *content):
        body = b"".join(content)
        return (len(body) + 8).to_bytes(4, "big") + name + body

    entry = box(b"hvc1", bytes(78))
    table = box(b"stbl", box(b"stsd", bytes(4), (1).to_bytes(4, "big"), entry))
    media = box(b"mdia", box(b"hdlr", bytes(8), b"vide", bytes(13)), box(b"minf", table))
    return box(b"ftyp", b"isom", bytes(12)) + box(b"moov", box(b"trak", media))


@tagged("post_install", "-at_install")
class TestFilesRefused(WhatsappCase):
    """Agents are warned of files WhatsApp cannot show; a resent file is uploaded anew."""

    def setUp(self):
        super().setUp()
        self.conversation = self.in_service()

    def send(self, name, raw, mimetype):
        """Let the agent send a file; return the whatsapp.message."""
        attachment = self.attachments({"name": name, "raw": raw, "mimetype": mimetype})
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        return self.outgoing(self.conversation)[-1]

    def test_video_that_telephones_cannot_play_is_told_as_it_is_attached(self):
        served = self.conversation.with_user(self.agent)
        words = served._composer_content("VID-20260101.mp4", "video/mp4", hevc_video())
        self.assertIn("HEVC (H.265)", words)
        for name, mimetype in (("v.mp4", ""), ("v.3gp", "video/3gpp")):
            self.assertTrue(served._composer_content(name, mimetype, hevc_video()))
        self.assertEqual(served._composer_content("foto.png", "image/png", PHOTO), "")
        self.assertEqual(served._composer_content("v.mp4", "video/mp4", b"unknown"), "")

    def test_video_that_comes_another_way_is_not_sent(self):
        message = self.send("v.mp4", hevc_video(), "video/mp4")
        self.assertEqual((message.state, message.error_code), ("failed", "video_codec"))
        self.assertIn("HEVC", message.error_reason)
        self.assertFalse(self.meta.uploads)
        said = message.mail_message_id
        self.assertFalse(said._contact_center_delivery()[said.id]["parts"][0]["again"])

    def test_sent_again_it_is_uploaded_anew(self):
        for code in (131053, 131052, 131000):
            message = self.send("foto.png", PHOTO, "image/png")
            uploads, first = len(self.meta.uploads), message.media_id
            self.deliver(self.status(message, "failed", errors=[{"code": code, "title": "t"}]))
            self.assertEqual(message.state, "failed")
            with self.jobs():
                message._queue_again()
            self.assertEqual(message.state, "sent")
            self.assertEqual(len(self.meta.uploads), uploads + 1)
            self.assertNotEqual(message.media_id, first)
            self.assertEqual(self.meta.sent[-1]["image"]["id"], message.media_id)

    def test_sent_again_after_weeks_it_is_uploaded_anew_before_that_it_is_there(self):
        for days, uploads in ((28, 1), (30, 2)):
            self.meta.uploads.clear()
            message = self.send("foto.png", PHOTO, "image/png")
            message._fail(131026)
            message.media_uploaded_at = fields.Datetime.now() - timedelta(days=days)
            with self.jobs():
                message._queue_again()
            self.assertEqual((message.state, len(self.meta.uploads)), ("sent", uploads))

    def test_next_try_after_an_error_of_the_file_uploads_anew(self):
        attachment = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.meta.answer((200, {"id": "9001"}))
        self.meta.answer((500, {"error": {"code": 131000, "message": "wrong"}}))
        self.agent_says(self.conversation, "", attachment_ids=attachment.ids)
        message = self.outgoing(self.conversation)[-1]
        self.assertEqual((message.state, message.media_id), ("unknown", False))
        message.next_try_at = fields.Datetime.now()
        with self.jobs(later=False):
            message.identity_id._send_outbox()
        self.assertEqual((message.state, len(self.meta.uploads)), ("sent", 1))

    def test_office_file_goes_and_comes_with_its_type(self):
        docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        message = self.send("Ofício.docx", b"PK\x03\x04", "application/zip")
        self.assertEqual((message.state, message.kind), ("sent", "document"))
        self.assertIn(docx.encode(), self.meta.uploads[-1])
        for name, given, shown in (
            ("a.docx", docx, docx),
            ("b.xlsx", "application/zip", xlsx),
            ("c.odt", "application/octet-stream", "application/vnd.oasis.opendocument.text"),
            ("d.xlsm", "application/zip", "application/vnd.ms-excel.sheet.macroenabled.12"),
            ("e.docx", "text/html", "text/plain"),
            ("f.svg", "application/octet-stream", "text/plain"),
        ):
            self.meta.files["777"] = (b"PK\x03\x04", given)
            part = {"id": "777", "mime_type": given, "filename": name}
            self.deliver(self.inbound(type="document", document=part))
            received = self.Message.search([("direction", "=", "in")], order="id desc", limit=1)
            attachment = received.mail_message_id.attachment_ids
            self.assertEqual((attachment.name, attachment.mimetype), (name, shown))
