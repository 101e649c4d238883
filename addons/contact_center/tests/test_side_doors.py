# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from email.message import EmailMessage

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gate_common import GateCase

QUIET = ("odoo.addons.mail.models.mail_thread", "odoo.addons.mail.models.mail_mail")


@tagged("post_install", "-at_install")
class TestSideDoors(GateCase):
    """Nothing comes into a conversation, or changes in it, by way of another model of Odoo's."""

    def setUp(self):
        super().setUp()
        self.before = self._picture()

    def _everybody(self):
        """Return the users to try: the agent in service, and people with ever more rights."""
        return self.agent, self.supervisor, self.administrator

    def _try(self, attack):
        """Run an attack for everybody; a refusal is an answer, a changed conversation none."""
        for user in self._everybody():
            with self.subTest(user=user.name), mute_logger(*QUIET):
                try:
                    with self.env.cr.savepoint():
                        attack(user)
                        self.env.flush_all()
                except (UserError, ValueError) as error:
                    refused = error
                else:
                    refused = None
                self.assertEqual(self._picture(), self.before, refused)

    def _forged(self):
        return {
            "author_id": self.citizen.id,
            "body": "Forjado",
            "message_type": "comment",
            "subtype_id": self.env.ref("mail.mt_comment").id,
        }

    def test_message_whose_place_is_a_default_of_the_context(self):
        context = {"default_model": "discuss.channel", "default_res_id": self.channel.id}

        def both(user):
            self.env["mail.message"].with_user(user).with_context(**context).create(self._forged())

        def model(user):
            messages = self.env["mail.message"].with_user(user)
            messages.with_context(default_model="discuss.channel").create(
                {**self._forged(), "res_id": self.channel.id}
            )

        def number(user):
            messages = self.env["mail.message"].with_user(user)
            messages.with_context(default_res_id=self.channel.id).create(
                {**self._forged(), "model": "discuss.channel"}
            )

        def stored(user):
            defaults = self.env["ir.default"].with_user(user)
            defaults.set("mail.message", "model", "discuss.channel", user_id=True)
            defaults.set("mail.message", "res_id", self.channel.id, user_id=True)
            self.env["mail.message"].with_user(user).create(self._forged())

        for attack in (both, model, number, stored):
            with self.subTest(attack=attack.__name__):
                self._try(attack)

    def test_file_whose_place_is_a_default_of_the_context(self):
        count = self.env["ir.attachment"].search_count(
            [("res_model", "=", "discuss.channel"), ("res_id", "=", self.channel.id)]
        )
        for user in self._everybody():
            files = self.env["ir.attachment"].with_user(user)
            for context, values in (
                ({"default_res_model": "discuss.channel", "default_res_id": self.channel.id}, {}),
                ({"default_res_model": "discuss.channel"}, {"res_id": self.channel.id}),
                ({"default_res_id": self.channel.id}, {"res_model": "discuss.channel"}),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    files.with_context(**context).create({"name": "x.txt", "raw": b"x", **values})
        self.assertEqual(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", "discuss.channel"), ("res_id", "=", self.channel.id)]
            ),
            count,
        )

    def test_thread_and_rating_whose_place_is_a_default_of_the_context(self):
        model_id = self.env["ir.model"]._get_id("discuss.channel")

        def thread(user):
            channels = self.env["discuss.channel"].with_user(user)
            channels.with_context(default_parent_channel_id=self.channel.id).create({"name": "x"})

        def from_message(user):
            channels = self.env["discuss.channel"].with_user(user)
            made = channels.with_context(default_from_message_id=self.message.id).create(
                {"name": "x", "channel_type": "group"}
            )
            self.assertNotEqual(made.sudo().from_message_id, self.message)

        def rating(user):
            ratings = self.env["rating.rating"].with_user(user)
            ratings.with_context(
                default_res_model_id=model_id, default_res_id=self.channel.id
            ).create({"rating": 5, "consumed": True})

        for attack in (thread, from_message, rating):
            with self.subTest(attack=attack.__name__):
                self._try(attack)

    def test_composer_of_mass_mail(self):
        def attack(user):
            for keep in (True, False):
                self.env["mail.compose.message"].with_user(user).create(
                    {
                        **self._forged(),
                        "model": "discuss.channel",
                        "res_ids": str(self.channel.ids),
                        "subject": "x",
                        "composition_mode": "mass_mail",
                        "auto_delete": keep,
                        "auto_delete_keep_log": True,
                        "force_send": False,
                    }
                ).action_send_mail()

        self._try(attack)

    def test_template_whose_values_the_caller_says(self):
        def template(user, model):
            return (
                self.env["mail.template"]
                .with_user(user)
                .create(
                    {
                        "name": "x",
                        "model_id": self.env["ir.model"]._get_id(model),
                        "subject": "x",
                        "body_html": "<p>Forjado</p>",
                        "email_to": "x@example.com",
                    }
                )
            )

        def of_the_channel(user):
            template(user, "discuss.channel").send_mail(self.channel.id)

        def over_a_message(user):
            template(user, "res.partner").send_mail(
                self.citizen.id,
                email_values={
                    "mail_message_id": self.message.id,
                    "body": "Forjado",
                    "author_id": self.citizen.id,
                },
            )

        def over_a_default(user):
            template(user, "res.partner").with_context(
                default_mail_message_id=self.message.id
            ).send_mail(self.citizen.id)

        def moved(user):
            template(user, "res.partner").send_mail(
                self.citizen.id,
                email_values={"model": "discuss.channel", "res_id": self.channel.id},
            )

        for attack in (of_the_channel, over_a_message, over_a_default, moved):
            with self.subTest(attack=attack.__name__):
                self._try(attack)

    def _letter(self, sender, to="x@example.com"):
        letter = EmailMessage()
        letter["From"] = sender
        letter["To"] = to
        letter["Subject"] = "x"
        letter["Message-Id"] = f"<{sender}-{to}@example.com>"
        letter["In-Reply-To"] = self.message.message_id
        letter.set_content("Forjado")
        return letter.as_string()

    def test_letter_that_somebody_feeds_to_the_mail_gateway(self):
        self.agent.email = "agente@example.com"

        def by_number(user):
            for sender in ("agente@example.com", "maria@example.com"):
                self.env["mail.thread"].with_user(user).message_process(
                    "discuss.channel", self._letter(sender), thread_id=self.channel.id
                )

        def by_answer(user):
            self.env["mail.thread"].with_user(user).message_process(
                False, self._letter("agente@example.com", "catchall@example.com")
            )

        for attack in (by_number, by_answer):
            with self.subTest(attack=attack.__name__):
                self._try(attack)

    def test_mail_gateway_makes_no_rows_with_the_rights_of_the_system(self):
        """Odoo makes the record that a letter is about with all rights, of values that are said."""
        for user in self._everybody():
            with self.assertRaises(AccessError):
                self.env["mail.thread"].with_user(user).message_process(
                    "res.partner",
                    self._letter("x@example.com"),
                    custom_values={"name": "Feito", "user_id": user.id},
                )
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Feito")]))

    def test_letter_that_arrives_by_mail_says_nothing_to_the_citizen(self):
        self.agent.email = "agente@example.com"
        with self._delivered() as delivered, mute_logger(*QUIET):
            for sender in ("agente@example.com", "maria@example.com"):
                try:
                    with self.env.cr.savepoint():
                        self.env["mail.thread"].message_process(
                            "discuss.channel", self._letter(sender), thread_id=self.channel.id
                        )
                except UserError as error:
                    self.assertTrue(error.args[0])
        self.assertFalse(delivered)
        self.assertEqual(self._picture()["transcript"], self.before["transcript"])

    def test_scheduled_message_is_in_the_name_of_who_made_it(self):
        comment = self.env.ref("mail.mt_comment").id

        def attack(user):
            self.env["mail.scheduled.message"].with_user(user).create(
                {
                    "model": "discuss.channel",
                    "res_id": self.channel.id,
                    "body": "Forjado",
                    "author_id": self.citizen.id,
                    "scheduled_date": "2040-01-01 00:00:00",
                    "notification_parameters": (
                        f'{{"subtype_id": {comment}, "message_type": "notification"}}'
                    ),
                    "send_context": {"contact_center_passed": "SYSTEM"},
                }
            ).post_message()

        for user in (self.supervisor, self.administrator):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attack(user)
        self.assertEqual(self._picture(), self.before)
        attack(self.agent)
        said = self.env["mail.message"].search(
            [("model", "=", "discuss.channel"), ("res_id", "=", self.channel.id)],
            order="id desc",
            limit=1,
        )
        self.assertEqual(said.author_id, self.agent.partner_id)
        self.assertEqual(said.message_type, "comment")

    def test_activity_says_nothing(self):
        kind = self.env.ref("mail.mail_activity_data_todo")

        def attack(user):
            self.env["mail.activity"].with_user(user).create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("discuss.channel"),
                    "res_id": self.channel.id,
                    "activity_type_id": kind.id,
                    "user_id": user.id,
                    "summary": "Forjado",
                }
            ).action_feedback(feedback="Forjado")

        self._try(attack)

    def test_followers_are_not_added(self):
        def attack(user):
            self.env["mail.followers.edit"].with_user(user).create(
                {
                    "res_model": "discuss.channel",
                    "res_ids": str(self.channel.ids),
                    "operation": "add",
                    "partner_ids": [(6, 0, self.colleague.partner_id.ids)],
                    "message": "Forjado",
                    "notify": True,
                }
            ).edit_followers()
            self.assertNotIn(
                self.colleague.partner_id, self.channel.sudo().message_follower_ids.partner_id
            )

        self._try(attack)
