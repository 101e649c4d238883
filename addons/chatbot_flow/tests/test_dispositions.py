# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .test_kinds import KindsCase


@tagged("post_install", "-at_install")
class TestDispositions(KindsCase):
    """What a contact was about that only the bot served: the end of its flow says so."""

    def test_the_end_says_what_it_was_about(self):
        """Of contacts that only the bot served the subject is known as well."""
        subject = {"text": "Tchau.", "disposition_id": self.disposition.id}
        for kind in ("end", "survey"):
            flow = self._flow(("fim", kind, subject))
            conversation = self._talk("oi", flow=flow)
            self.assertEqual(conversation.disposition_id, self.disposition)
            self.assertEqual(
                (conversation.nature, conversation.attendance), ("incident", "electronic")
            )
        self.assertEqual(conversation.state, "survey")
        conversation = self._talk("oi", flow=self._flow(("fim", "end", {"text": "Tchau."})))
        self.assertFalse(conversation.disposition_id)

    def test_the_subject_is_that_of_the_version_in_service(self):
        other = self.disposition.copy({"name": "Outro assunto"})
        flow = self._flow(("fim", "end", {"disposition_id": self.disposition.id}))
        flow.step_ids.disposition_id = other
        self.assertEqual(self._talk("oi", flow=flow).disposition_id, self.disposition)
        flow.action_publish()
        self.assertEqual(self._talk("oi", flow=flow).disposition_id, other)
