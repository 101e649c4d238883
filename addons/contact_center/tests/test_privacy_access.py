from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import ContactCenterCase

OFFICER = "contact_center.group_privacy_officer"
MODELS = {
    "contact_center.access.log": "r",
    "contact_center.privacy.consent": "r",
    "contact_center.privacy.notice": "rwcu",
    "contact_center.privacy.request": "rwc",
    "contact_center.privacy.export": "r",
    "contact_center.privacy.erase": "rwcu",
    "contact_center.privacy.retention": "rw",
    "contact_center.privacy.retention.run": "r",
    "contact_center.privacy.incident": "rwc",
}


@tagged("post_install", "-at_install")
class TestPrivacyAccess(ContactCenterCase):
    """Who may what, and what is noted of who looked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)
        cls.Log = cls.env["contact_center.access.log"]

    def _noted(self, user):
        """(kind, conversation or contact) of what was noted of a user."""
        rows = self.Log.search([("user_id", "=", user.id)], order="id")
        return [(row.kind, row.conversation_id or row.partner_id) for row in rows]

    def test_models_by_role(self):
        operations = ("read", "write", "create", "unlink")
        for model, granted in MODELS.items():
            for user in (self.agent, self.supervisor, self.manager, self.employee):
                records = self.env[model].with_user(user)
                self.assertFalse(any(records.has_access(name) for name in operations), model)
            for user in (self.officer, self.administrator):
                records = self.env[model].with_user(user)
                found = "".join(name[0] for name in operations if records.has_access(name))
                self.assertEqual(found, granted, f"{user.login}: {model}")

    def test_officer_alone_reads_no_conversation(self):
        self.assertFalse(self._waiting().with_user(self.officer).has_access("read"))

    def test_opening_is_noted_once_an_hour(self):
        conversation = self._in_service()
        for _time in range(2):
            conversation.with_user(self.supervisor).web_read({"transcript": {}})
        self.assertEqual(self._noted(self.supervisor), [("opened", conversation)])
        row = self.Log.search([("user_id", "=", self.supervisor.id)])
        self.assertEqual(row.partner_id, self.citizen)

    def test_lists_are_not_openings(self):
        conversation = self._in_service()
        conversation.with_user(self.supervisor).web_read({"protocol": {}, "state": {}})
        self.assertEqual(self._noted(self.supervisor), [])

    def test_messages_by_any_call(self):
        conversation = self._in_service()
        channel = conversation.discuss_channel_id
        Message = self.env["mail.message"]
        domain = [("model", "=", "discuss.channel"), ("res_id", "=", channel.id)]
        Message.with_user(self.manager).search_read(domain, ["body"])
        self.assertEqual(self._noted(self.manager), [("opened", conversation)])
        Message.with_user(self.supervisor).search(domain).read(["body"])
        self.assertEqual(self._noted(self.supervisor), [("opened", conversation)])
        Message.with_user(self.administrator)._message_fetch(
            None, thread=channel.with_user(self.administrator), search_term="oi"
        )
        self.assertEqual(self._noted(self.administrator), [("searched", conversation)])

    def test_contact_and_exports(self):
        conversation = self._in_service()
        self.supervisor.group_ids += self.env.ref("base.group_allow_export")
        self.citizen.with_user(self.supervisor).web_read({"phone": {}})
        conversation.with_user(self.supervisor).export_data(["protocol"])
        self.citizen.with_user(self.supervisor).export_data(["phone"])
        self.assertEqual(
            self._noted(self.supervisor),
            [("contact", self.citizen), ("exported", conversation), ("exported", self.citizen)],
        )
        self.agent.partner_id.with_user(self.supervisor).web_read({"phone": {}})
        self.assertEqual(len(self._noted(self.supervisor)), 3)

    def test_what_was_noted_stays(self):
        self._in_service().with_user(self.supervisor).web_read({"transcript": {}})
        rows = self.Log.search([("user_id", "=", self.supervisor.id)])
        forged = rows.with_context(contact_center_privacy=True)
        for change in (
            lambda: forged.write({"details": "x"}),
            forged.unlink,
            lambda: self.Log.create({"user_id": self.agent.id, "kind": "opened"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_one_statement_for_an_opening(self):
        conversation = self._in_service()
        mine = conversation.with_user(self.supervisor)
        mine.web_read({"transcript": {}})
        log = self.Log.with_user(self.agent)
        conversation.sudo().partner_id  # noqa: B018 (read beforehand)
        with self.assertQueryCount(1):
            log._record("opened", conversation)


@tagged("post_install", "-at_install")
class TestPrivacyAccessRoutes(ContactCenterCase, HttpCase):
    def test_opening_in_discuss_is_noted(self):
        conversation = self._in_service()
        self.supervisor.password = "cc_supervisor"
        self.authenticate("cc_supervisor", "cc_supervisor")
        channel = {"channel_id": conversation.discuss_channel_id.id}
        self.make_jsonrpc_request("/discuss/channel/messages", channel)
        self.make_jsonrpc_request(
            "/web/dataset/call_kw/contact_center.conversation/web_read",
            {
                "model": "contact_center.conversation",
                "method": "web_read",
                "args": [conversation.ids, {"transcript": {}}],
                "kwargs": {},
            },
        )
        rows = self.env["contact_center.access.log"].search([("user_id", "=", self.supervisor.id)])
        self.assertEqual(rows.mapped("kind"), ["opened"])
        self.assertEqual(rows.conversation_id, conversation)
