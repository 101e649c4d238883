# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from ..models.team_queues import _kept


class WallboardCase(ContactCenterCase):
    """A wallboard of the test queue with one page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _kept.clear()
        cls.boards = cls.env["contact_center.wallboard"].with_user(cls.administrator)
        cls.board = cls._board("waiting", "oldest", "in_service", "level_day")

    @classmethod
    def _board(cls, *kinds, **values):
        return cls.boards.create(
            {
                "name": "Secretaria",
                "queue_ids": [Command.set(cls.queue.ids)],
                "page_ids": [
                    Command.create(
                        {
                            "name": "Agora",
                            "tile_ids": [Command.create({"kind": kind}) for kind in kinds],
                        }
                    )
                ],
                **values,
            }
        )

    def _token(self, board=None, days=30):
        return (board or self.board)._make_link(days).partition("#")[2]

    def _admitted(self, token, address="10.0.0.1"):
        return self.env["contact_center.wallboard"]._admit(token, address)


@tagged("post_install", "-at_install")
class TestWallboard(WallboardCase):
    """Televisions: their links, and what they may show."""

    def _values(self, board):
        (page,) = board.sudo()._shown()["pages"]
        return [(tile["value"], tile["standing"]) for tile in page["tiles"]]

    def test_figures(self):
        self._in_service()
        self._waiting()
        self._waiting(self.other_queue)
        with freeze_time(WORKING_TIME + timedelta(seconds=310)):
            self.assertEqual(
                self._values(self.board), [("1", ""), ("5:10", "bad"), ("1", ""), ("100%", "good")]
            )

    def test_on_the_floor_nothing_hurries(self):
        for kind in ("waiting", "oldest", "estimate", "level_half_hour", "abandoned"):
            with self.assertRaises(ValidationError):
                self._board(kind, mode="floor")
        board = self._board("in_service", "level_day", mode="floor")
        self._in_service()
        self.assertEqual(self._values(board), [("1", ""), ("100%", "")])
        with self.assertRaises(ValidationError):
            self.board.mode = "floor"

    def test_no_person_is_shown(self):
        self._in_service()
        self.assertNotIn(self.agent.name, str(self.board.sudo()._shown()))

    def test_at_most_twelve_figures(self):
        self._board(*["in_service"] * 12)
        with self.assertRaises(ValidationError):
            self._board(*["in_service"] * 13)

    def test_the_database_keeps_no_link(self):
        token = self._token()
        stored = self.board.sudo().token_digest
        self.assertNotIn(token, stored)
        self.assertEqual(self._admitted(token), self.board.sudo())
        for wrong in ("", stored, token[:-1], "x" * 500, token + " "):
            self.assertFalse(self._admitted(wrong))

    def test_a_link_ends(self):
        token = self._token(days=2)
        with freeze_time(WORKING_TIME + timedelta(days=2, seconds=1)):
            self.assertFalse(self._admitted(token))
        newer = self._token()
        self.assertFalse(self._admitted(token), "a new link ends the former one")
        self.board.action_end_link()
        self.assertFalse(self._admitted(newer))
        self.assertFalse(self.board.has_link)

    def test_no_link_lives_for_ever(self):
        self._token(days=100_000)
        self.assertLessEqual(self.board.expires_at, WORKING_TIME + timedelta(days=366))

    def test_addresses(self):
        token = self._token()
        self.board.addresses = "10.20.0.0/16\n192.168.1.7"
        self.assertTrue(self._admitted(token, "10.20.3.4"))
        self.assertTrue(self._admitted(token, "192.168.1.7"))
        self.assertTrue(self._admitted(token, "::ffff:192.168.1.7"))
        for address in ("10.21.0.1", "", "x", None):
            self.assertFalse(self._admitted(token, address))
        with self.assertRaises(ValidationError):
            self.board.addresses = "prefeitura"

    def test_an_archived_one_is_dark(self):
        token = self._token()
        self.board.active = False
        self.assertFalse(self._admitted(token))

    def test_only_administrators_make_links(self):
        for user in (self.supervisor, self.manager, self.agent):
            with self.assertRaises(AccessError):
                self.board.with_user(user)._make_link(3)

    def test_the_link_is_shown_once(self):
        links = self.env["contact_center.wallboard.link"].with_user(self.administrator)
        dialog = Form(links.with_context(default_wallboard_id=self.board.id)).save()
        action = dialog.action_make()
        shown = dialog.with_context(**action["context"])
        self.assertIn("/contact_center/wallboard#", shown.link)
        self.assertFalse(dialog.link)


@tagged("post_install", "-at_install")
class TestWallboardRoute(WallboardCase, HttpCase):
    """What a television gets over HTTP, without a login."""

    def _ask(self, token):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.url_open("/contact_center/wallboard/data", headers=headers)

    def test_figures_for_who_has_the_link(self):
        self._in_service()
        answer = self._ask(self._token())
        self.assertEqual(answer.status_code, 200)
        shown = answer.json()
        self.assertEqual((shown["name"], shown["mode"]), ("Secretaria", "city"))
        self.assertEqual(len(shown["pages"][0]["tiles"]), 4)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_nothing_for_anybody_else(self):
        self._token()
        for token in ("", "x", "a" * 300):
            answer = self._ask(token)
            self.assertEqual((answer.status_code, answer.json()), (403, {}))

    def test_the_page_holds_no_secret(self):
        page = self.url_open("/contact_center/wallboard")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertNotIn("Secretaria", page.text)

    def test_what_a_screen_costs(self):
        """A television asks every two seconds: the statements do not grow with the center."""
        board = self.board.sudo()
        board._shown()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(23):
            board._shown()
