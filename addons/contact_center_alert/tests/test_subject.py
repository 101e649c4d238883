# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AlertCase


@tagged("post_install", "-at_install")
class TestSubject(AlertCase):
    """A conversation is counted for a watched subject, once, with its district."""

    def _found(self, conversation):
        return self.Contact.search([("conversation_id", "=", conversation.id)])

    def test_known_by_words_of_the_citizen(self):
        conversation = self._talk("oi")
        self.assertFalse(self._found(conversation))
        self._type(conversation, "Estamos SEM LUZ na rua", "sem luz de novo")
        found = self._found(conversation)
        self.assertEqual((found.subject_id, found.how), (self.subject, "words"))
        self.assertEqual(found.partner_id, conversation.partner_id)

    def test_known_by_a_step_of_a_flow_and_the_district_that_it_asks(self):
        subject = self.env["contact_center.alert.subject"].create(
            {"name": "chamados", "step_ids": [(6, 0, self.steps["descricao"].ids)]}
        )
        flow_step = self.steps["descricao"]
        flow_step.write({"contact_field": "district"})
        self.flow.action_publish()
        conversation = self._talk("oi", "Maria", "maria@example.com", "sim")
        self.assertFalse(self._found(conversation))
        self._type(conversation, "Chamado")
        found = self._found(conversation)
        self.assertEqual((found.subject_id, found.how, found.district), (subject, "step", False))
        self._type(conversation, "Bairro Barreiro")
        self.assertEqual((found.district, found.district_name), ("barreiro", "Barreiro"))

    def test_known_by_the_disposition_or_one_above_it(self):
        below = self.disposition.create(
            {"name": "Poste apagado", "parent_id": self.disposition.id, "nature": "request"}
        )
        self.subject.write({"disposition_ids": [(6, 0, self.disposition.ids)], "words": False})
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(below)
        self.assertEqual(self._found(conversation).how, "disposition")

    def test_the_citizens_own_district_counts(self):
        listed = self.env["contact_center.district"].create(
            {"name": "Flávio Marques", "other_names": "Milionários, B. das Indústrias"}
        )
        self.citizen.street2 = "das industrias"
        conversation = self._talk("sem luz")
        found = self._found(conversation)
        self.assertEqual((found.district, found.district_name), ("flavio marques", listed.name))

    def test_the_chosen_district_counts_before_what_was_typed(self):
        district = self.env["contact_center.district"].create({"name": "Barreiro"})
        self.citizen.street2 = "perto da praça"
        self.citizen.contact_center_district_id = district
        conversation = self._talk("sem luz")
        self.assertEqual(self._found(conversation).district, "barreiro")
        district.active = False
        self.assertEqual(self._found(conversation).district_name, "Barreiro")

    def test_a_namesake_in_another_city_does_not_count(self):
        self.env.company.city = "Belo Horizonte"
        self.citizen.write({"street2": "Centro", "city": "Contagem"})
        conversation = self._talk("sem luz")
        self.assertFalse(self._found(conversation).district)

    def test_a_place_off_the_list_keeps_its_key_when_it_is_listed(self):
        self.citizen.street2 = "Bairro Barreiro"
        conversation = self._talk("sem luz")
        self.assertEqual(self._found(conversation).district_name, "Barreiro")
        self.env["contact_center.district"].create(
            {"name": "BARREIRO", "other_names": "Milionários"}
        )
        self.env.invalidate_all()
        self.assertEqual(self._found(conversation).district_name, "BARREIRO")
        self.assertEqual(self.env["contact_center.district"]._alert_key("milionarios"), "barreiro")

    def test_a_region_stands_for_its_districts(self):
        region, other = self.env["contact_center.region"].create(
            [{"name": "Barreiro"}, {"name": "Leste"}]
        )
        districts = self.env["contact_center.district"].create(
            [
                {"name": "Barreiro", "region_id": region.id},
                {"name": "Milionários", "region_id": region.id},
                {"name": "Floresta", "region_id": other.id},
            ]
        )
        for text, keys in (
            ("Barreiro", ["barreiro"]),
            ("Regional Barreiro\n\n123", ["barreiro", "milionarios"]),
            ("Leste\nLugar nenhum", ["floresta", "leste", "lugar nenhum"]),
            (False, []),
        ):
            with self.subTest(text=text):
                self.assertEqual(districts._alert_keys(text), keys)

    def test_what_agents_begin_is_not_counted(self):
        conversation = self.Conversation.with_user(self.agent)._open_by_agent(
            self.citizen, "internal", self.queue
        )
        conversation._receive(self._text("sem luz"))
        self.assertFalse(self._found(conversation))

    def test_a_message_costs_no_statement_where_nothing_is_watched(self):
        self.subject.active = False
        conversation = self._talk("oi").sudo()
        conversation._note_alert_words(self._text("sem luz"))
        conversation.partner_id.street2  # noqa: B018 - read before
        with self.assertQueryCount(0):
            conversation._note_alert_words(self._text("sem luz"))
            conversation._say_alert_notices()

    def test_a_subject_is_known_by_something(self):
        with self.assertRaises(ValidationError):
            self.subject.words = " \n "

    def test_strange_texts_do_no_harm(self):
        for text in ("\x00" * 3, "😀" * 5000, "(((" * 900, "sem\x00 luz " * 3000):
            conversation = self._talk(text.replace("\x00", ""))
            conversation.sudo()._note_alert_words(self._text(text))
            self.assertLessEqual(len(self._found(conversation)), 1)
            conversation._close("abandoned")
