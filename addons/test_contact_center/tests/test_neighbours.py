# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""In an Odoo that does other work, people of other applications are undisturbed."""

from odoo import Command
from odoo.tests import HttpCase, TransactionCase, tagged

BESIDE = (
    "crm",
    "sale_management",
    "website_livechat",
    "hr_holidays",
    "project",
    "survey",
    "website_slides",
    "mass_mailing_sms",
)


class Neighbours:
    """Mixin: users of other applications.

    Run where these are, see `devtools/odoo_tests.py`.
    """

    beside = BESIDE

    @classmethod
    def _user(cls, login, *groups):
        """Make a user of other applications, without a role of ours."""
        groups = [cls.env.ref(group).id for group in ("base.group_user", *groups)]
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": f"nb_{login}",
                    "name": login.title(),
                    "email": f"{login}@example.com",
                    "group_ids": [Command.set(groups)],
                }
            )
        )


@tagged("post_install", "-at_install")
class TestContacts(Neighbours, TransactionCase):
    """Customers, employees and people of projects are no citizens."""

    def test_a_salesperson_sells_to_a_foreign_company(self):
        salesperson = self._user("vera", "sales_team.group_sale_salesman")
        env = self.env(user=salesperson)
        customer = env["res.partner"].create({"name": "Globex", "vat": "12-3456789"})
        customer.write({"vat": "GB 123 4567 89", "phone": "ext. 12", "city": "London"})
        self.assertEqual((customer.vat, customer.phone), ("GB 123 4567 89", "ext. 12"))
        lead = env["crm.lead"].create({"name": "Frota", "partner_id": customer.id})
        product = self.env["product.product"].create({"name": "Carro"})
        order = env["sale.order"].create(
            {
                "partner_id": customer.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_keeper_of_contacts_edits_whomever_odoo_lets_them(self):
        keeper = self._user("ciro", "base.group_partner_manager")
        portal = self._user("cora")
        portal.group_ids = self.env.ref("base.group_portal")
        customer = self.env["res.partner"].with_user(keeper).create({"name": "Globex"})
        customer.action_archive()
        self.assertFalse(customer.active)
        portal.partner_id.with_user(keeper).city = "Paris"
        self.assertEqual(portal.partner_id.city, "Paris")

    def test_somebody_of_projects_has_contacts_of_their_own(self):
        manager = self._user("paula", "project.group_project_manager", "base.group_partner_manager")
        env = self.env(user=manager)
        client = env["res.partner"].create({"name": "Initech", "vat": "FR 40 303 265 045"})
        project = env["project.project"].create({"name": "Obra", "partner_id": client.id})
        task = env["project.task"].create(
            {"name": "Planta", "project_id": project.id, "partner_id": client.id}
        )
        task.message_subscribe(client.ids)
        client.phone = "98888-7777"
        self.assertEqual(task.partner_id.phone, "98888-7777")

    def test_somebody_of_personnel_keeps_employees(self):
        officer = self._user("helena", "hr.group_hr_user", "hr_holidays.group_hr_holidays_user")
        env = self.env(user=officer)
        colleague = self._user("edu")
        employee = env["hr.employee"].create({"name": "Edu", "user_id": colleague.id})
        employee.write({"work_phone": "ramal 12", "work_email": "edu@city.example.com"})
        self.assertEqual(employee.work_contact_id.email, "edu@city.example.com")
        self.assertEqual(employee.work_contact_id.phone, "ramal 12")
        newcomer = env["hr.employee"].create({"name": "Nina", "work_phone": "98888-7777"})
        newcomer.work_email = "nina@city.example.com"
        self.assertEqual(newcomer.work_contact_id.phone, "98888-7777")

    def test_a_mailing_goes_to_customers(self):
        marketer = self._user("mara", "mass_mailing.group_mass_mailing_user")
        lists = self.env(user=marketer)["mailing.list"]
        mailing = lists.create(
            {
                "name": "Novidades",
                "contact_ids": [Command.create({"name": "Globex", "email": "g@example.com"})],
            }
        )
        self.assertEqual(mailing.contact_count, 1)


@tagged("post_install", "-at_install")
class TestWebsite(Neighbours, HttpCase):
    """A website's live chat is Odoo's own, and so are its pages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._user("olga", "im_livechat.im_livechat_group_user")
        cls.colleague = cls._user("otto", "im_livechat.im_livechat_group_user")
        cls.livechat = cls.env["im_livechat.channel"].create(
            {"name": "Site", "user_ids": [Command.set(cls.operator.ids)]}
        )
        cls.env.ref("website.default_website").channel_id = cls.livechat

    def _ask(self, route, **params):
        """Send what the visitor's page sends."""
        return self.make_jsonrpc_request(route, params, timeout=60)

    def _begin(self):
        """Return the channel of a visitor who has just asked for somebody."""
        self.env["mail.presence"]._update_presence(self.operator)
        self.authenticate(None, None)
        answer = self._ask("/im_livechat/get_session", channel_id=self.livechat.id)
        return self.env["discuss.channel"].browse(answer["channel_id"])

    def _write(self, channel, words):
        """Let the visitor write."""
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        self._ask(
            "/mail/message/post",
            thread_model="discuss.channel",
            thread_id=channel.id,
            post_data={"body": words, **comment},
        )

    def test_a_visitor_and_an_operator_talk(self):
        before = self.env["contact_center.conversation"].search_count([])
        channel = self._begin()
        self.assertEqual(channel.livechat_channel_id, self.livechat)
        self.assertEqual(channel.livechat_operator_id, self.operator.partner_id)
        self.assertFalse(channel.contact_center_conversation_id)
        self._write(channel, "How much is a car?")
        seen = channel.with_user(self.operator)
        self.assertIn("How much is a car?", seen.message_ids[0].body)
        seen.message_post(
            body="Ten thousand", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        read = self._ask("/discuss/channel/messages", channel_id=channel.id)
        bodies = str(read["data"]["mail.message"])
        self.assertIn("Ten thousand", bodies)
        self.assertIn("How much is a car?", bodies)
        self.assertEqual(self.env["contact_center.conversation"].search_count([]), before)

    def test_others_who_serve_visitors_see_it_as_odoo_lets_them(self):
        channel = self._begin()
        self._write(channel, "Hello")
        for user in (self.operator, self.colleague):
            found = self.env["discuss.channel"].with_user(user).search([("id", "=", channel.id)])
            self.assertEqual(found, channel, user.name)
            self.assertTrue(found.channel_member_ids)
            self.assertTrue(found.message_ids)

    def test_it_ends_and_is_rated(self):
        channel = self._begin()
        self._write(channel, "Thanks")
        self._ask("/im_livechat/visitor_leave_session", channel_id=channel.id)
        self._ask("/im_livechat/feedback", channel_id=channel.id, rate=5, reason="Quick")
        self.assertTrue(channel.livechat_end_dt)
        self.assertEqual(channel.rating_ids.rating, 5)

    def test_an_operator_keeps_house_as_in_odoo(self):
        channel = self._begin().with_user(self.operator)
        channel.add_members(partner_ids=self.colleague.partner_id.ids)
        self.assertIn(self.colleague.partner_id, channel.channel_member_ids.partner_id)
        channel.channel_rename("Carros")
        channel.action_unfollow()
        self.assertNotIn(self.operator.partner_id, channel.channel_member_ids.partner_id)

    def test_a_page_of_the_website_may_show_what_comes_from_elsewhere(self):
        page = self.url_open("/")
        self.assertEqual(page.status_code, 200)
        for header in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
            self.assertNotIn(header, page.headers)
        self.assertIn("Content-Security-Policy", self.url_open("/web/login").headers)
