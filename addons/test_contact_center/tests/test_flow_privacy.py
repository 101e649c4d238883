# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.chatbot_flow.tests.common import FlowCase
from odoo.addons.chatbot_flow.tests.test_memory import MemoryCase
from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.contact_center_privacy.tests.common import PrivacyMixin


@tagged("post_install", "-at_install")
class TestFlowPrivacy(PrivacyMixin, FlowCase):
    """The bot forgets what it was told."""

    def test_variables_of_the_flow_go(self):
        conversation = self._talk("oi", "Genoveva Albuquerque")
        session = self._session(conversation)
        conversation._close("self_service")
        values = self.citizen._privacy_data()["variaveis"]["rows"]
        self.assertIn("Genoveva Albuquerque", [row["valor"] for row in values])
        self._erase(self._request())
        self.assertEqual(self._everywhere("Genoveva"), [])
        self.assertFalse(session.engine_state)
        self.assertEqual(session.flow_id, self.flow)

    def test_what_is_declared_as_not_personal_stays(self):
        self.flow.variable_ids = [
            (0, 0, {"name": "alvo", "label": "Destino", "personal": False}),
            (0, 0, {"name": "nome", "label": "Nome da pessoa"}),
        ]
        self.flow.action_publish()
        conversation = self._talk("oi", "Genoveva Albuquerque", "g@x.com", "1")
        session = self._session(conversation)
        session.later = {"number": 1, "kind": "action", "name": "x", "params": {"n": "Genoveva"}}
        conversation._close("self_service")
        rows = self.citizen._privacy_data()["variaveis"]["rows"]
        marks = {row["variavel"]: row["pessoal"] for row in rows}
        self.assertEqual((marks["Destino"], marks["Nome da pessoa"]), ("não", "sim"))
        self.assertEqual(marks["email"], "sim")
        self._erase(self._request())
        self.assertEqual(self._everywhere("Genoveva"), [])
        self.assertEqual(session._values(), {"alvo": "descricao"})
        self.assertFalse(session.later)

    def test_old_ways_go_with_the_retention(self):
        self._talk("oi")
        passages = self.env["chatbot.flow.passage"]
        mine = [("flow_id", "=", self.flow.id)]
        self.assertTrue(passages.search(mine))
        policy = self.env["contact_center.privacy.retention"].search(
            [("kind", "=", "flow_passages")]
        )
        policy.months = 6
        with freeze_time(fields.Datetime.now() + timedelta(days=365)):
            records, domain = policy._domain()
            policy._erase_flow_passages(records.sudo().search(domain))
        self.assertFalse(passages.search(mine))

    def test_a_published_notice_is_missed(self):
        kept = self.env["contact_center.personal.data"]
        self.assertTrue(kept._lacks_notice())
        notice = self.env["contact_center.privacy.notice"].create({"name": "Aviso"})
        notice.action_publish()
        self.assertFalse(kept._lacks_notice())


@tagged("post_install", "-at_install")
class TestReturning(MemoryCase):
    """Citizens whom the bot must not recognise."""

    def test_who_is_forgotten_is_not_known(self):
        self._whole()
        policies = self.env["contact_center.privacy.retention"]
        self.citizen._privacy_erase(policies.search([("kind", "=", "contacts")]))
        self.assertFalse(self.citizen.chatbot_given)
        # the same contact again, as if a channel had found it
        self.citizen.write({"active": True, "email": "rosa@exemplo.com"})
        self.assertEqual(self.citizen._chatbot_known(), {})
        self.assertNotIn("Você é", self._last_said(self._talk("oi")))

    def test_who_took_the_consent_back_is_not_known(self):
        conversation = self._whole()
        self.assertTrue(self.citizen._chatbot_known())
        notice = self.env["contact_center.privacy.notice"].create(
            {"name": "Aviso", "basis": "consent"}
        )
        consents = self.env["contact_center.privacy.consent"]
        consents._note("accepted", notice, conversation)
        self.assertTrue(self.citizen._chatbot_known())
        consents._note("withdrawn", notice, conversation)
        self.assertEqual(self.citizen._chatbot_known(), {})

    def test_nothing_older_than_the_retention_is_known(self):
        self._whole()
        policy = self.env["contact_center.privacy.retention"].search([("kind", "=", "texts")])
        policy.months = 6
        policy.enabled = True
        self.assertTrue(self.citizen._chatbot_known())
        with freeze_time(WORKING_TIME + timedelta(days=250)):
            self.assertEqual(self.citizen._chatbot_known(), {})
