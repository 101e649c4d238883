# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..wizards.automatic_message_test import AutomaticMessageTest
from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAutomaticMessage(ContactCenterCase):
    def _message(self, kind="queued", body="Espere", queue=None, lang=False):
        return self.env["contact_center.automatic.message"].create(
            {"kind": kind, "body": body, "queue_id": queue.id if queue else False, "lang": lang}
        )

    def test_unknown_placeholder_is_named(self):
        with self.assertRaisesRegex(ValidationError, r"\{nomee\}.*\{nome\}.*\{protocolo\}"):
            self._message(body="Olá, {nomee}", queue=self.queue)
        with self.assertRaisesRegex(ValidationError, r"\{posicao\}"):
            self._message("closing", "Lugar {posicao}", queue=self.queue)
        with self.assertRaises(ValidationError):
            self._message("survey", "Olá, {nome", queue=self.queue)

    def test_known_placeholders_by_kind(self):
        message = self._message("queued", "Lugar {posicao}", self.queue)
        self.assertIn("{posicao}", message.known_placeholders)

    def test_queues_own_comes_first(self):
        self._message("queued", "Só desta fila: {fila}", self.queue)
        self.assertIn("Só desta fila: Fila de teste", self._said(self._waiting()))
        self.assertNotIn("Só desta fila", " ".join(self._said(self._waiting(self.other_queue))))

    def test_never_twice_unless_repeatable(self):
        conversation = self._waiting()
        self.assertIs(conversation._automatic("queued"), False)
        self.assertTrue(conversation._automatic("transferred"))
        self.assertTrue(conversation._automatic("transferred"))

    def test_switched_off(self):
        self.env.ref("contact_center.automatic_message_queued").active = False
        self.assertEqual(self._automatic_kinds(self._waiting()), [])

    def test_agent_joined_names_the_agent(self):
        conversation = self._in_service()
        self.assertIn("Ana Agente", self._said(conversation)[-1])

    def test_name_in_words(self):
        message = self._message("closing", "Até logo", self.queue)
        self.assertEqual(message.display_name, "Closing (Fila de teste)")

    def test_default_messages_are_valid(self):
        messages = self.env["contact_center.automatic.message"].search([("queue_id", "=", False)])
        kinds = dict(messages._fields["kind"].selection)
        self.assertEqual(set(messages.mapped("kind")), set(kinds))
        messages._check_body()

    def test_citizens_name_is_no_template(self):
        self.citizen.name = "{protocolo}"
        conversation = self._in_service()
        self._message("transferred_closed", "Motivo: {motivo}", self.queue)
        message = conversation._automatic("transferred_closed", motivo="{nome}")
        self.assertIn("Motivo: {nome}", str(message.preview))

    def test_once_for_each_occasion_that_an_addon_names(self):
        conversation = self._waiting()

        def occasion(_conversation, kind, **extra):
            return extra.get("motivo")

        with patch.object(type(conversation), "_automatic_occasion", occasion):
            self.assertTrue(conversation._automatic("closing", motivo="um"))
            self.assertTrue(conversation._automatic("closing", motivo="dois"))
            self.assertIs(conversation._automatic("closing", motivo="um"), False)

    def test_language_goes_before_queue_and_queue_before_general(self):
        self._message("closing", "Da fila", self.queue)
        foreign = self._message("closing", "See you", lang="en_US")
        conversation = self._in_service()
        find = self.env["contact_center.automatic.message"]._find
        self.citizen.lang = "en_US"
        self.assertEqual(find("closing", conversation=conversation), foreign)
        foreign.active = False
        self.assertEqual(find("closing", conversation=conversation).body, "Da fila")
        self.assertFalse(find("closing").queue_id)

    def test_one_for_each_moment_queue_and_language(self):
        self._message("closing", "Uma", self.queue)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._message("closing", "Outra", self.queue)
            self.env.flush_all()

    def test_hours_are_no_subject_while_a_person_serves(self):
        conversation = self._in_service()
        for kind in ("out_of_hours", "holiday", "day_closed"):
            self.assertIs(conversation._automatic(kind), False, kind)
        skipped = conversation.event_ids.filtered(lambda event: event.kind == "automatic_skipped")
        self.assertEqual({event.data["reason"] for event in skipped}, {"served"})

    def test_preview_follows_the_text_and_names_what_is_wrong(self):
        message = self._message("closing", "Até logo, {nome}", self.queue)
        self.assertIn("Até logo, Maria", str(message.preview))
        draft = message.new({"kind": "closing", "body": "Oi, <b>{nomee}</b>"}, origin=message)
        self.assertIn("{nomee}", str(draft.preview))
        self.assertIn("&lt;b&gt;", str(draft.preview))
        self.assertEqual(draft.samples["nome"], "Maria")

    def test_a_test_needs_a_channel(self):
        message = self._message("closing", "Até logo", self.queue)
        wizard_type = self.env.registry["contact_center.automatic.message.test"]
        wizard = self.env["contact_center.automatic.message.test"].new({"message_id": message.id})
        with self.assertRaises(UserError):
            AutomaticMessageTest._send(wizard, "Até logo")
        self.assertTrue(issubclass(wizard_type, AutomaticMessageTest))

    # ------------------------------------------------------------
    # The citizen's wish
    # ------------------------------------------------------------

    def test_pare_ends_notices_but_not_answers(self):
        conversation = self._open()
        heard = []
        with self._bot(heard):
            conversation._receive(self._text("Pare!"))
            self.assertTrue(self.citizen.contact_center_opt_out)
            self.assertFalse(heard, "the bot has nothing to answer to this")
            self.assertIn("RECEBER MENSAGENS", self._said(conversation)[-1])
            conversation._receive(self._text("quero um chamado"))
        self.assertEqual(len(heard), 1)
        conversation._hand_over(reason="asked")
        self.assertEqual(self._automatic_kinds(conversation), ["opted_out", "queued"])
        self.assertIs(conversation._automatic("inactivity_warning"), False)
        conversation._receive(self._text("receber mensagens"))
        self.assertFalse(self.citizen.contact_center_opt_out)
        self.assertTrue(conversation._automatic("inactivity_warning"))

    def test_menu_words_are_no_wish(self):
        conversation = self._open()
        heard = []
        with self._bot(heard):
            for text in ("sair", "voltar", "receber mensagens"):
                conversation._receive(self._text(text))
        self.assertEqual(len(heard), 3)
        self.assertFalse(self.citizen.contact_center_opt_out)

    def test_no_survey_for_who_wants_none(self):
        conversation = self._in_service()
        self.citizen.contact_center_opt_out = True
        conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "closed")
