# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext, mute_logger

from .common import ContactCenterCase

ALL_ROLES = ("agent", "colleague", "supervisor", "administrator", "manager")


@tagged("post_install", "-at_install")
class TestPanel(ContactCenterCase):
    """Data that the side panel reads and changes, and for which roles."""

    def test_sections(self):
        conversation = self._in_service()
        conversation._collect("assunto", "Assunto", "Impressora")
        panel = conversation.with_user(self.agent).get_panel()
        self.assertEqual(panel["citizen"]["name"], self.citizen.name)
        self.assertEqual(panel["citizen"]["number"], self.citizen.phone)
        self.assertEqual(panel["collected"][0]["value"], "Impressora")
        self.assertEqual(panel["previous"], {"total": 0, "rows": []})
        self.assertEqual(panel["files"], {"total": 0, "rows": []})
        self.assertEqual(panel["notes"], [])
        self.assertTrue(panel["may_annotate"])

    def test_who_reads_it(self):
        conversation = self._waiting()
        for name in ALL_ROLES:
            self.assertTrue(conversation.with_user(getattr(self, name)).get_panel(), name)
        for user in (self.outsider, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).get_panel()
        conversation.with_user(self.agent).action_take()
        with self.assertRaises(AccessError):
            conversation.with_user(self.colleague).get_panel()

    def test_files_and_notes(self):
        conversation = self._in_service()
        self._answer(conversation, attachments=[("foto.png", b"\x89PNG\r\n\x1a\n")])
        conversation.discuss_channel_id.sudo()._post_by_system(
            body="Cuidado", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        panel = conversation.with_user(self.agent).get_panel()
        self.assertEqual([html2plaintext(note["body"]) for note in panel["notes"]], ["Cuidado"])
        (row,) = panel["files"]["rows"]
        self.assertEqual((row["name"], panel["files"]["total"]), ("foto.png", 1))

    # ------------------------------------------------------------
    # Citizen
    # ------------------------------------------------------------

    def test_citizen_is_corrected_on_the_spot(self):
        conversation = self._in_service().with_user(self.agent)
        values = {
            "name": "  Maria  Souza ",
            "email": "maria@example.com",
            "contact_center_department": "Secretaria de Educação",
        }
        citizen = conversation.update_citizen(values)
        self.assertEqual(citizen["name"], "Maria Souza")
        self.assertEqual(self.citizen.contact_center_department, "Secretaria de Educação")
        event = conversation.event_ids.filtered(lambda e: e.kind == "citizen_edited")
        self.assertEqual(event.user_id, self.agent)
        self.assertNotIn("maria@example.com", str(event.data))

    def test_what_may_not_be_changed(self):
        conversation = self._in_service().with_user(self.agent)
        for values in (
            {"name": " "},
            {"email": "nada"},
            {"credit_limit": 1},
            {"name": "x" * 200},
            "name",
        ):
            with self.assertRaises(UserError):
                conversation.update_citizen(values)
        self.assertEqual(self.citizen.name, "Maria da Silva")

    def test_who_changes_the_citizen(self):
        conversation = self._in_service()
        for user in (self.colleague, self.manager, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).update_citizen({"name": "x"})
            with self.assertRaises(AccessError):
                conversation.with_user(user).add_new_tag("x")

    def test_a_users_own_data_stay_with_the_administrators(self):
        self.citizen = self.employee.partner_id
        conversation = self._in_service().with_user(self.agent)
        self.assertTrue(conversation.get_panel()["citizen"]["locked"])
        for active in (True, False):
            self.employee.active = active
            with self.assertRaises(UserError):
                conversation.update_citizen({"email": "agent@example.com"})

    # ------------------------------------------------------------
    # Tags
    # ------------------------------------------------------------

    def test_tags_are_put_on_and_off(self):
        tag = self.env["contact_center.tag"].create({"name": "Urgente de teste"})
        conversation = self._in_service().with_user(self.agent)
        self.assertEqual(conversation.set_tag(tag.id, True)["selected"], tag.ids)
        self.assertIn(conversation, conversation.search([("tag_ids", "in", tag.ids)]))
        self.assertEqual(conversation.set_tag(tag.id, False)["selected"], [])
        self.assertEqual(conversation.add_new_tag(" urgente DE teste ")["selected"], tag.ids)
        with self.assertRaises(AccessError):
            conversation.add_new_tag("Outra")
        supervised = conversation.with_user(self.supervisor)
        self.assertEqual(len(supervised.add_new_tag("Outra")["selected"]), 2)
        with self.assertRaises(AccessError):
            conversation.write({"tag_ids": [(5,)]})

    def test_cards_are_those_of_the_message(self):
        conversation = self._in_service().with_user(self.agent)
        message = conversation.discuss_channel_id.message_ids[:1]
        with self.assertRaises(UserError):
            conversation.add_card_to_contacts(message.id, 0)


@tagged("post_install", "-at_install")
class TestPrevious(ContactCenterCase):
    """Earlier conversations of the citizen: who reads them, and the trace it leaves."""

    def setUp(self):
        super().setUp()
        self.earlier = self._closed(self.colleague, "Reiniciei o servidor.")

    def _closed(self, agent, answer):
        """Return a conversation of the citizen that `agent` served and closed."""
        conversation = self._in_service(agent)
        self._answer(conversation, answer, user=agent)
        conversation._close("resolved")
        return conversation

    def test_served_by_others_is_read_by_who_serves_now(self):
        conversation = self._in_service().with_user(self.agent)
        with self.assertRaises(AccessError):
            self.earlier.with_user(self.agent).check_access("read")
        (row,) = conversation.get_panel()["previous"]["rows"]
        self.assertEqual(row["protocol"], self.earlier.protocol)
        self.assertEqual(row["agent"], self.colleague.name)
        messages = conversation.get_previous_messages(self.earlier.id)["messages"]
        self.assertIn("Reiniciei o servidor.", messages[-1]["body"])
        self.assertEqual(next(m["side"] for m in messages), "citizen")
        self.assertEqual(messages[-1]["side"], "us")

    def test_waiting_is_enough_and_the_end_is_the_end(self):
        conversation = self._waiting()
        self.assertTrue(conversation.with_user(self.agent).get_previous()["rows"])
        conversation.with_user(self.agent).action_take()
        conversation._close("resolved")
        mine = conversation.with_user(self.agent)
        self.assertFalse(mine.get_previous()["rows"])
        with self.assertRaises(AccessError):
            mine.get_previous_messages(self.earlier.id)
        supervised = conversation.with_user(self.supervisor)
        self.assertTrue(supervised.get_previous_messages(self.earlier.id)["messages"])

    def test_only_closed_ones_of_the_same_citizen(self):
        open_ = self._in_service(self.colleague)
        conversation = self._in_service().with_user(self.agent)
        self.citizen = self.citizen.copy()
        foreign = self._closed(self.colleague, "Segredo")
        for other in (open_, foreign, conversation):
            with self.assertRaises(AccessError):
                conversation.get_previous_messages(other.id)
        for user in (self.outsider, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).get_previous_messages(self.earlier.id)

    def test_pages(self):
        for _time in range(6):
            self._closed(self.colleague, "Feito.")
        conversation = self._in_service().with_user(self.agent)
        first = conversation.get_previous()
        self.assertEqual((first["total"], len(first["rows"])), (7, 5))
        rest = conversation.get_previous(5)["rows"]
        self.assertEqual([row["id"] for row in rest][-1], self.earlier.id)
        with self._delivered():
            self._fill(self.earlier, 40)
        page = conversation.get_previous_messages(self.earlier.id)
        self.assertEqual((len(page["messages"]), page["more"]), (30, True))
        rest = conversation.get_previous_messages(self.earlier.id, page["messages"][-1]["id"])
        self.assertFalse(rest["more"])
        self.assertFalse({m["id"] for m in rest["messages"]} & {m["id"] for m in page["messages"]})

    def _fill(self, conversation, number):
        """Let there be `number` more messages in a conversation."""
        for count in range(number):
            conversation._store_message(self.citizen, f"<p>{count}</p>")

    def test_notes_of_others_stay_with_them(self):
        self.earlier.discuss_channel_id.sudo()._post_by_system(
            body="Nota", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        conversation = self._in_service()
        for user, expected in ((self.agent, []), (self.supervisor, ["note"])):
            messages = conversation.with_user(user).get_previous_messages(self.earlier.id)
            sides = [m["side"] for m in messages["messages"] if m["side"] == "note"]
            self.assertEqual(sides, expected)


@tagged("post_install", "-at_install")
class TestPreviousFiles(ContactCenterCase, HttpCase):
    """Files of earlier conversations, over their address."""

    def test_files(self):
        earlier = self._in_service(self.colleague)
        with self._delivered():
            self._answer(earlier, user=self.colleague, attachments=[("manual.txt", b"passo 1")])
        attachment = earlier.discuss_channel_id.message_ids.attachment_ids
        earlier._close("resolved")
        conversation = self._in_service()
        url = f"/contact_center/previous/{conversation.id}/{earlier.id}/{attachment.id}"
        for user in (self.agent, self.outsider):
            user.password = user.login
        self.authenticate("cc_agent", "cc_agent")
        answer = self.url_open(url)
        self.assertEqual((answer.status_code, answer.content), (200, b"passo 1"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.url_open(f"/web/content/{attachment.id}").status_code, 200)
            foreign = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
            other = url.rpartition("/")[0]
            self.assertEqual(self.url_open(f"{other}/{foreign.id}").status_code, 403)
            self.authenticate("cc_outsider", "cc_outsider")
            self.assertEqual(self.url_open(url).status_code, 403)
