from odoo.tests import tagged

from odoo.addons.contact_center.tests.privacy_common import PrivacyMixin

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestPrivacy(PrivacyMixin, FlowCase):
    """The robot forgets what it was told."""

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
