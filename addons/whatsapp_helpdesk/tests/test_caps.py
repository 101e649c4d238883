# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.core import caps

from .common import MARIA, PHOTO, WhatsappCase

IMAGE = {"type": "image", "image": {"id": "555", "mime_type": "image/png"}}
OTHER = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "Bia"}


class ManyMessages(WhatsappCase):
    """Many messages of people in one call of the webhook."""

    def many(self, *messages):
        """Return the body of one call with these `(person, fields of the message)`."""
        contacts = [
            {"wa_id": one["wa_id"], "user_id": one["user_id"], "profile": {"name": one["name"]}}
            for one in (MARIA, OTHER)
        ]
        found = [self.message(person, **fields) for person, fields in messages]
        return self.call({"contacts": contacts, "messages": found})


@tagged("post_install", "-at_install")
class TestCaps(ManyMessages):
    """One citizen's use of the machine is limited; their messages are kept, and others go on."""

    def setUp(self):
        super().setUp()
        self.meta.files["555"] = (PHOTO, "image/png")
        self.account.write({"messages_per_minute": 3, "files_per_hour": 2, "tickets_per_hour": 1})

    def texts(self, count, at=0, person=OTHER):
        """Let a person write so many texts in a row; return those the bot heard."""
        stamp = str(int(self.now().timestamp()) + at)
        with self.bot("Certo.") as heard:
            texts = ({"text": f"m{number}", "timestamp": stamp} for number in range(count))
            self.deliver(self.many(*((person, text) for text in texts)))
        return heard

    def files(self, count, person=OTHER):
        """Let a person send so many pictures; return the whatsapp.messages."""
        with self.bot("Certo."):
            self.deliver(self.many(*((person, IMAGE) for _number in range(count))))
        return self.Message.search(
            [("direction", "=", "in"), ("kind", "=", "image")], order="id", limit=count
        )

    def said(self, words):
        return [text for text in self.meta.texts() if words in text]

    def test_defaults(self):
        account = self.env["whatsapp.account"].create(
            {"name": "Outra", "phone_number_id": "109000000000077", "api_url": "https://x.test"}
        )
        self.assertEqual([account._caps()[kind] for kind in caps.KINDS], [30, 300, 20, 3, 200])
        with self.assertRaises(ValidationError):
            account.files_per_hour = -1
        with self.assertRaises(ValidationError):
            account.megabytes_per_day = -1

    def test_bot_works_on_so_many_messages_a_minute_and_all_are_kept(self):
        heard = self.texts(7)
        self.assertEqual([incoming.text for incoming in heard], ["m0", "m1", "m2"])
        self.assertEqual(len(self.said("Recebi muitas mensagens")), 1)
        received = self.Message.search([("direction", "=", "in")], order="id")
        self.assertEqual(
            [message.body for message in received], [f"<p>m{number}</p>" for number in range(7)]
        )
        self.assertEqual(set(self.Event.search([]).mapped("state")), {"processed"})

    def test_next_minute_is_answered(self):
        self.texts(5)
        self.assertEqual(len(self.texts(5, at=61)), 3)
        self.assertEqual(len(self.said("Recebi muitas mensagens")), 2)

    def test_over_the_hours_cap_one_answer_for_the_whole_hour(self):
        self.account.write({"messages_per_minute": 0, "messages_per_hour": 4})
        self.assertEqual(len(self.texts(7)), 4)
        self.assertEqual(len(self.said("muitas mensagens suas na última hora")), 1)
        self.account.messages_per_minute = 3
        self.assertEqual(self.texts(5, at=600), [])
        self.assertEqual(len(self.said("Recebi muitas mensagens")), 1)
        self.assertEqual(len(self.texts(2, at=3601)), 2)
        received = self.Message.search([("direction", "=", "in")])
        self.assertEqual(len(received.mail_message_id), 14)
        reached = received.conversation_id.event_ids.filtered(
            lambda event: event.kind == "limit_reached"
        )
        self.assertEqual([event.data["limit"] for event in reached], [caps.HOURLY])

    def test_backlog_of_an_hour_that_comes_at_once_is_no_flood(self):
        stamp = int(self.now().timestamp())
        with self.bot("Certo.") as heard:
            stamps = [str(stamp - 600 + 25 * number) for number in range(10)]
            self.deliver(self.many(*((OTHER, {"text": "oi", "timestamp": at}) for at in stamps)))
        self.assertEqual(len(heard), 10)

    def test_other_people_are_answered(self):
        self.texts(7)
        self.assertEqual(len(self.texts(1, person=MARIA)), 1)

    def test_agent_gets_every_message_and_file(self):
        conversation = self.in_service()
        self.deliver(self.many(*((MARIA, {"text": f"m{number}"}) for number in range(8))))
        self.deliver(self.many(*((MARIA, IMAGE) for _number in range(5))))
        images = self.Message.search([("kind", "=", "image")])
        self.assertEqual(images.mapped("media_state"), ["done"] * 5)
        self.assertNotIn("limit_reached", conversation.event_ids.mapped("kind"))

    def test_further_files_stay_at_whatsapp_with_one_answer(self):
        messages = self.files(5)
        self.assertEqual(messages.mapped("media_state"), ["done", "done", "held", "held", "held"])
        self.assertEqual(len(self.said("Recebi muitos arquivos")), 1)
        self.assertIn("Arquivos demais em pouco tempo", messages[-1].body)

    def test_agent_fetches_a_held_file_by_a_click(self):
        message = self.files(3)[-1]
        conversation = message.conversation_id
        conversation._hand_over()
        with self.jobs():
            conversation.with_user(self.agent).action_take()
        mail = message.mail_message_id
        self.assertEqual(mail._contact_center_marks()[mail.id]["file"], "held")
        with self.jobs():
            conversation.with_user(self.agent).action_fetch_file(mail.id)
        self.assertEqual(message.media_state, "done")
        self.assertEqual(mail.sudo().attachment_ids.raw, PHOTO)
        self.assertFalse(mail._contact_center_marks().get(mail.id))
        with self.assertRaises(UserError):
            conversation.with_user(self.agent).action_fetch_file(mail.id)

    def test_only_who_serves_fetches_and_only_of_the_conversation(self):
        served = self.in_service()
        message = self.files(3)[-1]
        with self.assertRaises(AccessError):
            served.with_user(self.agent).action_fetch_file(message.mail_message_id.id)
        with self.assertRaises(UserError):
            served.with_user(self.colleague).action_fetch_file(message.mail_message_id.id)

    def test_tickets(self):
        conversation = self.say("oi").conversation_id
        self.assertFalse(conversation._over_cap(caps.TICKETS))
        with self.jobs():
            self.assertTrue(conversation._over_cap(caps.TICKETS))
            self.assertTrue(conversation._over_cap(caps.TICKETS))
        self.assertEqual(len(self.said("vários chamados")), 1)

    def test_zero_is_no_limit(self):
        self.account.messages_per_minute = 0
        self.assertEqual(len(self.texts(40)), 40)

    def test_health_page_says_how_often(self):
        check = self.env["contact_center.health"]._check_whatsapp_caps
        self.assertEqual(check()["level"], "ok")
        self.texts(5)
        self.files(4)
        self.assertEqual(check()["level"], "warning")
        self.assertIn("messages 1 times, files 1 times", check()["words"])
        self.assertIn("2 files were left", check()["words"])


@tagged("post_install", "-at_install")
class TestVolume(ManyMessages):
    """What a citizen's files of a day may weigh: the others stay at WhatsApp."""

    def setUp(self):
        super().setUp()
        self.account.write({"megabytes_per_day": 3, "files_per_hour": 0})
        self.meta.files["555"] = (PHOTO + b"0" * 2**20, "image/png")

    def files(self, count, person=OTHER):
        """Let a person send so many pictures of a megabyte; return whatsapp.messages."""
        with self.bot("Certo."):
            self.deliver(self.many(*((person, IMAGE) for _number in range(count))))
        return self.Message.search(
            [("direction", "=", "in"), ("kind", "=", "image")], order="id desc", limit=count
        ).sorted("id")

    def told(self):
        return [text for text in self.meta.texts() if "arquivos de hoje são muito grandes" in text]

    def test_beyond_it_files_are_kept_at_whatsapp_with_one_answer(self):
        messages = self.files(5)
        self.assertEqual(messages.mapped("media_state"), ["done"] * 2 + ["held"] * 3)
        self.assertEqual(len(self.told()), 1)
        self.assertIn("grandes demais para um dia", messages[-1].body)
        reached = messages.conversation_id.event_ids.filtered(
            lambda event: event.kind == "limit_reached"
        )
        self.assertEqual([event.data["limit"] for event in reached], [caps.MEGABYTES])

    def test_others_files_are_fetched(self):
        self.files(5)
        self.assertEqual(self.files(1, MARIA).media_state, "done")

    def test_next_day_files_are_fetched_again(self):
        first = self.files(3)
        attachments = first.attachment_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '25 hours'"
            " WHERE id = ANY(%s)",
            [attachments.ids],
        )
        self.assertEqual(self.files(1).media_state, "done")

    def test_disk_is_guarded_while_an_agent_serves_and_they_fetch_by_a_click(self):
        conversation = self.in_service()
        messages = self.files(3, MARIA)
        held = messages[-1]
        self.assertEqual(held.media_state, "held")
        self.assertEqual(self.told(), [])
        with self.jobs():
            conversation.with_user(self.agent).action_fetch_file(held.mail_message_id.id)
        self.assertEqual(held.media_state, "done")

    def test_a_repair_of_the_number_fetches_no_more_than_that(self):
        held = self.files(3)[-1]
        with self.jobs():
            held._fetch_again()
        self.assertEqual(held.media_state, "held")
        self.assertEqual(len(self.told()), 1)

    def test_zero_is_no_limit(self):
        self.account.megabytes_per_day = 0
        self.assertEqual(set(self.files(5).mapped("media_state")), {"done"})


@tagged("post_install", "-at_install")
class TestTurns(ManyMessages):
    """Files are fetched by turns: forty of one person delay those of nobody else."""

    def test_each_persons_first_file_goes_before_anybodys_second(self):
        self.account.files_per_hour = 0
        sent = [*[(OTHER, IMAGE)] * 40, *[(MARIA, IMAGE)] * 2]
        with self.jobs(run=False) as trap:
            self.deliver(self.many(*sent), run=False)
            while self.Event.search_count([("state", "=", "received")]):
                self.Event._drain_inbox()
            jobs = [job for job in trap.enqueued_jobs if job.method_name == "_fetch_media"]
        self.assertEqual(len(jobs), 42)
        by_turn = sorted(jobs, key=lambda job: job.priority)
        people = [job.recordset.identity_id.wa_id for job in by_turn]
        self.assertEqual(set(people[:2]), {OTHER["wa_id"], MARIA["wa_id"]})
        self.assertEqual(set(people[2:4]), {OTHER["wa_id"], MARIA["wa_id"]})
        ids = [job.recordset.id for job in by_turn if job.recordset.identity_id.wa_id == people[-1]]
        self.assertEqual(ids, sorted(ids))

    def test_file_that_was_fetched_counts_no_more(self):
        self.meta.files["555"] = (PHOTO, "image/png")
        for _number in range(3):
            self.deliver(self.inbound(person=OTHER, **IMAGE))
        with self.jobs(run=False) as trap:
            self.deliver(self.inbound(person=OTHER, **IMAGE), run=False)
            self.Event._drain_inbox()
            (job,) = [job for job in trap.enqueued_jobs if job.method_name == "_fetch_media"]
        self.assertEqual(job.priority, 5)
