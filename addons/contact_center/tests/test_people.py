# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged

from .common import (
    ADMINISTRATOR,
    MANAGER,
    SUPERVISOR,
    TECHNICIAN,
    ContactCenterCase,
    NotesMixin,
)


class PeopleCase(NotesMixin, ContactCenterCase):
    """People kept by an administrator of the center who has no right on the system."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["contact_center.person"].with_user(cls.administrator)
        cls.root = cls._user("cc_root", "Rute Root", "base.group_system")

    def _add(self, **values):
        """Add a person by the dialog; returns (user, what is shown)."""
        values = {"name": "Nina Nova", "email": "nina@cidade.gov.br", **values}
        person = self.Person.create(values)
        shown = person.action_save()
        return person.user_id.sudo(), shown

    def _dialog(self, user):
        """Return the dialog of a user, as the list opens it."""
        action = user.with_user(self.administrator).action_contact_center_edit()
        return self.Person.browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestPeople(PeopleCase):
    def test_a_technician_is_added_with_queue_language_and_clock(self):
        user, shown = self._add(queue_ids=[Command.set(self.queue.ids)], tz="America/Manaus")
        self.assertEqual(user.login, "nina@cidade.gov.br")
        self.assertTrue(user.has_group(TECHNICIAN))
        self.assertFalse(user.has_group(SUPERVISOR))
        self.assertEqual(user.tz, "America/Manaus")
        self.assertIn(user, self.queue.member_ids)
        self.assertIn(user, self.queue._serving_members())
        self.assertEqual(shown["tag"], "contact_center.show_once")
        self.assertIn("/web/reset_password?", str(shown["params"]["rows"]))

    def test_each_role_and_duty(self):
        for role, group in (
            ("technician", TECHNICIAN),
            ("supervisor", SUPERVISOR),
            ("administrator", ADMINISTRATOR),
        ):
            user, _shown = self._add(role=role, email=f"{role}@cidade.gov.br")
            self.assertTrue(user.has_group(group), role)
            self.assertFalse(user.has_group("base.group_system"))
            self.assertFalse(user.has_group("base.group_erp_manager"))
        user, _shown = self._add(role=False, is_manager=True, email="gestor@cidade.gov.br")
        self.assertTrue(user.has_group(MANAGER))
        self.assertFalse(user.has_group(TECHNICIAN))

    def test_a_role_is_needed_and_a_user(self):
        with self.assertRaisesRegex(UserError, "role"):
            self._add(role=False)
        with self.assertRaisesRegex(UserError, "needed"):
            self._add(email="")

    def test_roles_are_changed_and_other_groups_stay(self):
        other = self.env["res.groups"].create({"name": "Clube do café"})
        self.env.ref("base.default_user_group").implied_ids += other
        self.agent.group_ids += other
        dialog = self._dialog(self.agent)
        self.assertEqual(dialog.role, "technician")
        dialog.write({"role": "supervisor", "name": "Ana Chefe"})
        dialog.action_save()
        self.assertTrue(self.agent.has_group(SUPERVISOR))
        self.assertIn(other, self.agent.group_ids)
        self.assertEqual(self.agent.name, "Ana Chefe")
        dialog.write({"role": "technician"})
        dialog.action_save()
        self.assertFalse(self.agent.has_group(SUPERVISOR))

    def test_the_link_is_used_once_and_sets_the_password(self):
        user, shown = self._add()
        link = shown["params"]["rows"][1]["value"]
        token = link.rpartition("token=")[2]
        users = self.env["res.users"].sudo()
        with self._bus() as sent:
            users.signup({"password": "cavalo-bateria-grampo-7"}, token)
        kinds = [kind for _target, kind, _payload in sent]
        self.assertIn("simple_notification", kinds)
        self.assertNotIn("res.users/connection", kinds, "no chat opens over the screen")
        with self.assertRaises(UserError):
            users.signup({"password": "outra-senha-bem-longa-8"}, token)
        self.assertNotIn(token, str(user.partner_id.message_ids.mapped("body")))

    def test_the_invitation_goes_by_mail_where_there_is_a_server(self):
        self.env["ir.mail_server"].create({"name": "Correio", "smtp_host": "mail.example.org"})
        _user, shown = self._add()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("nina@cidade.gov.br", mail.email_to)
        self.assertIn("/web/reset_password?", mail.body_html)
        self.assertIn("e-mail", shown["params"]["intro"])

    def test_who_leaves_is_archived_and_comes_back(self):
        conversation = self._in_service()
        self._dialog(self.agent).action_archive_person()
        self.assertFalse(self.agent.active)
        self.assertEqual(conversation.state, "queued")
        with self.assertRaises(UserError):
            self._dialog(self.agent).action_invite()
        self._dialog(self.agent).action_restore_person()
        self.assertTrue(self.agent.active)

    def test_the_second_factor_is_taken_away(self):
        self.supervisor.totp_secret = "A" * 32
        self._dialog(self.supervisor).action_reset_second_factor()
        self.supervisor.invalidate_recordset()
        self.assertFalse(self.supervisor.totp_enabled)

    def test_what_was_done_is_on_record(self):
        self._dialog(self.agent).action_save()
        notes = self.agent.partner_id.message_ids
        self.assertIn(self.administrator.partner_id, notes.author_id)
        shown = self._dialog(self.agent).action_invite()
        said = str(self.agent.partner_id.message_ids.mapped("body"))
        self.assertIn("by a link", said)
        token = shown["params"]["rows"][1]["value"].rpartition("token=")[2]
        self.assertNotIn(token, said)

    def test_administrators_do_not_lock_themselves_out(self):
        dialog = self._dialog(self.administrator)
        dialog.role = "technician"
        with self.assertRaisesRegex(UserError, "yourself"):
            dialog.action_save()
        with self.assertRaisesRegex(UserError, "yourself"):
            dialog.action_archive_person()

    def test_the_list_says_roles_and_whom_one_may_keep(self):
        users = (self.agent | self.root).with_user(self.administrator)
        self.assertEqual(users.mapped("contact_center_manageable"), [True, False])
        self.assertIn("Technician", users[0].contact_center_role)
        action = self.env.ref("contact_center.person_action")
        self.assertTrue(users.search(action._get_eval_context() and [("share", "=", False)]))


@tagged("post_install", "-at_install")
class TestPeopleEscalation(PeopleCase):
    """No call of an administrator of the center reaches beyond the center's own roles."""

    def _refused(self, records, method, *args):
        with self.assertRaises(Exception) as refusal, self.env.cr.savepoint():
            call_kw(records, method, list(args), {})
        self.assertIsInstance(refusal.exception, (AccessError, UserError, ValueError))

    def _strangers(self):
        """Users whom nobody of the center may touch, each for a reason of its own."""
        other = self.env["res.company"].create({"name": "Outra cidade"})
        abroad = self._user("cc_abroad", "Abel Abroad", TECHNICIAN)
        abroad.company_ids += other
        manager = self._user("cc_jobs", "Joel Jobs", "queue_job.group_queue_job_manager")
        hidden = self._user("cc_hidden", "Heitor Hidden", TECHNICIAN)
        hidden.group_ids += self.env["res.groups"].create(
            {"name": "Chave", "implied_ids": self.env.ref("base.group_erp_manager").ids}
        )
        portal = self._user("cc_portal", "Paula Portal", "base.group_portal")
        return [
            *(self.root, self.env.ref("base.user_admin"), self.env.ref("base.user_root")),
            *(abroad, manager, hidden, portal),
        ]

    def test_users_with_other_rights_are_out_of_reach(self):
        methods = (
            *("action_save", "action_invite", "action_reset_second_factor"),
            *("action_archive_person", "action_restore_person"),
        )
        for user in self._strangers():
            with self.subTest(user=user.login):
                before = user.read(["name", "login", "active", "group_ids", "password"])
                self._refused(
                    user.with_user(self.administrator), "action_contact_center_edit", user.ids
                )
                # The dialog, forged: a call may write its `user_id`
                dialog = self.Person.create(
                    {"name": "x", "login": "x", "user_id": user.id, "role": "administrator"}
                )
                for method in methods:
                    self._refused(dialog, method, dialog.ids)
                self.env.invalidate_all()
                self.assertEqual(
                    user.read(["name", "login", "active", "group_ids", "password"]), before
                )
                self.assertFalse(user.sudo().partner_id.signup_type)

    def test_a_default_for_new_users_makes_nobody_of_the_system_reachable(self):
        self.env.ref("base.default_user_group").implied_ids += self.env.ref("base.group_system")
        self.assertTrue(self.root.with_user(self.administrator)._contact_center_beyond())

    def test_other_values_are_not_written(self):
        system = self.env.ref("base.group_system")
        for values in (
            {"group_ids": [Command.link(system.id)]},
            {"role": "group_system"},
            {"password": "x"},
            {"share": True},
        ):
            with self.subTest(values=values):
                self._refused(self.Person, "create", [{"name": "x", "login": "y", **values}])
                self.assertFalse(self.env["res.users"].search([("login", "=", "y")]))

    def test_users_themselves_stay_closed(self):
        users = self.env["res.users"].with_user(self.administrator)
        agent = self.agent.with_user(self.administrator)
        self._refused(users, "create", [{"name": "x", "login": "x"}])
        self._refused(agent, "write", agent.ids, {"login": "x"})
        self._refused(agent, "write", agent.ids, {"group_ids": [Command.clear()]})
        self._refused(users, "unlink", agent.ids)
        for method in ("action_reset_password", "_contact_center_invite"):
            self._refused(agent, method, agent.ids)

    def test_nobody_else_keeps_people(self):
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            with self.subTest(user=user.login):
                self._refused(self.Person.with_user(user), "create", [{"name": "x", "login": "x"}])
                colleague = self.colleague.with_user(user)
                self._refused(colleague, "action_contact_center_edit", colleague.ids)
                with self.assertRaises(AccessError):
                    colleague._contact_center_invite()

    def test_the_dialog_of_one_is_not_anothers(self):
        other = self._user("cc_admin_2", "Ada Admin", ADMINISTRATOR)
        dialog = self._dialog(self.agent)
        self._refused(dialog.with_user(other), "action_save", dialog.ids)
        self._refused(dialog.with_user(other), "read", dialog.ids, ["name"])


@tagged("post_install", "-at_install")
class TestInvitationPage(PeopleCase, HttpCase):
    def test_the_page_lets_the_person_choose_a_password(self):
        user, shown = self._add()
        path = "/web/reset_password?" + shown["params"]["rows"][1]["value"].partition("?")[2]
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertIn('name="confirm_password"', page.text)
        token = path.rpartition("token=")[2]
        csrf = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        password = "cavalo-bateria-grampo-7"
        data = {"token": token, "password": password, "confirm_password": password}
        self.url_open("/web/reset_password", data={**data, "csrf_token": csrf})
        self.authenticate(user.login, password)


@tagged("post_install", "-at_install")
class TestCompanySetup(ContactCenterCase):
    def test_an_administrator_fills_in_the_city_hall(self):
        company = self.env.company
        setups = self.env["contact_center.company.setup"].with_user(self.administrator)
        calendar = self.env.ref("contact_center.calendar_business_hours")
        company.partner_id.tz = calendar.tz
        state = self.env.ref("base.state_br_am")
        values = {
            "name": "Prefeitura de Exemplo",
            "city": "Exemplo",
            "state_id": state.id,
            "tz": "America/Manaus",
            "area_code": "92",
        }
        setups.create(values).action_save()
        self.assertEqual((company.name, company.city), ("Prefeitura de Exemplo", "Exemplo"))
        self.assertEqual((company.state_id, company.country_id), (state, state.country_id))
        self.assertEqual(self.env["res.partner"]._area_code(), "92")
        self.assertEqual(calendar.tz, "America/Manaus", "hours go by the city's clock")
        with self.assertRaises(UserError):
            setups.create({**values, "area_code": "20"})

    def test_nobody_else(self):
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.env["contact_center.company.setup"].with_user(user).create({"name": "x"})
        with self.assertRaises(AccessError):
            self.env.company.with_user(self.administrator).name = "x"
        setup = self.env["contact_center.company.setup"].with_user(self.administrator)
        with patch.object(type(self.env.user), "has_group", lambda _user, _group: False):
            with self.assertRaises(AccessError):
                setup.new({"name": "x"}).action_save()
