# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .. import rest
from ..models import glpi_catalogue_mixin
from .common import GlpiCase


def user(number, **values):
    return rest.UserItem(number, values.pop("login", f"u{number}"), **values)


@tagged("post_install", "-at_install")
class TestCatalogues(GlpiCase):
    """GLPI's catalogues are mirrored: new, changed, gone; a batch at a time."""

    def _users(self):
        return self.env["glpi.user"].search([("server_id", "=", self.server.id)])

    def test_batches_are_written_as_they_come(self):
        seen = []
        with patch.object(glpi_catalogue_mixin, "SYNC_BATCH", 2):
            counts = self.env["glpi.user"]._sync(
                self.server, (user(n) for n in range(1, 6)), progress=seen.append
            )
        self.assertEqual((counts, seen), ((5, 0, 0), [2, 4, 5]))
        self.assertEqual(len(self._users()), 5)

    def test_what_is_gone_is_archived_and_comes_back(self):
        users = self.env["glpi.user"]
        maria = user(8, name="Maria Souza", emails=("M@x.test",), phones=("+55 31 98888-7777",))
        users._sync(self.server, [maria, user(9)])
        found = self._users().filtered(lambda one: one.glpi_id == 8)
        self.assertEqual((found.email, found.phone_digits), ("m@x.test", "5531988887777"))
        self.assertEqual(users._sync(self.server, [user(9)]), (0, 0, 1))
        self.assertFalse(found.active)
        self.assertFalse(found.email or found.phone_digits or found.login)
        self.assertEqual(found.name, "#8", "who left is a number, no longer a person")
        self.assertEqual(users._sync(self.server, [maria, user(9)]), (0, 1, 0))
        self.assertEqual((found.active, found.name), (True, "Maria Souza"))

    def test_a_switched_off_account_keeps_no_personal_data(self):
        users = self.env["glpi.user"]
        users._sync(self.server, [user(8, name="Maria", emails=("m@x.test",))])
        users._sync(self.server, [user(8, name="Maria", visible=False)], full=False)
        mine = [("server_id", "=", self.server.id)]
        gone = users.with_context(active_test=False).search(mine)
        self.assertEqual((gone.active, gone.name, gone.email), (False, "#8", False))

    def test_only_changes_archive_nothing(self):
        users = self.env["glpi.user"]
        users._sync(self.server, [user(8), user(9)])
        self.assertEqual(users._sync(self.server, [user(9, name="Novo")], full=False), (0, 1, 0))
        self.assertEqual(len(self._users()), 2)

    def test_the_job_reads_all_and_then_only_changes(self):
        done, failed = self.server._sync_catalogues()
        self.assertFalse(failed)
        self.assertEqual(done["users"][0], 3)
        syncs = {sync.catalogue: sync for sync in self.server.sync_ids}
        self.assertEqual(len(syncs), 6)
        self.assertEqual(set(self.server.sync_ids.mapped("state")), {"done"})
        self.assertEqual(syncs["categories"].done_count, 2)
        syncs["users"].mark = "2026-11-21 19:00:00"
        with patch.object(rest.LegacyClient, "users", return_value=iter([])) as read:
            self.server._sync_catalogues(("users",))
        read.assert_called_once_with("2026-11-21 19:00:00")
        syncs["users"].full_at = "2026-01-01 00:00:00"
        with patch.object(rest.LegacyClient, "users", return_value=iter([])) as read:
            self.server._sync_catalogues(("users",))
        read.assert_called_once_with("")
        self.assertFalse(self._users(), "a full reading notices what is gone")

    def test_the_mark_moves_only_when_all_was_read(self):
        def broken(_since):
            yield user(8, date_mod="2026-11-21 19:00:00")
            raise rest.GlpiDown("timeout")

        self.server._sync_catalogues(("users",))
        sync = self.server.sync_ids
        with patch.object(rest.LegacyClient, "users", side_effect=broken):
            _done, failed = self.server._sync_catalogues(("users",))
        self.assertEqual(failed[""].kind, "timeout")
        self.assertEqual((sync.state, sync.mark), ("failed", False))
        self.assertTrue(sync.error)
        self.assertEqual(self.server.state, "down")

    def test_one_forbidden_catalogue_does_not_stop_the_others(self):
        self.glpi.refuse("GET Group", 403, "ERROR_RIGHT_MISSING")
        done, failed = self.server._sync_catalogues()
        self.assertEqual(list(failed), ["groups"])
        self.assertIn("users", done)

    def test_the_scheduled_action_queues_one_job_for_each_server(self):
        self.env["glpi.server"]._cron_sync_catalogues()
        self.env["glpi.server"]._cron_sync_catalogues()
        key = f"glpi.server.catalogues:{self.server.id}"
        self.assertEqual(self.env["queue.job"].search_count([("identity_key", "=", key)]), 1)

    def test_without_the_wish_no_users_are_kept(self):
        self.server._sync_catalogues()
        self.assertEqual(self.server.user_count, 3)
        self.server.with_user(self.administrator).copy_users = False
        self.assertFalse(self._users())
        done, _failed = self.server._sync_catalogues()
        self.assertNotIn("users", done)

    def test_accounts_are_for_administrators_only(self):
        self.server._sync_catalogues()
        self.assertTrue(self._users().with_user(self.administrator).mapped("login"))
        for person in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                self._users().with_user(person).read(["login"])

    def test_a_person_learns_of_the_copied_account(self):
        self.env["glpi.user"]._sync(
            self.server,
            [
                user(8, emails=("maria@x.test",)),
                user(9, phones=("+55 (31) 98888-7777",)),
                user(10, emails=("outra.maria@x.test",)),
            ],
        )
        maria = self.env["res.partner"].create(
            {"name": "Maria", "email": "Maria@x.test", "phone": "+553188887777"}
        )
        self.assertEqual(set(maria._personal_glpi_accounts().mapped("glpi_id")), {8, 9})
        row = next(row for row in maria._personal_overview() if "GLPI: n" in row["label"])
        self.assertEqual((row["count"], row["erased"]), (2, False))
