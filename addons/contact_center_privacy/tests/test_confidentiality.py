# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

OFFICER = "contact_center_privacy.group_privacy_officer"
TEXT = "<p>Guardarei sigilo do que vejo.</p>"
PAGE = "/contact_center/confidentiality"


class ConfidentialityCase(ContactCenterCase):
    """No term is in force unless a test puts one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)
        cls.Term = cls.env["contact_center.confidentiality.term"]
        cls.Acceptance = cls.env["contact_center.confidentiality.acceptance"]
        cls.Term.search([("state", "=", "published")]).action_withdraw()

    def _in_force(self, text=TEXT):
        term = self.Term.with_user(self.officer).create({"name": "Termo", "text": text})
        term.action_publish()
        return term


@tagged("post_install", "-at_install")
class TestConfidentiality(ConfidentialityCase):
    """Users promise confidentiality before they work with citizens' data."""

    def test_nobody_is_asked_before_a_term_is_in_force(self):
        draft = self.Term.with_user(self.officer).create({"name": "Termo", "text": TEXT})
        self.assertFalse(self.Term._pending(self.agent))
        self._waiting().with_user(self.agent).action_take()
        with self.assertRaises(UserError):
            draft._accept(self.agent)

    def test_no_conversation_is_taken_before(self):
        waiting, served = self._waiting(), self._in_service()
        term = self._in_force()
        with self.assertRaisesRegex(AccessError, "confidentiality"):
            waiting.with_user(self.agent).action_take()
        with self.assertRaisesRegex(AccessError, "confidentiality"):
            served.with_user(self.supervisor).action_take_over("Ajuda")
        term._accept(self.agent)
        with self.assertRaisesRegex(AccessError, "Caio"), self.env.cr.savepoint():
            served.with_user(self.agent).action_transfer(user=self.colleague)
        waiting.with_user(self.agent).action_take()
        term._accept(self.supervisor)
        served.with_user(self.supervisor).action_take_over("Ajuda")

    def test_new_version_asks_again(self):
        first = self._in_force()
        first._accept(self.agent)
        self.assertFalse(self.Term._pending(self.agent))
        second = self.Term.browse(first.action_new_version()["res_id"]).with_user(self.officer)
        self.assertEqual((second.state, second.version), ("draft", 0))
        self.assertFalse(self.Term._pending(self.agent), "a draft asks nobody")
        second.text = "<p>Outro texto</p>"
        second.action_publish()
        self.assertEqual((first.state, second.version), ("superseded", first.version + 1))
        self.assertEqual(self.Term._pending(self.agent), second)
        with self.assertRaises(UserError):
            first._accept(self.agent)

    def test_who_accepted_what_and_when(self):
        term = self._in_force()
        made = term._accept(self.agent, "10.0.0.7", "Firefox")
        self.assertEqual(term._accept(self.agent), made, "once is enough")
        self.assertEqual((made.user_id, made.version, made.address), (self.agent, 1, "10.0.0.7"))
        self.assertEqual(term.accepted_count, 1)
        self.assertIn(self.colleague, term.pending_ids)
        self.assertNotIn(self.agent, term.pending_ids)
        self.assertNotIn(self.employee, term.pending_ids)
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        rows = made.with_user(self.officer).export_data(["user_id", "at", "version"])["datas"]
        self.assertEqual(rows[0][0], "Ana Agente")
        for user in (self.agent, self.supervisor, self.manager):
            self.assertFalse(self.Acceptance.with_user(user).has_access("read"))

    def test_acceptances_are_for_ever(self):
        made = self._in_force()._accept(self.agent)
        for user in (self.env.user, self.administrator, self.officer):
            with self.assertRaises(UserError):
                made.with_user(user).write({"user_id": self.colleague.id})
            with self.assertRaises(UserError):
                made.with_user(user).unlink()
        with self.assertRaises(AccessError):
            self.Acceptance.with_user(self.administrator).create(
                {"term_id": made.term_id.id, "user_id": self.colleague.id}
            )

    def test_text_that_people_accepted_is_not_changed(self):
        term = self._in_force()
        for values in ({"text": "<p>x</p>"}, {"name": "x"}, {"state": "draft"}, {"version": 9}):
            with self.assertRaises(UserError):
                term.write(values)
        with self.assertRaises(UserError):
            term.unlink()
        with self.assertRaises(AccessError):
            term.with_user(self.supervisor).action_withdraw()
        forged = self.Term.with_user(self.officer).create(
            {"name": "x", "text": TEXT, "state": "published"}
        )
        self.assertEqual(forged.state, "draft")
        empty = self.Term.with_user(self.officer).create({"name": "x", "text": "<p><br></p>"})
        with self.assertRaises(UserError):
            empty.action_publish()

    def test_roles_that_are_asked(self):
        self._in_force()
        for user in (self.agent, self.supervisor, self.administrator, self.manager, self.officer):
            self.assertTrue(self.Term._pending(user), user.login)
        self.assertFalse(self.Term._pending(self.employee))

    def test_health_page_says_when_nobody_is_asked(self):
        health = self.env["contact_center.health"].with_user(self.administrator)
        self.assertEqual(health._check_confidentiality()["level"], "warning")
        self._in_force()
        self.assertEqual(health._check_confidentiality()["level"], "ok")


@tagged("post_install", "-at_install")
class TestConfidentialityPage(ConfidentialityCase, HttpCase):
    """Every way into the application leads to the term first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.agent + cls.employee).password = "girassol-azul-2026"

    def _open(self, route="/odoo"):
        return self.url_open(route)

    def test_every_page_leads_to_the_term_until_it_is_accepted(self):
        term = self._in_force()
        self.authenticate("cc_agent", "girassol-azul-2026")
        for route in (
            "/odoo",
            "/web",
            "/odoo/discuss",
            "/odoo/action-contact_center.conversation_action",
        ):
            page = self.url_open(route)
            self.assertTrue(page.url.endswith(PAGE), route)
        self.assertIn("Guardarei sigilo", page.text)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"csrf_token": token, "term_id": term.id}
        self.url_open(f"{PAGE}/accept", data=form)
        self.assertFalse(self.Acceptance.search([("user_id", "=", self.agent.id)]), "not agreed")
        self.url_open(f"{PAGE}/accept", data={**form, "term_id": term.id + 1, "agreed": "1"})
        self.assertFalse(self.Acceptance.search([("user_id", "=", self.agent.id)]), "another text")
        self.url_open(f"{PAGE}/accept", data={**form, "agreed": "1"})
        accepted = self.Acceptance.search([("user_id", "=", self.agent.id)])
        self.assertEqual((accepted.term_id, accepted.address), (term, "127.0.0.1"))
        self.assertNotIn(PAGE, self.url_open("/odoo").url)
        self.assertNotIn(PAGE, self.url_open(PAGE).url)

    def test_others_are_not_led_there(self):
        self._in_force()
        self.authenticate("cc_employee", "girassol-azul-2026")
        self.assertNotIn(PAGE, self.url_open("/odoo").url)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/odoo").url)
