# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

OFFICER = "contact_center_privacy.group_privacy_officer"
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
    """Rights on citizens' data, and the log of reading them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)
        cls.Log = cls.env["contact_center.access.log"]

    def test_details_are_read_in_words(self):
        """Keys by their label, what was done word for word; what nobody labelled as it stands."""
        self.Log.with_user(self.officer)._record("searched", None, term="poste; rua: 5")
        self.Log.with_user(self.officer)._record("exported", None, what="Eventos", strange="x")
        exported, searched = self.Log.search([("user_id", "=", self.officer.id)], limit=2)
        searched = searched.with_context(lang="pt_BR")
        self.assertEqual(searched.details_words, "Texto buscado: poste; rua: 5")
        self.assertEqual(exported.details_words, "Eventos; strange: x")

    def _noted(self, user):
        """Return (kind, conversation or contact) of a user's log lines."""
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
        for change in (
            lambda: rows.sudo().write({"details": "x"}),
            rows.sudo().unlink,
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


class AccessCase(ContactCenterCase):
    """Shortcuts for the log of `self.reader`, who may read and export everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Log = cls.env["contact_center.access.log"]
        cls.reader = cls.supervisor
        cls.reader.group_ids += cls.env.ref("base.group_allow_export")

    def _as(self, model):
        return self.env[model].with_user(self.reader)

    def _lines(self, call):
        """Return the log lines that `call` adds."""
        before = self.Log.search([("user_id", "=", self.reader.id)], order="id desc", limit=1)
        self.env.flush_all()
        self.env.invalidate_all()
        call()
        return self.Log.search(
            [("user_id", "=", self.reader.id), ("id", ">", before.id or 0)], order="id"
        )

    def _people(self, count):
        """So many citizens with a conversation each."""
        people = self.env["res.partner"].create(
            [
                {"name": f"Cidadão {number}", "phone": f"+55319{number:08}"}
                for number in range(count)
            ]
        )
        for partner in people:
            self.Conversation._open(partner, "internal", queue=self.queue)
        return people


@tagged("post_install", "-at_install")
class TestNoGapInTheAccessLog(AccessCase):
    """Lists, groups, suggestions, exports, files and panels leave their lines."""

    def test_list_of_contacts_is_one_line_with_whom_and_how_many(self):
        people = self._people(7)
        domain = [("id", "in", people.ids)]
        for call in (
            lambda: self._as("res.partner").search_read(domain, ["name", "phone"]),
            lambda: self._as("res.partner").web_search_read(domain, {"phone": {}, "street": {}}),
            lambda: self._as("res.partner").browse(people[:6].ids).read(["email"]),
        ):
            with freeze_time(fields.Datetime.now() + timedelta(minutes=self.minute())):
                lines = self._lines(call)
            self.assertEqual(lines.mapped("kind"), ["listed"])
            self.assertGreaterEqual(lines.count, 6)
            self.assertIn(str(people[0].id), lines.details)

    def minute(self):
        """Another minute at each call."""
        self._minutes = getattr(self, "_minutes", 0) + 2
        return self._minutes

    def test_the_same_list_again_is_nothing_new_within_a_minute(self):
        people = self._people(3)

        def call():
            self._as("res.partner").browse(people.ids).read(["phone"])

        self.assertEqual(len(self._lines(call)), 1)
        self.assertEqual(len(self._lines(call)), 0)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=1)):
            self.assertEqual(len(self._lines(call)), 1)

    def test_contacts_who_are_no_citizens_leave_nothing(self):
        self.assertFalse(
            self._lines(
                lambda: self._as("res.partner").browse(self.agent.partner_id.ids).read(["phone"])
            )
        )

    def test_suggestions_of_names(self):
        people = self._people(3)
        for call in (
            lambda: self._as("res.partner").name_search("Cidadão"),
            lambda: self._as("res.partner").web_name_search("Cidadão", {"display_name": {}}),
        ):
            with freeze_time(fields.Datetime.now() + timedelta(minutes=self.minute())):
                lines = self._lines(call)
            self.assertEqual(lines[:1].kind, "searched")
            self.assertIn("Cidadão", lines[:1].details)
            self.assertIn(str(people[0].id), lines[:1].details)

    def test_list_of_conversations(self):
        self._people(3)
        conversations = self._as("contact_center.conversation")
        domain = [("partner_id.name", "like", "Cidadão")]
        lines = self._lines(lambda: conversations.web_search_read(domain, {"partner_id": {}}))
        self.assertEqual((lines.mapped("kind"), lines.count), (["listed"], 3))

    def test_groups_by_names(self):
        self._people(3)
        conversations, contacts = self._as("contact_center.conversation"), self._as("res.partner")
        for call in (
            lambda: conversations.formatted_read_group([], ["partner_id"], ["__count"]),
            lambda: conversations.web_read_group([], ["partner_id"], ["__count"]),
            lambda: conversations.formatted_read_group([], [], ["partner_id:array_agg"]),
            lambda: conversations.formatted_read_grouping_sets(
                [], [["partner_id"], []], ["__count"]
            ),
            lambda: contacts.formatted_read_group([], ["phone"], ["__count"]),
            lambda: contacts.formatted_read_group([], [], ["email:max"]),
            lambda: self._as("mail.message").formatted_read_group([], ["author_id"], ["__count"]),
        ):
            with freeze_time(fields.Datetime.now() + timedelta(minutes=self.minute())):
                self.assertIn("grouped", self._lines(call).mapped("kind"))
        quiet = self._lines(lambda: conversations.formatted_read_group([], ["state"], ["__count"]))
        self.assertFalse(quiet, "numbers by state name nobody")

    def test_ledger(self):
        of_it = [("conversation_id", "=", (conversation := self._in_service()).id)]
        events = self._as("contact_center.event")
        lines = self._lines(lambda: events.search_read(of_it, ["data", "details"]))
        self.assertEqual(lines.conversation_id, conversation)

    def test_earlier_conversations(self):
        earlier = self._in_service(self.colleague)
        earlier._close("resolved")
        conversation = self._in_service().with_user(self.agent)
        for _time in range(2):
            conversation.get_previous_messages(earlier.id)
        lines = self.Log.search([("conversation_id", "=", earlier.id), ("kind", "=", "history")])
        self.assertEqual(lines.user_id, self.agent)
        self.assertIn(conversation.protocol, lines[0].details)

    def test_export_of_many_is_one_line(self):
        people = self._people(53)
        lines = self._lines(
            lambda: self._as("res.partner").browse(people.ids).export_data(["phone"])
        )
        self.assertEqual((lines.mapped("kind"), lines.count), (["exported"], 53))
        self.assertIn(str(people[52].id), lines.details)

    def test_panel_and_desk(self):
        conversation = self._in_service()
        lines = self._lines(lambda: conversation.with_user(self.reader).get_panel())
        self.assertIn(("panel", conversation), [(one.kind, one.conversation_id) for one in lines])
        desk = self._as("contact_center.conversation")
        self.assertEqual(len(self._lines(desk.get_desk)), 1)
        self.assertEqual(len(self._lines(desk.get_desk)), 0, "once an hour")

    def test_content_of_a_file_over_rpc(self):
        conversation = self._in_service()
        file = self.env["ir.attachment"].create(
            {
                "name": "rg.jpg",
                "raw": b"x",
                "res_model": "discuss.channel",
                "res_id": conversation.discuss_channel_id.id,
            }
        )
        lines = self._lines(lambda: self._as("ir.attachment").browse(file.id).read(["datas"]))
        self.assertEqual((lines.kind, lines.conversation_id), ("downloaded", conversation))
        self.assertIn("rg.jpg", lines.details)
        self.assertFalse(
            self._lines(lambda: self._as("ir.attachment").browse(file.id).read(["name"]))
        )

    def test_what_the_system_reads_leaves_nothing(self):
        people = self._people(3)

        def call():
            contacts = self._as("res.partner").sudo().browse(people.ids)
            contacts.read(["phone"])
            contacts.name_search("Cidadão")
            contacts.formatted_read_group([], ["phone"], ["__count"])

        self.assertFalse(self._lines(call))

    def test_a_list_costs_two_statements_and_the_system_none(self):
        people = self._people(10)
        contacts = self._as("res.partner").browse(people.ids)
        contacts.read(["phone"])
        contacts.read(["phone"])
        # Which of them are citizens, and the line; the line only until it was committed
        with self.assertQueryCount(2):
            contacts.read(["phone"])
        contacts.sudo().read(["phone"])
        with self.assertQueryCount(0):
            contacts.sudo().read(["phone"])


@tagged("post_install", "-at_install")
class TestFilesInTheAccessLog(AccessCase, HttpCase):
    def test_addresses_of_files_and_pictures(self):
        conversation = self._in_service()
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
            "rkJggg=="
        )
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": pixel,
                    "res_model": "discuss.channel",
                    "res_id": conversation.discuss_channel_id.id,
                }
                for name in ("rg.png", "cpf.png")
            ]
        )
        self.reader.password = "cc_supervisor_1"
        self.authenticate("cc_supervisor", "cc_supervisor_1")

        def fetch():
            for route in (f"/web/content/{files[0].id}", f"/web/image/{files[1].id}/10x10"):
                self.assertEqual(self.url_open(route).status_code, 200)

        lines = self._lines(fetch)
        self.assertEqual(set(lines.mapped("kind")), {"downloaded"})
        self.assertEqual(lines.conversation_id, conversation)
        self.assertEqual(len(lines), 2)
        self.assertFalse(self._lines(fetch), "once an hour")
