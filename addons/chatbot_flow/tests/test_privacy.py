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
