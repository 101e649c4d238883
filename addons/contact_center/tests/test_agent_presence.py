# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import WORKING_TIME, ContactCenterCase


def after(seconds):
    """Let it be so long after the beginning of the tests."""
    return freeze_time(WORKING_TIME + timedelta(seconds=seconds))


@tagged("post_install", "-at_install")
class TestAgentPresence(ContactCenterCase):
    """Browsers that open, are closed, fall asleep and come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)
        cls.State = cls.env["contact_center.agent.state"]
        cls.presence = cls.env["mail.presence"].create(
            {"user_id": cls.agent.id, "status": "online"}
        )

    def _open_desk(self, user=None):
        return self.Conversation.with_user(user or self.agent).get_desk()["agent_state"]["kind"]

    def _kind(self):
        return self.State._current(self.agent).kind

    def _kind_at(self, seconds):
        """Return the state after the scheduled action ran at this moment."""
        with after(seconds):
            self.State._follow_presence()
        return self._kind()

    def _report(self, seconds):
        """Let the browser report, as it does every minute."""
        with after(seconds):
            self.env["mail.presence"]._update_presence(self.agent)

    def test_opening_the_desk_logs_in(self):
        self.assertEqual(self._open_desk(), "available")
        self.State._switch(self.agent, "logged_out")
        self.assertEqual(self._open_desk(), "available")

    def test_who_is_no_agent_gets_no_state(self):
        self.assertEqual(self.State.with_user(self.employee)._arrive(self.employee), self.State)
        self.assertFalse(self.State.search([("user_id", "=", self.employee.id)]))

    def test_opening_it_again_changes_nothing(self):
        self.State._switch(self.agent, "break", "Lanche")
        self.assertEqual(self._open_desk(), "break")

    def test_a_closed_browser_is_away_after_a_minute(self):
        self._open_desk()
        with after(30):
            self.presence.status = "offline"
        self.assertEqual(self._kind_at(30), "available")
        self.assertEqual(self._kind_at(89), "available")
        self.assertEqual(self._kind_at(90), "away")
        current = self.State._current(self.agent)
        self.assertEqual((current.set_by, bool(current.reason)), ("system", True))

    def test_the_state_says_why_in_the_agents_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.agent.lang = "pt_BR"
        self._open_desk()
        self.presence.status = "offline"
        self._kind_at(30)
        self.assertEqual(self._kind_at(90), "away")
        self.assertEqual(self.State._current(self.agent).reason, "Navegador fechado ou suspenso")

    def test_a_browser_asleep_is_away_when_its_reports_are_missing(self):
        self._open_desk()
        self._report(60)
        self.assertEqual(self._kind_at(60 + 124), "available")
        self.assertEqual(self._kind_at(60 + 125), "away")

    def test_one_of_two_windows_is_closed(self):
        """Odoo says offline for a moment, until the other one has reported."""
        self._open_desk()
        self.presence.status = "offline"
        self.assertEqual(self._kind_at(10), "available")
        self._report(11)
        self.assertEqual(self._kind_at(80), "available")
        self.assertFalse(self.State._current(self.agent).lost_at)

    def test_back_by_itself(self):
        self._open_desk()
        self.presence.status = "offline"
        self._kind_at(0)
        self.assertEqual(self._kind_at(60), "away")
        self._report(200)
        self.assertEqual(self._kind_at(201), "available")

    def test_back_with_somebody_in_service(self):
        self._in_service()
        self.presence.status = "offline"
        self._kind_at(0)
        self.assertEqual(self._kind_at(60), "away")
        with after(70):
            self.assertEqual(self._open_desk(), "in_service")

    def test_who_is_away_because_of_the_browser_may_take(self):
        """Taking proves that somebody is there; chosen by hand, "away" is a pause."""
        self._open_desk()
        self.presence.status = "offline"
        self._kind_at(0)
        self._kind_at(60)
        with after(70):
            self._waiting().with_user(self.agent).action_take()
        self.assertEqual(self._kind(), "in_service")

    def test_logged_out_after_a_quarter_of_an_hour(self):
        self._open_desk()
        self.presence.status = "offline"
        self._kind_at(0)
        self._kind_at(60)
        self.assertEqual(self._kind_at(60 + 899), "away")
        self.assertEqual(self._kind_at(60 + 900), "logged_out")
        self.assertEqual(self._kind_at(60 + 4000), "logged_out")

    def test_a_break_goes_on_without_the_browser_but_not_all_night(self):
        self.State._switch(self.agent, "break", "Lanche")
        self.presence.status = "offline"
        self._kind_at(0)
        self.assertEqual(self._kind_at(1200), "break")
        self.assertEqual(self._kind_at(3600), "logged_out")

    def test_what_an_agent_serves_stays_theirs(self):
        conversation = self._in_service()
        self.presence.status = "offline"
        self._kind_at(0)
        self._kind_at(60)
        self.assertEqual((conversation.state, conversation.agent_id), ("in_service", self.agent))


@tagged("post_install", "-at_install")
class TestLogout(ContactCenterCase, HttpCase):
    """Logging out of Odoo."""

    def test_it_ends_the_logged_time(self):
        self.agent.password = "senha-de-teste-5"
        states = self.env["contact_center.agent.state"]
        states._switch(self.agent, "available")
        self.authenticate("cc_agent", "senha-de-teste-5")
        self.url_open("/web/session/logout", allow_redirects=False)
        self.env.invalidate_all()
        current = states._current(self.agent)
        self.assertEqual((current.kind, current.set_by), ("logged_out", "agent"))
