# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.rows import RowsMixin

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestRows(RowsMixin, WhatsappCase):
    """Rows of messages in and out, inserted without `create`."""

    def _values(self, direction, **values):
        """Return the values of a message said in a conversation."""
        known = self.say("oi")
        return {
            "account_id": known.account_id.id,
            "identity_id": known.identity_id.id,
            "conversation_id": known.conversation_id.id,
            "mail_message_id": known.mail_message_id.id,
            "direction": direction,
            "kind": "text",
            **values,
        }

    def test_inbound(self):
        vals = self._values(
            "in",
            state="received",
            wamid="wamid.row",
            media_id=False,
            media_state=False,
            error_code=False,
            payload=None,
            quoted_wamid=False,
            marks={"forwarded": True},
        )
        self.assert_as_created(self.Message, vals, self._with_ids(), ["wamid"])
        self.assert_nothing_stored_follows(self.Message, vals)

    def test_outbound(self):
        payload = {"type": "text", "text": {"body": "Olá!"}}
        vals = self._values("out", state="queued", payload=payload, opaque="our-id")
        self.assert_as_created(self.Message, vals, self._with_ids(), ["opaque"])
        self.assert_nothing_stored_follows(self.Message, vals)

    def _with_ids(self):
        """Return what inserts a row with ids of its own: they are unique."""

        def insert(vals):
            unique = {name: f"{vals[name]}.2" for name in ("wamid", "opaque") if vals.get(name)}
            return self.Message._insert([{**vals, **unique}])

        return insert
